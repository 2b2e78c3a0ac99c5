"""`manage seed_demo`."""
