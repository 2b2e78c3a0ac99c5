"""Calling once more those whose end allows it: chosen by outcome, counted, put back, and taken back."""
