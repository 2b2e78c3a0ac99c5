"""Measured figures, one program each (`.venv/bin/python -m bench.first_word`), each with its ratio printed last."""
