"""Business errors: a code for programs, facts, and one sentence in French and in English for people."""

from __future__ import annotations

from typing import ClassVar, Literal

Language = Literal["fr", "en"]


class DomainError(Exception):
    """A request that is well formed and that the state of things does not allow.

    Sub-classes set `code`, `status` (HTTP) and the sentences, which are formatted with the facts.
    """

    code: ClassVar[str] = "conflict"
    status: ClassVar[int] = 409
    fr: ClassVar[str] = "Cette action n'est pas possible maintenant."
    en: ClassVar[str] = "This action is not possible now."
    field: ClassVar[str] = ""
    """Field of the form that the sentence should be shown beside, where there is one."""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    def sentence(self, language: Language = "fr") -> str:
        """What happened, what it means and what to do, in the user's language."""
        return (self.en if language == "en" else self.fr).format(**self.facts)


class NotFound(DomainError):
    """The thing named by an identifier is not there, or not for this user to see."""

    code = "not_found"
    status = 404
    fr = "Introuvable : l'élément a peut-être été supprimé. Rechargez la page."
    en = "Not found: it may have been deleted. Reload the page."


class Forbidden(DomainError):
    """The user's role does not allow it."""

    code = "forbidden"
    status = 403
    fr = "Votre rôle ne permet pas cette action. Demandez à un administrateur."
    en = "Your role does not allow this. Ask an administrator."


class InvalidFields(DomainError):
    """A request whose values cannot be accepted: one (French, English) sentence for each field's dotted path."""

    code = "invalid"
    status = 422
    fr = "Certaines valeurs ne conviennent pas : voyez les champs signalés."
    en = "Some values cannot be used: see the marked fields."

    def __init__(self, /, **fields: tuple[str, str]) -> None:
        super().__init__()
        self.fields = fields

    def below(self, path: str, **renamed: str) -> InvalidFields:
        """The same, of fields that lie below `path` in the request, or that bear another name there."""
        return InvalidFields(**{f"{path}.{renamed.get(name, name)}": both for name, both in self.fields.items()})

    def field_sentences(self, language: Language = "fr") -> dict[str, str]:
        """What is wrong with each field, in the user's language."""
        return {name: both[1 if language == "en" else 0] for name, both in self.fields.items()}
