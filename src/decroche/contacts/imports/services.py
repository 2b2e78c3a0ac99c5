"""What supervisors do with imports: upload, read otherwise, start, cancel, roll back."""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.custom_fields.schemas import CustomFieldIn
from decroche.contacts.custom_fields.services import create_field
from decroche.contacts.imports import errors, own_fields
from decroche.contacts.imports.consent_terms import terms_of
from decroche.contacts.imports.run import path_of, reading_of
from decroche.contacts.imports.saved_mappings import keep_as
from decroche.contacts.imports.schemas import DraftChoices, ImportPatch, ImportStart, NewCustomField
from decroche.contacts.imports.sniff import Sniffed, find_header, sniff
from decroche.contacts.imports.table import Row, data_rows, rows
from decroche.contacts.imports.targets import PHONE_TARGETS, STANDARD, title_kept, titles_in
from decroche.contacts.imports.unpack import unpack
from decroche.contacts.models import CustomField, ImportBatch
from decroche.contacts.values import clean

Status = ImportBatch.Status
MAX_BYTES = 300 << 20
MAX_CHOICES = 100
MAX_CHOICE_LENGTH = 120


def upload(user: User, file: UploadedFile[Any]) -> ImportBatch:
    """Store the file, find out how to read it, and keep a draft. Raises FileRefused, and then keeps nothing."""
    limit = int(getattr(settings, "IMPORT_MAX_BYTES", MAX_BYTES))
    if (file.size or 0) > limit:
        raise errors.FileTooBig(max_mb=limit >> 20)
    name = _display_name(file.name or "")
    batch = ImportBatch(
        name=Path(name).stem[:200] or name, file_name=name, stored_as=str(uuid.uuid4()), created_by=user
    )
    path = path_of(batch)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
                batch.size_bytes += len(chunk)
        unpack(path, limit)
        _describe(batch, sniff(path))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    batch.save()
    return batch


def _display_name(name: str) -> str:
    """The original name as data: never a path, never invisible characters."""
    return (
        re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e]", "", name.replace("\\", "/").rsplit("/", 1)[-1])[-255:]
        or "import"
    )


def _describe(batch: ImportBatch, sniffed: Sniffed) -> None:
    reading = sniffed.reading
    batch.format, batch.encoding, batch.separator = reading.format, reading.encoding, reading.separator
    batch.quoted, batch.sheet, batch.sheets = reading.quoted, reading.sheet, list(sniffed.sheets)
    batch.header_row = reading.header_row
    _measure(batch)


def _measure(batch: ImportBatch) -> None:
    """Names of the columns and count of the rows. Raises OnlyHeader where nothing is below the header."""
    header: Row = []
    width = count = filled = 0
    for position, row in enumerate(rows(path_of(batch), reading_of(batch)), start=1):
        if position == batch.header_row:
            header = row
        if position > batch.header_row:
            count += 1
            if any(cell.strip() for cell in row):
                filled += 1
                if filled <= 200:
                    width = max(width, next((i for i in range(len(row), 0, -1) if row[i - 1].strip()), 0))
    if not filled:
        raise errors.OnlyHeader
    batch.rows_total = count
    batch.columns = _column_names(header, width)


def _column_names(header: Row, width: int) -> list[str]:
    """Titles, cut to what a screen can show; made up where empty, numbered where repeated."""
    titles = [cell.replace("\x00", "").strip()[:120] for cell in header]
    while titles and not titles[-1]:
        titles.pop()
    if not titles:
        titles = [""] * width
    seen: dict[str, int] = {}
    names = []
    for index, title in enumerate(titles, start=1):
        title = title_kept(title, index)
        seen[title] = seen.get(title, 0) + 1
        names.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return names


@transaction.atomic
def read_otherwise(batch_id: int, body: ImportPatch) -> None:
    """Another encoding, separator, sheet or header. Raises NotFound, NotADraft, FileRefused."""
    batch = _draft(batch_id)
    given = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    for name, value in given.items():
        setattr(batch, name, value)
    if "header_row" not in given and given:
        batch.header_row = find_header(path_of(batch), reading_of(batch))
    _measure(batch)
    if batch.choices:
        batch.choices["columns"] = []  # others may be there now
    batch.save()


