"""Saved searches and bulk actions; indexes of names without accents, for their beginnings and their order."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NAME = """
CREATE OR REPLACE FUNCTION decroche_name(last_name text, first_name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT public.decroche_fold(last_name || ' ' || first_name) $$;
"""
# COLLATE "C": one index for the beginning of a word (LIKE 'x%') and for the order, whatever the database's own.
INDEXES = """
CREATE INDEX contact_by_name ON contacts_contact ((decroche_name(last_name, first_name)) COLLATE "C", id);
CREATE INDEX contact_by_company ON contacts_contact ((decroche_fold(company)) COLLATE "C", id);
CREATE INDEX note_words ON contacts_contactnote USING gin (decroche_fold(text) gin_trgm_ops);
CREATE INDEX answer_words ON contacts_scriptanswer USING gin (decroche_fold(value #>> '{}') gin_trgm_ops);
"""
BACK = "DROP INDEX contact_by_name, contact_by_company, note_words, answer_words"


class Migration(migrations.Migration):

    dependencies = [
        ('agents', '0004_live'),
        ('campaigns', '0005_territory'),
        ('contacts', '0007_kind_and_prefixes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assign', 'Assign'), ('withdraw', 'Withdraw'), ('change', 'Change'), ('do_not_call', 'Do Not Call'), ('erase', 'Erase')], max_length=12)),
                ('status', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled'), ('undoing', 'Undoing'), ('undone', 'Undone')], default='queued', max_length=9)),
                ('selection', models.JSONField()),
                ('what', models.JSONField(default=dict)),
                ('expected', models.IntegerField(help_text='contacts that the person was told of')),
                ('total', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('error', models.CharField(blank=True, help_text='code of a class in bulk/errors.py', max_length=40)),
                ('cancel_requested', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='BulkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done', models.BooleanField(default=False)),
                ('before', models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=80)),
                ('filter', models.JSONField(help_text='see filters/schema.py')),
                ('shared', models.CharField(choices=[('nobody', 'Nobody'), ('team', 'Team'), ('group', 'Group')], default='nobody', max_length=6)),
            ],
            options={
                'ordering': ('name', 'id'),
            },
        ),
        migrations.RemoveIndex(
            model_name='contact',
            name='contact_name',
        ),
        migrations.AddField(
            model_name='bulkaction',
            name='campaign',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='campaigns.campaign'),
        ),
        migrations.AddField(
            model_name='bulkaction',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkitem',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='contacts.bulkaction'),
        ),
        migrations.AddField(
            model_name='bulkitem',
            name='contact',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='contacts.contact'),
        ),
        migrations.AddField(
            model_name='savedsearch',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='agents.agentgroup'),
        ),
        migrations.AddField(
            model_name='savedsearch',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='bulkitem',
            index=models.Index(condition=models.Q(('done', False)), fields=['action', 'contact'], name='bulk_to_do'),
        ),
        migrations.AddIndex(
            model_name='bulkitem',
            index=models.Index(condition=models.Q(('before__isnull', False)), fields=['action', 'contact'], name='bulk_to_undo'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='saved_search_once'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(('group__isnull', False), models.Q(('shared', 'group'), _negated=True), _connector='OR'), name='saved_search_group'),
        ),
        migrations.RunSQL(NAME, "DROP FUNCTION decroche_name(text, text)"),
        migrations.RunSQL(INDEXES, BACK),
    ]
