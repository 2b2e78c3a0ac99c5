"""Runs the product on one machine: embedded PostgreSQL, Asterisk, Caddy, our own processes, and their supervision.

Receives an `Env` (where things lie, which ports); hands over to `python -m decroche web|floor|worker`. Knows no word of
the domain.
"""
