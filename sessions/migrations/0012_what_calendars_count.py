"""Calendars count changes of a meeting's date, time, place, link and state, and no longer everything that befell it.

They go on from what they counted last, or they would take the next change for one they know.
"""

from django.db import migrations, models
from django.db.models import F


def go_on_from_the_version(apps, schema_editor):
    apps.get_model("meetings", "Meeting").objects.update(sequence=F("version") - 1)


class Migration(migrations.Migration):
    dependencies = (("meetings", "0011_practice"),)

    operations = (
        migrations.AddField("meeting", "sequence", models.PositiveIntegerField(default=0)),
        migrations.RunPython(go_on_from_the_version, migrations.RunPython.noop),
    )
