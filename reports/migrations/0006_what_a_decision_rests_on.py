"""A "keep" rests on the people of its set, and of the others on whom its sentence may mean: no longer on everybody.

Those that were stored before are asked once more, as they would have been when somebody joined.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_what_passages_are_made_from")]

    operations = [migrations.RenameField("decision", "roster_digest", "rests_on")]
