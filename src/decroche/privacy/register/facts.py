"""What the configuration says: for whom, why, whom and what, how long, to whom it goes, how it is kept safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as django
from django.db.models import Count

from decroche.accounts import selectors as accounts
from decroche.accounts.models import User
from decroche.accounts.settings_schema import Settings
from decroche.agents.listening import selectors as listening
from decroche.campaigns.models import Campaign
from decroche.contacts.models import CustomField
from decroche.integrations.models import ApiKey, Webhook
from decroche.ledger.models import Principal
from decroche.messages.models import Sender
from decroche.privacy.models import RetentionRun
from decroche.privacy.retention.kinds import KINDS
from decroche.privacy.retention.terms import term_of
from decroche.telephony.models import Trunk


@dataclass(frozen=True, slots=True)
class CampaignFact:
    """What a campaign is for. `recorded_for`: "" where nothing is recorded."""

    name: str
    basis: str
    audience: str
    recorded_for: str
    share: float


@dataclass(frozen=True, slots=True)
class PrincipalFact:
    """A company for which campaigns call, and those not archived; `siren` "": campaigns without a principal."""

    name: str
    siren: str
    campaigns: tuple[CampaignFact, ...]


@dataclass(frozen=True, slots=True)
class TermFact:
    """How long a kind of data is kept: the law's months, or the days chosen here."""

    kind: str
    months: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A security measure that is on, with its facts."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """All of it. `recipients`: (kind, name)."""

    made_at: datetime
    settings: Settings
    principals: tuple[PrincipalFact, ...]
    own_fields: tuple[str, ...]
    terms: tuple[TermFact, ...]
    recipients: tuple[tuple[str, str], ...]
    people: dict[str, int]
    measures: tuple[Measure, ...]


def gather(now: datetime) -> RegisterFacts:
    """As it is now."""
    chosen = accounts.settings()
    people = dict(User.objects.filter(is_active=True).order_by().values_list("role").annotate(Count("pk")))
    return RegisterFacts(
        made_at=now,
        settings=chosen,
        principals=tuple(_principals()),
        own_fields=tuple(CustomField.objects.order_by("position", "pk").values_list("label", flat=True)),
        terms=tuple(
            TermFact(kind.key, term.row.value.months, term.days)
            for kind in KINDS.values()
            for term in [term_of(kind, chosen, now)]
        ),
        recipients=tuple(_recipients()),
        people=people,
        measures=tuple(_measures(people)),
    )


def _principals() -> Iterator[PrincipalFact]:
    rows = list(Campaign.objects.exclude(status=Campaign.Status.ARCHIVED).order_by("name"))
    for principal in Principal.objects.order_by("name"):
        mine = [one for one in rows if one.principal_id == principal.pk]
        if mine:
            yield PrincipalFact(principal.name, principal.siren, _campaigns(mine))
    if nobody := [one for one in rows if one.principal_id is None]:
        yield PrincipalFact("", "", _campaigns(nobody))


def _campaigns(rows: Sequence[Campaign]) -> tuple[CampaignFact, ...]:
    return tuple(
        CampaignFact(
            one.name, one.basis, one.audience, "" if one.recording == "never" else one.recording_purpose,
            one.recording_share if one.recording == "all" else 0.0,
        )
        for one in rows
    )  # fmt: skip


def _recipients() -> Iterator[tuple[str, str]]:
    """Who else has the data, or a part: carriers have the numbers that are dialed, mail servers the e-mails."""
    for trunk in Trunk.objects.filter(enabled=True, simulator=False):
        yield "carrier", f"{trunk.name} ({trunk.host})"
    for sender in Sender.objects.filter(enabled=True):
        yield "mail", f"{sender.name} ({sender.host})"
    for hook in Webhook.objects.filter(enabled=True):
        yield "webhook", urlsplit(hook.url).hostname or ""
    for key in ApiKey.objects.filter(revoked_at=None):
        yield "program", key.name


def _measures(people: dict[str, int]) -> Iterator[Measure]:
    """Looked up where each is switched on, never taken for granted."""
    env = django.ENV
    if env.is_https:
        yield Measure("https", {})
    if "Argon2" in django.PASSWORD_HASHERS[0]:
        yield Measure("passwords", {"length": _password_length()})
    if "axes.middleware.AxesMiddleware" in django.MIDDLEWARE:
        minutes = round(60 * django.AXES_COOLOFF_TIME)
        yield Measure("lock_out", {"failures": django.AXES_FAILURE_LIMIT, "minutes": minutes})
    if django.SESSION_COOKIE_HTTPONLY:
        yield Measure("sessions", {"hours": django.SESSION_COOKIE_AGE // 3600})
    yield Measure("roles", {name: people.get(name, 0) for name in ("agent", "supervisor", "admin")})
    yield from (Measure(code, {}) for code in ("audit", "append_only", "hashes", "exports"))
    trunks = Trunk.objects.filter(enabled=True, simulator=False)
    if Trunk.objects.exclude(secret="").exists() or Sender.objects.exclude(secret="").exists():
        yield Measure("secrets", {})
    if trunks and all(one.transport == "tls" for one in trunks):
        yield Measure("sip_tls", {})
    yield Measure("webrtc", {})
    if env.is_database_embedded:
        yield Measure("database", {})
    last = RetentionRun.objects.exclude(finished_at=None).order_by("-finished_at").first()
    if last is not None:
        yield Measure("retention", {"at": last.finished_at})
    told = sum(one.current for one in listening.acknowledgments())
    if told:
        yield Measure("listening", {"told": told, "people": sum(people.values())})


def _password_length() -> int:
    validators: Any = django.AUTH_PASSWORD_VALIDATORS
    return max((int(one.get("OPTIONS", {}).get("min_length", 0)) for one in validators), default=0)
