"""A person's feed, and the time zone in which they are reminded."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0007_letters_carry_calendar_entries'),
        ('meetings', '0005_what_a_set_has_in_calendars'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonalCalendar',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='calendar', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('key', models.UUIDField(blank=True, null=True, unique=True)),
                ('time_zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
            ],
            options={
                'ordering': ('user',),
            },
        ),
    ]
