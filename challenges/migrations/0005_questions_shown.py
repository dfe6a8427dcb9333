"""Whether a presenter has read what they were asked, which ends the asking."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("challenges", "0004_actions"),)

    operations = (
        migrations.AddField(model_name="airtime", name="shown", field=models.BooleanField(default=False)),
    )
