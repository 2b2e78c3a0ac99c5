"""What supervisors do with exports: ask for a file, stop it, fetch it, delete it; keep a choice of columns."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.common.clock import Clock, SystemClock
from decroche.common.days import PARIS
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.values import fold
from decroche.exports import errors, tasks
from decroche.exports.catalogue import catalogue
from decroche.exports.filters import checked, rows
from decroche.exports.models import Export, ExportLayout
from decroche.exports.run import SHEET_NAMES, facts, path_of, remove_file
from decroche.exports.schemas import ExportIn, LayoutIn, LayoutPatch

CLOCK = SystemClock()
Status = Export.Status


@transaction.atomic
def ask(user: User, body: ExportIn, clock: Clock = CLOCK) -> Export:
    """Queue a file. Raises InvalidFields."""
    filters = checked(body.subject, body.filters)
    rows(user, body.subject, filters, clock.now())  # refuses a filter that cannot be
    campaign = _campaign(body.campaign_id, "campaign_id")
    _check_columns(body.subject, body.columns, body.campaign_id)
    of = campaign or Campaign.objects.filter(pk=filters.get("campaign_id") or 0).first()
    export = Export.objects.create(
        subject=body.subject,
        format=body.format,
        dates=body.dates,
        language=user.language,
        columns=list(dict.fromkeys(body.columns)),
        filters=filters,
        campaign=campaign,
        file_name=file_name(body.subject, of.name if of else "", user.language, clock.now(), body.format),
        created_by=user,
        created_at=clock.now(),
    )
    # Under no name: what the dialog proposes the next time.
    ExportLayout.objects.update_or_create(
        created_by=user, subject=body.subject, name="", defaults={"columns": export.columns}
    )
    record(user, "export.ask", export, clock=clock, **facts(export))
    transaction.on_commit(lambda: tasks.defer(export))
    return export


def _campaign(campaign_id: int | None, name: str) -> Campaign | None:
    if campaign_id is None:
        return None
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise InvalidFields(**{name: ("Cette campagne n'existe plus.", "There is no such campaign.")})
    return campaign


def _check_columns(subject: str, columns: list[str], campaign_id: int | None) -> None:
    known = catalogue(subject, campaign_id).columns
    if any(key not in known for key in columns):
        raise InvalidFields(
            columns=(
                "Une des colonnes n'existe plus. Rechargez la page et choisissez-les de nouveau.",
                "One of the columns is no longer there. Reload the page and choose them again.",
            )
        )


def file_name(subject: str, campaign: str, language: str, now: datetime, ending: str) -> str:
    """`fiches-panneaux-solaires-2026-11-26-14h32.csv`: plain letters, for every system."""
    english = language == "en"
    word = SHEET_NAMES[subject][1 if english else 0]
    local = now.astimezone(PARIS)
    stamp = local.strftime("%Y-%m-%d-%H%M" if english else "%Y-%m-%d-%Hh%M")
    parts = [_slug(word), _slug(campaign)[:60].strip("-"), stamp]
    return "-".join(part for part in parts if part) + f".{ending}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


@transaction.atomic
def cancel(user: User, export_id: str) -> None:
    """At once where no worker has it yet, else as soon as the worker looks. Raises NotFound, ExportOver."""
    export = _locked(export_id)
    if export.status not in (Status.QUEUED, Status.RUNNING):
        raise errors.ExportOver
    export.cancel_requested = True
    if export.status == Status.QUEUED:
        export.status, export.finished_at = Status.CANCELLED, CLOCK.now()
    export.save(update_fields=["cancel_requested", "status", "finished_at"])
    record(user, "export.cancel", export)


@transaction.atomic
def delete(user: User, export_id: str) -> None:
    """The file and its line. Raises NotFound, ExportUnderWay."""
    export = _locked(export_id)
    if export.status in (Status.QUEUED, Status.RUNNING):
        raise errors.ExportUnderWay
    record(user, "export.delete", export, subject=export.subject, rows=export.rows_total)
    remove_file(export)
    export.delete()


@transaction.atomic
def fetch(user: User, export_id: str, clock: Clock = CLOCK) -> Export:
    """Note that the user takes the file away. Raises NotFound, NoFile."""
    export = _locked(export_id)
    if export.status != Status.DONE or export.is_over(clock.now()) or not path_of(export).is_file():
        raise errors.NoFile
    export.downloads += 1
    export.save(update_fields=["downloads"])
    record(user, "export.download", export, clock=clock, rows=export.rows_total, **facts(export))
    return export


def _locked(export_id: str) -> Export:
    export = Export.objects.select_for_update().filter(pk=export_id).first()
    if export is None:
        raise NotFound
    return export


@transaction.atomic
def keep_layout(user: User, body: LayoutIn) -> ExportLayout:
    """A choice of columns under a name; the maker's own of the same name is replaced."""
    layout, _ = ExportLayout.objects.update_or_create(
        created_by=user,
        subject=body.subject,
        name=body.name,
        defaults={"columns": list(dict.fromkeys(body.columns)), "shared": body.shared},
    )
    record(user, "export_layout.keep", layout, name=layout.name, shared=layout.shared)
    return layout


@transaction.atomic
def change_layout(user: User, layout_id: int, body: LayoutPatch) -> ExportLayout:
    """Raises NotFound where it is not the user's own, InvalidFields where he has one of that name."""
    layout = _own_layout(user, layout_id)
    for name, value in body.given().items():
        setattr(layout, name, value)
    same = ExportLayout.objects.filter(created_by=user, subject=layout.subject, name=layout.name).exclude(pk=layout.pk)
    if same.exists():
        raise InvalidFields(
            name=("Un de vos choix de colonnes porte déjà ce nom.", "You already have a column layout with this name.")
        )
    layout.save()
    record(user, "export_layout.keep", layout, name=layout.name, shared=layout.shared)
    return layout


@transaction.atomic
def drop_layout(user: User, layout_id: int) -> None:
    """Raises NotFound where it is not the user's own."""
    layout = _own_layout(user, layout_id)
    record(user, "export_layout.delete", layout, name=layout.name)
    layout.delete()


def _own_layout(user: User, layout_id: int) -> ExportLayout:
    layout = ExportLayout.objects.select_for_update().filter(pk=layout_id, created_by=user).first()
    if layout is None:
        raise NotFound
    return layout
