"""Receives files of prospects; hands on contacts, and queue entries where a campaign was chosen.

upload → sniff → preview, suggested mapping → start → worker: staging table → SQL on whole sets, one transaction → done.
A batch is all there or not at all, and can be rolled back as one.
"""
