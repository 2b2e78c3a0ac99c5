"""Indexes of the contact search: parts of words without accents (trigrams), and numbers by their end."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# unaccent() is only STABLE, since its dictionary may change; an index needs IMMUTABLE, and ours never changes.
FOLD = """
CREATE OR REPLACE FUNCTION decroche_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

CREATE OR REPLACE FUNCTION decroche_haystack(
    last_name text, first_name text, company text, client_code text, email text, postal_code text, city text
) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT public.decroche_fold(
    last_name || ' ' || first_name || ' ' || company || ' ' || client_code || ' ' || email || ' ' || postal_code || ' ' || city
) $$;
"""
INDEXES = """
CREATE INDEX contact_search ON contacts_contact USING gin (
    decroche_haystack(last_name, first_name, company, client_code, email, postal_code, city) gin_trgm_ops
);
CREATE INDEX contact_phone_end ON contacts_contactphone (reverse(e164) text_pattern_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_imports")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            FOLD,
            "DROP FUNCTION decroche_haystack(text, text, text, text, text, text, text); DROP FUNCTION decroche_fold(text)",
        ),
        migrations.RunSQL(INDEXES, "DROP INDEX contact_search; DROP INDEX contact_phone_end"),
    ]
