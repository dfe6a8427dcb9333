"""The titles of what left stand in rows of their own, so that a search reads no documents."""

import json

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from reports.anonymity.fold import fold


def remember(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write them down of what has left already, one document at a time."""
    release, titles = apps.get_model("reports", "Release"), apps.get_model("reports", "Titles")
    left = release.objects.filter(state__in=("released", "withdrawn")).exclude(document="")
    for pk, stored in left.values_list("pk", "document").iterator(chunk_size=20):
        document = json.loads(stored)
        themes = [one["title"] for part in document["sections"] for one in part.get("themes", ())]
        titles.objects.create(release_id=pk, folded=fold(" ".join([document["title"], *themes])))


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_readings_that_are_void")]

    operations = [
        migrations.CreateModel(
            name="Titles",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="titles",
                        serialize=False,
                        to="reports.release",
                    ),
                ),
                ("folded", models.TextField()),
            ],
            options={"verbose_name_plural": "titles", "ordering": ("release",)},
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
