"""How a set shares its time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0006_paper_of_reports'),
        ('meetings', '0010_room'),
    ]

    operations = [
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('cohort', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='practice', serialize=False, to='learningsets.cohort')),
                ('sharing', models.CharField(choices=[('bids', 'Members bid for time'), ('equal', 'Everybody has the same time')], default='bids', max_length=5, verbose_name='how airtime is shared')),
            ],
            options={
                'ordering': ('cohort',),
            },
        ),
    ]
