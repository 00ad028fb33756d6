"""The start page of a person: what is to be done, what came, what comes up.

The hottest page of all, so it is put together from two statements: the tasks, and the numbers
with the short lists (R28, R33).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Q

from zhike.access.models import Person
from zhike.base import clock, workdays
from zhike.care import queries
from zhike.care.key_dates.reading import LABELS, may_read
from zhike.care.models import FollowUp, KeyDate, PoolClock, PoolEntry, Task
from zhike.care.pool import clocks
from zhike.care.pool import rules as pool_rules
from zhike.care.pool.queries import SOON
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import contact_name

COMING_DAYS = 7
MOST = 50  # tasks of a list
NEW_DAYS = 7  # so long a customer counts as new, in one's care or in the pool
LATE_DAYS = 30  # of them, what was written down late
_NEW, _FALLING, _KEY_DATES = 5, 20, 20

_COLUMNS = "c.id, c.name, c.code, c.is_key, c.created_at"
_NOTHING = "NULL, NULL, NULL, NULL, NULL"
# Own customers and own records only: whose id is asked for is the actor's.
_LISTS = f"""
SELECT 'key', {_COLUMNS}, d."on", d.id, d.kind, d.told, d.contact_id, t.name, t.title
 FROM {KeyDate._meta.db_table} d
 JOIN {Customer._meta.db_table} c ON c.id = d.customer_id
 LEFT JOIN {Contact._meta.db_table} t ON t.id = d.contact_id
 WHERE c.owner_id = %(me)s AND c.deleted_at IS NULL AND t.deleted_at IS NULL
  AND d."on" >= %(today)s AND d."on" <= %(coming)s
UNION ALL SELECT 'falling', {_COLUMNS}, k.falls_on, k.untold, {_NOTHING} FROM (
 SELECT customer_id, falls_on, CASE WHEN warn_on IS NULL THEN 0 ELSE 1 END AS untold
  FROM {PoolClock._meta.db_table}
  WHERE owner_id = %(me)s AND falls_on IS NOT NULL AND (warn_on IS NULL OR falls_on <= %(soon)s)
  ORDER BY falls_on, customer_id LIMIT {_FALLING}) k
 JOIN {Customer._meta.db_table} c ON c.id = k.customer_id
  AND c.owner_id = %(me)s AND c.deleted_at IS NULL
UNION ALL SELECT 'new', {_COLUMNS}, NULL, NULL, {_NOTHING} FROM (
 SELECT id, name, code, is_key, created_at FROM {Customer._meta.db_table}
  WHERE owner_id = %(me)s AND deleted_at IS NULL ORDER BY id DESC LIMIT {_NEW}) c
