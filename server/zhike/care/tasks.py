"""What is done with tasks: things to do on a day, the planned next follow-up among them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base import clock, text
from zhike.base.errors import Invalid, NotFound, Stale
from zhike.care import queries
from zhike.care.dates import FIRST_YEAR, LAST_YEAR, refresh_dates
from zhike.care.models import FollowUp, Task
from zhike.customers.models import Customer
from zhike.customers.ways import loggable, require_log
from zhike.trail.actions import changes, record

LONGEST = 200  # characters of what a task is about, and of what it takes along


def add_task(*, actor: Person, now: datetime, customer_id: int | None, **fields: Any) -> Task:
    """Add something to do, for oneself or a colleague, with or without a customer."""
    require_log(actor)
    customer = loggable(actor, customer_id) if customer_id is not None else None
    with transaction.atomic():
        task = _add_task(actor, now, customer=customer, **fields)
        if customer and task.kind == Task.FOLLOW_UP:
            refresh_dates([customer.pk])
        tell(actor, now, "task.added", task)
    return task


def change_task(*, actor: Person, now: datetime, task_id: int, version: int, **fields: Any) -> Task:
    """Put a task off, reword it or give it to somebody else."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.version != version:
            raise Stale("这条待办刚被别人改过，请核对后再保存。")
        before = _told(task)
        _fill_task(actor, task, fields)
        _check_task(task)
        task.version += 1
        task.save()
        if task.customer_id and task.kind == Task.FOLLOW_UP:
            refresh_dates([task.customer_id])
        tell(actor, now, "task.changed", task, changes=changes(before, _told(task)))
    return task


def complete_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Mark a task as done; doing it twice changes nothing."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.done_at is None:
            task.done_at, task.done_by = now, actor
            _save_state(task)
            tell(actor, now, "task.done", task)
    return task


def reopen_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Take a completion back."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.done_at is not None:
            task.done_at, task.done_by = None, None
            _save_state(task)
            tell(actor, now, "task.reopened", task)
    return task


def promise(
    *,
    actor: Person,
    now: datetime,
    follow_up: FollowUp,
    following: dict[str, Any] | None,
    todos: Iterable[dict[str, Any]],
) -> list[int]:
    """Add what a follow-up led to: the plan of the next one, and what was promised; their ids.

    Part of logging it, whose event names them. Errors name the place in the form: `next.on`,
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
            added.append(_add_task(actor, now, kind=Task.FOLLOW_UP, **about, **plan))
    for place, todo in enumerate(todos):
        with _at(f"todos.{place}"):
            added.append(_add_task(actor, now, kind=Task.TODO, **about, **todo))
    return [task.pk for task in added]


def close_plans(*, actor: Person, now: datetime, follow_up: FollowUp, replaced: bool) -> list[int]:
    """Close the plans a follow-up has done, or all of them where a new one came with it; their ids.

    Those of the actor and of the customer's owner. Part of logging it, whose event names them.
    """
    customer = follow_up.customer
    plans = Task.objects.filter(customer=customer, kind=Task.FOLLOW_UP, done_at=None)
    if not replaced:  # a talk of last week, noted today, does not do what was planned since
        plans = plans.filter(due_on__lte=follow_up.contacted_on)
    theirs = plans.filter(assignee__in=[actor.pk, customer.owner_id or actor.pk])
    return finish(actor=actor, now=now, plans=theirs)


def finish(
    *, actor: Person, now: datetime, plans: QuerySet[Task], verb: str | None = None
) -> list[int]:
    """Close open plans, each told by `verb`, or all by the caller's own event; their ids."""
    closed = list(plans.select_for_update(of=("self",)).order_by("pk"))
    ids = [task.pk for task in closed]
    Task.objects.filter(pk__in=ids).update(done_at=now, done_by=actor, version=F("version") + 1)
    if verb is not None:
        for task in closed:
            tell(actor, now, verb, task)
    return ids


