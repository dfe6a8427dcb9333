"""What organisers are told of attendance: one band a quarter for each programme."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0007_letters_carry_calendar_entries'),
        ('meetings', '0007_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='AttendanceBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField()),
                ('band', models.CharField(blank=True, choices=[('fewer', 'fewer than half'), ('half', 'half to three quarters'), ('most', 'three quarters or more')], max_length=6)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance_bands', to='learningsets.programme')),
            ],
            options={
                'ordering': ('year', 'quarter'),
                'constraints': [models.UniqueConstraint(fields=('programme', 'year', 'quarter'), name='attendance_band_once'), models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='attendance_band_quarter')],
            },
        ),
    ]
