"""What presenters mean to do, and what they learned."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0003_airtime'),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300, verbose_name='what I will do')),
                ('first_step', models.CharField(blank=True, max_length=300, verbose_name='first step')),
                ('due', models.DateField(verbose_name='until')),
                ('state', models.CharField(choices=[('open', 'Still to do'), ('done', 'Done'), ('let-go', 'Let go')], default='open', max_length=6)),
                ('about_issue', models.TextField(blank=True, max_length=2000, verbose_name='what I learned about the issue')),
                ('about_self', models.TextField(blank=True, max_length=2000, verbose_name='what I learned about myself')),
                ('about_process', models.TextField(blank=True, max_length=2000, verbose_name='what I learned about the process')),
                ('version', models.PositiveIntegerField(default=1)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('airtime', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='challenges.airtime')),
            ],
            options={
                'ordering': ('due', 'id'),
                'constraints': [models.UniqueConstraint(fields=('airtime', 'key'), name='action_once')],
            },
        ),
    ]