def tell(actor: Person, now: datetime, verb: str, task: Task, **data: Any) -> None:
    """Record what was done with a task."""
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=task.customer_id,
        record=("task", task.pk),
        data={"title": task.title, "due_on": str(task.due_on), **data},
    )


def pass_on_own_tasks(*, giver: int, taker: int | None) -> int:
    """Give the open tasks of a leaver that are about no customer to the successor."""
    open_ones = Task.objects.filter(customer=None, done_at=None, assignee_id=giver)
    return open_ones.update(assignee_id=taker, version=F("version") + 1)


def pass_on_tasks(*, customer_id: int, giver: int | None, taker: int | None) -> None:
    """Give the open tasks one person has for a customer to another; part of a hand-over."""
    open_ones = Task.objects.filter(customer_id=customer_id, done_at=None, assignee_id=giver)
    open_ones.update(assignee_id=taker, version=F("version") + 1)


@contextmanager
def _at(place: str, **names: str) -> Iterator[None]:
    """Let errors name the field where it stands in the form: `next.on` for a task's `due_on`."""
    try:
        yield
    except Invalid as wrong:
        told = [(f"{place}.{names.get(name, name)}", words) for name, words in wrong.errors]
        raise Invalid(told) from wrong


def _add_task(
    actor: Person,
    now: datetime,
    *,
    customer: Customer | None,
    follow_up: FollowUp | None = None,
    kind: str = Task.TODO,
    assignee_id: int | None = None,
    **fields: Any,
) -> Task:
    task = Task(
        kind=kind,
        customer=customer,
        follow_up=follow_up,
        assignee=actor,
        created_by=actor,
        created_at=now,
    )
    if assignee_id is not None:
        fields["assignee_id"] = assignee_id
    fields.setdefault("due_on", None)
    if follow_up is not None and clock.day_of(now) > (fields["due_on"] or date.max):
        raise Invalid("due_on", "这个日期已经过去，请选今天或以后。")
    _fill_task(actor, task, fields)
    _check_task(task)
    task.save()
    return task


def _check_task(task: Task) -> None:
    if task.kind not in (Task.FOLLOW_UP, Task.TODO):
        raise Invalid("kind", "待办的种类不对。")
    if task.kind == Task.FOLLOW_UP and task.customer_id is None:
        raise Invalid("customer_id", "跟进计划要选一位客户。")
    if task.kind == Task.TODO and not task.title:
        raise Invalid("title", "请写下要做什么。")


def _fill_task(actor: Person, task: Task, fields: dict[str, Any]) -> None:
    for name, label in (("title", "事项"), ("materials", "需准备的资料")):
        if name in fields:
            setattr(task, name, text.entered(name, label, fields[name], most=LONGEST))
    if "due_on" in fields:
        day: date | None = fields["due_on"]
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Invalid("due_on", "请选择日期。")
        task.due_on = day
    if "due_time" in fields:
        moment: time | None = fields["due_time"]
        task.due_time = moment.replace(tzinfo=None) if moment else None
    if fields.get("assignee_id") is not None:
        working = people_visible_to(actor).filter(is_active=True, is_service=False)
        person = working.filter(pk=fields["assignee_id"]).first()
        if person is None:
            raise Invalid("assignee_id", "没有找到这位在职同事，请重新选择。")
        task.assignee = person


def _save_state(task: Task) -> None:
    task.version += 1
    task.save(update_fields=["done_at", "done_by", "version"])
    if task.customer_id and task.kind == Task.FOLLOW_UP:
        refresh_dates([task.customer_id])


def _told(task: Task) -> dict[str, str]:
    """What may change of a task, as the trail keeps it."""
    names = ("title", "materials", "due_on", "due_time", "assignee")
    return {name: str(getattr(task, name) or "") for name in names}


def _task(actor: Person, task_id: int) -> Task:
    require_log(actor)
    found = queries.tasks_visible_to(actor).select_for_update(of=("self",))
    task = found.filter(pk=task_id).first()
    if task is None:
        raise NotFound("没有找到这条待办，可能已被删除。")
    return task
