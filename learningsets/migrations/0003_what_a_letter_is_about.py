"""A letter may be about a matter of which the latest letter is enough, such as a set's dates."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("learningsets", "0002_organiser_or_member"),)

    operations = (
        migrations.AddField(
            model_name="letter",
            name="about",
            field=models.CharField(blank=True, max_length=60),
        ),
    )
