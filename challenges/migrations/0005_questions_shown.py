"""What a presenter was asked is shown once, and ends the asking. Turns of before were over and could be read: they stay open
to a question only if the room goes back to them, and no longer than until the next reading."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("challenges", "0004_actions"),)

    operations = (
        migrations.AddField(model_name="airtime", name="shown", field=models.BooleanField(default=False)),
    )
