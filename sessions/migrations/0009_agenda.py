"""The items of an agenda."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0008_attendance_bands'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('check-in', 'Check-in'), ('progress', 'Progress review'), ('theory', 'Theory'), ('exercise', 'Exercise'), ('airtime', 'Airtime'), ('reflection', 'Reflection on practice'), ('exploration', 'Constructive exploration'), ('process', 'Process review'), ('close', 'Close')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('origin', models.CharField(choices=[('predefined', 'Planned beforehand'), ('emergent', 'Came up in the meeting')], default='predefined', max_length=12, verbose_name='origin')),
                ('regime', models.CharField(choices=[('private', 'Stays with whoever says it: nothing is noted'), ('set', 'Stays in the set'), ('chatham', 'May be reported, unattributed')], default='set', max_length=8, verbose_name='how far it may travel')),
                ('format', models.CharField(blank=True, max_length=20, verbose_name='form of the turn')),
                ('handout', models.URLField(blank=True, max_length=500, verbose_name='link to a handout')),
                ('reached', models.BooleanField(default=False)),
                ('removed', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='meetings.meeting')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'key'), name='agenda_item_once'), models.CheckConstraint(condition=models.Q(('kind', 'airtime'), ('format', ''), _connector='OR'), name='agenda_only_turns_have_a_form')],
            },
        ),
    ]
