"""Whoever joins after the dates were told is told too. Those who are in a set with dates now are taken as told."""

from django.db import migrations, models


def those_who_are_here_were_told(apps, schema_editor):
    Membership = apps.get_model("learningsets", "Membership")
    here = Membership.objects.filter(left_on=None, cohort__meetings__isnull=False).distinct()
    told = apps.get_model("meetings", "DatesTold")
    told.objects.bulk_create(told(membership=membership) for membership in here)


class Migration(migrations.Migration):
    dependencies = (
        ("learningsets", "0004_health_systems_are_remembered"),
        ("meetings", "0002_who_may_answer"),
    )

    operations = (
        migrations.CreateModel(
            name="DatesTold",
            fields=[
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        related_name="dates_told",
                        serialize=False,
                        to="learningsets.membership",
                    ),
                ),
            ],
            options={"ordering": ("membership",), "verbose_name_plural": "dates told"},
        ),
        migrations.RunPython(those_who_are_here_were_told, migrations.RunPython.noop),
    )
