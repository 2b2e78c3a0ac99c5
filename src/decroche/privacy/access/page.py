"""The summary that a person reads: one page of HTML without script or other address, for screen and paper. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from decroche.common.days import PARIS
from decroche.privacy.access.gather import Part
from decroche.privacy.access.words import COLUMNS, INTERNAL, TITLES, VALUES

Names = Mapping[str, Mapping[int, str]]
WIDE = 5
"""Columns that a sheet of paper holds side by side."""
STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;border:1px solid #c9ced6;padding:.3rem .5rem;overflow-wrap:break-word}
th{background:#f2f4f7;font-weight:600}tbody th{width:12rem}table+table{margin-top:1rem}
"""


def summary(parts: Sequence[Part], *, made_at: datetime, company: str, names: Names, files: Sequence[str]) -> str:
    """All text that came from outside is escaped. `names`: of a column, what its keys are called."""
    return "\n".join(_lines(parts, made_at, company, names, files))


def _lines(parts: Sequence[Part], made_at: datetime, company: str, names: Names, files: Sequence[str]) -> Iterator[str]:
    yield '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Vos données</title>'
    yield f"<style>{STYLE}</style></head><body><h1>Vos données personnelles</h1>"
    yield (
        f"<p>Copie des données détenues par {escape(company or 'notre société')}, établie le {_said(made_at)} "
        "en réponse à votre demande d'accès (RGPD, article 15). Le fichier donnees.json contient les mêmes données, "
        "complètes, dans un format lisible par un programme.</p>"
    )
    yield (
        "<p>Vous pouvez demander leur rectification ou leur effacement, vous opposer à tout appel, et adresser une "
        "réclamation à la CNIL (www.cnil.fr).</p>"
    )
    by_model = {one.model: one for one in parts}
    for model, title in TITLES.items():
        part = by_model.get(model)
        if part is not None:
            yield f"<h2>{escape(title)}</h2>"
            yield from _table(part, names)
    yield "<h2>Fichiers joints</h2>"
    yield "<p>Aucun.</p>" if not files else f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in files)}</ul>"
    yield "</body></html>"


def _table(part: Part, names: Names) -> Iterator[str]:
    told = [name for name in COLUMNS if name not in INTERNAL.get(part.model, ())]
    shown = [name for name in told if any(row.get(name) not in (None, "", {}, []) for row in part.rows)]
    if not shown:
        yield "<p>Rien.</p>" if not part.rows else f"<p>{len(part.rows)} ligne(s), dans donnees.json.</p>"
        return
    heads = [f"<th>{escape(COLUMNS[name])}</th>" for name in shown]
    rows = [[f"<td>{_cell(name, row[name], names)}</td>" for name in shown] for row in part.rows]
    if len(shown) > WIDE:
        for row in rows:
            yield "<table><tbody>"
            yield from (f"<tr>{head}{cell}</tr>" for head, cell in zip(heads, row, strict=True) if cell != "<td></td>")
            yield "</tbody></table>"
        return
    yield f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>"
    yield from (f"<tr>{''.join(row)}</tr>" for row in rows)
    yield "</tbody></table>"


def _cell(column: str, value: Any, names: Names) -> str:
    if column == "slots":
        return "<br>".join(" – ".join(_said(datetime.fromisoformat(end)) for end in slot) for slot in value)
    if isinstance(value, int) and column in names:
        return _said(names[column].get(value, value))
    return _said(VALUES.get(column, {}).get(value, value) if isinstance(value, str) else value)


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(PARIS).strftime("%d/%m/%Y à %H:%M")
    if isinstance(value, dict):
        return "<br>".join(f"{escape(str(key))} : {_said(one)}" for key, one in value.items())
    if isinstance(value, list):
        return escape(json.dumps(value, ensure_ascii=False, default=str))
    return escape(str(value))
