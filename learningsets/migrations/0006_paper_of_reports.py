"""A programme says what its reports are printed on; all of them were printed on A4."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0005_how_long_a_set_reads_a_report'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='paper',
            field=models.CharField(choices=[('a4', 'A4'), ('letter', 'US Letter')], default='a4', max_length=6, verbose_name='paper of its reports'),
        ),
    ]
