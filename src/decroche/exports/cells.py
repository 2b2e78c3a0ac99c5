"""How a value becomes a cell: SQL expressions, so that the database formats and the file is a copy. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, LiteralString

from psycopg.sql import SQL, Composable, Composed
from psycopg.sql import Literal as Value

from decroche.common.errors import Language

Kind = Literal["text", "whole", "number", "day", "instant", "seconds", "phone", "yes_no", "code", "answer"]
"""`answer`: JSON of whatever kind its question has; a date's is in an array, since a text may look like one."""
Group = Literal["identity", "place", "numbers", "origin", "queue", "answers", "calls", "call", "promise", "custom"]
Dates = Literal["local", "iso"]
Words = dict[str, tuple[str, str]]
"""Code → French, English."""
EXCEL_EPOCH_DAYS = 25569
"""1970-01-01 as a spreadsheet counts days."""
FORMULA_START = r"^ *[-=+@\t\r\n]"
"""The same as `common.spreadsheet.FORMULA_STARTS`, held to it by a test."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file. `sql` reads the value from the subject's tables, `joins` are those that it needs."""

    key: str
    fr: str
    en: str
    sql: Composable
    kind: Kind = "text"
    group: Group = "identity"
    joins: tuple[str, ...] = ()
    usual: bool = False
    """Whether it is chosen where nobody said otherwise."""
    words: Words = field(default_factory=dict)

    def title(self, language: Language) -> str:
        """At the head of the column."""
        return self.en if language == "en" else self.fr


def column(
    key: str,
    titles: tuple[str, str],
    expression: LiteralString,
    kind: Kind = "text",
    *,
    group: Group = "identity",
    joins: tuple[str, ...] = (),
    usual: bool = False,
    words: Words | None = None,
) -> Column:
    """A column whose SQL is fixed."""
    return Column(key, *titles, SQL(expression), kind, group, joins, usual, words or {})


def csv_cell(one: Column, x: Composable, language: Language, dates: Dates) -> Composable:
    """Text of a cell, with what a spreadsheet would run as a formula made harmless. NULL is an empty cell."""
    if one.kind == "whole":
        return x
    if one.kind == "number":
        return _number(x)
    if one.kind == "seconds":
        return _decimal(SQL("round(({})::numeric, 1)").format(x))
    if one.kind == "day":
        return _day(x, dates)
    if one.kind == "instant":
        return SQL("to_char({} AT TIME ZONE 'Europe/Paris', {})").format(x, Value(_CLOCK[dates]))
    if one.kind == "answer":
        return _answer(x, _day(_answered_day(x), dates), guarded(_text(x)), language)
    return guarded(x) if one.kind == "text" else shown(one, x, language)


def xlsx_cell(one: Column, x: Composable, language: Language) -> Composable:
    """Text, or a number where the cell is one: moments as days since 1900, in Paris. An answer begins by d where it is
    a day, by t where it is a text.
    """
    if one.kind in ("phone", "yes_no", "code"):
        return shown(one, x, language)
    if one.kind == "answer":
        kind = SQL("CASE jsonb_typeof({}) WHEN 'array' THEN 'd' ELSE 't' END").format(x)
        return SQL("{} || {}").format(kind, _answer(x, _answered_day(x), _text(x), language))
    if one.kind == "instant":
        return SQL("(extract(epoch FROM ({} AT TIME ZONE 'Europe/Paris')) / 86400 + {})::float8").format(
            x, EXCEL_EPOCH_DAYS
        )
    if one.kind == "seconds":
        return SQL("round(({})::numeric, 1)::float8").format(x)
    if one.kind == "whole":
        return x
    return SQL("({})::text").format(x)


def shown(one: Column, x: Composable, language: Language) -> Composable:
    """Numbers of telephones, yes or no, and codes as people read them."""
    if one.kind == "phone":
        return _phone(x)
    if one.kind == "yes_no":
        return _yes_no(x, guarded(SQL("({})::text").format(x)), language)
    if one.kind == "code":
        return _word(one.words, x, language)
    return x


