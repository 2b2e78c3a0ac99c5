"""The order, filter and lists of a campaign, and what each entry of its queue is to them, kept by triggers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Ranks are texts that sort by their bytes, the blank last, up or down.
FUNCTIONS = r"""
CREATE SEQUENCE campaigns_steering AS integer;

CREATE FUNCTION campaigns_number(value text) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN value ~ '^\s*[+-]?[0-9]{1,18}([.,][0-9]{1,30})?\s*$' THEN replace(value, ',', '.')::double precision END
$$;
CREATE FUNCTION campaigns_rank_bits(bits bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN bits < 0 THEN lpad(to_hex(~bits), 16, '0') ELSE to_hex(bits # (-9223372036854775808)) END
$$;
CREATE FUNCTION campaigns_rank_number(value double precision, descending boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN value IS NULL THEN 'z' ELSE campaigns_rank_bits(
    ('x' || encode(float8send(CASE WHEN descending THEN 0 - value ELSE 0 + value END), 'hex'))::bit(64)::bigint) END
$$;
CREATE FUNCTION campaigns_rank_text(value text, descending boolean) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN value IS NULL OR btrim(value) = '' THEN 'z'
    WHEN descending THEN translate(encode(convert_to(left(decroche_fold(btrim(value)), 24), 'UTF8'), 'hex'),
      '0123456789abcdef', 'fedcba9876543210') || 'g'
    ELSE encode(convert_to(left(decroche_fold(btrim(value)), 24), 'UTF8'), 'hex') END
$$;

CREATE FUNCTION campaigns_judge_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_campaign WHERE steering > 0) THEN
    UPDATE campaigns_queueentry q SET admitted = 0 FROM fresh f JOIN campaigns_campaign c ON c.id = f.campaign_id
    WHERE q.id = f.id AND c.steering > 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER campaigns_judge_new AFTER INSERT ON campaigns_queueentry
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION campaigns_judge_new();

CREATE FUNCTION campaigns_judge_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_campaign WHERE steering > 0) THEN
    UPDATE campaigns_queueentry q SET admitted = 0 FROM fresh f, campaigns_campaign c
    WHERE q.contact_id = f.id AND q.state = 'waiting' AND c.id = q.campaign_id AND c.steering > 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER campaigns_judge_changed AFTER UPDATE ON contacts_contact
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION campaigns_judge_changed();
"""
NO_FUNCTIONS = """
DROP TRIGGER campaigns_judge_changed ON contacts_contact;
DROP TRIGGER campaigns_judge_new ON campaigns_queueentry;
DROP FUNCTION campaigns_judge_changed();
DROP FUNCTION campaigns_judge_new();
DROP FUNCTION campaigns_rank_text(text, boolean);
DROP FUNCTION campaigns_rank_number(double precision, boolean);
DROP FUNCTION campaigns_rank_bits(bigint);
DROP FUNCTION campaigns_number(text);
DROP SEQUENCE campaigns_steering;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0006_fewer_indexes'),
        ('contacts', '0004_siret_and_indexes'),
        ('dispositions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='filter',
            field=models.JSONField(help_text='a tree of conditions, see `contacts.filters`; none: everybody', null=True),
        ),
        migrations.AddField(
            model_name='campaign',
            name='filter_label',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='campaign',
            name='order',
            field=models.JSONField(default=dict, help_text='see `steering.order`; empty: by priority, then as they are due'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='steering',
            field=models.IntegerField(default=0, help_text='of the entries that this order, filter and lists admit; 0: none of them is in force'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='steering_progress',
            field=models.JSONField(help_text='{done, total} while its entries are being admitted', null=True),
        ),
        migrations.AddField(
            model_name='queueentry',
            name='admitted',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='queueentry',
            name='rank',
            field=models.TextField(db_collation='C', null=True),
        ),
        migrations.AddField(
            model_name='queueentry',
            name='stream',
            field=models.IntegerField(null=True),
        ),
        migrations.CreateModel(
            name='CampaignList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('batch', 'Batch'), ('fed', 'Fed'), ('rest', 'Rest')], max_length=5)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('priority', models.IntegerField(default=0)),
                ('share', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='contacts.importbatch')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='campaigns.campaign')),
            ],
        ),
        migrations.AddField(
            model_name='queueentry',
            name='list',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='campaigns.campaignlist'),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(condition=models.Q(('admitted__gt', 0), ('owner_until__isnull', True), ('state', 'waiting')), fields=['admitted', 'stream', '-priority', 'rank', 'not_before', 'id'], name='queue_admitted'),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(condition=models.Q(('admitted', 0), ('owner_until__isnull', True), ('state', 'waiting')), fields=['campaign', '-priority', 'not_before', 'id'], name='queue_unjudged'),
        ),
        migrations.AddConstraint(
            model_name='campaignlist',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'batch')), fields=('campaign', 'batch'), name='one_list_per_batch'),
        ),
        migrations.AddConstraint(
            model_name='campaignlist',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'rest')), fields=('campaign',), name='one_rest'),
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
