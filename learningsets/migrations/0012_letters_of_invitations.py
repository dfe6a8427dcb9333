"""A letter knows whose invitation it carries: that one came back is told of the invitation, and of no other letter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learningsets", "0011_sets_have_versions")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="invitation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to="learningsets.invitation",
            ),
        ),
    ]
