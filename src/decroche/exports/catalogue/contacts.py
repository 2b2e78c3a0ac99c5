"""Columns of contacts: the record, its numbers, its calls, and its place and answers in one campaign."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg.sql import SQL, Composable, Identifier
from psycopg.sql import Literal as Value

from decroche.campaigns.models import Script
from decroche.contacts.models import CustomField
from decroche.exports.catalogue.people import join_user, named
from decroche.exports.catalogue.words import FINISHED, QUEUE_STATES, RESULTS
from decroche.exports.cells import Column, Kind, column

CUSTOM, ANSWER = "custom:", "answer:"
KINDS: dict[str, Kind] = {"number": "number", "date": "day", "yes_no": "yes_no"}
"""Of custom fields and questions; the others are text."""
RECORD: tuple[Column, ...] = (
    column("id", ("N° de fiche", "Contact no."), "b.id", "whole"),
    column("civility", ("Civilité", "Title"), "b.civility", usual=True),
    column("first_name", ("Prénom", "First name"), "b.first_name", usual=True),
    column("last_name", ("Nom", "Last name"), "b.last_name", usual=True),
    column("company", ("Société", "Company"), "b.company", usual=True),
    column("client_code", ("Code client", "Client code"), "b.client_code", usual=True),
    column("siret", ("SIRET", "SIRET"), "b.siret", usual=True),
    column("email", ("E-mail", "E-mail"), "b.email", usual=True),
    column("address", ("Adresse", "Address"), "b.address", group="place", usual=True),
    column("address2", ("Complément d’adresse", "Address, second line"), "b.address2", group="place", usual=True),
    column("postal_code", ("Code postal", "Postal code"), "b.postal_code", group="place", usual=True),
    column("city", ("Ville", "City"), "b.city", group="place", usual=True),
    column("country", ("Pays", "Country"), "b.country", group="place"),
)
NUMBERS: tuple[Column, ...] = (
    column("phone", ("Téléphone", "Phone"), "p1.e164", "phone", group="numbers", joins=("phone",), usual=True),
    column("mobile", ("Mobile", "Mobile"), "p2.e164", "phone", group="numbers", joins=("mobile",), usual=True),
    column("office", ("Bureau", "Office"), "p3.e164", "phone", group="numbers", joins=("office",)),
    column("fax", ("Fax", "Fax"), "p4.e164", "phone", group="numbers", joins=("fax",)),
    column(
        "do_not_call",
        ("Sur liste noire", "On the do-not-call list"),
        "EXISTS (SELECT FROM contacts_contactphone p JOIN contacts_donotcall d ON d.e164 = p.e164"
        " AND d.campaign_id IS NULL WHERE p.contact_id = b.id)",
        "yes_no",
        group="numbers",
    ),
)
ORIGIN: tuple[Column, ...] = (
    column("batch", ("Lot d’importation", "Import batch"), "i.name", group="origin", joins=("batch",)),
    column("created_at", ("Créée le", "Created on"), "b.created_at", "instant", group="origin"),
    column("updated_at", ("Modifiée le", "Changed on"), "b.updated_at", "instant", group="origin"),
)
CALLS: tuple[Column, ...] = (
    column(
        "calls",
        ("Appels", "Calls"),
        "(SELECT count(*) FROM calls_call n WHERE n.contact_id = b.id)",
        "whole",
        group="calls",
    ),
    column("last_call_at", ("Dernier appel", "Last call"), "k.claimed_at", "instant", group="calls", joins=("last",)),
    column(
        "last_result",
        ("Dernier résultat", "Last result"),
        "k.result",
        "code",
        group="calls",
        joins=("last",),
        words=RESULTS,
    ),
    column(
        "last_outcome",
        ("Dernière qualification", "Last outcome"),
        "kd.label",
        group="calls",
        joins=("last", "last_outcome"),
    ),
    Column("last_agent", "Dernier agent", "Last agent", named("ku"), group="calls", joins=("last", "last_agent")),
    column(
        "last_note",
        ("Dernière note", "Last note"),
        "(SELECT n.text FROM contacts_contactnote n WHERE n.contact_id = b.id AND n.text <> ''"
        " ORDER BY n.id DESC LIMIT 1)",
        group="calls",
    ),
)
QUEUE: tuple[Column, ...] = (
    column(
        "queue_state",
        ("État dans la file", "State in the queue"),
        "e.state",
        "code",
        group="queue",
        joins=("queue",),
        words=QUEUE_STATES,
    ),
    column("attempts", ("Tentatives", "Attempts"), "e.attempts", "whole", group="queue", joins=("queue",)),
    column("not_before", ("Pas avant", "Not before"), "e.not_before", "instant", group="queue", joins=("queue",)),
    column("priority", ("Priorité", "Priority"), "e.priority", "whole", group="queue", joins=("queue",)),
    column(
        "queue_result",
        ("Résultat dans la campagne", "Result in the campaign"),
        "e.last_result",
        "code",
        group="queue",
        joins=("queue",),
        words=RESULTS,
    ),
    column(
        "queue_call_at",
        ("Appelée dans la campagne le", "Called in the campaign on"),
        "e.last_call_at",
        "instant",
        group="queue",
        joins=("queue",),
    ),
    column("outcome", ("Qualification", "Outcome"), "ed.label", group="queue", joins=("queue", "queue_outcome")),
    column(
        "finished_reason",
        ("Terminée par", "Finished by"),
        "e.finished_reason",
        "code",
        group="queue",
        joins=("queue",),
        words=FINISHED,
    ),
    Column("owner", "Promise à", "Kept for", named("eu"), group="queue", joins=("queue", "queue_owner")),
)


def columns(campaign_id: int | None) -> list[Column]:
    """With this floor's own fields; with the queue and the questions where a campaign is named."""
    of_campaign = [*QUEUE, *_answers(campaign_id)] if campaign_id is not None else []
    return [*RECORD, *NUMBERS, *_custom(), *ORIGIN, *CALLS, *of_campaign]


