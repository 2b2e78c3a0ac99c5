"""Décroche: an outbound call floor. Where to start reading: `docs/life-of-a-call.md`, then `decroche/floor`."""

__version__ = "0.1.0"
