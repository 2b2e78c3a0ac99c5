"""Commands about what leaves the base."""
