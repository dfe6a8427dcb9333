"""The address in a letter that stops reminders is made from a random key, so that it can be renewed.

Addresses in letters from before lead nowhere: reminders are stopped on one's own calendar's page, or by the next letter.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("meetings", "0012_what_calendars_count"),)

    operations = (
        migrations.AddField("datestold", "stop_key", models.UUIDField(blank=True, null=True, unique=True)),
    )
