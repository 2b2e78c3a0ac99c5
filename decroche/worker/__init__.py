"""The process that runs jobs: imports, roll-backs, mixing of recordings, and what each app declares in its `tasks` module."""
