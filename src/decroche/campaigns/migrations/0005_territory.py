"""The territory of a campaign, and each entry's postal code beside its place in the queue, kept by triggers."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

# A language that is inlined: an INSERT … SELECT that calls it pays next to nothing, and its rows pass the trigger by.
TRIGGERS = """
CREATE FUNCTION campaigns_place(postal_code text, country text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN postal_code ~ '^[0-9]{4,5}$' AND country IN ('FR', '', 'MC', 'GP', 'MQ', 'GF', 'RE', 'PM', 'YT')
    THEN postal_code::integer ELSE -1000 END
$$;

CREATE FUNCTION campaigns_fill_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT campaigns_place(c.postal_code, c.country) INTO NEW.place FROM contacts_contact c WHERE c.id = NEW.contact_id;
  RETURN NEW;
END $$;
CREATE TRIGGER campaigns_place_new BEFORE INSERT ON campaigns_queueentry
  FOR EACH ROW WHEN (NEW.place IS NULL) EXECUTE FUNCTION campaigns_fill_place();

CREATE FUNCTION campaigns_move_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE campaigns_queueentry SET place = campaigns_place(NEW.postal_code, NEW.country) WHERE contact_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER campaigns_place_moved AFTER UPDATE OF postal_code, country ON contacts_contact
  FOR EACH ROW WHEN (OLD.postal_code IS DISTINCT FROM NEW.postal_code OR OLD.country IS DISTINCT FROM NEW.country)
  EXECUTE FUNCTION campaigns_move_place();

UPDATE campaigns_queueentry q SET place = campaigns_place(c.postal_code, c.country)
  FROM contacts_contact c WHERE c.id = q.contact_id;
"""
NO_TRIGGERS = """
DROP TRIGGER campaigns_place_moved ON contacts_contact;
DROP TRIGGER campaigns_place_new ON campaigns_queueentry;
DROP FUNCTION campaigns_move_place();
DROP FUNCTION campaigns_fill_place();
DROP FUNCTION campaigns_place(text, text);
"""


class Migration(migrations.Migration):

    atomic = False  # an index cannot be made in the transaction that filled its column

    dependencies = [
        ('campaigns', '0004_pacing'),
        ('contacts', '0003_search'),
        ('dispositions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='territory',
            field=models.JSONField(default=list, help_text='[[kind, code], …], see `territory`; none: everywhere'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='territory_ranges',
            field=models.JSONField(default=list, help_text='what it resolves to: [[first, last postal code], …]'),
        ),
        migrations.AddField(
            model_name='queueentry',
            name='place',
            field=models.IntegerField(null=True),
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(models.F('campaign'), django.db.models.expressions.CombinedExpression(models.F('place'), '/', models.Value(1000)), models.OrderBy(models.F('priority'), descending=True), models.F('not_before'), models.F('id'), models.F('place'), condition=models.Q(('owner_until__isnull', True), ('state', 'waiting')), name='queue_places'),
        ),
    ]
