"""An agenda that was cut to the meeting's length can be put back as it was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("meetings", "0018_the_list_a_concept_came_with"),)

    operations = (
        migrations.AddField("agendaitem", "minutes_before", models.PositiveSmallIntegerField(blank=True, null=True)),
    )
