"""Reminders at full size: the sweep of a minute, which reads an index of what is due alone, and
the digest of a morning; each against its bare SQL in the same run.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from bench.lists import _queries, cpu
from zhike.access.models import Person
from zhike.base import clock
from zhike.care.models import Task
from zhike.care.reminders import sweep
from zhike.customers.actions import create_customer
from zhike.customers.models import Customer
from zhike.trail.models import Notice

DUE = 500  # a piece of the sweep
_TASK = Task._meta.db_table
_NOTICE = Notice._meta.db_table
SELECT = f"""SELECT t.id, t.kind, t.title, t.due_on, t.remind_at, c.name, t.assignee_id
FROM {_TASK} t LEFT JOIN {Customer._meta.db_table} c ON c.id = t.customer_id
LEFT JOIN {Person._meta.db_table} p ON p.id = t.assignee_id
WHERE t.done_at IS NULL AND t.remind_at <= %s ORDER BY t.remind_at, t.id LIMIT {DUE}"""


class Undone(Exception):
    """What was measured is taken back."""


def undone(work: Callable[[], Any]) -> None:
    """Do something and take it back, so that it can be done again."""
    try:
        with transaction.atomic():
            work()
            raise Undone
    except Undone:
        pass


def customers_alone(count: int) -> None:
    """Write customers by one statement, for a sweep at full size without anything else of them.

    Each is a copy of one that was entered, with a name, a code and an owner of its own.
    """
    boss = Person.objects.get(username="boss")
    first = create_customer(actor=boss, now=clock.now(), name="华信科技有限公司", kind="company")
    owners = list(Person.objects.exclude(pk=boss.pk).order_by("pk").values_list("pk", flat=True))
    assert owners == list(range(owners[0], owners[0] + len(owners)))
    own = {
        "code": "'C' || n.i",
        "name": "'华信第' || n.i || '有限公司'",
        "owner_id": f"{owners[0]} + n.i % {len(owners)}",
    }
    columns = [field.column for field in Customer._meta.concrete_fields if not field.primary_key]
    chosen = ", ".join(own.get(column, f"c.{column}") for column in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
            f" INSERT INTO {Customer._meta.db_table} ({', '.join(columns)})"
            f" SELECT {chosen} FROM n, {Customer._meta.db_table} c WHERE c.id = %s",
            [count - 1, first.pk],
        )
        cursor.execute("ANALYZE")


def plan_with_everybody() -> int:
    """Plan a follow-up with every customer, over the next year; a piece of them is due now."""
    now = clock.now()
    later, today = now + timedelta(days=1), clock.day_of(now)
    moment, day = connection.ops.adapt_datetimefield_value, connection.ops.adapt_datefield_value
    columns = (
        "version, kind, customer_id, title, materials, due_on, assignee_id, created_by_id,"
        " created_at, why, way, remind_at, repeat, repeat_every"
    )
    chosen = (
        f"SELECT 1, 'follow_up', c.id, '发报价', '', %s, c.owner_id, c.owner_id, %s, '', 'phone',"
        f" %s, '', 1 FROM {Customer._meta.db_table} c WHERE c.owner_id IS NOT NULL ORDER BY c.id"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        made = 0
        for skipped, at, limit in ((0, now, DUE), (DUE, later, 10**9)):
            cursor.execute(
                f"INSERT INTO {_TASK} ({columns}) {chosen} LIMIT {limit} OFFSET {skipped}",
                [day(today + timedelta(days=skipped and 30)), moment(now), moment(at)],
            )
            made += cursor.rowcount
        cursor.execute(f"ANALYZE {_TASK}")
    return made


def query_plan() -> str:
    """Return how the database goes about the sweep. Raises AssertionError if it reads a table."""
    found = Task.objects.filter(done_at=None, remind_at__lte=clock.now())
    rows = found.order_by("remind_at", "id").values_list(*sweep._COLUMNS)[:DUE]
    told = str(rows.explain())
    assert "task_remind" in told, told
    assert f"SCAN {_TASK}" not in told, told
    assert f"Seq Scan on {_TASK}" not in told, told
    return told


def _bare() -> None:
    """The same as nobody could do with less: read, tell, clear."""
    now = clock.now()
    instant = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(SELECT, [instant])
        rows = cursor.fetchall()
        values: list[Any] = []
        for pk, _kind, title, _due_on, _at, name, person in rows:
            values += [person, f"task:{pk}", f"今天 跟进{name}：{title}", pk, instant, instant]
        cursor.execute(
            f"INSERT INTO {_NOTICE} (person_id, kind, key, title, body, record_type, record_id,"
            f" due_at, created_at) VALUES "
            + ", ".join(["(%s, 'task_due', %s, %s, '', 'task', %s, %s, %s)"] * len(rows))
            + " ON CONFLICT (person_id, key) DO NOTHING RETURNING id",
            values,
        )
        cursor.fetchall()
        marks = ", ".join(["%s"] * len(rows))
        pks = [row[0] for row in rows]
        cursor.execute(f"UPDATE {_TASK} SET remind_at = NULL WHERE id IN ({marks})", pks)


def measure(rounds: int = 5) -> list[dict[str, Any]]:
    """Return the result of the sweep of a full piece, after showing its query plan."""
    planned = plan_with_everybody()
    print("扫描到点待办的查询计划：", *query_plan().splitlines(), sep="\n  ")
    morning = clock.now().astimezone(clock.SHANGHAI).time()
    before = clock.now() - timedelta(days=1)  # when nothing of it was due

    def ours() -> None:
        undone(lambda: sweep._sweep_piece(clock.now(), morning))

    def theirs() -> None:
        undone(_bare)

    def nothing_due() -> None:
        undone(lambda: sweep._sweep_piece(before, morning))

    for _ in range(3):
        ours()
        theirs()
    mine, least = cpu(ours, theirs, rounds)
    idle, _ = cpu(nothing_due, nothing_due, 3)
    print(f"{planned} 条待办里没有到点的，扫一遍用 {idle:.1f} ms CPU")
    return [
        {
            "name": f"到点待办的提醒，一批 {DUE} 条（共 {planned} 条待办）",
            "database": connection.vendor,
            "rows": Customer.objects.count(),
            "ours_ms": round(mine, 2),
            "bare_ms": round(least, 2),
            "ratio": round(mine / least, 2),
            "goal": "≤ 4",
            "queries": _queries(ours),
        }
    ]
