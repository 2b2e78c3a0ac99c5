from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("integrations", "0003_kept_answers_encrypted")]
    operations = [migrations.AddField(model_name="webhook", name="held_until", field=models.DateTimeField(null=True))]
