"""Columns of appointments and of callbacks."""

from __future__ import annotations

from decroche.exports.catalogue.people import CAMPAIGN, CONTACT, JOIN_CAMPAIGN, JOIN_CONTACT, PHONE, join_user, named
from decroche.exports.catalogue.words import CALLBACK_STATES, ORIGINS
from decroche.exports.cells import Column, column

BY = Column("created_by", "Pris par", "Made by", named("u"), group="promise", joins=("created_by",), usual=True)
MADE = column("created_at", ("Pris le", "Made on"), "b.created_at", "instant", group="promise")
NOTE = column("note", ("Note", "Note"), "b.note", group="promise", usual=True)
APPOINTMENTS: tuple[Column, ...] = (
    column("starts_at", ("Date du RDV", "Appointment"), "b.starts_at", "instant", group="promise", usual=True),
    column("duration_min", ("Durée (min)", "Duration (min)"), "b.duration_min", "whole", group="promise", usual=True),
    *CONTACT,
    PHONE,
    column("place", ("Lieu", "Place"), "b.place", group="promise", usual=True),
    CAMPAIGN,
    NOTE,
    BY,
    MADE,
    column("cancelled_at", ("Annulé le", "Cancelled on"), "b.cancelled_at", "instant", group="promise", usual=True),
    column("call_id", ("N° d’appel", "Call no."), "b.call_id::text", group="promise"),
)
CALLBACKS: tuple[Column, ...] = (
    column("due_at", ("Rappeler le", "Call back on"), "b.due_at", "instant", group="promise", usual=True),
    column(
        "state",
        ("État", "State"),
        "CASE WHEN b.state = 'scheduled' AND b.due_at < now() THEN 'late' ELSE b.state END",
        "code",
        group="promise",
        words=CALLBACK_STATES,
        usual=True,
    ),
    Column("owner", "Pour", "For", named("o"), group="promise", joins=("owner",), usual=True),
    *CONTACT,
    PHONE,
    CAMPAIGN,
    NOTE,
    column("origin", ("Origine", "Origin"), "b.origin", "code", group="promise", words=ORIGINS),
    BY,
    MADE,
)
JOINS = {
    "contact": JOIN_CONTACT,
    "campaign": JOIN_CAMPAIGN,
    "owner": join_user("o", "b.owner_id"),
    "created_by": join_user("u", "b.created_by_id"),
}
