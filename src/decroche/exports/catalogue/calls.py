"""Columns of the call log."""

from __future__ import annotations

from psycopg.sql import SQL

from decroche.exports.catalogue.people import CAMPAIGN, CONTACT, JOIN_CAMPAIGN, JOIN_CONTACT, join_user, named
from decroche.exports.catalogue.words import DIRECTIONS, HUNG_UP_BY, MODES, RESULTS
from decroche.exports.cells import Column, column

COLUMNS: tuple[Column, ...] = (
    column("claimed_at", ("Date", "Date"), "b.claimed_at", "instant", group="call", usual=True),
    CAMPAIGN,
    Column("agent", "Agent", "Agent", named("u"), group="call", joins=("agent",), usual=True),
    *CONTACT,
    column("e164", ("Numéro appelé", "Number called"), "b.e164", "phone", group="numbers", usual=True),
    column("presented", ("Numéro présenté", "Presented number"), "b.presented", "phone", group="numbers"),
    column("direction", ("Sens", "Direction"), "b.direction", "code", group="call", words=DIRECTIONS),
    column("mode", ("Mode", "Mode"), "b.mode", "code", group="call", words=MODES),
    column("result", ("Résultat", "Result"), "b.result", "code", group="call", words=RESULTS, usual=True),
    column("outcome", ("Qualification", "Outcome"), "d.label", group="call", joins=("outcome",), usual=True),
    column(
        "ring_s",
        ("Sonnerie (s)", "Ringing (s)"),
        "CASE WHEN b.placed_at IS NOT NULL AND b.ended_at IS NOT NULL"
        " THEN greatest(extract(epoch FROM coalesce(b.answered_at, b.ended_at) - b.placed_at), 0) END",
        "seconds",
        group="call",
        usual=True,
    ),
    column(
        "silence_s",
        ("Attente après décroché (s)", "Silence after answer (s)"),
        "CASE WHEN b.bridged_at IS NOT NULL AND b.answered_at IS NOT NULL"
        " THEN greatest(extract(epoch FROM b.bridged_at - b.answered_at), 0) END",
        "seconds",
        group="call",
    ),
    column(
        "talk_s",
        ("Conversation (s)", "Talk (s)"),
        "CASE WHEN b.bridged_at IS NOT NULL AND b.ended_at IS NOT NULL"
        " THEN greatest(extract(epoch FROM b.ended_at - b.bridged_at), 0) END",
        "seconds",
        group="call",
        usual=True,
    ),
    column("hold_s", ("Garde (s)", "Hold (s)"), "b.hold_s", "seconds", group="call"),
    column(
        "wrap_up_s",
        ("Post-appel (s)", "Wrap-up (s)"),
        "CASE WHEN b.wrap_up_ended_at IS NOT NULL AND b.ended_at IS NOT NULL"
        " THEN greatest(extract(epoch FROM b.wrap_up_ended_at - b.ended_at), 0) END",
        "seconds",
        group="call",
    ),
    column("placed_at", ("Lancé à", "Placed at"), "b.placed_at", "instant", group="call"),
    column("answered_at", ("Décroché à", "Answered at"), "b.answered_at", "instant", group="call"),
    column("ended_at", ("Terminé à", "Ended at"), "b.ended_at", "instant", group="call"),
    column(
        "notes",
        ("Notes", "Notes"),
        "(SELECT string_agg(n.text, E'\\n' ORDER BY n.id) FROM contacts_contactnote n"
        " WHERE n.call_id = b.id AND n.text <> '')",
        group="call",
        usual=True,
    ),
    column(
        "recorded",
        ("Enregistré", "Recorded"),
        "EXISTS (SELECT FROM calls_recording r WHERE r.call_id = b.id AND r.status = 'ready')",
        "yes_no",
        group="call",
    ),
    column("hung_up_by", ("Raccroché par", "Hung up by"), "b.hung_up_by", "code", group="call", words=HUNG_UP_BY),
    column("cause", ("Cause Q.850", "Q.850 cause"), "b.cause", "whole", group="call"),
    column("sip_code", ("Code SIP", "SIP code"), "b.sip_code", "whole", group="call"),
    column("trunk", ("Ligne opérateur", "Trunk"), "t.name", group="call", joins=("trunk",)),
    column("id", ("N° d’appel", "Call no."), "b.id::text", group="call"),
)
JOINS = {
    "contact": JOIN_CONTACT,
    "campaign": JOIN_CAMPAIGN,
    "agent": join_user("u", "b.agent_id"),
    "outcome": SQL("LEFT JOIN dispositions_disposition d ON d.id = b.disposition_id"),
    "trunk": SQL("LEFT JOIN telephony_trunk t ON t.id = b.trunk_id"),
}
