"""A concept of a programme's library can have narrower terms, which stand under it on agendas and in lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("meetings", "0015_reasons_stay_with_whom_they_were_told"),)

    operations = (
        migrations.AddField(
            "predefinedconcept",
            "sub_terms",
            models.TextField(blank=True, max_length=1000, verbose_name="narrower terms"),
        ),
    )
