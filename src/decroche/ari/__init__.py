"""Typed client of Asterisk's REST interface.

Receives commands from the floor, hands it events. Knows nothing of calls, agents or campaigns; never imports Django.
"""
