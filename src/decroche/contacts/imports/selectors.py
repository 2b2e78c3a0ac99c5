"""Reading batches: lists, progress, and the preview of a draft."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any, cast

from django.db.models import Count

from decroche.accounts.models import User
from decroche.campaigns.outlook.selectors import outlook_out
from decroche.common.errors import Language, NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.custom_fields.schemas import FieldKindCode
from decroche.contacts.imports import duplicates, errors
from decroche.contacts.imports.consent_terms import result_out, terms_out
from decroche.contacts.imports.looks import field_kind, number_kinds
from decroche.contacts.imports.rows import LEFT_OUT, reason_sentence
from decroche.contacts.imports.run import path_of, reading_of
from decroche.contacts.imports.schemas import (
    ColumnOut,
    ColumnTarget,
    DraftChoices,
    ImportCounts,
    ImportDetail,
    ImportErrorOut,
    ImportOut,
    ImportPage,
    NumberKinds,
    PreviewOut,
    ReasonCount,
    RollBackCounts,
    TidyCode,
)
from decroche.contacts.imports.table import Row, data_rows
from decroche.contacts.imports.targets import PHONE_TARGETS, by_values, suggest, titles_in, without_report
from decroche.contacts.models import CustomField, ImportBatch, RefusedRow
from decroche.contacts.records import campaign_ref, person

Status = ImportBatch.Status
SHOWN = 50
MAX_REASONS = 50
_LEFT_FR, _LEFT_EN = (
    "Fiches importées sans certains de leurs numéros ou sans leur SIRET",
    "Contacts imported without some numbers or their SIRET",
)
LOOKED_AT = 500
CELL_SHOWN = 300


def list_imports(language: Language, *, campaign_id: int | None, cursor: str, limit: int) -> ImportPage:
    """A page, newest first."""
    batches = ImportBatch.objects.select_related("campaign", "created_by").order_by("-pk")
    if campaign_id is not None:
        batches = batches.filter(campaign=campaign_id)
    total = None if cursor else batches.count()
    if cursor:
        (before,) = decode_cursor(cursor, int, of="imports")
        batches = batches.filter(pk__lt=before)
    page, next_cursor = cut(list(batches[: limit + 1]), limit, lambda one: (one.pk,), of="imports")
    return ImportPage(items=[batch_out(one, language) for one in page], next_cursor=next_cursor, total=total)


def import_detail(batch_id: int, user: User) -> ImportDetail:
    """A batch with its preview or mapping. Raises NotFound; FileRefused where a draft cannot be read as it is set."""
    batch = ImportBatch.objects.select_related("campaign", "created_by", "outlook").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    tidy, consent = _remembered_terms(batch)
    return ImportDetail(
        **batch_out(batch, "en" if user.language == "en" else "fr").model_dump(),
        preview=preview(batch, user) if batch.status == Status.DRAFT else None,
        choices=DraftChoices.model_validate(batch.choices) if batch.choices else None,
        mapping=[ColumnTarget(column=int(column), target=target) for column, target in batch.mapping.items()],
        tidy=tidy,
        reasons=reasons(batch, user),
        consent=terms_out(consent),
        consents=result_out(batch.consent_counts, user.language),
        outlook=outlook_out(outlook, user) if (outlook := getattr(batch, "outlook", None)) else None,
    )


def batch_out(batch: ImportBatch, language: Language) -> ImportOut:
    """A batch as shown."""
    error = None
    if batch.error:
        known = errors.by_code(batch.error, batch.error_facts)
        error = ImportErrorOut(code=batch.error, message=known.sentence(language))
    return ImportOut.model_validate(
        {
            **{
                name: getattr(batch, name)
                for name in (
                    *("id", "name", "file_name", "size_bytes", "status", "format", "encoding", "separator", "sheet"),
                    *("sheets", "header_row", "duplicates", "match_by", "against", "rows_total", "rows_done"),
                    *("created_at", "started_at", "finished_at"),
                )
            },
            "campaign": campaign_ref(batch.campaign),
            "created_by": person(batch.created_by),
            "progress": _progress(batch),
            "counts": ImportCounts.model_validate(batch.counts),
            "roll_back": RollBackCounts.model_validate(batch.roll_back) if batch.roll_back else None,
            "error": error,
            "can_cancel": batch.status in (Status.QUEUED, Status.RUNNING),
            "can_roll_back": batch.status == Status.DONE,
            "can_roll_forward": batch.status == Status.ROLLED_BACK and path_of(batch).is_file(),
        }
    )


def _progress(batch: ImportBatch) -> float:
    if batch.status in (Status.DONE, Status.ROLLED_BACK):
        return 1.0
    return min(1.0, batch.rows_done / batch.rows_total) if batch.rows_total else 0.0


def preview(batch: ImportBatch, user: User) -> PreviewOut:
    """The first rows, and what each column seems to be."""
    width = len(batch.columns)
    first = list(islice(data_rows(path_of(batch), reading_of(batch)), LOOKED_AT))
    filled = [(line, row) for line, row in first if any(cell.strip() for cell in row)]
    cells = [_fit(row, width) for _, row in filled]
    samples = [[row[index] for row in cells if row[index].strip()] for index in range(width)]
    custom = dict(CustomField.objects.values_list("key", "label"))
    suggested = _remembered(batch) or suggest(batch.columns, samples, custom)
    return PreviewOut(
        columns=[
            ColumnOut(
                index=index,
                header=name,
                samples=samples[index][:5],
                suggested=suggested[index],
                kind=cast("FieldKindCode", field_kind(samples[index])),
                numbers=_numbers(samples[index], suggested[index]),
            )
            for index, name in enumerate(titles_in(batch.columns, user.language))
        ],
        lines=[line for line, _ in filled[:SHOWN]],
        rows=cells[:SHOWN],
        rows_total=batch.rows_total,
        warnings=_warnings(batch, [row for _, row in first], user),
    )


def _remembered(batch: ImportBatch) -> list[str | None] | None:
    """The mapping of the last batch with the same columns, in whatever order they come."""
    alike = _alike(batch)
    if alike is None:
        return None
    known = {f"custom:{key}" for key in CustomField.objects.values_list("key", flat=True)}
    targets = {alike.columns[int(column)]: target for column, target in alike.mapping.items()}
    targets = {title: one for title, one in targets.items() if not one.startswith("custom:") or one in known}
    return [targets.get(title) for title in batch.columns]


def _remembered_terms(batch: ImportBatch) -> tuple[list[TidyCode], dict[str, Any] | None]:
    """What it puts right and its consents' terms; of a draft, those of the last batch with the same columns."""
    kept = _alike(batch) if batch.status == Status.DRAFT else batch
    return ([], None) if kept is None else (kept.tidy, kept.consent)


