"""Where the communes of France are, and which postal codes are theirs."""
