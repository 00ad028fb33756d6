"""Lay the shipped sheets and playbooks; have the key dates of who is there worked out."""

from django.db import migrations

from zhike.base import clock
from zhike.care.playbooks.shipped import lay_shipped as lay_playbooks
from zhike.care.sheets.laying import lay_shipped


def lay(apps, schema_editor):
    names = ("Template", "Phrase", "Checklist")
    lay_shipped(*(apps.get_model("zhike", name) for name in names))
    lay_playbooks(apps.get_model("zhike", "Playbook"), clock.now())


def ask_for_key_dates(apps, schema_editor):
    if apps.get_model("zhike", "Customer").objects.exists():
        now = clock.now()
        apps.get_model("zhike", "Job").objects.create(
            kind="care.key_dates_of_all", run_at=now, created_at=now
        )


class Migration(migrations.Migration):
    dependencies = [("zhike", "0010_shipped_cadence")]

    operations = [
        migrations.RunPython(lay, migrations.RunPython.noop),
        migrations.RunPython(ask_for_key_dates, migrations.RunPython.noop),
    ]
