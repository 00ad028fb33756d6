"""Lay the shipped rules of how often customers are followed up."""

from django.db import migrations

from zhike.care.cadence.shipped import lay_shipped


def lay(apps, schema_editor):
    lay_shipped(apps.get_model("zhike", "CadenceRule"))


class Migration(migrations.Migration):
    dependencies = [("zhike", "0009_follow_up_engine")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
