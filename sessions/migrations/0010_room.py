"""Where a meeting stands while the set meets, and what was put aside."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0009_agenda'),
    ]

    operations = [
        migrations.AddField(
            model_name='agendaitem',
            name='seconds',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Parked',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=200, verbose_name='what is put aside')),
                ('struck', models.BooleanField(default=False)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parked', to='meetings.meeting')),
            ],
            options={
                'verbose_name_plural': 'parked',
                'ordering': ('text', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'text'), name='parked_once')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='room', serialize=False, to='meetings.meeting')),
                ('stage', models.PositiveSmallIntegerField(default=0)),
                ('seconds', models.PositiveIntegerField(default=0)),
                ('used', models.PositiveIntegerField(default=0)),
                ('since', models.DateTimeField(blank=True, null=True)),
                ('over', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=0)),
                ('news', models.PositiveIntegerField(default=0)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.agendaitem')),
            ],
            options={
                'ordering': ('meeting',),
                'constraints': [models.CheckConstraint(condition=models.Q(('item__isnull', False), ('since', None), _connector='OR'), name='room_runs_an_item')],
            },
        ),
    ]
