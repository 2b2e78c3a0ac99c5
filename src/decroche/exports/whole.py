"""Everything that the base holds, taken out: one .csv a table, of one instant, the files as they are, and a guide.

For who leaves us or keeps a copy that any program reads. Values are as the base has them (dates ISO 8601, true and
false as t and f, JSON as JSON): unlike the files for spreadsheets, nothing is made harmless or French.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Model
from psycopg.sql import SQL, Identifier

from decroche.accounts.audit import record
from decroche.common.errors import DomainError

LEFT_OUT: dict[str, str] = {
    "accounts_onetimelink": "jetons de connexion à usage unique",
    "auth_permission": "catalogue de Django, le même partout",
    "auth_group": "non utilisé : les rôles sont dans accounts_user",
    "auth_group_permissions": "non utilisé : les rôles sont dans accounts_user",
    "axes_accessattempt": "défense contre les essais de mots de passe",
    "axes_accessattemptexpiration": "défense contre les essais de mots de passe",
    "axes_accessfailurelog": "défense contre les essais de mots de passe",
    "axes_accesslog": "défense contre les essais de mots de passe",
    "django_content_type": "catalogue de Django, le même partout",
    "django_migrations": "version du schéma, sans donnée",
    "django_session": "sessions ouvertes : des jetons",
    "integrations_keptanswer": "réponses d'API gardées un jour contre les doublons",
    "procrastinate_events": "file de travaux de cette installation",
    "procrastinate_jobs": "file de travaux de cette installation",
    "procrastinate_periodic_defers": "file de travaux de cette installation",
    "procrastinate_workers": "file de travaux de cette installation",
}
"""Tables that stay, each with its reason."""
SECRET: dict[tuple[str, str], str] = {
    ("accounts_user", "password"): "empreinte du mot de passe",
    ("integrations_apikey", "digest"): "empreinte de la clé d'API",
    ("integrations_webhook", "secret"): "clé de signature, chiffrée par cette installation",
    ("integrations_webhook", "former_secret"): "clé de signature, chiffrée par cette installation",
    ("messages_sender", "secret"): "mot de passe du serveur d'e-mail, chiffré par cette installation",
    ("telephony_trunk", "secret"): "mot de passe de l'opérateur, chiffré par cette installation",
}
"""Columns that stay."""
FILES = {"recordings": "RECORDINGS_DIR", "announcements": "ANNOUNCEMENTS_DIR", "documents": "DOCUMENTS_DIR"}
README = "LISEZMOI.md"
Say = Callable[[str], None]


class NotEmpty(DomainError):
    """Nothing is ever mixed or written over."""

    code = "export_all_not_empty"
    fr = "Le dossier {folder} n'est pas vide. Donnez un dossier vide ou qui n'existe pas encore."
    en = "The folder {folder} is not empty. Give an empty one, or one that is not there yet."


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is taken out."""

    name: str
    model: type[Model]
    columns: list[Field[Any, Any]]

    @property
    def file_name(self) -> str:
        """Below tables/."""
        return f"{self.name}.csv"


def tables() -> list[Table]:
    """Every concrete model's, in the order of the apps, secrets left out."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.db_table
        if model._meta.proxy or name in LEFT_OUT:
            continue
        columns = [one for one in model._meta.local_concrete_fields if (name, one.column) not in SECRET]
        found[name] = Table(name, model, columns)
    return list(found.values())


def export_all(folder: Path, say: Say = lambda _line: None) -> dict[str, int]:
    """Rows by table, and files by folder. Raises NotEmpty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(folder=folder)
    connection.ensure_connection()  # without a database nothing is begun that a second try would find in its way
    (folder / "tables").mkdir(mode=0o700, parents=True)
    counts: dict[str, int] = {}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in tables():
            counts[table.name] = _copy(table, folder / "tables" / table.file_name)
            say(f"{table.name}: {counts[table.name]}")
    for name, setting in FILES.items():
        counts[name] = _copy_files(Path(getattr(settings, setting)), folder / name)
        say(f"{name}/: {counts[name]}")
    (folder / README).write_text("\n".join(_readme(counts)) + "\n", encoding="utf-8")
    record(None, "export.all", tables=len(tables()), rows=sum(counts[one.name] for one in tables()))
    return counts


def _copy(table: Table, path: Path) -> int:
    """Straight to the file, in the order of the key."""
    columns = SQL(", ").join([Identifier(str(one.column)) for one in table.columns])
    key = table.model._meta.pk or table.columns[0]
    statement = SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')").format(
        columns, Identifier(table.name), Identifier(str(key.column))
    )
    with connection.cursor() as cursor:
        count = 0
        with path.open("wb", buffering=1 << 20) as file, cursor.copy(statement) as copy:
            for count, data in enumerate(copy):  # noqa: B007 - the titles are not a row
                file.write(data)
    return count


def _copy_files(source: Path, target: Path) -> int:
    """Files as they are. Those that appear or go meanwhile are not our snapshot's business."""
    count = 0
    for path in sorted(source.iterdir()) if source.is_dir() else ():
        if not path.is_file() or path.is_symlink():
            continue
        target.mkdir(mode=0o700, exist_ok=True)
        try:
            shutil.copy2(path, target / path.name)
        except FileNotFoundError:
            continue
        count += 1
    return count


def _readme(counts: dict[str, int]) -> Iterator[str]:
    yield "# Export complet de Décroche\n"
    yield "Tout ce que la base contient, d'un même instant : un fichier .csv par table dans `tables/` (UTF-8, virgules,"
    yield 'guillemets doublés, première ligne de titres ; une cellule vide est NULL, `""` un texte vide ; instants en'
    yield "ISO 8601 avec leur décalage, oui et non en `t` et `f`, listes en JSON), et les fichiers tels quels."
    yield "Les valeurs sont brutes : n'ouvrez pas ces fichiers dans un tableur sans désactiver les formules.\n"
    for name in FILES:
        yield f"- `{name}/` : {counts[name]} fichier(s), nommés par l'identifiant de leur ligne dans la table."
    yield "\n## Ce qui n'est pas dans l'export\n"
    for name, reason in LEFT_OUT.items():
        yield f"- table `{name}` : {reason}"
    for (name, column), reason in SECRET.items():
        yield f"- colonne `{name}.{column}` : {reason}"
    yield "- fichiers en attente d'importation et exports pour tableur : ils se refont."
    for table in tables():
        yield f"\n## {table.name} ({counts[table.name]} lignes)\n"
        yield f"{_sentence(table.model)}\n"
        yield "| colonne | type | sens |"
        yield "|---|---|---|"
        for one in table.columns:
            yield f"| {one.column} | {one.db_type(connection) or ''} | {_meaning(one)} |"


def _sentence(model: type[Model]) -> str:
    if model._meta.auto_created:
        return "Lien entre deux tables."
    return " ".join((model.__doc__ or "").split())


def _meaning(one: Field[Any, Any]) -> str:
    parts = []
    if isinstance(one, ForeignKey):
        parts.append(f"→ {one.related_model._meta.db_table}.{one.target_field.column}")
    if one.help_text:
        parts.append(str(one.help_text))
    if one.choices:
        parts.append(", ".join(str(code) for code, _ in one.flatchoices))
    return "; ".join(parts).replace("|", "\\|")