def _yes_no(x: Composable, otherwise: Composable, language: Language) -> Composable:
    yes, no = ("yes", "no") if language == "en" else ("oui", "non")
    return SQL("CASE ({})::text WHEN 'true' THEN {} WHEN 'false' THEN {} ELSE {} END").format(
        x, Value(yes), Value(no), otherwise
    )


def _answer(x: Composable, day: Composable, text: Composable, language: Language) -> Composable:
    return SQL(
        "CASE jsonb_typeof({}) WHEN 'number' THEN {} WHEN 'string' THEN {} WHEN 'array' THEN {} ELSE {} END"
    ).format(x, _decimal(x), text, day, _yes_no(x, guarded(_text(x)), language))


def _answered_day(x: Composable) -> Composable:
    return SQL("({} ->> 0)").format(x)


def _text(x: Composable) -> Composable:
    """JSON without its quotes."""
    return SQL("({} #>> '{{}}')").format(x)


def guarded(x: Composable) -> Composable:
    """An apostrophe before what would run. Most cells begin by a letter or a figure, and cost one comparison."""
    return SQL(
        """CASE WHEN ascii({x}) >= 65 THEN {x} WHEN {x} = '' THEN NULL WHEN ascii({x}) BETWEEN 48 AND 57 THEN {x}
        WHEN {x} ~ {start} THEN '''' || {x} ELSE {x} END"""
    ).format(x=x, start=Value(FORMULA_START))


def _number(x: Composable) -> Composable:
    """A custom number may be a text that was there before its field became one. A pattern costs ten plain cells, and
    is for what has a point or a sign: what else begins with a figure is as it stands, number or text.
    """
    return SQL(
        """CASE WHEN ascii({t}) BETWEEN 48 AND 57 AND {t} NOT LIKE '%.%' THEN {t}
        WHEN {t} ~ '^-?[0-9]+([.][0-9]+)?$' THEN {decimal} ELSE {guarded} END"""
    ).format(t=SQL("({})::text").format(x), decimal=_decimal(x), guarded=guarded(SQL("({})::text").format(x)))


def _decimal(x: Composable) -> Composable:
    return SQL("replace(({})::text, '.', ',')").format(x)


def _day(x: Composable, dates: Dates) -> Composable:
    """Figures and two hyphens in their places, said without a pattern for the same reason."""
    text = SQL("({x})::text").format(x=x)
    french = SQL("substr({t}, 9, 2) || '/' || substr({t}, 6, 2) || '/' || substr({t}, 1, 4)").format(t=text)
    return SQL(
        """CASE WHEN {t} LIKE '____-__-__' AND ltrim({t}, '0123456789-') = '' AND {t} NOT LIKE '%-%-%-%' THEN {day}
        ELSE {guarded} END"""
    ).format(t=text, day=text if dates == "iso" else french, guarded=guarded(text))


def _phone(x: Composable) -> Composable:
    """06 39 98 20 11; from abroad 00 32…: a plus sign would be a formula, and digits alone lose their zeros."""
    return SQL(
        """CASE WHEN {x} LIKE '+33_________' THEN '0' || substr({x}, 4, 1) || ' ' || substr({x}, 5, 2) || ' ' ||
        substr({x}, 7, 2) || ' ' || substr({x}, 9, 2) || ' ' || substr({x}, 11, 2)
        WHEN {x} LIKE '+%' THEN '00 ' || substr({x}, 2) ELSE {guarded} END"""
    ).format(x=x, guarded=guarded(x))


def _word(words: Words, x: Composable, language: Language) -> Composable:
    if not words:
        return guarded(x)
    cases: list[Composable] = [
        SQL("WHEN {} THEN {}").format(Value(code), Value(both[1 if language == "en" else 0]))
        for code, both in words.items()
    ]
    return Composed([SQL("CASE {} ").format(x), SQL(" ").join(cases), SQL(" ELSE {} END").format(guarded(x))])


_CLOCK: dict[Dates, str] = {"local": "DD/MM/YYYY HH24:MI:SS", "iso": "YYYY-MM-DD HH24:MI:SS"}
