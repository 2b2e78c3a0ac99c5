"""Erased persons' numbers leave the decisions, where a keyed hash stays: also those of who was erased before."""

from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  links text[] := TG_ARGV[0]::text[];
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('decroche.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  -- An erasure, which says so, takes the number out of a decision.
  IF TG_TABLE_NAME = 'ledger_decision' AND current_setting('decroche.erasure', true) = 'on' THEN
    links := links || ARRAY['case', 'number_digest'];
  END IF;
  -- A record that is erased, a batch or a user that is deleted leave the proof: only the link goes.
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - links = to_jsonb(OLD) - links THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def forget(apps, schema_editor):
    from decroche.ledger.erasing import forget_numbers

    rows = apps.get_model("ledger", "Decision").objects.filter(call__contact__erased_at__isnull=False)
    contacts = sorted(set(rows.values_list("call__contact_id", flat=True)))
    for start in range(0, len(contacts), 1000):
        forget_numbers(contacts[start : start + 1000])


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_proof_without_index_of_principal"),
        ("contacts", "0010_erased_refusals"),
        ("calls", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="number_digest",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="keyed hash of the number called, once its person was erased",
                max_length=64,
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("number_digest", ""), _negated=True), fields=["number_digest"],
                name="decision_erased_number",
            ),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
