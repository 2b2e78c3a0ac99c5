"""Many rows of a file at once, by column → the text that COPY takes. Pure.

Only rows that are as usual in every way go by column: whatever else, `RowReader` reads alone, so that it alone says
what is refused and why. A test holds both to the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from decroche.contacts import phones, values
from decroche.contacts.imports import tidy
from decroche.contacts.imports.rows import STANDARD, Refused, RowReader
from decroche.contacts.imports.targets import MAX_LENGTHS, PHONE_TARGETS

Chunk = Sequence[tuple[int, list[str]]]
Column = Sequence[str]

SEPARATOR = "¶"
"""Between cells that are looked at in one go. It is printable; cells that hold it are only looked at one by one."""
REMEMBERED = 20_000
_COPY = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Memo(dict[str, str | None]):
    """What a cell becomes, worked out once; None: it cannot be kept. Forgets all when it has seen too many."""

    def __init__(self, work: Callable[[str], str | None]) -> None:
        super().__init__()
        self.work = work

    def __missing__(self, cell: str) -> str | None:
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = made = self.work(cell)
        return made


@dataclass(slots=True)
class Read:
    """What came of a chunk; `lines` is for COPY, with the columns STAGED."""

    lines: str = ""
    refused: list[Refused] = field(default_factory=list)
    empty: int = 0


class ColumnReader:
    """Reads chunks as `rows` reads rows; numbers left out are counted there."""

    def __init__(self, rows: RowReader) -> None:
        self.rows = rows
        self.width = len(rows.headers)
        self.text: dict[str, list[int]] = {}
        for column, target in rows.mapping.items():
            name = "last_name" if target == "full_name" else target
            if name in MAX_LENGTHS:
                self.text.setdefault(name, []).append(column)
        self.numbers = [(column, target) for column, target in rows.mapping.items() if target in PHONE_TARGETS]
        self.customs = [
            (column, target.removeprefix("custom:"))
            for column, target in rows.mapping.items()
            if target.startswith("custom:")
        ]
        works = ((name, tidy.of_target(name, rows.tidy)) for name in self.text)
        self.tidied = {name: Memo(work) for name, work in works if work is not None}
        self.country = Memo(lambda cell: values.country(cell) or "")
        self.siret = Memo(values.siret)
        self.memos = {key: Memo(self._worker(key)) for _, key in self.customs}

    def _worker(self, key: str) -> Callable[[str], str | None]:
        target = self.rows.custom[key]
        choices, name = list(target.choices), json.dumps(key, ensure_ascii=False)

        def work(cell: str) -> str | None:
            """The pair as it is written in a JSON object."""
            try:
                made = values.custom_value(target.kind, choices, cell)
            except ValueError:
                return None
            return f"{name}: {json.dumps(made, ensure_ascii=False)}"

        return work

    def read(self, chunk: Chunk) -> Read:
        """All rows of the chunk."""
        usual = [row for row in chunk if len(row[1]) == self.width]
        lines, alone = self._by_column(usual)
        if len(usual) < len(chunk):
            alone = [*alone, *(row for row in chunk if len(row[1]) != self.width)]
        out = Read()
        others: list[str] = []
        for position, cells in sorted(alone):
            read = self.rows.read(position, cells)
            if read is None:
                out.empty += 1
            elif isinstance(read, Refused):
                out.refused.append(read)
            else:
                others.append("\t".join(str(cell).translate(_COPY) for cell in read))
        lines.extend(others)
        out.lines = "\n".join([*lines, ""])
        return out

    def _by_column(self, rows: Chunk) -> tuple[list[str], Chunk]:
        """Lines, and the rows to be read alone."""
        if not rows:
            return [], []
        columns = list(zip(*(cells for _, cells in rows), strict=True))
        odd: set[int] = set()
        text = self._texts(columns, len(rows), odd)
        numbers = self._numbers(columns, len(rows), odd)
        custom = self._customs(columns, len(rows), odd)
        ranks = [str(position) for position, _ in rows]
        made = [ranks, ranks, *(_escaped(text[name]) for name in STANDARD)]
        made += [*(numbers[kind] for kind in PHONE_TARGETS), _escaped(custom)]
        lines = ["\t".join(line) for line in zip(*made, strict=True)]
        if not odd:
            return lines, []
        return [line for index, line in enumerate(lines) if index not in odd], [rows[index] for index in sorted(odd)]

    def _texts(self, columns: list[tuple[str, ...]], count: int, odd: set[int]) -> dict[str, Column]:
        blank = [""] * count
        text: dict[str, Column] = dict.fromkeys(STANDARD, blank)
        for name, sources in self.text.items():
            made = cleaned(columns[sources[0]])
            for column in sources[1:]:
                made = [first or second for first, second in zip(made, cleaned(columns[column]), strict=True)]
            if "\n" in "".join(made):
                made = [values.one_line(cell) for cell in made]
            longest = MAX_LENGTHS[name]
            if max(map(len, made)) > longest:
                odd.update(index for index, cell in enumerate(made) if len(cell) > longest)
            text[name] = made
        for name, memo in self.tidied.items():
            text[name] = _kept(map(memo.__getitem__, text[name]))
        if "country" in self.text:
            text["country"] = _kept(map(self.country.__getitem__, text["country"]))
        if "siret" in self.text:
            sirets = [self.siret[cell] for cell in text["siret"]]
            odd.update(index for index, one in enumerate(sirets) if one is None)
            text["siret"] = _kept(sirets)
        if "postal_code" in self.text:
            text["postal_code"] = [
                cell if len(cell) == 5 and cell.isascii() and cell.isdigit() else values.postal_code(cell, land or "FR")
                for cell, land in zip(text["postal_code"], text["country"], strict=True)
            ]
        return text

    def _numbers(self, columns: list[tuple[str, ...]], count: int, odd: set[int]) -> dict[str, Column]:
        numbers: dict[str, Column] = dict.fromkeys(PHONE_TARGETS, [""] * count)
        before: list[Column] = []
        for column, kind in self.numbers:
            found = phones.usual_forms(columns[column])
            if None in found:
                odd.update(index for index, one in enumerate(found) if one is None)
            made = [one or "" for one in found]
            for other in before:  # the same number twice in a row counts once
                made = ["" if one == two else one for one, two in zip(made, other, strict=True)]
            before.append(made)
            numbers[kind] = made
        dialable = zip(*(numbers[kind] for kind in PHONE_TARGETS[:3]), strict=True)
        odd.update(index for index, some in enumerate(dialable) if not any(some))
        return numbers

    def _customs(self, columns: list[tuple[str, ...]], count: int, odd: set[int]) -> Column:
        if not self.customs:
            return ["{}"] * count
        parts: list[list[str]] = []
        for column, key in self.customs:
            memo = self.memos[key]
            made = [memo[cell] if cell else "" for cell in cleaned(columns[column])]
            if None in made:
                odd.update(index for index, one in enumerate(made) if one is None)
            parts.append(_kept(made))
        return ["{" + ", ".join(filter(None, row)) + "}" for row in zip(*parts, strict=True)]


def cleaned(column: Column) -> Column:
    """`values.clean` of each cell; most columns need nothing, which is seen in one go."""
    whole = SEPARATOR.join(column)
    dirty = not whole.isprintable() or "  " in whole or whole[:1] == " " or whole[-1:] == " "
    if dirty or f" {SEPARATOR}" in whole or f"{SEPARATOR} " in whole:
        return [values.clean(cell) for cell in column]
    return column


def _escaped(column: Column) -> Column:
    whole = "".join(column)
    if "\\" in whole or "\n" in whole or "\t" in whole or "\r" in whole:
        return [cell.translate(_COPY) for cell in column]
    return column


def _kept(column: Iterable[Any]) -> list[str]:
    return [one or "" for one in column]
