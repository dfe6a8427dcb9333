"""A letter that waits remembers what its reader knows already, so that nothing is told of what was undone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learningsets", "0008_handing_a_set_over")]

    operations = [
        migrations.AddField(model_name="letter", name="told", field=models.JSONField(blank=True, default=dict)),
    ]
