"""A challenge shared with those who facilitate is read by those who did then, and by nobody who came later.

Of challenges from before it is not known when they were shared: who facilitates by now goes on reading them.
"""

from django.db import migrations, models


def tell_who_facilitates(apps, schema_editor):
    memberships = apps.get_model("learningsets", "Membership").objects.filter(role="facilitator", left_on=None)
    shared = apps.get_model("challenges", "Challenge").objects.filter(visibility="facilitator")
    for challenge in shared.select_related("owner"):
        challenge.told_to.set(memberships.filter(cohort=challenge.owner.cohort_id))


class Migration(migrations.Migration):
    dependencies = (("challenges", "0006_aims"), ("learningsets", "0012_letters_of_invitations"))

    operations = (
        migrations.AddField(
            "challenge", "told_to", models.ManyToManyField(related_name="+", to="learningsets.membership")
        ),
        migrations.RunPython(tell_who_facilitates, migrations.RunPython.noop),
    )
