"""New entries are judged in imports too, which pass the checks of foreign keys by (`contacts/imports/trusted.py`)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0010_judge_moved')]

    operations = [
        migrations.RunSQL(
            'ALTER TABLE campaigns_queueentry ENABLE ALWAYS TRIGGER campaigns_judge_new',
            'ALTER TABLE campaigns_queueentry ENABLE TRIGGER campaigns_judge_new',
        ),
    ]
