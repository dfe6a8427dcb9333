import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0003_who_was_told_the_dates'),
    ]

    operations = [
        migrations.CreateModel(
            name='Concept',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=120, verbose_name='word or phrase')),
                ('struck', models.BooleanField(default=False)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concepts', to='meetings.meeting')),
            ],
            options={
                'ordering': ('text', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'text'), name='concept_once')],
            },
        ),
    ]
