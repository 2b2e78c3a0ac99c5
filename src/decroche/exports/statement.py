"""The one SELECT of a file: its rows, the joins that the chosen columns need, each value as a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg.sql import SQL, Composable, Composed, Identifier

from decroche.common.errors import Language
from decroche.exports.catalogue import Catalogue
from decroche.exports.cells import Column, Dates, csv_cell, xlsx_cell
from decroche.exports.filters import fields_of


def csv_select(
    rows: QuerySet[Any], catalogue: Catalogue, columns: Sequence[Column], language: Language, dates: Dates
) -> str:
    """Every cell as the text of a .csv file."""
    return _select(rows, catalogue, columns, [csv_cell(one, _x(n), language, dates) for n, one in enumerate(columns)])


def xlsx_select(rows: QuerySet[Any], catalogue: Catalogue, columns: Sequence[Column], language: Language) -> str:
    """Texts, and numbers where a workbook has them: see `xlsx_cell`."""
    return _select(rows, catalogue, columns, [xlsx_cell(one, _x(n), language) for n, one in enumerate(columns)])


def plain_select(rows: QuerySet[Any], catalogue: Catalogue, columns: Sequence[Column]) -> str:
    """The values as they are, to measure what the cells cost."""
    return _select(rows, catalogue, columns, [_x(n) for n in range(len(columns))])


def _select(rows: QuerySet[Any], catalogue: Catalogue, columns: Sequence[Column], cells: Sequence[Composable]) -> str:
    """The inner SELECT is ordered, so that the planner does not compute a value again for each look at it."""
    needed = {name for one in columns for name in one.joins}
    joins = SQL(" ").join([join for name, join in catalogue.joins.items() if name in needed])
    values = SQL(", ").join([SQL("{} AS {}").format(one.sql, _x(n)) for n, one in enumerate(columns)])
    statement = Composed(
        [
            SQL("SELECT "),
            SQL(", ").join(cells),
            SQL(" FROM (SELECT "),
            values,
            SQL(" FROM ("),
            SQL(source(rows)),  # written by Django, its values quoted by psycopg
            SQL(") b "),
            joins,
            SQL(" ORDER BY {}{}, b.id) t").format(
                Identifier("b", catalogue.order.removeprefix("-")), SQL(" DESC" if catalogue.order[0] == "-" else "")
            ),
        ]
    )
    return statement.as_string(connection.connection)


def source(rows: QuerySet[Any]) -> str:
    """A queryset as SQL, every column of its table under its own name."""
    names = fields_of(rows.model)
    try:
        sql, params = rows.values_list(*names).query.sql_with_params()
    except EmptyResultSet:
        sql, params = rows.model._default_manager.values_list(*names).query.sql_with_params()
        sql = f"SELECT * FROM ({sql}) never WHERE false"  # noqa: S608 - no value in it
    return str(connection.ops.compose_sql(sql, params))  # type: ignore[attr-defined]  # PostgreSQL's own


def _x(position: int) -> Identifier:
    return Identifier(f"x{position}")
