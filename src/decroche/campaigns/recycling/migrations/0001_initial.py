"""What was put back into a queue, and the indexes of the lists behind the queue's figures."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Entries that are over or refused, for the lists that show them: few writes, as an entry comes there once.
INDEXES = """
CREATE INDEX queue_over ON campaigns_queueentry (campaign_id, state, id) WHERE state IN ('finished', 'withdrawn');
CREATE INDEX queue_refused ON campaigns_queueentry (campaign_id, id) WHERE refused_reason <> '';
"""
NO_INDEXES = "DROP INDEX queue_over; DROP INDEX queue_refused;"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('campaigns', '0006_fewer_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recycling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('running', 'Running'), ('done', 'Done'), ('undoing', 'Undoing'), ('undone', 'Undone')], default='running', max_length=7)),
                ('ends', models.JSONField()),
                ('keeps_attempts', models.BooleanField()),
                ('not_before', models.DateTimeField()),
                ('expected', models.IntegerField()),
                ('recycled', models.IntegerField(default=0)),
                ('restored', models.IntegerField(default=0)),
                ('kept', models.IntegerField(default=0, help_text='called, promised or taken out since: an undo leaves them')),
                ('reached_id', models.BigIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recyclings', to='campaigns.campaign')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='RecycledEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=9)),
                ('not_before', models.DateTimeField()),
                ('finished_reason', models.CharField(blank=True, max_length=20)),
                ('refused_reason', models.CharField(blank=True, max_length=40)),
                ('attempts', models.IntegerField()),
                ('attempts_by_result', models.JSONField()),
                ('phone_position', models.IntegerField()),
                ('last_call_at', models.DateTimeField(null=True)),
                ('entry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='campaigns.queueentry')),
                ('recycling', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='recycling.recycling')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('recycling', 'entry'), name='recycled_once')],
            },
        ),
        migrations.RunSQL(INDEXES, NO_INDEXES),
    ]
