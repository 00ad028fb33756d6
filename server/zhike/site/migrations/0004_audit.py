"""The audit chain: where an event came from, its seal, the head of the chain, the guard."""

from django.db import migrations, models

import zhike.base.clock
from zhike.trail import guard
from zhike.trail.anchor import End
from zhike.trail.chain import START, row_of, seal, stored_columns

CHUNK = 2000


def seal_what_is_there(_apps, editor):
    """Seal the events of before in the order of their ids, with the keys of today.

    The chain tells from here on: what was changed before nobody can say.
    """
    connection = editor.connection
    columns = stored_columns(connection.vendor)
    read = f"SELECT {columns} FROM zhike_event WHERE id > %s ORDER BY id LIMIT {CHUNK}"
    end, last_at = End(0, 0, START), None
    with connection.cursor() as cursor:
        while True:
            cursor.execute(read, [end.last_id])
            rows = cursor.fetchall()
            if not rows:
                break
            sealed = []
            for stored in rows:
                row = row_of(stored)
                end = End(end.count + 1, stored[0], seal(end.seal, stored[0], row))
                last_at = row.at
                sealed.append((end.seal, end.last_id))
            cursor.executemany("UPDATE zhike_event SET seal = %s WHERE id = %s", sealed)
        if end.count:
            at = connection.ops.adapt_datetimefield_value(last_at)
            cursor.execute(
                "INSERT INTO zhike_head (id, count, last_id, seal, at) VALUES (1, %s, %s, %s, %s)",
                [*end, at],
            )
        if connection.vendor == "postgresql":  # it alters no table with checks outstanding
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def put_guard(_apps, editor):
    guard.put(editor.connection)


def lift_guard(_apps, editor):
    guard.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("zhike", "0003_rights")]
    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("seal", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_head")]
            },
        ),
        migrations.CreateModel(
            name="Examination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_at", models.DateTimeField(default=zhike.base.clock.now)),
                ("whole_at", models.DateTimeField(null=True)),
                ("well", models.BooleanField()),
                ("problem", models.TextField(blank=True, default="")),
                ("count", models.BigIntegerField(default=0)),
                ("last_id", models.BigIntegerField(default=0)),
                ("seal", models.BinaryField(default=bytes(32), max_length=32)),
                ("mac", models.BinaryField(default=bytes(32), max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_examination")
                ]
            },
        ),
        migrations.CreateModel(
            name="Daily",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("day", models.DateField()),
            ],
        ),
        migrations.AddField("event", "address", models.CharField(blank=True, default="", max_length=45)),
        migrations.AddField("event", "via", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField("event", "seal", models.BinaryField(max_length=32, null=True)),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.AlterField("event", "seal", models.BinaryField(max_length=32)),
        migrations.RemoveIndex("event", "event_at"),
        migrations.AddIndex("event", models.Index(fields=["-at", "-id"], name="event_at")),
        migrations.AddIndex("event", models.Index(fields=["actor", "-at", "-id"], name="event_actor")),
        migrations.AddIndex("event", models.Index(fields=["verb", "-at", "-id"], name="event_verb")),
        migrations.AddIndex(
            "event",
            models.Index(
                condition=models.Q(("request_id", ""), _negated=True),
                fields=["request_id"],
                name="event_request",
            ),
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                condition=models.Q(("address", ""), _negated=True),
                fields=["address", "-at"],
                name="event_address",
            ),
        ),
        migrations.RunPython(put_guard, lift_guard),
    ]
