"""Whose turn it is in a campaign: its order, its filter, and the shares of its lists. See docs/adr/0009."""
