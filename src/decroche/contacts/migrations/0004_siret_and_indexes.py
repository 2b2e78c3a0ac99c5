"""SIRET; indexes that another one covers go."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0003_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='siret',
            field=models.CharField(blank=True, db_default='', default='', help_text='14 digits, checked, or none', max_length=14),
        ),
        migrations.AlterField(
            model_name='contactphone',
            name='contact',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='contacts.contact'),
        ),
        migrations.AlterField(
            model_name='contactphone',
            name='e164',
            field=models.CharField(max_length=16),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('siret', ''), _negated=True), fields=['siret'], name='contact_siret', opclasses=('varchar_pattern_ops',)),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='contact_email'),
        ),
        migrations.AddIndex(
            model_name='contactphone',
            index=models.Index(fields=['e164'], name='contact_phone_start', opclasses=('varchar_pattern_ops',)),
        ),
    ]
