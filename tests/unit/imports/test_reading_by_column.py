"""Rows read by column are what the same rows are when they are read one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decroche.contacts.imports import columns
from decroche.contacts.imports.columns import ColumnReader, cleaned
from decroche.contacts.imports.rows import CustomColumn, Refused, RowReader
from decroche.contacts.values import clean

TARGETS = (
    *("last_name", "full_name", "civility", "postal_code", "country", "phone", "mobile", "fax"),
    *("custom:effectif", "custom:note"),
)
CUSTOM = {
    "effectif": CustomColumn("effectif", "Effectif", "number"),
    "note": CustomColumn("note", "Note", "text"),
}
NUMBERS = st.one_of(
    st.sampled_from(
        ["", "01 99 00 12 34", "0199001234", "612345678", "06.12.34.56.78", "+33112345678", "01 99", "0262201234"]
    ),
    st.sampled_from(
        ["0112345678 / 0612345678", "+32 470 12 34 56", "6,12345678E+08", "0899123456", "112345678.0", "06|12345678"]
    ),
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", "Moreau", " Léa ", "a\tb", "a\\b", "deux\nlignes", "x¶", "¶ x", "x" * 130, "\u00a0", "NUL\x00"]
    ),
    st.text(max_size=12),
)
ROW = st.tuples(
    TEXTS, TEXTS, st.sampled_from(["M.", "mme", "Dr", ""]), st.sampled_from(["1000", "69003", "1000.0", "SW1A 1AA"]),
    st.sampled_from(["", "France", "CH", "Atlantide"]), NUMBERS, NUMBERS, NUMBERS,
    st.sampled_from(["", "12", "1,5", "beaucoup"]), TEXTS,
)  # fmt: skip
ROWS = st.lists(
    st.one_of(ROW.map(list), ROW.map(lambda row: [*row, "de trop"]), ROW.map(lambda row: list(row[:6]))), max_size=12
)


def reader() -> RowReader:
    mapping = dict(enumerate(TARGETS))
    return RowReader(mapping, [f"C{index}" for index in mapping], CUSTOM, frozenset(("civility", "names")))


def one_by_one(rows: list[list[str]]) -> tuple[list[str], list[Refused], int, int]:
    alone = reader()
    read = [alone.read(position, list(cells)) for position, cells in enumerate(rows, start=2)]
    lines = ["\t".join(str(cell).translate(columns._COPY) for cell in one) for one in read if isinstance(one, tuple)]
    return lines, [one for one in read if isinstance(one, Refused)], read.count(None), alone.dropped_numbers


@given(ROWS)
def test_whatever_the_rows_both_ways_say_the_same(rows):
    by_row = reader()
    read = ColumnReader(by_row).read([(position, list(cells)) for position, cells in enumerate(rows, start=2)])
    lines = read.lines.split("\n")[:-1]
    expected = one_by_one(rows)
    assert (sorted(lines), read.refused, read.empty, by_row.dropped_numbers) == (sorted(expected[0]), *expected[1:])


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_a_column_is_cleaned_as_its_cells_are(column):
    assert list(cleaned(column)) == [clean(cell) for cell in column]


def test_a_memo_does_not_grow_with_the_file(monkeypatch):
    monkeypatch.setattr(columns, "REMEMBERED", 10)
    memo = columns.Memo(str.upper)
    assert [memo[f"a{n}"] for n in range(100)] == [f"A{n}" for n in range(100)]
    assert len(memo) <= 10
