"""Receives the outcome an agent gives; applies its effect: close, callback, retry, never call again."""
