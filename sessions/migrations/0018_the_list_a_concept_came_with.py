"""A list that was pasted into a programme's library can be taken out again as a whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("meetings", "0017_past_cancellations_of_leavers"),)

    operations = (migrations.AddField("predefinedconcept", "pasted", models.UUIDField(blank=True, null=True)),)
