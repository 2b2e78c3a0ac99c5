"""Pure: receives a snapshot of the floor; answers how many calls to place now."""