@transaction.atomic
def keep_choices(batch_id: int, body: DraftChoices) -> None:
    """So that a draft is found as it was left. Raises NotFound, NotADraft."""
    batch = _draft(batch_id)
    batch.choices = body.model_dump(mode="json")
    batch.save(update_fields=["choices"])


def _draft(batch_id: int) -> ImportBatch:
    batch = _locked(batch_id)
    if batch.status != Status.DRAFT:
        raise errors.NotADraft
    return batch


def _locked(batch_id: int) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


@transaction.atomic
def discard(user: User, batch_id: int) -> None:
    """Throw a draft and its file away. Raises NotFound, NotADraft."""
    batch = _draft(batch_id)
    path = path_of(batch)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    record(user, "import.discard", batch)
    batch.delete()


@transaction.atomic
def start(user: User, batch_id: int, body: ImportStart) -> None:
    """Check the mapping, make new custom fields, queue the job. Raises NotFound, NotADraft, InvalidFields."""
    batch = _draft(batch_id)
    campaign = None
    if body.campaign_id is not None:
        campaign = Campaign.objects.filter(pk=body.campaign_id).exclude(status=Campaign.Status.ARCHIVED).first()
        if campaign is None:
            raise InvalidFields(campaign_id=("Cette campagne n'existe plus.", "There is no such campaign."))
    mapping = {one.column: one.target for one in body.mapping}
    _check_mapping(mapping, batch.columns, body)
    batch.consent, batch.tidy = terms_of(mapping.values(), body.consent), list(dict.fromkeys(body.tidy))
    for new in body.new_custom_fields:
        target = f"custom:{_custom_key(user, batch, new)}"
        if target in mapping.values():
            raise own_fields.two_columns(new.label.strip())
        mapping[new.column] = target
    if body.save_mapping_as.strip():
        keep_as(user, body.save_mapping_as, batch, mapping)
    batch.mapping = {str(column): target for column, target in sorted(mapping.items())}
    batch.name = body.name.strip() or batch.name
    batch.duplicates, batch.match_by, batch.campaign = body.duplicates, list(dict.fromkeys(body.match_by)), campaign
    batch.against = body.against if campaign else "base"
    batch.status, batch.choices = Status.QUEUED, {}
    batch.save()
    record(user, "import.start", batch, campaign_id=body.campaign_id, duplicates=body.duplicates, rows=batch.rows_total)
    _defer("import_batch", batch.pk)


def _custom_key(user: User, batch: ImportBatch, new: NewCustomField) -> str:
    """The field of that label, made where there is none."""
    same = CustomField.objects.filter(label__iexact=new.label.strip()).first()
    if same is not None:
        if same.kind != new.kind:
            raise own_fields.there_already(same)
        return same.key
    choices = new.choices
    if new.kind == "choice" and not choices:
        choices = _values_of(batch, new.column)
    field = CustomFieldIn.model_validate({"label": new.label, "kind": new.kind, "choices": choices})
    made = create_field(user, field)
    own_fields.remember(batch, made)
    return made.key


def _values_of(batch: ImportBatch, column: int) -> list[str]:
    """All values of a column, sorted. Raises InvalidFields where there are too many to choose from."""
    found: dict[str, str] = {}
    """Each as it came first, whatever its capitals afterwards."""
    for _, row in data_rows(path_of(batch), reading_of(batch)):
        if column < len(row) and (value := clean(row[column])):
            found.setdefault(value.casefold(), value)
            if len(found) > MAX_CHOICES or len(value) > MAX_CHOICE_LENGTH:
                title, titled = (titles_in(batch.columns, language)[column] for language in ("fr", "en"))
                raise InvalidFields(
                    new_custom_fields=(
                        f"« {title} » a trop de valeurs différentes, ou trop longues, pour un choix : prenez texte.",
                        f'"{titled}" has too many different values, or too long ones, for a choice: take text.',
                    )
                )
    return sorted(found.values())


