"""The start page of who leads people: who is behind, and on what, in two or three statements (R28).

Beside it the records behind the number of those that came late (R25).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, Min, Q, QuerySet, Value

from zhike.access.models import Person
from zhike.access.queries import people_visible_to, reached_by
from zhike.base import clock, paging
from zhike.base.errors import Forbidden
from zhike.care import queries
from zhike.care.models import FollowUp
from zhike.care.today import LATE_DAYS
from zhike.customers import queries as customers
from zhike.fields import choices

LINE = 120  # characters of a talk in a list


class _Numbers(NamedTuple):
    """Of tasks those overdue, those of today and the oldest day; of records all, and late ones."""

    one: int
    other: int
    day: date | None


_NONE = _Numbers(0, 0, None)


def team_today(actor: Person, *, today: date) -> list[dict[str, Any]]:
    """Return how far everybody is whom the actor leads, who is furthest behind first.

    `unplanned` are customers followed up by no plan; `late` what was written down late lately.
    """
    reach = actor.scope("task").reach
    if reach in ("none", "own"):
        raise Forbidden("团队进度只给带团队的同事看，你可以看“今日”里自己的待办。")
    working = people_visible_to(actor).filter(is_active=True, is_service=False)
    if reach != "all":
        working = working.filter(pk__in=reached_by(actor, reach))
    people = list(working)
    ids = [one.pk for one in people]
    numbers = _numbers(actor, ids, today)
    rows = []
    for person in people:
        tasks, unplanned, records = (one.get(person.pk, _NONE) for one in numbers.values())
        logged, late = records.one, records.other
        rows.append(
            {
                "person": {
                    "id": person.pk,
                    "name": person.name,
                    "department": person.department.name if person.department else None,
                },
                "overdue": tasks.one,
                "due": tasks.other,
                "oldest_overdue_on": tasks.day,
                "unplanned": unplanned.one,
                "late": late,
                "late_rate": round(late / logged, 3) if logged else None,
            }
        )
    return sorted(rows, key=lambda row: (-row["overdue"], -row["unplanned"], row["person"]["name"]))


def _numbers(actor: Person, ids: list[int], today: date) -> dict[str, dict[int, _Numbers]]:
    """Return by kind what there is of everybody, all of it in one statement."""
    behind = Q(due_on__lt=today)
    tasks = queries.tasks_visible_to(actor).filter(
        assignee__in=ids, done_at__isnull=True, due_on__lte=today
    )
    unplanned = customers.visible_to(actor).filter(
        owner__in=ids, life="active", next_follow_up_on__isnull=True
    )
    records = _lately(actor, today).filter(author__in=ids)
    no_day = Value(None, output_field=DateField())
    parts = [
        _each(tasks, "tasks", "assignee_id").annotate(
            one=Count("pk", filter=behind),
            other=Count("pk", filter=Q(due_on=today)),
            day=Min("due_on", filter=behind),
        ),
        _each(unplanned, "unplanned", "owner_id").annotate(
            one=Count("pk"), other=Value(0), day=no_day
        ),
        _each(records, "records", "author_id").annotate(
            one=Count("pk"), other=Count("pk", filter=Q(is_late=True)), day=no_day
        ),
    ]
    found: dict[str, dict[int, _Numbers]] = {"tasks": {}, "unplanned": {}, "records": {}}
    rows = [one.values_list("part", "who", "one", "other", "day") for one in parts]
    for part, who, *numbers in rows[0].union(*rows[1:], all=True):
        found[part][who] = _Numbers(*numbers)
    return found


def _each(found: QuerySet[Any], part: str, who: str) -> QuerySet[Any, dict[str, Any]]:
    return found.order_by().values(part=Value(part), who=F(who))


def _lately(actor: Person, today: date) -> QuerySet[FollowUp]:
    """The talks of the last days; of imported ones nobody knows when they were written down."""
    since = today - timedelta(days=LATE_DAYS)
    found = queries.follow_ups_visible_to(actor)
    return found.filter(contacted_on__gte=since, import_id__isnull=True)


def late_records(
    actor: Person, *, person_id: int, today: date, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of what somebody wrote down late lately, the last talk first.

    These are the records behind `late` of the team and behind the rate of one's own day.
    """
    found = _lately(actor, today).filter(author=person_id, is_late=True)
    if cursor:
        day, last = paging.unpack(cursor, date, int)
        found = found.filter(Q(contacted_on__lt=day) | Q(contacted_on=day, pk__lt=last))
    page = found.select_related("customer").order_by("-contacted_on", "-id")[: limit + 1]
    items = [_late(one) for one in page]
    if len(items) <= limit:
        return items, None
    end = items[limit - 1]
    return items[:limit], paging.pack(end["contacted_on"], end["id"])


def _late(one: FollowUp) -> dict[str, Any]:
    line = " ".join(one.content.split())
    about = one.customer
    return {
        "id": one.pk,
        "customer": {"id": about.pk, "name": about.name, "is_key": about.is_key},
        "way": choices.WAY.label(one.way),
        "content": line if len(line) <= LINE else line[: LINE - 1] + "…",
        "contacted_on": one.contacted_on,
        "recorded_on": clock.day_of(one.recorded_at),
    }
