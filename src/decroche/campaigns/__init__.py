"""Receives contacts; hands claimed queue entries to compliance and the dialer.

Also: assignment, script, presented numbers, retries.
"""
