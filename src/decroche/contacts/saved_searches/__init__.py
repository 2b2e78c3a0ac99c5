"""Searches that are kept by name, alone or for others."""
