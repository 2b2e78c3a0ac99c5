"""Names of users, and the contact beside a row of another subject."""

from __future__ import annotations

from typing import LiteralString

from psycopg.sql import SQL, Composable, Identifier

from decroche.exports.cells import Column


def named(user: str) -> Composable:
    """Display name of the user under this alias, as `User.display_name`."""
    return SQL("coalesce(nullif(btrim({u}.first_name || ' ' || {u}.last_name), ''), {u}.username)").format(
        u=Identifier(user)
    )


def join_user(alias: str, key: LiteralString) -> Composable:
    """`key` is the column that holds the user's id."""
    return SQL("LEFT JOIN accounts_user {} ON {}.id = {}").format(Identifier(alias), Identifier(alias), SQL(key))


CONTACT_NAME = SQL("coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), c.company)")
FIRST_NUMBER = SQL(
    "(SELECT p.e164 FROM contacts_contactphone p WHERE p.contact_id = b.contact_id AND p.kind <> 'fax'"
    " ORDER BY array_position(ARRAY['phone', 'mobile', 'office'], p.kind::text) LIMIT 1)"
)
JOIN_CONTACT = SQL("LEFT JOIN contacts_contact c ON c.id = b.contact_id")
JOIN_CAMPAIGN = SQL("LEFT JOIN campaigns_campaign g ON g.id = b.campaign_id")
CAMPAIGN = Column("campaign", "Campagne", "Campaign", SQL("g.name"), group="call", joins=("campaign",), usual=True)


def _of_contact(key: str, fr: str, en: str, sql: Composable, usual: bool = False) -> Column:
    return Column(key, fr, en, sql, group="identity", joins=("contact",), usual=usual)


CONTACT: tuple[Column, ...] = (
    Column("contact_id", "N° de fiche", "Contact no.", SQL("b.contact_id"), "whole"),
    _of_contact("contact", "Contact", "Contact", CONTACT_NAME, usual=True),
    _of_contact("civility", "Civilité", "Title", SQL("c.civility")),
    _of_contact("first_name", "Prénom", "First name", SQL("c.first_name")),
    _of_contact("last_name", "Nom", "Last name", SQL("c.last_name")),
    _of_contact("company", "Société", "Company", SQL("c.company")),
    _of_contact("client_code", "Code client", "Client code", SQL("c.client_code")),
    _of_contact("email", "E-mail", "E-mail", SQL("c.email")),
    _of_contact("address", "Adresse", "Address", SQL("c.address")),
    _of_contact("postal_code", "Code postal", "Postal code", SQL("c.postal_code")),
    _of_contact("city", "Ville", "City", SQL("c.city")),
)
PHONE = Column("phone", "Téléphone", "Phone", FIRST_NUMBER, "phone", group="numbers", usual=True)
