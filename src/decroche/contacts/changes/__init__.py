"""The journal of a contact's changes: kept by every path that edits one, read as one list, any value brought back."""
