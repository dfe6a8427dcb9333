"""Between its certificate and its release a report stays with its set: windows, ballots, and what came out of them.

The table of releases is altered, which on SQLite makes it anew and drops its trigger (0002, 0003): so the trigger is taken
off before and put back after, in either direction.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

frozen = import_module("reports.migrations.0002_what_left_stays_as_it_is")
page = import_module("reports.migrations.0003_a_page_beside_the_pdf")


def freeze(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the trigger as 0003 left it."""
    frozen.freeze(apps, schema_editor)
    page.with_the_page(apps, schema_editor)


def back_to_ready(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """When this is taken back: what was with the set, or objected to, is ready again, and is not released by that."""
    with_set = apps.get_model("reports", "Release").objects.filter(state__in=("window", "objected"))
    with_set.update(state="ready")


class Migration(migrations.Migration):

    dependencies = [
        ('learningsets', '0005_how_long_a_set_reads_a_report'),
        ('reports', '0003_a_page_beside_the_pdf'),
    ]

    operations = [
        migrations.RunPython(frozen.thaw, freeze),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('verdict', models.CharField(choices=[('kept_out', 'Keep it out'), ('general', 'Say it in general words')], max_length=10)),
                ('wording', models.CharField(blank=True, max_length=2000, verbose_name='in general words')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('organiser', 'Organiser'), ('facilitator', 'Facilitator'), ('participant', 'Participant')], max_length=12)),
            ],
            options={
                'ordering': ('window', 'membership'),
            },
        ),
        migrations.CreateModel(
            name='Window',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('round', models.CharField(choices=[('first', 'First reading'), ('confirmation', 'Second reading')], default='first', max_length=12)),
                ('state', models.CharField(choices=[('open', 'With the set'), ('closed', 'Over'), ('called_back', 'Called back'), ('lost', 'Lost')], default='open', max_length=12)),
                ('closes_at', models.DateTimeField()),
                ('purged', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('report', '-number'),
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('object', 'This gives me away: keep it out'), ('generalise', 'Put it in general words')], max_length=10)),
                ('wording', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name_plural': 'wishes',
                'ordering': ('id',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='release',
            name='release_is_certified',
        ),
        migrations.AlterField(
            model_name='release',
            name='state',
            field=models.CharField(choices=[('queued', 'Waiting its turn'), ('building', 'Putting the text together'), ('rendering', 'Setting the pages'), ('checking', 'Reading the finished pages back'), ('ready', 'Pages are ready'), ('window', 'With the set'), ('objected', 'Objected to'), ('failed', 'Stopped'), ('released', 'Released'), ('withdrawn', 'Withdrawn')], default='queued', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('ready', 'window', 'objected', 'released', 'withdrawn')), _negated=True), models.Q(('pdf__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='release_is_certified'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='learningsets.membership'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='reports.report'),
        ),
        migrations.AddField(
            model_name='reader',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='learningsets.membership'),
        ),
        migrations.AddField(
            model_name='window',
            name='release',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='reports.release'),
        ),
        migrations.AddField(
            model_name='window',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='windows', to='reports.report'),
        ),
        migrations.AddField(
            model_name='reader',
            name='window',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='reports.window'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='window',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='reports.window'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='window',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='reports.window'),
        ),
        migrations.AddField(
            model_name='wish',
            name='window',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='reports.window'),
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='window_number_once'),
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('report',), name='window_open_once'),
        ),
        migrations.AddConstraint(
            model_name='window',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('purged', False), _connector='OR'), name='window_open_is_not_purged'),
        ),
        migrations.AddConstraint(
            model_name='reader',
            constraint=models.UniqueConstraint(fields=('window', 'membership'), name='reader_once'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('report', 'digest'), name='outcome_once'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'general'), models.Q(('wording', ''), _negated=True)), models.Q(('verdict', 'kept_out'), ('wording', '')), _connector='OR'), name='general_outcome_has_words'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('window', 'author'), name='ballot_once'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('window', 'position', 'kind', 'wording'), name='wish_once'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'generalise'), ('wording', ''), _connector='OR'), name='wish_words_are_general'),
        ),
        migrations.RunPython(migrations.RunPython.noop, back_to_ready),
        migrations.RunPython(freeze, frozen.thaw),
    ]
