"""A letter carries entries for its reader's calendar, and the address that ends letters of its kind."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0006_paper_of_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='calendar',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='letter',
            name='stop',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
