"""Columns of the script's answers: one row for each answer."""

from __future__ import annotations

from psycopg.sql import SQL

from decroche.exports.catalogue.people import CAMPAIGN, CONTACT, JOIN_CAMPAIGN, JOIN_CONTACT, PHONE, join_user, named
from decroche.exports.cells import Column, column

COLUMNS: tuple[Column, ...] = (
    column("updated_at", ("Date", "Date"), "b.updated_at", "instant", group="answers", usual=True),
    CAMPAIGN,
    *CONTACT,
    PHONE,
    column(
        "question",
        ("Question", "Question"),
        "coalesce(q.label, b.question_key)",
        group="answers",
        joins=("question",),
        usual=True,
    ),
    column("question_key", ("Code de la question", "Key of the question"), "b.question_key", group="answers"),
    column(
        "answer",
        ("Réponse", "Answer"),
        "CASE WHEN q.kind = 'date' THEN jsonb_build_array(b.value) ELSE b.value END",
        "answer",
        group="answers",
        joins=("question",),
        usual=True,
    ),
    Column("agent", "Agent", "Agent", named("u"), group="answers", joins=("agent",), usual=True),
    column("call_id", ("N° d’appel", "Call no."), "b.call_id::text", group="answers"),
)
JOINS = {
    "contact": JOIN_CONTACT,
    "campaign": JOIN_CAMPAIGN,
    "agent": join_user("u", "b.agent_id"),
    "question": SQL(
        "LEFT JOIN (SELECT DISTINCT ON (s.campaign_id, one ->> 'key') s.campaign_id, one ->> 'key' AS key,"
        " nullif(one ->> 'label', '') AS label, one ->> 'kind' AS kind"
        " FROM campaigns_script s, jsonb_array_elements(s.pages) page,"
        " jsonb_array_elements(coalesce(page -> 'questions', '[]')) one) q"
        " ON q.campaign_id = b.campaign_id AND q.key = b.question_key"
    ),
}
