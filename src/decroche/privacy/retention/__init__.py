"""The end of each kind of data's time, by the rulebook's rows: what is due, and its removal by pieces."""
