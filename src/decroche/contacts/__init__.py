"""Receives files of prospects; hands contacts with their numbers to campaigns.

Also: do-not-call list, search, notes, answers.
"""
