"""Whether an import looks for its contacts in all of the base, or in its campaign."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0008_find'),
    ]

    operations = [
        migrations.AddField(
            model_name='importbatch',
            name='against',
            field=models.CharField(db_default='base', default='base', help_text='base, or campaign', max_length=8),
        ),
    ]