def _alike(batch: ImportBatch) -> ImportBatch | None:
    if batch.header_row == 0:
        return None
    titles = without_report(batch.columns)
    same = {"columns__contains": titles, "columns__contained_by": titles}
    return ImportBatch.objects.filter(**same, status=Status.DONE, header_row__gt=0).exclude(mapping={}).first()


def _numbers(samples: list[str], suggested: str | None) -> NumberKinds | None:
    if suggested not in PHONE_TARGETS and by_values(samples[:20]) not in PHONE_TARGETS:
        return None
    return NumberKinds(**number_kinds(samples))


def reasons(batch: ImportBatch, user: User) -> list[ReasonCount]:
    """Why rows and numbers were left out, counted; one line a column where the column is the reason."""
    found: Counter[tuple[str, str]] = Counter()
    listed = RefusedRow.objects.filter(batch=batch).order_by()
    rows = listed.exclude(reason__in=(LEFT_OUT, *duplicates.REASONS)).values_list("reason", "detail")
    for reason, detail, count in rows.annotate(count=Count("pk")):
        found[reason, detail] += count
    out = [
        ReasonCount(code=code, reason=reason_sentence(code, detail, user.language), count=count)
        for (code, detail), count in found.most_common(MAX_REASONS)
    ]
    doubles = listed.filter(reason__in=duplicates.REASONS).values_list("reason").annotate(count=Count("pk"))
    place = 1 if user.language == "en" else 0
    out += [ReasonCount(code=code, reason=duplicates.COUNTED[code][place], count=count) for code, count in doubles]
    if left := RefusedRow.objects.filter(batch=batch, reason=LEFT_OUT).count():
        sentence = _LEFT_EN if user.language == "en" else _LEFT_FR
        out.append(ReasonCount(code=LEFT_OUT, reason=sentence, count=left))
    return sorted(out, key=lambda one: -one.count)


def _fit(row: Row, width: int) -> Row:
    cells = [cell.replace("\x00", "")[:CELL_SHOWN] for cell in row[:width]]
    return cells + [""] * (width - len(cells))


def _warnings(batch: ImportBatch, rows: list[Row], user: User) -> list[str]:
    english = user.language == "en"
    out = []
    if any("\ufffd" in cell for row in rows for cell in row):
        out.append(
            "Some characters cannot be read: try another encoding."
            if english
            else "Des caractères sont illisibles : essayez un autre encodage."
        )
    if not batch.quoted:
        out.append(
            "A quote is never closed in this file: quotes are read as ordinary characters."
            if english
            else "Des guillemets ne sont jamais fermés dans ce fichier : ils sont lus comme des caractères ordinaires."
        )
    if batch.format == "csv" and len(batch.columns) == 1:
        out.append(
            "Only one column was found: check the separator."
            if english
            else "Une seule colonne a été trouvée : vérifiez le séparateur."
        )
    wide = sum(1 for row in rows if any(cell.strip() for cell in row[len(batch.columns) :]))
    if wide:
        out.append(
            f"{wide} of the first rows have more cells than the header: they would be refused."
            if english
            else f"{wide} des premières lignes ont plus de cellules que la ligne de titres : elles seraient refusées."
        )
    return out
