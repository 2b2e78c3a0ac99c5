"""Indexes that another one covers, or of columns mostly empty, go: entries come by the million."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0005_territory'),
        ('contacts', '0004_siret_and_indexes'),
        ('dispositions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='queueentry',
            name='campaign',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='queue', to='campaigns.campaign'),
        ),
        migrations.AlterField(
            model_name='queueentry',
            name='disposition',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='dispositions.disposition'),
        ),
        migrations.AlterField(
            model_name='queueentry',
            name='owner',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(condition=models.Q(('owner__isnull', False)), fields=['owner'], name='queue_owner'),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(condition=models.Q(('disposition__isnull', False)), fields=['disposition'], name='queue_disposition'),
        ),
    ]
