"""Answers kept for repeated writes are encrypted: that of a new webhook holds its secret."""

from typing import Any

from django.db import migrations, models

from decroche.common.crypto import decrypt, encrypt


def _each(apps: Any, change: Any) -> None:
    kept = apps.get_model("integrations", "KeptAnswer")
    for row in kept.objects.exclude(body="").only("body").iterator(chunk_size=500):
        kept.objects.filter(pk=row.pk).update(body=change(row.body))


class Migration(migrations.Migration):
    dependencies = [("integrations", "0002_events")]
    operations = [
        migrations.AlterField(
            model_name="keptanswer",
            name="body",
            field=models.TextField(blank=True, help_text="as it was sent, encrypted: secrets are among them"),
        ),
        migrations.RunPython(
            lambda apps, _: _each(apps, encrypt), lambda apps, _: _each(apps, decrypt), elidable=True
        ),
    ]
