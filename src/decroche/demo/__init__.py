"""Fills an empty installation with a fictional French floor: an insurer, three campaigns, 2,000 prospects, a past.

Nobody in it exists: names are drawn from common ones, numbers from the blocks kept for fiction.
"""
