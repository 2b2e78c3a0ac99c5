from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # numbers go on the list while it is indexed: refusals never wait

    dependencies = [("contacts", "0016_import_mapping_tidy")]

    operations = [
        AddIndexConcurrently(
            model_name="donotcall",
            index=models.Index(fields=["created_at", "id"], name="do_not_call_by_day"),
        ),
    ]
