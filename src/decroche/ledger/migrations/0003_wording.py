"""What agents read aloud to ask for a consent: each version is written once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE TRIGGER wording_append_only BEFORE UPDATE ON ledger_consentwording FOR EACH ROW
  EXECUTE FUNCTION ledger_append_only('{made_by_id}');
"""
GONE = "DROP TRIGGER wording_append_only ON ledger_consentwording;"


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_principal"),
        ("ledger", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                (
                    "object",
                    models.CharField(blank=True, help_text="goods or services that it names", max_length=300),
                ),
                ("text", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consent_wordings",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-version",),
                "constraints": [models.UniqueConstraint(fields=("campaign", "version"), name="wording_version")],
            },
        ),
        migrations.RunSQL(GUARD, GONE),
    ]
