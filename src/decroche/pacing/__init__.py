"""Pure: receives a snapshot of the floor; answers how many calls to place now."""

from decroche.pacing.memory import Memory
from decroche.pacing.policy import decide
from decroche.pacing.snapshot import Decision, Snapshot, Why

__all__ = ["Decision", "Memory", "Snapshot", "Why", "decide"]
