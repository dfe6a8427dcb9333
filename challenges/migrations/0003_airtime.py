"""Turns, bids for them, and the questions that their presenters were asked."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0002_role_in_a_boxs_circle'),
        ('learningsets', '0006_paper_of_reports'),
        ('meetings', '0011_practice'),
    ]

    operations = [
        migrations.CreateModel(
            name='Airtime',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('current', models.BooleanField(default=True)),
                ('notes', models.TextField(blank=True, max_length=20000, verbose_name='my notes')),
                ('version', models.PositiveIntegerField(default=1)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='airtimes', to='meetings.agendaitem')),
                ('presenter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='airtimes', to='learningsets.membership')),
            ],
            options={
                'ordering': ('item', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=500, verbose_name='question')),
                ('airtime', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='challenges.airtime')),
            ],
            options={
                'verbose_name_plural': 'asked',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Bid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('urgency', models.PositiveSmallIntegerField(choices=[(1, 'It can wait'), (2, 'Soon'), (3, 'Now')], verbose_name='how urgent')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bids', to='meetings.meeting')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bids', to='learningsets.membership')),
            ],
            options={
                'ordering': ('-urgency', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='airtime',
            constraint=models.UniqueConstraint(fields=('item', 'presenter'), name='airtime_once'),
        ),
        migrations.AddConstraint(
            model_name='airtime',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('item',), name='airtime_has_one_presenter'),
        ),
        migrations.AddConstraint(
            model_name='asked',
            constraint=models.UniqueConstraint(fields=('airtime', 'text'), name='asked_once'),
        ),
        migrations.AddConstraint(
            model_name='bid',
            constraint=models.UniqueConstraint(fields=('meeting', 'membership'), name='bid_once'),
        ),
    ]
