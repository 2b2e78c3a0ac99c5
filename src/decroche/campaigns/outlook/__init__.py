"""How many of some contacts a campaign may call, and why not the others: at import, before and after an assignment."""
