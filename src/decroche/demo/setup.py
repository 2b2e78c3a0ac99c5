"""The demo's floor before its first call: settings, people, trunk, campaigns, prospects, batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from decroche.accounts.models import Setting, User
from decroche.agents.defaults import ensure_pause_reasons
from decroche.agents.models import AgentGroup, PauseReason
from decroche.campaigns import announcement_files
from decroche.campaigns.models import (
    Campaign,
    CampaignAssignment,
    CampaignPresentedNumber,
    PresentedNumber,
    QueueEntry,
    RetryRule,
    Script,
)
from decroche.common.crypto import encrypt
from decroche.common.fiction import E164_PREFIXES
from decroche.config.env import Env
from decroche.contacts.models import Contact, ContactPhone, CustomField, DoNotCall, ImportBatch, RefusedRow
from decroche.demo import consumers, scripts
from decroche.demo.people import COUNT, NATURAL, PERSONS, Numbers, Person, make_people
from decroche.dispositions.models import Disposition
from decroche.ledger.models import Principal
from decroche.telephony.conf_simulator import TRUNK_USERNAME
from decroche.telephony.models import Trunk

FLOOR, FLOOR_SIREN = "Trois Lacs Relation Client", "987654324"
"""Who calls: a floor that works for others. No such company; the SIREN has only its check digit right."""
COMPANY = "Mutuelle des Alpages"
CALLBACK_NUMBER = f"{E164_PREFIXES[3]}9900"
TRUNK_NAME = "Simulateur d'opérateur"
ALL_HOURS = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "to": "24:00"}]
SHARES = (1_100, 600, 300)
"""Prospects of each campaign."""
TOUCHED = (640, 300, 60)
"""How many of them were called already; the others wait, and the first of these are persons who answer."""
SURE_ANSWERS = 120
"""So many of the waiting ones answer, first in each queue."""


@dataclass
class Kit:
    """A campaign with what its calls need."""

    campaign: Campaign
    outcomes: list[Disposition]
    questions: list[dict[str, Any]]
    presented: dict[str, str]
    entries: list[QueueEntry] = field(default_factory=list)


@dataclass
class Floor:
    """All that the history is drawn on. `people` by contact id; `forbidden`: not written yet."""

    users: dict[str, User]
    pauses: list[PauseReason]
    trunk: Trunk
    kits: list[Kit]
    people: dict[int, Person]
    forbidden: list[DoNotCall]


def install_trunk(env: Env) -> Trunk:
    """The simulator's account; its port and secret are this installation's, and may have changed since."""
    trunk, _ = Trunk.objects.update_or_create(
        name=TRUNK_NAME,
        defaults={
            "host": "127.0.0.1",
            "port": env.simulator_sip_port,
            "username": TRUNK_USERNAME,
            "secret": encrypt(env.secret("simulator_trunk_secret")),
            "registers": True,
            "channel_limit": 90,
            "cps_limit": 20,
            "simulator": True,
        },
    )
    return trunk


def build(env: Env, users: dict[str, User], now: datetime, random: Random) -> Floor:
    """Everything but the history."""
    _settings()
    groups = _groups(users)
    trunk = install_trunk(env)
    _custom_fields()
    principal = Principal.objects.create(name=COMPANY, siren=consumers.SIREN)
    kits, to_consumers = _campaigns(trunk, users, groups, principal, now)
    numbers = Numbers()
    people, forbidden = _prospects(kits, users["nadia"], now, random, numbers)
    # Dice of their own, so that the rest of the demo falls as it did before there were consumers.
    dice = Random(COUNT)  # noqa: S311
    forbidden += consumers.add(to_consumers, principal, users["nadia"], now, dice, numbers, COUNT)
    return Floor(users, ensure_pause_reasons(), trunk, kits, people, forbidden)


def _settings() -> None:
    known = {
        "company_name": FLOOR,
        "company_siren": FLOOR_SIREN,
        "callback_number": CALLBACK_NUMBER,
        "company_address": "12 place du Lac, 74000 Annecy",
        "privacy_contact": "donnees@trois-lacs.example",
        "hosting": "cette machine, dans nos locaux",
    }
    for key, value in known.items():
        Setting.objects.update_or_create(key=key, defaults={"value": value})


def _groups(users: dict[str, User]) -> dict[str, AgentGroup]:
    members = {"Prospection": ("camille", "malik", "soizic"), "Relation adhérents": ("soizic", "camille")}
    groups = {}
    for name, usernames in members.items():
        groups[name] = AgentGroup.objects.create(name=name)
        groups[name].members.set([users[one] for one in usernames])
    return groups


def _custom_fields() -> None:
    insurers = ["Aucun", "Une mutuelle", "Un assureur", "Une banque", "Ne sait pas"]
    CustomField.objects.bulk_create(
        [
            CustomField(key="effectif", label="Effectif", kind="number", position=0),
            CustomField(key="assureur_actuel", label="Assureur actuel", kind="choice", choices=insurers, position=1),
            CustomField(key="echeance", label="Échéance du contrat", kind="date", position=2),
        ]
    )


def _campaigns(
    trunk: Trunk, users: dict[str, User], groups: dict[str, AgentGroup], principal: Principal, now: datetime
) -> tuple[list[Kit], Campaign]:
    """Those to companies, with a history; then the one to consumers."""
    numbers = _presented_numbers(principal)
    common: dict[str, Any] = {
        "principal": principal,
        "status": Campaign.Status.OPEN,
        "audience": Campaign.Audience.B2B,
        "basis": Campaign.Basis.BUSINESS,
        "caller_name": COMPANY,
        "callback_number": CALLBACK_NUMBER,
        "trunk": trunk,
        "hours": ALL_HOURS,
        "opened_at": now - timedelta(days=12),
    }
    health = Campaign.objects.create(
        name="Complémentaire santé TPE", mode="progressive", priority=10, recording="all",
        recording_purpose="proof", recording_share=1.0, wrap_up="timed", wrap_up_s=30, wrap_up_extension_s=30, **common,
    )  # fmt: skip
    review = Campaign.objects.create(
        name="Bilan prévoyance dirigeants", mode="preview", priority=5, recording="on_demand",
        wrap_up="unlimited", **common,
    )  # fmt: skip
    members = Campaign.objects.create(
        name="Suivi des nouveaux adhérents", mode="manual", priority=0, recording="never", wrap_up="none", **common
    )
    to_consumers = Campaign.objects.create(**common | consumers.settings(principal, now))
    prospecting, relations = groups["Prospection"], groups["Relation adhérents"]
    CampaignAssignment.objects.bulk_create(
        [
            CampaignAssignment(campaign=health, group=prospecting, priority=10),
            CampaignAssignment(campaign=review, group=prospecting, priority=5),
            CampaignAssignment(campaign=members, group=relations, priority=1),
            CampaignAssignment(campaign=members, user=users["malik"], priority=1),
            CampaignAssignment(campaign=to_consumers, group=relations, priority=0),
        ]
    )
    _kit(to_consumers, scripts.HEALTH_OUTCOMES, scripts.CONSUMERS_PAGES, scripts.CONSUMERS_OBJECTIONS, numbers)
    return [
        _kit(health, scripts.HEALTH_OUTCOMES, scripts.HEALTH_PAGES, scripts.HEALTH_OBJECTIONS, numbers),
        _kit(review, scripts.REVIEW_OUTCOMES, scripts.REVIEW_PAGES, scripts.REVIEW_OBJECTIONS, numbers),
        _kit(members, scripts.MEMBERS_OUTCOMES, scripts.MEMBERS_PAGES, scripts.MEMBERS_OBJECTIONS, numbers),
    ], to_consumers


def _presented_numbers(principal: Principal) -> dict[str, PresentedNumber]:
    """One a zone: 01 99 00 99 01 to calls in 01, and so on; the one of 01 to mobiles and everywhere else."""
    made = {
        str(zone): PresentedNumber.objects.create(
            e164=f"{E164_PREFIXES[zone - 1]}99{zone:02d}", label=f"Mutuelle, zone 0{zone}", principal=principal
        )
        for zone in range(1, 6)
    }
    return {**made, "67": made["1"], "": made["1"]}


def _kit(
    campaign: Campaign,
    outcomes: tuple[scripts.Outcome, ...],
    pages: list[Any],
    objections: list[Any],
    numbers: dict[str, PresentedNumber],
) -> Kit:
    announcement_files.keep_in_step(campaign)
    Script.objects.create(campaign=campaign, pages=pages, objections=objections)
    CampaignPresentedNumber.objects.bulk_create(
        CampaignPresentedNumber(campaign=campaign, number=number, zone=zone) for zone, number in numbers.items()
    )
    RetryRule.objects.bulk_create(
        RetryRule(campaign=campaign, result=result, delay_s=delay_s, max_attempts=most, next_phone=next_phone)
        for result, delay_s, most, next_phone in (
            ("no_answer", 600, 4, True),
            ("busy", 120, 4, False),
            ("rejected", 1800, 2, True),
            ("machine", 900, 3, True),
            ("congestion", 60, 5, False),
            ("unallocated", 60, 1, True),
        )
    )
    made = [
        Disposition.objects.create(
            campaign=campaign, label=label, color=color, key=str(position + 1), position=position, reached=reached,
            pitched=pitched, tone=tone, effect=effect, retry_delay_s=1800, wants_appointment=wants,
        )
        for position, (label, color, reached, pitched, tone, effect, wants) in enumerate(outcomes)
    ]  # fmt: skip
    questions = [question for page in pages for question in page["questions"]]
    return Kit(campaign, made, questions, {zone: number.e164 for zone, number in numbers.items()})


# ── Prospects ────────────────────────────────────────────────────────────────


def _endings(random: Random) -> list[int]:
    """Endings of all, campaign by campaign: those that were called, then persons, then as it comes."""
    endings: list[int] = []
    for share, touched in zip(SHARES, TOUCHED, strict=True):
        endings += [random.choice(NATURAL) for _ in range(touched)]
        endings += [random.choice(PERSONS) for _ in range(SURE_ANSWERS)]
        endings += [random.choice(NATURAL) for _ in range(share - touched - SURE_ANSWERS)]
    return endings


def _prospects(
    kits: list[Kit], manager: User, now: datetime, random: Random, numbers: Numbers
) -> tuple[dict[int, Person], list[DoNotCall]]:
    """Persons by their contact, and what is to be put on the do-not-call list."""
    people = make_people(random, _endings(random), numbers)
    early, late = now - timedelta(days=13), now - timedelta(days=6, hours=3)
    first = _batch("Fichier TPE octobre", "fichier_tpe_octobre.csv", 1_400, 37, manager, early)
    first.campaign, second_campaign = kits[0].campaign, kits[1].campaign
    first.save(update_fields=["campaign"])
    second = _batch("Salon des entrepreneurs", "salon-entrepreneurs-2026.xlsx", COUNT - 1_400, 12, manager, late)
    second.campaign = second_campaign
    second.save(update_fields=["campaign"])
    contacts = Contact.objects.bulk_create(
        Contact(
            civility=one.civility, first_name=one.first_name, last_name=one.last_name, company=one.company,
            address=one.address, postal_code=one.postal_code, city=one.city, client_code=one.client_code,
            email=one.email, custom=one.custom, batch=first if one.index < 1_400 else second,
            created_at=early if one.index < 1_400 else late, updated_at=early if one.index < 1_400 else late,
        )
        for one in people
    )  # fmt: skip
    ContactPhone.objects.bulk_create(
        ContactPhone(contact=contact, kind=kind, e164=e164)
        for contact, one in zip(contacts, people, strict=True)
        for kind, e164 in one.phones.items()
    )
    start = 0
    for kit, share in zip(kits, SHARES, strict=True):
        kit.entries = [
            QueueEntry(pk=pk, campaign=kit.campaign, contact=contact, batch_id=contact.batch_id, not_before=early)
            for pk, contact in zip(_entry_ids(share), contacts[start : start + share], strict=True)
        ]
        start += share
    return {contact.pk: one for contact, one in zip(contacts, people, strict=True)}, _forbidden(manager, early)


def _entry_ids(count: int) -> list[int]:
    """Taken from the table's sequence: entries are written last, as the history left them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('campaigns_queueentry', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _batch(name: str, file_name: str, new: int, duplicate: int, manager: User, at: datetime) -> ImportBatch:
    columns = ["Civilité", "Nom", "Prénom", "Société", "Adresse", "CP", "Ville", "Téléphone", "Portable", "E-mail"]
    targets = [
        "civility",
        "last_name",
        "first_name",
        "company",
        "address",
        "postal_code",
        "city",
        "phone",
        "mobile",
        "email",
    ]
    is_csv = file_name.endswith(".csv")
    refused = [
        (
            "phone_too_short",
            ["M.", "Vauthier", "Rémi", "SARL Garage du Centre", "", "74000", "Annecy", "04 65 71 2", "", ""],
        ),
        ("phone_missing", ["Mme", "Clavel", "Odile", "", "3 rue Pasteur", "38000", "Grenoble", "", "", ""]),
        ("phone_rounded", ["M.", "Jolivet", "Yann", "Optique des Halles", "", "69003", "Lyon", "4,66E+08", "", ""]),
    ]
    total = new + duplicate + len(refused)
    batch = ImportBatch.objects.create(
        name=name, file_name=file_name, stored_as="", size_bytes=total * 118, status=ImportBatch.Status.DONE,
        format="csv" if is_csv else "xlsx", encoding="cp1252" if is_csv else "", separator=";" if is_csv else "",
        sheet="" if is_csv else "Contacts", sheets=[] if is_csv else ["Contacts"], columns=columns,
        mapping={str(index): target for index, target in enumerate(targets)}, duplicates="ignore",
        rows_total=total, rows_done=total,
        counts={"new": new, "updated": 0, "duplicate": duplicate, "refused": len(refused), "empty": 0,
                "do_not_call": 0, "queued": new, "dropped_numbers": 4},
        created_by=manager, created_at=at - timedelta(minutes=3), started_at=at, finished_at=at + timedelta(seconds=2),
    )  # fmt: skip
    RefusedRow.objects.bulk_create(
        RefusedRow(batch=batch, row_number=17 + 211 * index, reason=reason, cells=cells)
        for index, (reason, cells) in enumerate(refused)
    )
    return batch


def _forbidden(manager: User, at: datetime) -> list[DoNotCall]:
    """A list that was imported before the first call."""
    return [
        DoNotCall(e164=f"{E164_PREFIXES[index % 5]}98{index:02d}", origin="import", created_by=manager, created_at=at)
        for index in range(14)
    ]
