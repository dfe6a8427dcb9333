"""Whoever left a set before this holds a cancellation that counts one further than its meeting does."""

from django.db import migrations, models


def count_past(apps, schema_editor):
    apps.get_model("meetings", "Meeting").objects.update(sequence=models.F("sequence") + 2)


class Migration(migrations.Migration):
    dependencies = (("meetings", "0016_narrower_terms_of_concepts"),)

    operations = (migrations.RunPython(count_past, migrations.RunPython.noop),)
