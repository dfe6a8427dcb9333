"""Who was reminded of which meeting, and who wants no reminders."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0007_letters_carry_calendar_entries'),
        ('meetings', '0006_calendar_of_a_person'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoReminders',
            fields=[
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='no_reminders', serialize=False, to='learningsets.membership')),
            ],
            options={
                'verbose_name_plural': 'no reminders',
                'ordering': ('membership',),
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='meetings.meeting')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='learningsets.membership')),
            ],
            options={
                'ordering': ('meeting', '-days', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'membership', 'days'), name='reminder_once')],
            },
        ),
    ]
