"""Persons' data: how long it is kept, what goes by itself, and what a person asks of it. No stage imports it."""
