
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('learningsets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('minutes', models.PositiveSmallIntegerField(default=180, verbose_name='length in minutes')),
                ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='place')),
                ('video_link', models.URLField(blank=True, max_length=500, verbose_name='video link')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('cancelled', 'Cancelled'), ('closed', 'Closed'), ('tipped', 'Box tipped out')], default='planned', max_length=10)),
                ('tips_at', models.DateTimeField(blank=True, null=True)),
                ('promised_until', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='learningsets.cohort')),
            ],
            options={
                'ordering': ('starts_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='meetings.meeting')),
            ],
            options={
                'ordering': ('name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.SmallIntegerField(blank=True, null=True)),
                ('weekday', models.SmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], null=True)),
                ('month_day', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('start_time', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField(default=180)),
                ('time_zone', models.CharField(max_length=64)),
                ('months', models.PositiveSmallIntegerField(default=10)),
                ('on_holiday', models.CharField(choices=[('keep', 'Meet all the same'), ('later', 'Meet a week later'), ('skip', 'Leave that month out')], default='keep', max_length=5)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='series', to='learningsets.cohort')),
            ],
            options={
                'verbose_name_plural': 'series',
                'ordering': ('starts_on', 'id'),
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings', to='meetings.series'),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('apologies', "Can't come"), ('present', 'Was there'), ('absent', 'Was not there')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason, seen by the facilitator only')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='learningsets.membership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='meetings.meeting')),
            ],
            options={
                'ordering': ('membership__user__name', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'membership'), name='attendance_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('month_day', None), ('ordinal__isnull', False), ('weekday__isnull', False)), models.Q(('month_day__isnull', False), ('ordinal', None), ('weekday', None)), _connector='OR'), name='series_has_one_rule'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('cohort', 'key'), name='series_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('cohort', 'number'), name='meeting_number_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('closed', 'tipped')), ('tips_at__isnull', False)), models.Q(('state__in', ('planned', 'cancelled')), ('tips_at', None)), _connector='OR'), name='meeting_closed_has_deadline'),
        ),
    ]
