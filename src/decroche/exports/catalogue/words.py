"""Codes of the base as people read them: French, English."""

from __future__ import annotations

from decroche.exports.cells import Words

RESULTS: Words = {
    "connected": ("connecté", "connected"),
    "abandoned": ("appel muet", "abandoned"),
    "no_answer": ("pas de réponse", "no answer"),
    "busy": ("occupé", "busy"),
    "rejected": ("rejeté", "rejected"),
    "unallocated": ("numéro non attribué", "unallocated number"),
    "congestion": ("encombrement", "congestion"),
    "machine": ("répondeur", "answering machine"),
    "cancelled": ("annulé", "cancelled"),
    "failed": ("échec technique", "technical failure"),
    "missed": ("appel entrant manqué", "missed inbound call"),
}
DIRECTIONS: Words = {
    "outbound": ("sortant", "outbound"),
    "inbound": ("entrant", "inbound"),
}
MODES: Words = {
    "manual": ("manuel", "manual"),
    "preview": ("aperçu", "preview"),
    "progressive": ("progressif", "progressive"),
    "power": ("multiple", "power"),
    "predictive": ("prédictif", "predictive"),
}
QUEUE_STATES: Words = {
    "waiting": ("en attente", "waiting"),
    "claimed": ("en cours d’appel", "being called"),
    "finished": ("terminée", "finished"),
    "withdrawn": ("retirée", "withdrawn"),
}
HUNG_UP_BY: Words = {
    "contact": ("le contact", "the contact"),
    "agent": ("l’agent", "the agent"),
    "system": ("le système", "the system"),
    "supervisor": ("le chef de plateau", "the supervisor"),
    "carrier": ("l’opérateur", "the carrier"),
}
CALLBACK_STATES: Words = {
    "scheduled": ("à venir", "scheduled"),
    "late": ("en retard", "overdue"),
    "done": ("tenu", "kept"),
    "cancelled": ("annulé", "cancelled"),
}
ORIGINS: Words = {"agent": ("agent", "agent"), "cut": ("ligne coupée", "line cut")}
FINISHED: Words = {
    **RESULTS,
    "close": ("qualification", "outcome"),
    "do_not_call": ("ne plus appeler", "never call again"),
    "max_attempts": ("nombre de tentatives atteint", "attempts used up"),
}
