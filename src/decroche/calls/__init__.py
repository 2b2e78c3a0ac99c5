"""Receives claimed entries; keeps each attempt's life (machine.py, pure) and its rows; hands talks to agents.

Also: recordings and the call log.
"""
