"""Before a draft starts: which of its first values the fields chosen for their columns would refuse."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from decroche.common.errors import NotFound
from decroche.contacts.imports.errors import NotADraft
from decroche.contacts.imports.run import path_of, reading_of
from decroche.contacts.imports.schemas import ColumnChoice, Misfit
from decroche.contacts.imports.selectors import LOOKED_AT, SHOWN
from decroche.contacts.imports.table import Row, data_rows
from decroche.contacts.models import CustomField, ImportBatch
from decroche.contacts.values import clean, custom_value

EXAMPLE = 40
"""Characters of it that are told."""


def misfits(batch_id: int, asked: Sequence[ColumnChoice]) -> list[Misfit]:
    """Of the columns that go to this floor's own fields, those of which a shown row has a value that would have it
    refused. Raises NotFound, NotADraft, FileRefused.
    """
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    if batch.status != ImportBatch.Status.DRAFT:
        raise NotADraft
    first = (row for _, row in islice(data_rows(path_of(batch), reading_of(batch)), LOOKED_AT))
    rows = list(islice((row for row in first if any(cell.strip() for cell in row)), SHOWN))
    fields = list(CustomField.objects.all())
    by_target = {f"custom:{field.key}": field for field in fields}
    by_label = {field.label.casefold(): field for field in fields}
    found = []
    for one in asked:
        is_new = one.target == "new"
        field = by_label.get(one.label.strip().casefold()) if is_new else by_target.get(one.target)
        kind = one.kind if is_new else field.kind if field else ""
        if field is not None and field.kind == kind:
            found.append(_of_column(one, kind, field.choices, rows))
        elif is_new and kind != "choice":  # a new choice takes the column's own values
            found.append(_of_column(one, kind, [], rows))
    return [one for one in found if one.count]


def _of_column(one: ColumnChoice, kind: str, choices: list[str], rows: Sequence[Row]) -> Misfit:
    values = [value for row in rows if one.column < len(row) and (value := clean(row[one.column]))]
    odd = {value for value in set(values) if not _fits(kind, choices, value)}
    refused = [value for value in values if value in odd]
    return Misfit.model_validate(
        {
            "column": one.column,
            "target": one.target,
            "kind": kind,
            "looked_at": len(values),
            "count": len(refused),
            "example": " ".join(refused[0].split())[:EXAMPLE] if refused else "",
        }
    )


def _fits(kind: str, choices: list[str], value: str) -> bool:
    try:
        custom_value(kind, choices, value)
    except ValueError:
        return False
    return True
