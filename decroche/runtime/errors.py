"""Errors that stop a command with one sentence and no stack trace."""


class UserFacingError(Exception):
    """What happened, what it means, what to do: in French and in English. The command ends with exit code 1."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(french)
        self.french = french
        self.english = english
