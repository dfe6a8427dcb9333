"""Who was in the set when a box was begun is remembered with the role they had then."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def roles_of_now(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of boxes begun before, the role that each member has now is the best that is known."""
    members = apps.get_model("challenges", "BoxMember").objects
    members.filter(membership__role="facilitator").update(role="facilitator")


class Migration(migrations.Migration):
    dependencies = (("challenges", "0001_initial"), ("learningsets", "0003_what_a_letter_is_about"))

    operations = (
        migrations.AddField(
            model_name="boxmember",
            name="role",
            field=models.CharField(
                choices=[("organiser", "Organiser"), ("facilitator", "Facilitator"), ("participant", "Participant")],
                default="participant",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(roles_of_now, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="boxmember", name="box_member_once"),
        migrations.AddConstraint(
            model_name="boxmember",
            constraint=models.UniqueConstraint(fields=("box", "membership", "role"), name="box_member_once"),
        ),
    )
