"""Telling other programs what happened: subscriptions, what is said, how it is signed, where it may go, and delivery.

At least once, in no promised order: a receiver knows a repeat by its `webhook-id`, and the latest by the dates inside.
"""
