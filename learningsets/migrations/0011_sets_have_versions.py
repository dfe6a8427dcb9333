"""Several organisers change a set's frame: whoever saves over what another saved meanwhile is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learningsets", "0010_who_works_for_nobody")]

    operations = [
        migrations.AddField(model_name="cohort", name="version", field=models.PositiveIntegerField(default=1)),
    ]
