"""A place says that its holder works for no organisation: otherwise an employer that is not there is asked for.

On SQLite the table is made anew for it, without its triggers (see 0002), so these are put back.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def hold_again(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rule of 0002 in force where it went with the table."""
    if editor.connection.vendor == "sqlite":
        import_module("learningsets.migrations.0002_organiser_or_member").hold(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("learningsets", "0009_what_the_reader_of_a_letter_knows")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="has_no_employer",
            field=models.BooleanField(default=False, verbose_name="works for no organisation"),
        ),
        migrations.RunPython(hold_again, migrations.RunPython.noop),  # taking the column out leaves the triggers
    ]
