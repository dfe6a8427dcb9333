"""Who may answer a meeting's closing questions is settled when they open, for all of them at once.

Questions that are open while this is applied open anew, by the next sweep, for everybody who was there and has signed.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("meetings", "0001_initial"),)

    operations = (
        migrations.AddField(
            model_name="attendance",
            name="may_answer",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("may_answer", False), ("status", "present"), _connector="OR"),
                name="attendance_who_answers_was_there",
            ),
        ),
    )