"""
_NUMBERS = {
    "customers": f"""SELECT COUNT(*) FROM {Customer._meta.db_table}
 WHERE owner_id = %(me)s AND deleted_at IS NULL""",
    "done_today": f"""SELECT COUNT(*) FROM {Task._meta.db_table}
 WHERE assignee_id = %(me)s AND done_at >= %(midnight)s""",
    "follow_ups_week": f"""SELECT COUNT(*) FROM {FollowUp._meta.db_table}
 WHERE author_id = %(me)s AND deleted_at IS NULL AND contacted_on >= %(monday)s""",
    "month": f"""SELECT COUNT(*) FROM {FollowUp._meta.db_table}
 WHERE author_id = %(me)s AND deleted_at IS NULL AND contacted_on >= %(month_ago)s
  AND import_id IS NULL""",
    "late": f"""SELECT COUNT(*) FROM {FollowUp._meta.db_table}
 WHERE author_id = %(me)s AND deleted_at IS NULL AND contacted_on >= %(month_ago)s
  AND import_id IS NULL AND is_late""",
}
# After a large import nobody counts on: so many and more is enough to know.
_IN_POOL = f"""SELECT COUNT(*) FROM (SELECT 1 FROM {PoolEntry._meta.db_table} e
 JOIN {Customer._meta.db_table} c ON c.id = e.customer_id
 WHERE e.claimed_at IS NULL AND e.came_at >= %(week_ago)s
  AND c.owner_id IS NULL AND c.deleted_at IS NULL AND c.life <> 'archived' LIMIT 1000) p"""
_COUNTED = {
    "overdue": "t.due_on < %(today)s",
    "due": "t.due_on = %(today)s",
    "coming": "t.due_on > %(today)s AND t.due_on <= %(coming)s",
}
_TASKS = f"""SELECT COUNT(*) FROM {Task._meta.db_table} t
 LEFT JOIN {Customer._meta.db_table} c ON c.id = t.customer_id
 WHERE t.assignee_id = %(me)s AND t.done_at IS NULL AND c.deleted_at IS NULL AND """


def start_page(actor: Person, *, at: datetime) -> dict[str, Any]:
    """Return what a person has to do: overdue, today, the coming week, and what else is new."""
    today = clock.day_of(at)
    lists = _tasks(actor, today)
    full = [name for name, tasks in lists.items() if len(tasks) == MOST]
    numbers, rows = _numbers(actor, today, full)
    month, late = numbers.pop("month"), numbers.pop("late")
    in_pool = numbers.pop("pool", 0)
    counted = {name: numbers.pop(name, len(tasks)) for name, tasks in lists.items()}
    week_ago = clock.midnight(today - timedelta(days=NEW_DAYS))
    newest = [_customer(row) for row in rows if row[0] == "new"]
    key_dates = [_key_date(actor, row, today) for row in rows if row[0] == "key"]
    return {
        "date": today,
        "weekday": clock.weekday_name(today),
        "is_workday": workdays.is_workday(today),
        "day_label": workdays.label(today),
        **lists,
        "promises": queries.promised(one for tasks in lists.values() for one in tasks),
        "new_customers": [one for one in newest if one["created_at"] >= week_ago],
        "pool": {
            "new": in_pool,
            "falling": _falling([row for row in rows if row[0] == "falling"], at),
        },
        "key_dates": sorted(filter(None, key_dates), key=lambda one: one["on"])[:_KEY_DATES],
        "late_rate": round(late / month, 3) if month else None,
        "counts": {**counted, **numbers},
    }


def _tasks(actor: Person, today: date) -> dict[str, list[dict[str, Any]]]:
    """Return the open tasks of the three lists, at most so many of each, in one statement."""
    mine = queries.tasks_visible_to(actor).filter(assignee=actor, done_at__isnull=True)
    mine = mine.filter(due_on__lte=today + timedelta(days=COMING_DAYS))
    in_order = ("due_on", "due_time", "id")
    parts = (Q(due_on__lt=today), Q(due_on=today), Q(due_on__gt=today))
    wanted = Q()
    for part in parts:
        wanted |= Q(pk__in=mine.filter(part).order_by(*in_order)[:MOST].values("pk"))
    rows = queries.described_tasks(actor, mine.filter(wanted).order_by(*in_order))
    return {
        "overdue": [one for one in rows if one["due_on"] < today],
        "due": [one for one in rows if one["due_on"] == today],
        "coming": [one for one in rows if one["due_on"] > today],
    }


def _numbers(
    actor: Person, today: date, full: list[str]
) -> tuple[dict[str, int], list[tuple[Any, ...]]]:
    """Return the numbers and the rows of the short lists, in one statement.

    The tasks of a list are counted only where there are more than it shows.
    """
    asked = dict(_NUMBERS)
    scope = actor.scope("customer")
    if scope.pool or scope.reach == "all":
        asked["pool"] = _IN_POOL
    asked |= {name: _TASKS + _COUNTED[name] for name in full}
    counts = "".join(
        f" UNION ALL SELECT '{name}', ({sql}), '', '', NULL, NULL, NULL, NULL, {_NOTHING}"
        for name, sql in asked.items()
    )
    day, instant = connection.ops.adapt_datefield_value, connection.ops.adapt_datetimefield_value
    params = {
        "me": actor.pk,
        "today": day(today),
        "coming": day(today + timedelta(days=COMING_DAYS)),
        "soon": day(today + timedelta(days=SOON)),
        "midnight": instant(clock.midnight(today)),
        "monday": day(today - timedelta(days=today.weekday())),
        "month_ago": day(today - timedelta(days=LATE_DAYS)),
        "week_ago": instant(clock.midnight(today - timedelta(days=NEW_DAYS))),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LISTS + counts, params)
        rows = cursor.fetchall()
    numbers = {row[0]: int(row[1]) for row in rows if row[0] in asked}
    if scope.reach == "none":  # who sees no customers sees none of their own either
        return numbers | {"customers": 0}, []
    return numbers, [row for row in rows if row[0] not in asked]


def _customer(row: tuple[Any, ...]) -> dict[str, Any]:
    _, pk, name, code, is_key, created_at, *_ = row
    if not isinstance(created_at, datetime):  # a union has no types on SQLite
        created_at = datetime.fromisoformat(created_at)
    if created_at.tzinfo is None:
        created_at = created_at.replace(tzinfo=UTC)
    return {
        "id": pk,
        "name": name,
        "code": code,
        "is_key": bool(is_key),
        "created_at": created_at,
    }


def _day(told: Any) -> date:
    return told if isinstance(told, date) else date.fromisoformat(told)


def _falling(rows: list[tuple[Any, ...]], at: datetime) -> list[dict[str, Any]]:
    """Return own customers that fall soon, the first to fall first."""
    today = clock.day_of(at)
    rules = pool_rules.at_work() if any(row[7] for row in rows) else None
    found = []
    for _, pk, name, code, is_key, _, told, untold, *_ in rows:
        day = clocks.first_day(_day(told), rules, at) if untold else _day(told)
        found.append(
            {
                "id": pk,
                "name": name,
                "code": code,
                "is_key": bool(is_key),
                "falls_on": day,
                "days_left": max((day - today).days, 0),
            }
        )
    return sorted(found, key=itemgetter("falls_on", "id"))


def _key_date(actor: Person, row: tuple[Any, ...], today: date) -> dict[str, Any] | None:
    """Return a day that matters as the API tells it; None where its field is not to be read."""
    _, customer_id, name, _, _, _, on, pk, kind, told, contact_id, contact, title = row
    if not may_read(actor, KeyDate(kind=kind, contact_id=contact_id)):
        return None
    day = _day(on)
    whose = None
    if contact_id:
        whose = {"id": contact_id, "name": contact_name(actor, contact, title)}
    return {
        "id": pk,
        "kind": kind,
        "label": LABELS[kind],
        "on": day,
        "days_left": (day - today).days,
        "told": told,
        "customer": {"id": customer_id, "name": name},
        "contact": whose,
    }
