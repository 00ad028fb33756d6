"""Laying a practice workspace: its tables and its made-up customers.

Done in a process of its own, whose only database it is: there are no settings of the house yet, so
that no rule of theirs refuses the made-up year, and nothing of it can get into the real data.
"""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db import connection, models

from zhike.base import clock, practice
from zhike.base.models import Daily, Job
from zhike.customers.models import Tag
from zhike.site import demo, storage
from zhike.site.demo.cast import MARK
from zhike.site.practice import lane
from zhike.trail.models import Notice


def lay(size: int, told: Callable[[int, int], None]) -> None:
    """Make the tables and write so many customers; `told` hears how far it is.

    Raises RuntimeError where this process works on the real data.
    """
    if not practice.generation():
        raise RuntimeError("made-up customers are laid in a practice workspace only")
    storage.migrate()
    _number_from(practice.MADE_UP)
    demo.fill(size=size, told=told, seed=f"practice-{clock.today():%Y%m%d}")
    # In a workspace of nothing but made-up customers the mark says nothing.
    Tag.objects.filter(name=MARK).delete()
    Notice.objects.all().delete()
    Job.objects.all().delete()
    # The work of today is done with what was just made; tomorrow's comes in its time.
    Daily.objects.bulk_create(Daily(name=kind, day=clock.today()) for kind in lane.KINDS)


def _number_from(first: int) -> None:
    """Have all new rows numbered from here on: no number means one thing here, another there."""
    tables = {
        model._meta.db_table: str(model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
        if isinstance(model._meta.pk, models.AutoField)
    }
    with connection.cursor() as cursor:
        for table, column in tables.items():
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                    [connection.ops.quote_name(table), column, first],
                )
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first - 1]
                )
