"""Outcomes under a letter of the agent's desktop get the next free digit instead, as those without a key do."""

from django.db import migrations


def free(apps, schema_editor):
    apps.get_model("dispositions", "Disposition").objects.filter(key__in="bcdefhikmnoprsx").update(key="")


class Migration(migrations.Migration):
    dependencies = [("dispositions", "0001_initial")]
    operations = [migrations.RunPython(free, migrations.RunPython.noop, elidable=True)]
