"""The concept library of a programme, and the concepts of an agenda's items."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0007_letters_carry_calendar_entries'),
        ('meetings', '0013_key_of_the_address_that_stops_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='PredefinedConcept',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('term', models.CharField(max_length=120, verbose_name='term')),
                ('explanation', models.TextField(blank=True, max_length=1000, verbose_name='short explanation')),
                ('cluster', models.CharField(blank=True, max_length=120, verbose_name='cluster')),
                ('handout', models.URLField(blank=True, max_length=500, verbose_name='link to a handout')),
                ('removed', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='predefined', to='learningsets.programme')),
            ],
            options={
                'ordering': ('cluster', 'term', 'id'),
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='concepts',
            field=models.ManyToManyField(blank=True, related_name='items', to='meetings.predefinedconcept'),
        ),
        migrations.AddConstraint(
            model_name='predefinedconcept',
            constraint=models.UniqueConstraint(fields=('programme', 'term'), name='predefined_concept_once'),
        ),
    ]
