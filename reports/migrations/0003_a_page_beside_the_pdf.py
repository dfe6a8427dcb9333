"""A release has a page for screens beside its PDF. What left is never changed in that form either.

What left before has no page; the trigger of 0002 is made anew so that it never gets one.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BEFORE = ("report_id", "number", "input_hash", "document", "pdf", "sha256", "certificate", "filename", "released_on")
AFTER = (*BEFORE, "html")

# As in 0002, by which columns are compared; in PostgreSQL the certificate is compared as jsonb, which it is.
SQLITE = """
CREATE TRIGGER reports_release_frozen BEFORE UPDATE ON reports_release
WHEN OLD.state IN ('released', 'withdrawn') AND (
  NEW.state NOT IN (OLD.state, 'withdrawn') OR {changed})
BEGIN SELECT RAISE(ABORT, 'What has left is never changed.'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION reports_release_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('released', 'withdrawn') AND (
    NEW.state NOT IN (OLD.state, 'withdrawn')
    OR {changed})
  THEN RAISE EXCEPTION 'What has left is never changed.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


def freeze(schema_editor: BaseDatabaseSchemaEditor, columns: tuple[str, ...]) -> None:
    """Make the trigger anew over these columns."""
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)
        schema_editor.execute(POSTGRESQL.format(changed=changed))
    else:
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)
        schema_editor.execute("DROP TRIGGER IF EXISTS reports_release_frozen")
        schema_editor.execute(SQLITE.format(changed=changed))


def with_the_page(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The page is frozen like the PDF."""
    freeze(schema_editor, AFTER)


def without_it(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As 0002 left it."""
    freeze(schema_editor, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_what_left_stays_as_it_is")]

    operations = [
        migrations.AddField(model_name="release", name="html", field=models.BinaryField(blank=True, null=True)),
        migrations.RunPython(with_the_page, without_it),
    ]
