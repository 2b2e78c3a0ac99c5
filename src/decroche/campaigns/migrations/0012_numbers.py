"""Numbers shown have a holder and a daily limit; campaigns show several of them in turn, by department too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0011_judge_always'),
        ('ledger', '0002_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='presentednumber',
            name='principal',
            field=models.ForeignKey(
                help_text='who holds it', null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name='numbers', to='ledger.principal',
            ),
        ),
        migrations.AddField(
            model_name='presentednumber',
            name='daily_limit',
            field=models.IntegerField(help_text='calls a day that may show it; null: as many as there are', null=True),
        ),
        migrations.AddField(
            model_name='campaignpresentednumber',
            name='department',
            field=models.CharField(blank=True, db_default='', max_length=3),
        ),
        migrations.RemoveConstraint(model_name='campaignpresentednumber', name='one_number_per_zone'),
        migrations.AddConstraint(
            model_name='campaignpresentednumber',
            constraint=models.UniqueConstraint(
                fields=('campaign', 'number', 'zone', 'department'), name='shown_once_per_zone'
            ),
        ),
        migrations.AddConstraint(
            model_name='campaignpresentednumber',
            constraint=models.CheckConstraint(
                condition=models.Q(('zone', ''), ('department', ''), _connector='OR'),
                name='shown_by_zone_or_department',
            ),
        ),
    ]
