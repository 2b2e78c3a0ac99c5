"""Whether telephones still trust a presented number: receives its calls by day; answers a state and why."""
