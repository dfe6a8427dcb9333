"""How far the aims of a programme are met: asked of members, counted without them, and told in bands once a quarter."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0005_questions_shown'),
        ('learningsets', '0008_handing_a_set_over'),
    ]

    operations = [
        migrations.AddField(
            model_name='prompt',
            name='aims',
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name='AimBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('aim', models.TextField()),
                ('partly', models.CharField(blank=True, choices=[('fewer', 'fewer than half'), ('half', 'half to three quarters'), ('most', 'three quarters or more')], max_length=6)),
                ('largely', models.CharField(blank=True, choices=[('fewer', 'fewer than half'), ('half', 'half to three quarters'), ('most', 'three quarters or more')], max_length=6)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aim_bands', to='learningsets.programme')),
            ],
            options={
                'ordering': ('-year', '-quarter', 'position'),
                'constraints': [models.UniqueConstraint(fields=('programme', 'year', 'quarter', 'position'), name='aim_band_once'), models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='aim_band_quarter')],
            },
        ),
        migrations.CreateModel(
            name='AimTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField()),
                ('aim', models.TextField()),
                ('step', models.CharField(choices=[('not_yet', 'Not yet'), ('little', 'A little'), ('partly', 'Partly'), ('largely', 'Largely'), ('fully', 'Fully')], max_length=7)),
                ('people', models.PositiveIntegerField(default=0)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aim_tallies', to='learningsets.programme')),
            ],
            options={
                'verbose_name_plural': 'aim tallies',
                'ordering': ('programme', 'year', 'quarter', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='aim_tally_quarter')],
            },
        ),
    ]
