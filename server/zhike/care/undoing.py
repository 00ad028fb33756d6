"""Taking back what was just done: a follow-up with what came of it, a task deleted by mistake."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.errors import Conflict, Forbidden, NotFound
from zhike.care import actions, queries, tasks
from zhike.care.cadence import course as courses
from zhike.care.cadence import moving
from zhike.care.dates import hold_customers, refresh_dates
from zhike.care.models import FollowUp, Task
from zhike.customers.ways import require_log
from zhike.trail.models import Event

WITHIN = timedelta(minutes=10)
_INSTEAD = "不要了可以在客户的动态里删除。"


def undo_follow_up(*, actor: Person, now: datetime, follow_up_id: int) -> None:
    """Take back a follow-up its author logged within ten minutes, as if it had not been.

    The tasks it made go unless somebody touched them, the plans it closed are open again unless
    something else took their place, and what it had a rule move is where the rule wants it now.
    """
    with transaction.atomic():
        follow_up = actions.writable(actor, follow_up_id)
        _require_fresh(actor, now, follow_up)
        led_to = _told(follow_up)
        removed = _remove(follow_up, led_to.get("tasks_added", []))
        actions.put_away(actor, now, follow_up, undone=True, tasks_removed=removed)
        if follow_up.customer.life == "active":
            _reopen(actor, now, follow_up, led_to.get("tasks_done", []))
            _move_back(actor, now, follow_up, led_to.get("tasks_moved", []))
        refresh_dates([follow_up.customer_id], held=True)


def _require_fresh(actor: Person, now: datetime, follow_up: FollowUp) -> None:
    if follow_up.author_id != actor.pk:
        raise Forbidden("这条跟进是同事记的，只有本人可以撤销。")
    if follow_up.import_id is not None or now - follow_up.recorded_at > WITHIN:
        raise Conflict(f"这条跟进已经记了一会儿，不能再撤销。{_INSTEAD}", code="too_late")
    if follow_up.version > 1:
        raise Conflict(f"这条跟进保存后又改过，不能再撤销。{_INSTEAD}", code="changed")


def _told(follow_up: FollowUp) -> dict[str, Any]:
    """What the event of the follow-up says it led to."""
    told = Event.objects.filter(
        customer_id=follow_up.customer_id,
        verb="follow_up.logged",
        record_type="follow_up",
        record_id=follow_up.pk,
    )
    return told.values_list("data", flat=True).first() or {}


def _remove(follow_up: FollowUp, ids: list[int]) -> list[int]:
    made = Task.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, follow_up=follow_up, done_at=None, version=1
    )
    removed = list(made.order_by("pk").values_list("pk", flat=True))
    Task.objects.filter(pk__in=removed).delete()
    return removed


def _reopen(actor: Person, now: datetime, follow_up: FollowUp, ids: list[int]) -> None:
    """Open the plans again that the follow-up closed, and nobody else since."""
    closed = Task.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, done_at=follow_up.recorded_at, done_by=actor
    )
    for task in closed.order_by("pk"):
        others = Task.objects.filter(
            customer=task.customer_id,
            kind=task.kind,
            rule__track=task.rule.track if task.rule else None,
            assignee=task.assignee_id,
            run=task.run_id,
            done_at=None,
        )
        if task.run_id is not None or not others.exists():
            tasks.reopen(actor, now, task)


def _move_back(actor: Person, now: datetime, follow_up: FollowUp, ids: list[int]) -> None:
    """Put the plan the follow-up moved where its rule wants it without that talk."""
    moved = Task.objects.select_for_update(of=("self",)).select_related("rule")
    for task in moved.filter(pk__in=ids, follow_up=follow_up, done_at=None):
        customer = courses.hold(actor, follow_up.customer_id)
        course = courses.course_of(actor, customer, today=clock.day_of(now))
        found = course.suggest(leaving=[task.pk])
        if found.rule is not None:
            before = task.due_on
            moving.put(task, found, now)
            task.follow_up = None
            task.save(update_fields=[*moving.COLUMNS, "follow_up"])
            changed = {"due_on": [str(before), str(task.due_on)]}
            tasks.tell(actor, now, "task.replanned", task, changes=changed)


def restore_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Put a task back that the actor deleted within ten minutes; twice is refused as not found."""
    require_log(actor)
    with transaction.atomic():
        removed = _removed(actor, now, task_id)
        hold_customers([removed.customer_id])
        if Task.objects.filter(pk=task_id).exists():
            raise NotFound(_NOT_REMOVED)
        _require_unplanned(removed)
        task = tasks.put_back(actor, now, removed.data["kept"])
        if not queries.tasks_visible_to(actor).filter(pk=task_id).exists():
            raise NotFound(_NOT_REMOVED)
    return task


def _require_unplanned(removed: Event) -> None:
    """Raise Conflict where a deleted plan of the next contact has got a successor since."""
    kept = removed.data["kept"]
    if kept["kind"] != Task.FOLLOW_UP or "run_id" in kept:
        return
    successors = Task.objects.filter(
        customer=removed.customer_id,
        assignee=kept.get("assignee_id"),
        kind=Task.FOLLOW_UP,
        run=None,
        done_at=None,
        created_at__gt=removed.at,
    )
    if successors.exists():
        raise Conflict("删除之后又安排了下次跟进，不再恢复原来的这条。", code="planned_since")


_NOT_REMOVED = "没有找到你刚删除的这条待办，可能已经恢复了，或者删除超过了十分钟。"


def _removed(actor: Person, now: datetime, task_id: int) -> Event:
    """Return the event by which the actor just deleted a task."""
    told = Event.objects.filter(
        actor=actor,
        at__gte=now - WITHIN,
        verb="task.removed",
        record_type="task",
        record_id=task_id,
    )
    removed = told.order_by("-id").first()
    if removed is None:
        raise NotFound(_NOT_REMOVED)
    return removed
