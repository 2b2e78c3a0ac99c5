"""Outcomes under "l", which opens the e-mails now, get the next free digit instead, as those without a key do."""

from django.db import migrations


def free(apps, schema_editor):
    apps.get_model("dispositions", "Disposition").objects.filter(key="l").update(key="")


class Migration(migrations.Migration):
    dependencies = [("dispositions", "0002_keys_of_the_desktop")]
    operations = [migrations.RunPython(free, migrations.RunPython.noop, elidable=True)]
