"""What a follow-up leads to: the plans it has done, the next one, and what was promised in it.

All of it is part of logging it, whose event names the tasks.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from zhike.access.models import Person
from zhike.base.errors import Invalid
from zhike.care import tasks
from zhike.care.cadence import moving
from zhike.care.cadence.dates import Suggestion
from zhike.care.models import FollowUp, Task


def promise(
    *,
    actor: Person,
    now: datetime,
    follow_up: FollowUp,
    following: dict[str, Any] | None,
    todos: Iterable[dict[str, Any]],
    suggested: Suggestion | None = None,
) -> list[Task]:
    """Add what a follow-up led to: the plan of the next one first, and what was promised.

    `suggested` is the rule's word on the next one. Errors name the place in the form: `next.on`,
    `todos.0.title`.
    """
    about: dict[str, Any] = {"customer": follow_up.customer, "follow_up": follow_up}
    added = []
    if following is not None:
        plan: dict[str, Any] = {
            "title": following.get("matter") or "",
            "materials": following.get("materials") or "",
            "due_on": following.get("on"),
            "due_time": following.get("time"),
        }
        with _at("next", due_on="on", due_time="time", title="matter"):
            plan["by_rule"] = suggested
            added.append(tasks.make(actor, now, kind=Task.FOLLOW_UP, **about, **plan))
    for place, todo in enumerate(todos):
        with _at(f"todos.{place}"):
            added.append(tasks.make(actor, now, kind=Task.TODO, **about, **todo))
    return added


def plan_by_rule(
    *, actor: Person, now: datetime, follow_up: FollowUp, suggested: Suggestion, kind: str
) -> Task:
    """Add what a rule asks for after a follow-up, for the customer's owner."""
    customer = follow_up.customer
    return tasks.make(
        actor,
        now,
        kind=kind,
        customer=customer,
        follow_up=follow_up,
        title=suggested.matter or (suggested.rule.name if suggested.rule else ""),
        due_on=suggested.on,
        due_time=suggested.at,
        by_rule=suggested,
        assignee=customer.owner if customer.owner and customer.owner.is_active else actor,
    )


def move_by_rule(
    *, actor: Person, now: datetime, follow_up: FollowUp, suggested: Suggestion, task_id: int
) -> Task | None:
    """Move what a rule had planned to where it asks for it after a follow-up.

    None where somebody was faster to close it.
    """
    held = Task.objects.select_for_update(of=("self",)).select_related("rule")
    task = held.filter(pk=task_id, done_at=None).first()
    if task is not None:
        task.follow_up = follow_up
        moving.put(task, suggested, now)
        task.save(update_fields=[*moving.COLUMNS, "follow_up"])
    return task


def close_plans(*, actor: Person, now: datetime, plans: Collection[int]) -> list[int]:
    """Close the plans a follow-up has done, as `Course.done_by` found them; their ids."""
    if not plans:
        return []
    moment = connection.ops.adapt_datetimefield_value(now)
    marks = ", ".join(["%s"] * len(plans))
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE.format(marks), [moment, actor.pk, *sorted(plans)])
        closed = sorted(cursor.fetchall())
    recurring_ones = [pk for pk, repeat in closed if repeat]
    if recurring_ones:
        for task in Task.objects.filter(pk__in=recurring_ones).order_by("pk"):
            tasks.follow(actor, now, task)
    return [pk for pk, _ in closed]


_CLOSE = f"""UPDATE {Task._meta.db_table}
 SET done_at = %s, done_by_id = %s, remind_at = NULL, version = version + 1
 WHERE id IN ({{}}) AND done_at IS NULL RETURNING id, repeat"""


@contextmanager
def _at(place: str, **names: str) -> Iterator[None]:
    """Let errors name the field where it stands in the form: `next.on` for a task's `due_on`."""
    try:
        yield
    except Invalid as wrong:
        told = [(f"{place}.{names.get(name, name)}", words) for name, words in wrong.errors]
        raise Invalid(told) from wrong
