"""Which contacts: one tree of conditions for the search, saved searches, bulk actions, campaigns and exports."""
