"""What each file may hold: its rows, its columns, the tables that they are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.sql import Composable

from decroche.exports.cells import Column
from decroche.exports.models import Subject


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The columns of a subject by key. In their SQL `b` is the row of the subject, the joins name the others."""

    columns: dict[str, Column]
    joins: dict[str, Composable]
    """In the order in which they must stand; a column names all those that it needs."""
    order: str
    """A field of the subject that no row lacks, before its number; with a minus, from the last to the first."""

    def usual(self) -> list[str]:
        """The keys chosen where nobody said otherwise."""
        return [key for key, one in self.columns.items() if one.usual]


def catalogue(subject: str, campaign_id: int | None = None) -> Catalogue:
    """The columns there are now; a contact's queue and answers are those in one campaign."""
    from decroche.exports.catalogue import answers, calls, contacts, promises

    columns: Sequence[Column]
    match subject:
        case Subject.CONTACTS:
            columns, joins = contacts.columns(campaign_id), contacts.joins(campaign_id)
            order = "id"
        case Subject.CALLS:
            columns, joins, order = calls.COLUMNS, calls.JOINS, "-claimed_at"
        case Subject.APPOINTMENTS:
            columns, joins, order = promises.APPOINTMENTS, promises.JOINS, "starts_at"
        case Subject.CALLBACKS:
            columns, joins, order = promises.CALLBACKS, promises.JOINS, "due_at"
        case _:
            columns, joins, order = answers.COLUMNS, answers.JOINS, "updated_at"
    return Catalogue({one.key: one for one in columns}, joins, order)
