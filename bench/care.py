"""Following up at full size: logging a contact with its next plan, and the start page; each through
the whole HTTP stack against its bare SQL in the same run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.db import connection, transaction

from bench.files import Visitor
from bench.lists import _queries, cpu, opened
from zhike.access.models import Person
from zhike.base import clock
from zhike.base.identity import reserve
from zhike.care.cadence.rules import standing
from zhike.care.models import CadenceRule, CareEntry, FollowUp, Task
from zhike.customers.models import Contact, Customer
from zhike.trail.models import Event, Head

MANY = 2_000  # customers in turn, so that none has a long history of its own
VISITED = ("new", "existing")  # types of which the shipped rules ask for a return visit
_CONTACT = "刚和客户通了电话，对新版方案感兴趣，等采购部下周答复。"
_FOLLOW_UP, _TASK, _CUSTOMER = (one._meta.db_table for one in (FollowUp, Task, Customer))
_CARE, _EVENT, _HEAD = (one._meta.db_table for one in (CareEntry, Event, Head))


def measure(boss: Person, rounds: int = 9) -> list[dict[str, Any]]:
    """Return the results of logging and of the start page."""
    seller = Person.objects.get(username="s1")
    return [_logging(boss, rounds), _today(seller, rounds)]


def _result(name: str, ours: float, theirs: float, goal: str, queries: int) -> dict[str, Any]:
    return {
        "name": name,
        "database": connection.vendor,
        "rows": Customer.objects.count(),
        "ratio": round(ours / theirs, 2),
        "ours_ms": round(ours, 3),
        "bare_ms": round(theirs, 3),
        "goal": goal,
        "queries": queries,
        "on": clock.today().isoformat(),
    }


def _logging(boss: Person, rounds: int) -> dict[str, Any]:
    """From POST to committed: the talk, the plans it closes, the next by rule, dates, event."""
    visitor = Visitor(boss)
    found = Customer.objects.filter(deleted_at=None, life="active").order_by("pk")
    ids = list(found.values_list("pk", flat=True)[: 2 * MANY])
    visited = set(found.filter(type__in=VISITED).values_list("pk", flat=True)[: 2 * MANY])
    mine, bare = cycle(ids[::2]), cycle([(pk, pk in visited) for pk in ids[1::2]])
    rule = next(one.pk for one in standing().rules if one.track == CadenceRule.Track.RETURN_VISIT)
    on = (clock.today() + timedelta(days=14)).isoformat()
    body = {"way": "phone", "content": _CONTACT, "agreed": True, "next": {"on": on}}

    def ours() -> None:
        visitor.post(f"/api/v1/customers/{next(mine)}/follow-ups", body)

    def theirs() -> None:
        _bare_log(boss, bare, on, rule)

    for _ in range(20):
        ours()
        theirs()
    return _result("记一次跟进 · 提交到存好", *cpu(ours, theirs, rounds), "≤ 4", _queries(ours))


def _bare_log(
    boss: Person, customers: Iterator[tuple[int, bool]], on: str, rule: int | None
) -> None:
    """The same rows, already decided; nothing is checked, sealed or told.

    Of each customer is known whether `rule` asks for a return visit, too, unless one stands.
    """
    (pk, visited), now = next(customers), clock.now()
    moment = connection.ops.adapt_datetimefield_value(now)
    day = connection.ops.adapt_datefield_value(clock.day_of(now))
    month = connection.ops.adapt_datefield_value(clock.day_of(now).replace(day=1))
    with transaction.atomic():
        follow_up, (task, visit) = reserve(FollowUp, 1)[0], reserve(Task, 2)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {_CUSTOMER} WHERE id = %s", [pk])
            cursor.fetchone()
            cursor.execute(_CONTACTS, [pk, month, pk, month, pk])
            plans = [row for row in cursor.fetchall() if row[0]]
            open_ones = [one for one, _day, rule in plans if not rule]
            cursor.execute(_LOG, [follow_up, pk, moment, day, _CONTACT, boss.pk, boss.name, moment])
            for one in open_ones:
                cursor.execute(_CLOSE, [moment, boss.pk, one])
            plan = [pk, follow_up, on, boss.pk, boss.pk, moment, moment]
            cursor.execute(_PLAN, [task, "follow_up", None, *plan])
            if visited and len(plans) == len(open_ones):
                cursor.execute(_PLAN, [visit, "todo", rule, *plan])
            cursor.execute(_DATES, [day, on, pk])
            cursor.execute(f"SELECT count, last_id, seal FROM {_HEAD} WHERE id = 1")
            count, last, seal = cursor.fetchone()
            data = json.dumps({"tasks_done": open_ones, "tasks_added": [task]})
            told = [last + 1, moment, day, boss.pk, pk, follow_up, data, seal]
            cursor.execute(_TELL, told)
            cursor.execute(
                f"UPDATE {_HEAD} SET count = %s, last_id = %s, at = %s WHERE id = 1",
                [count + 1, last + 1, moment],
            )


_CONTACTS = f"""
SELECT 0, contacted_on, 0 FROM {_FOLLOW_UP}
 WHERE customer_id = %s AND contacted_on >= %s AND deleted_at IS NULL
