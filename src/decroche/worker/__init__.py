"""The process that runs jobs: imports, roll-backs, and what each app declares in its `tasks` module."""
