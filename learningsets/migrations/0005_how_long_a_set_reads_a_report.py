"""A contract says how long the set reads a report before it leaves; those that were signed say seven days."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0004_health_systems_are_remembered'),
    ]

    operations = [
        migrations.AddField(
            model_name='contract',
            name='window_hours',
            field=models.PositiveSmallIntegerField(choices=[(1, '1 hour: we read it together, at once'), (24, '1 day'), (72, '3 days'), (168, '7 days'), (336, '14 days')], default=168, verbose_name='how long the set reads a report before it leaves'),
        ),
    ]
