"""A set chooses what its calendar entries hold, and when its members are reminded."""

import django.db.models.deletion
import sessions.models.set_calendar
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0007_letters_carry_calendar_entries'),
        ('meetings', '0004_concepts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SetCalendar',
            fields=[
                ('cohort', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='calendar', serialize=False, to='learningsets.cohort')),
                ('entries', models.CharField(choices=[('time', 'The time alone'), ('place', 'Time and place'), ('video', 'Time, place and video link')], default='time', max_length=5, verbose_name='calendar entries sent by mail hold')),
                ('remind_before', models.JSONField(default=sessions.models.set_calendar.usual_reminders)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('cohort',),
            },
        ),
    ]
