"""Commands of `python -m decroche manage`."""
