"""Who facilitates a set asks another to, and may leave it to them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0007_letters_carry_calendar_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='hands_over',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='learningsets.membership'),
        ),
    ]
