"""A reason for an absence is read by those who facilitated when it was given, and by nobody who came later.

Of reasons from before it is not known when they were given: not after the meeting. So who facilitates by now and was
in the set by its day goes on reading them.
"""

from django.db import migrations, models


def tell_who_was_there(apps, schema_editor):
    told = apps.get_model("meetings", "Attendance").objects.exclude(reason="")
    for row in told.select_related("meeting"):
        row.told_to.set(
            apps.get_model("learningsets", "Membership").objects.filter(
                cohort=row.meeting.cohort_id,
                role="facilitator",
                left_on=None,
                joined_on__lte=row.meeting.starts_at.date(),
            )
        )


class Migration(migrations.Migration):
    dependencies = (("learningsets", "0008_handing_a_set_over"), ("meetings", "0014_concept_library"))

    operations = (
        migrations.AddField(
            "attendance", "told_to", models.ManyToManyField(related_name="+", to="learningsets.membership")
        ),
        migrations.RunPython(tell_who_was_there, migrations.RunPython.noop),
    )