def _check_mapping(mapping: dict[int, str], columns: list[str], body: ImportStart) -> None:
    own = {f"custom:{key}" for key in CustomField.objects.values_list("key", flat=True)}
    seen: set[str] = set()
    for column, target in mapping.items():
        if column >= len(columns):
            raise InvalidFields(mapping=("Le fichier n'a pas cette colonne.", "The file has no such column."))
        if target not in STANDARD and target not in own:
            raise InvalidFields(mapping=(f"Champ inconnu : {target[:60]}.", f"Unknown field: {target[:60]}."))
        if target in seen:
            raise InvalidFields(
                mapping=(
                    f"Deux colonnes vont dans le même champ, dont « {columns[column]} ».",
                    f'Two columns go to the same field, one of them "{columns[column]}".',
                )
            )
        seen.add(target)
    if any(new.column >= len(columns) for new in body.new_custom_fields):
        raise InvalidFields(new_custom_fields=("Le fichier n'a pas cette colonne.", "The file has no such column."))
    matched = any(needed in seen for one, needed in _RECOGNISES.items() if one in body.match_by)
    changes = body.duplicates in ("fill", "update") or (body.against == "campaign" and body.campaign_id is not None)
    if not seen & set(PHONE_TARGETS[:3]) and not (matched and changes):
        raise InvalidFields(
            mapping=(
                "Choisissez la colonne d'un numéro : téléphone, mobile ou bureau.",
                "Choose the column of a number: phone, mobile or office.",
            )
        )


_RECOGNISES = {"client_code": "client_code", "email": "email", "siret": "siret", "name": "postal_code"}
"""What a file without numbers must have to recognise contacts by, for each of `match_by`."""


@transaction.atomic
def cancel(user: User, batch_id: int) -> None:
    """At once where no worker has it yet, else as soon as the worker looks. Raises NotFound, CannotCancel."""
    batch = _locked(batch_id)
    if batch.status not in (Status.QUEUED, Status.RUNNING):
        raise errors.CannotCancel
    batch.cancel_requested = True
    if batch.status == Status.QUEUED:
        batch.status = Status.CANCELLED if batch.roll_back is None else Status.ROLLED_BACK
    batch.save(update_fields=["cancel_requested", "status"])
    record(user, "import.cancel", batch)


@transaction.atomic
def start_roll_back(user: User, batch_id: int) -> None:
    """Queue the roll-back. Raises NotFound, CannotRollBack."""
    batch = _locked(batch_id)
    if batch.status != Status.DONE:
        raise errors.CannotRollBack
    batch.status, batch.attempts = Status.ROLLING_BACK, 0
    batch.save(update_fields=["status", "attempts"])
    record(user, "import.roll_back", batch)
    _defer("roll_back_batch", batch.pk)


@transaction.atomic
def roll_forward(user: User, batch_id: int) -> None:
    """Import the file of a batch that was rolled back again, as it was set.

    Raises NotFound, CannotRollForward, FileGone, InvalidFields.
    """
    batch = _locked(batch_id)
    if batch.status != Status.ROLLED_BACK:
        raise errors.CannotRollForward
    if not path_of(batch).is_file():
        raise errors.FileGone
    if batch.campaign is not None and batch.campaign.status == Campaign.Status.ARCHIVED:
        raise InvalidFields(
            campaign_id=(
                "La campagne de ce lot est archivée : réactivez-la d'abord.",
                "This batch's campaign is archived: reactivate it first.",
            )
        )
    batch.status, batch.attempts, batch.cancel_requested = Status.QUEUED, 0, False
    batch.rows_done, batch.error, batch.error_facts = 0, "", {}
    batch.save(update_fields=["status", "attempts", "cancel_requested", "rows_done", "error", "error_facts"])
    record(user, "import.roll_forward", batch)
    _defer("import_batch", batch.pk)


def _defer(task: str, batch_id: int) -> None:
    from decroche.contacts import tasks

    deferred: Any = getattr(tasks, task)
    deferred.defer(batch_id=batch_id)
