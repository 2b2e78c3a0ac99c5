"""Why one call was lawful, for an inspector: receives a call; answers facts, the same facts in words, and a PDF."""
