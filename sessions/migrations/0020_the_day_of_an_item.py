"""An item of a meeting of several days may say of which of them it is. What is planned already is of the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0019_minutes_before_an_agenda_was_fitted")]

    operations = [
        migrations.AlterModelOptions(name="agendaitem", options={"ordering": ("day", "position", "id")}),
        migrations.AddField(
            model_name="agendaitem",
            name="day",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="day"),
        ),
    ]
