"""Receives calls to people; keeps who is signed in, in which state, for how long; hands talks to dispositions."""
