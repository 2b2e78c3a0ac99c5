"""Where the contacts of a campaign stand: counted, each figure with the list behind it."""