def joins(campaign_id: int | None) -> dict[str, Composable]:
    """Only those that a chosen column needs are made."""
    found = {
        kind: _join_number(f"p{place}", kind) for place, kind in enumerate(("phone", "mobile", "office", "fax"), 1)
    }
    found |= {
        "batch": SQL("LEFT JOIN contacts_importbatch i ON i.id = b.batch_id"),
        "last": SQL(
            "LEFT JOIN LATERAL (SELECT n.claimed_at, n.result, n.agent_id, n.disposition_id FROM calls_call n"
            " WHERE n.contact_id = b.id ORDER BY n.claimed_at DESC LIMIT 1) k ON true"
        ),
        "last_outcome": SQL("LEFT JOIN dispositions_disposition kd ON kd.id = k.disposition_id"),
        "last_agent": join_user("ku", "k.agent_id"),
    }
    if campaign_id is not None:
        found |= {
            "queue": SQL("LEFT JOIN campaigns_queueentry e ON e.contact_id = b.id AND e.campaign_id = {}").format(
                Value(campaign_id)
            ),
            "queue_outcome": SQL("LEFT JOIN dispositions_disposition ed ON ed.id = e.disposition_id"),
            "queue_owner": join_user("eu", "e.owner_id"),
            "answers": SQL(
                "LEFT JOIN (SELECT contact_id, jsonb_object_agg(question_key, value) AS given"
                " FROM contacts_scriptanswer WHERE campaign_id = {} GROUP BY 1) a ON a.contact_id = b.id"
            ).format(Value(campaign_id)),
        }
    return found


def _join_number(alias: str, kind: str) -> Composable:
    return SQL("LEFT JOIN contacts_contactphone {a} ON {a}.contact_id = b.id AND {a}.kind = {kind}").format(
        a=Identifier(alias), kind=Value(kind)
    )


def _custom() -> Iterator[Column]:
    for one in CustomField.objects.all():
        expression = SQL("b.custom ->> {}").format(Value(one.key))
        yield Column(
            CUSTOM + one.key, one.label, one.label, expression, KINDS.get(one.kind, "text"), "custom", usual=True
        )


def _answers(campaign_id: int | None) -> Iterator[Column]:
    script = Script.objects.filter(campaign=campaign_id).first()
    for question in questions(script.pages if script else []):
        expression = SQL("a.given ->> {}").format(Value(question["key"]))
        kind = KINDS.get(question["kind"], "text")
        title = question["label"] or question["key"]
        yield Column(ANSWER + question["key"], title, title, expression, kind, "answers", ("answers",))


def questions(pages: object) -> Iterator[dict[str, str]]:
    """Each question of a script once, in its order: key, label, kind."""
    seen: set[str] = set()
    for page in pages if isinstance(pages, list) else []:
        for one in page.get("questions", []):
            key = str(one.get("key", ""))
            if key and key not in seen:
                seen.add(key)
                yield {"key": key, "label": str(one.get("label", "")), "kind": str(one.get("kind", "text"))}