UNION ALL SELECT 0, "on", 0 FROM {_CARE}
 WHERE customer_id = %s AND "on" >= %s AND deleted_at IS NULL
UNION ALL SELECT id, due_on, rule_id FROM {_TASK}
 WHERE customer_id = %s AND done_at IS NULL AND (kind = 'follow_up' OR rule_id IS NOT NULL)"""
_LOG = f"""
INSERT INTO {_FOLLOW_UP} (id, version, customer_id, contacted_at, contacted_on, way, content,
 customer_feedback, solution, response, objection, result, custom, author_id, author_name,
 recorded_at, is_late)
VALUES (%s, 1, %s, %s, %s, 'phone', %s, '', '', '', '', '', '{{}}', %s, %s, %s, FALSE)"""
_CLOSE = f"""
UPDATE {_TASK} SET done_at = %s, done_by_id = %s, remind_at = NULL, version = version + 1
 WHERE id = %s"""
_PLAN = f"""
INSERT INTO {_TASK} (id, version, kind, rule_id, customer_id, follow_up_id, title, materials,
 due_on, assignee_id, created_by_id, created_at, why, way, remind_at, repeat, repeat_every)
VALUES (%s, 1, %s, %s, %s, %s, '', '', %s, %s, %s, %s, '', '', %s, '', 1)"""
_DATES = f"UPDATE {_CUSTOMER} SET last_follow_up_on = %s, next_follow_up_on = %s WHERE id = %s"
_TELL = f"""
INSERT INTO {_EVENT} (id, at, "on", verb, actor_id, customer_id, record_type, record_id,
 request_id, address, via, data, seal)
VALUES (%s, %s, %s, 'follow_up.logged', %s, %s, 'follow_up', %s, '', '', '', %s, %s)"""


def _today(seller: Person, rounds: int) -> dict[str, Any]:
    visitor = Visitor(seller)

    def ours() -> None:
        visitor.get("/api/v1/today", "")

    def theirs() -> None:
        day = connection.ops.adapt_datefield_value(clock.today())
        with connection.cursor() as cursor:
            rows = []
            for compared in ("<", "=", ">"):
                cursor.execute(_LIST.format(compared), [seller.pk, day])
                rows += cursor.fetchall()
            cursor.execute(_COUNT, [day, seller.pk])
            counted = cursor.fetchall()
        json.dumps([opened(rows, 11), counted], ensure_ascii=False, default=str)

    for _ in range(10):
        ours()
        theirs()
    return _result("今日", *cpu(ours, theirs, rounds), "≤ 6 条查询", _queries(ours))


_LIST = f"""
SELECT k.id, k.version, k.kind, k.title, k.materials, k.due_on, k.due_time, c.id, c.name, c.code,
 c.is_key, t.id, t.name, t.title, t.mobile, t.landline, t.email
FROM {_TASK} k LEFT JOIN {_CUSTOMER} c ON c.id = k.customer_id
LEFT JOIN {Contact._meta.db_table} t
 ON t.customer_id = c.id AND t.is_primary AND t.deleted_at IS NULL
WHERE k.assignee_id = %s AND k.done_at IS NULL AND k.due_on {{}} %s
ORDER BY k.due_on, k.id LIMIT 50"""
_COUNT = f"""
SELECT COUNT(*), SUM(CASE WHEN due_on < %s THEN 1 ELSE 0 END) FROM {_TASK}
WHERE assignee_id = %s AND done_at IS NULL"""
