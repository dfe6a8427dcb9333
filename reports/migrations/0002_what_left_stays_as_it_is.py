"""What left the set is never changed: a trigger refuses it, whatever the code that asks.

A released row may still be withdrawn (its state, the day and the reason); nothing else of it may change, and it
never becomes anything but withdrawn.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FROZEN = ("report_id", "number", "input_hash", "document", "pdf", "sha256", "certificate", "filename", "released_on")

# "IS NOT" and "IS DISTINCT FROM" compare as "<>" does, but also with NULL.
SQLITE = f"""
CREATE TRIGGER reports_release_frozen BEFORE UPDATE ON reports_release
WHEN OLD.state IN ('released', 'withdrawn') AND (
  NEW.state NOT IN (OLD.state, 'withdrawn') OR {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FROZEN)})
BEGIN SELECT RAISE(ABORT, 'What has left is never changed.'); END
"""
# In PostgreSQL the certificate is compared as jsonb, which it is.
POSTGRESQL = f"""
CREATE FUNCTION reports_release_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('released', 'withdrawn') AND (
    NEW.state NOT IN (OLD.state, 'withdrawn')
    OR {" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FROZEN)})
  THEN RAISE EXCEPTION 'What has left is never changed.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reports_release_frozen BEFORE UPDATE ON reports_release
FOR EACH ROW EXECUTE FUNCTION reports_release_frozen();
"""


def freeze(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the trigger."""
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def thaw(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the trigger away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER reports_release_frozen ON reports_release")
        schema_editor.execute("DROP FUNCTION reports_release_frozen()")
    else:
        schema_editor.execute("DROP TRIGGER reports_release_frozen")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(freeze, thaw)]
