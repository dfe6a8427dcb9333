"""What was said of somebody's health system is remembered too: a label counts those of whom nothing else was said."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def remember(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write down the systems that places name now."""
    rows = apps.get_model("learningsets", "Identifier").objects
    for place in apps.get_model("learningsets", "Membership").objects.exclude(health_system="").exclude(cohort=None):
        value = place.health_system.strip()
        rows.get_or_create(cohort_id=place.cohort_id, user_id=place.user_id, kind="health_system", value=value, whose="")


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Before this there were no such rows."""
    apps.get_model("learningsets", "Identifier").objects.filter(kind="health_system").delete()


class Migration(migrations.Migration):
    dependencies = (("learningsets", "0003_what_a_letter_is_about"),)

    operations = (
        migrations.AlterField(
            model_name="identifier",
            name="kind",
            field=models.CharField(
                choices=[
                    ("name", "Name"),
                    ("other_name", "Other name"),
                    ("email", "E-mail address"),
                    ("job_title", "Job title"),
                    ("organisation", "Organisation"),
                    ("organisation_alias", "Short name of an organisation"),
                    ("health_system", "Health system"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(remember, forget),
    )
