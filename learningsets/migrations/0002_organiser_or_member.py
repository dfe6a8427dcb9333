"""Nobody is organiser and member of one programme, whatever code runs, and however many run it at once.

PostgreSQL: an exclusion constraint (btree_gist is a trusted extension: the database's owner may create it). Two
rows of one person in one programme conflict when one is an organiser's and the other is not. SQLite: triggers;
its one writer at a time makes them safe. A later migration that rebuilds the table on SQLite drops triggers and
has to run these operations again; tests/learningsets/test_organiser_or_member.py notices.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

EXCLUDE = """
ALTER TABLE learningsets_membership ADD CONSTRAINT organiser_or_member
EXCLUDE USING gist (programme_id WITH =, user_id WITH =, (CASE WHEN role = 'organiser' THEN 1 ELSE 0 END) WITH <>)
"""

TRIGGER = """
CREATE TRIGGER organiser_or_member_{when} BEFORE {event} ON learningsets_membership
WHEN EXISTS (
    SELECT 1 FROM learningsets_membership AS other
    WHERE other.programme_id = NEW.programme_id AND other.user_id = NEW.user_id AND other.id <> NEW.id
    AND (other.role = 'organiser') <> (NEW.role = 'organiser')
)
BEGIN SELECT RAISE(ABORT, 'organiser_or_member'); END
"""


def hold(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rule in force."""
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        editor.execute(EXCLUDE)
    else:
        editor.execute(TRIGGER.format(when="insert", event="INSERT"))
        editor.execute(TRIGGER.format(when="update", event="UPDATE OF programme_id, user_id, role"))


def let_go(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rule out again. The extension stays: something else may use it."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE learningsets_membership DROP CONSTRAINT organiser_or_member")
    else:
        editor.execute("DROP TRIGGER organiser_or_member_insert")
        editor.execute("DROP TRIGGER organiser_or_member_update")


class Migration(migrations.Migration):
    dependencies = [("learningsets", "0001_initial")]
    operations = [migrations.RunPython(hold, let_go)]
