"""What is done with tasks: things to do on a day, the planned next follow-up among them."""

from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base import clock, text
from zhike.base.errors import Conflict, Invalid, NotFound, Stale
from zhike.base.identity import reserve
from zhike.base.prepared import insert
from zhike.care import queries
from zhike.care.cadence import guard, ways
from zhike.care.cadence import rules as cadence
from zhike.care.cadence.course import course_of, hold
from zhike.care.cadence.dates import Suggestion, said
from zhike.care.dates import FIRST_YEAR, LAST_YEAR, hold_customers, refresh_dates
from zhike.care.models import FollowUp, PlaybookRun, Task
from zhike.care.reminders import choosing, moments, recurring, snoozing
from zhike.customers.models import Customer
from zhike.customers.ways import require_log
from zhike.fields import choices
from zhike.trail.actions import changes, record

LONGEST = 200  # characters of what a task is about, and of what it takes along
_REPEATING = ("repeat", "repeat_every", "repeat_until")
_WHEN = {"due_on", "due_time", "assignee", "remind_before"}  # what a reminder depends on


def add_task(
    *, actor: Person, now: datetime, customer_id: int | None, agreed: bool = False, **fields: Any
) -> Task:
    """Add something to do, for oneself or a colleague, with or without a customer.

    A planned follow-up beyond the limit of its month raises `TooOften` unless it was `agreed`.
    """
    require_log(actor)
    with transaction.atomic():
        customer = hold(actor, customer_id) if customer_id is not None else None
        task = make(actor, now, customer=customer, **fields)
        agreement: dict[str, Any] = {}
        if customer and task.kind == Task.FOLLOW_UP:
            course = course_of(actor, customer, today=clock.day_of(now), since=task.due_on)
            agreement = course.require_room(task.due_on, agreed=agreed, leaving=[task.pk])
            refresh_dates([customer.pk], held=True)
        tell(actor, now, "task.added", task, **agreement)
    return task


def change_task(
    *,
    actor: Person,
    now: datetime,
    task_id: int,
    version: int,
    agreed: bool = False,
    **fields: Any,
) -> Task:
    """Put a task off, reword it or give it to somebody else.

    A plan that comes to a month whose limit is reached raises `TooOften` unless it was `agreed`.
    """
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.version != version:
            raise Stale("这条待办刚被别人改过，请核对后再保存。")
        before, day = _told(task), task.due_on
        _fill_task(actor, task, fields)
        _check_task(task)
        agreement = _require_room(actor, now, task, day, agreed=agreed)
        changed = _save_changed(actor, now, task, before)
        tell(actor, now, "task.changed", task, changes=changed, **agreement)
    return task


def _require_room(
    actor: Person, now: datetime, task: Task, before: date, *, agreed: bool
) -> dict[str, Any]:
    """Ask for room in the month an open plan is moved to; in its own month it has it."""
    if task.kind != Task.FOLLOW_UP or task.customer is None or task.done_at is not None:
        return {}
    if guard.first_of(before) == guard.first_of(task.due_on):
        return {}
    course = course_of(actor, task.customer, today=clock.day_of(now), since=task.due_on)
    return course.require_room(task.due_on, agreed=agreed, leaving=[task.pk])


def _save_changed(
    actor: Person, now: datetime, task: Task, before: dict[str, str]
) -> dict[str, list[Any]]:
    """Save what was changed of a task, with its reminder and its place in a series; what it was."""
    told = changes(before, _told(task))
    if _WHEN & set(told) and task.done_at is None:
        another = task.assignee_id != actor.pk and "assignee" in told
        task.remind_at = moments.following(task, now=now, morning=_morning(), by_another=another)
    recurring.settle(task, changed=set(told))
    task.version += 1
    task.save()
    if task.customer_id and task.kind == Task.FOLLOW_UP:
        refresh_dates([task.customer_id])
    return told


def snooze_task(
    *, actor: Person, now: datetime, task_id: int, until: str, agreed: bool = False
) -> Task:
    """Put an open task off: to `tomorrow`, `next_week` or a minute like 2026-11-20T15:30.

    `agreed` as for `change_task`.
    """
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.done_at is not None:
            raise Conflict("这条待办已经完成，不用再推迟。")
        before, day = _told(task), task.due_on
        task.due_on, task.due_time = snoozing.until(until, task.due_time, now=now)
        agreement = _require_room(actor, now, task, day, agreed=agreed)
        changed = _save_changed(actor, now, task, before)
        tell(actor, now, "task.snoozed", task, changes=changed, **agreement)
    return task


def complete_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Mark a task as done, which makes the next one of its series; twice changes nothing."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.done_at is None:
            tell(actor, now, "task.done", task)
            _close(actor, now, task)
    return task


def skip_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Leave out one task of a series: it is closed, and the next one made."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if not task.repeat:
            raise Conflict("只有重复的待办可以跳过一次。不做了请标为完成。")
        if task.done_at is None:
            tell(actor, now, "task.dropped", task)
            _close(actor, now, task)
    return task


def remove_task(*, actor: Person, now: datetime, task_id: int) -> None:
    """Delete an open task, as one entered by mistake; of a series no further one is made.

    Its event keeps what it was, for who takes that back at once.
    """
    with transaction.atomic():
        task = _task(actor, task_id)
        _require_removable(task)
        tell(actor, now, "task.removed", task, kept=_kept(task))
        Task.objects.filter(pk=task.pk).delete()
        if task.customer_id and task.kind == Task.FOLLOW_UP:
            refresh_dates([task.customer_id], held=True)


def _require_removable(task: Task) -> None:
    if task.done_at is not None:
        raise Conflict("这条待办已经完成，不能删除。完成是误点的，请先撤销完成再删除。")
    run = task.run
    if run is not None and run.state == PlaybookRun.State.RUNNING:
        raise Conflict(
            f"这是跟进计划“{run.playbook.name}”的一步，不能单独删除。做过了请标为完成；"
            "整个计划不走了，请在客户页的“跟进计划”里停止它。",
            code="step_of_plan",
        )


def put_back(actor: Person, now: datetime, kept: dict[str, str]) -> Task:
    """Make a deleted task again as it was; whoever does it holds its customer."""
    columns = [one for one in Task._meta.concrete_fields if one.attname in kept]
    task = Task(**{one.attname: one.to_python(kept[one.attname]) for one in columns})
    task.version += 1
    try:
        with transaction.atomic():
            task.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这条待办已经恢复了，或者那一天又排了同样的一条。") from None
    if task.customer_id and task.kind == Task.FOLLOW_UP:
        refresh_dates([task.customer_id], held=True)
    tell(actor, now, "task.restored", task)
    return task


def _kept(task: Task) -> dict[str, str]:
    """All of a task that has a value, as text."""
    return {
        one.attname: one.value_to_string(task)
        for one in Task._meta.concrete_fields
        if one.value_from_object(task) not in (None, "")
    }


def _close(actor: Person, now: datetime, task: Task) -> None:
    task.done_at, task.done_by, task.remind_at = now, actor, None
    follow(actor, now, task)
    _save_state(task)


def reopen_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Take a completion back, and with it the next task of the series if nobody touched it."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.done_at is not None:
            reopen(actor, now, task)
    return task


def reopen(actor: Person, now: datetime, task: Task) -> None:
    """Open a task again that is done; whoever has it holds its customer."""
    task.done_at, task.done_by = None, None
    task.remind_at = moments.following(task, now=now, morning=_morning())
    tell(actor, now, "task.reopened", task)
    follower = recurring.take_back(task)
    if follower is not None:
        tell(actor, now, "task.dropped", follower)
    _save_state(task)


def follow(actor: Person, now: datetime, task: Task) -> None:
    """Make the next task of a series one of which was just closed."""
    made = recurring.follow(task, now=now, morning=_morning()) if task.repeat else None
    if made is not None:
        tell(actor, now, "task.added", made)


def _morning() -> time:
    """Return when to remind of what has no time of its own."""
    return cadence.standing().care.remind_at


def finish(
    *, actor: Person, now: datetime, plans: QuerySet[Task], verb: str | None = None
) -> list[int]:
    """Close open plans, each told by `verb`, or all by the caller's own event; their ids."""
    closed = list(plans.select_for_update(of=("self",)).order_by("pk"))
    ids = [task.pk for task in closed]
    Task.objects.filter(pk__in=ids).update(
        done_at=now, done_by=actor, remind_at=None, version=F("version") + 1
    )
    if verb != "task.dropped":
        for task in closed:
            follow(actor, now, task)
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


def make(
    actor: Person,
    now: datetime,
    *,
    customer: Customer | None,
    follow_up: FollowUp | None = None,
    kind: str = Task.TODO,
    assignee: Person | None = None,
    assignee_id: int | None = None,
    by_rule: Suggestion | None = None,
    **fields: Any,
) -> Task:
    """Add a task, within what the caller does and tells of.

    `by_rule` is the word of the rule it follows.
    """
    task = Task(  # by ids: to set the records themselves takes longer than to insert the row
        kind=kind,
        customer_id=customer.pk if customer else None,
        follow_up_id=follow_up.pk if follow_up else None,
        assignee_id=(assignee or actor).pk,
        created_by_id=actor.pk,
        created_at=now,
    )
    if assignee_id is not None:
        fields["assignee_id"] = assignee_id
    fields.setdefault("due_on", None)
    if follow_up is not None and clock.day_of(now) > (fields["due_on"] or date.max):
        raise Invalid("due_on", "这个日期已经过去，请选今天或以后。")
    _fill_task(actor, task, fields)
    _check_task(task)
    if task.kind == Task.FOLLOW_UP and not task.way:
        task.way = ways.suggested((), task.title)
    if by_rule is not None:
        _say_why(task, by_rule)
    task.remind_at = moments.following(
        task, now=now, morning=_morning(), by_another=task.assignee_id != actor.pk
    )
    if task.repeat:
        task.pk = reserve(Task, 1)[0]
        recurring.settle(task, changed={"repeat"})
    insert(task)
    return task


def _say_why(task: Task, by_rule: Suggestion) -> None:
    """Keep which rule a plan follows, and why its day: the rule's, or somebody's own."""
    task.rule, task.way = by_rule.rule, by_rule.way or task.way
    task.why = by_rule.why
    if by_rule.rule is not None and by_rule.on != task.due_on:
        moved = said(task.due_on, clock.day_of(task.created_at))
        task.why = f"{by_rule.why.removesuffix('。')}，改约到{moved}。"[-LONGEST:]


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
    if "way" in fields:
        way = fields["way"] or ""
        if way not in ("", task.way, *choices.WAY.values):
            raise Invalid("way", "没有这种方式，请重新选择。")
        task.way = way
    choosing.choose(task, fields)
    if fields.get("assignee_id") is not None:
        working = people_visible_to(actor).filter(is_active=True, is_service=False)
        person = working.filter(pk=fields["assignee_id"]).first()
        if person is None:
            raise Invalid("assignee_id", "没有找到这位在职同事，请重新选择。")
        task.assignee = person


def _save_state(task: Task) -> None:
    task.version += 1
    task.save(update_fields=["done_at", "done_by", "remind_at", "version"])
    if task.customer_id and task.kind == Task.FOLLOW_UP:
        refresh_dates([task.customer_id])


def _told(task: Task) -> dict[str, str]:
    """What may change of a task, as the trail keeps it."""
    names = ("title", "materials", "due_on", "due_time", "assignee", "way", *_REPEATING)
    told = {name: str(getattr(task, name) or "") for name in names}
    return told | {"remind_before": "" if task.remind_before is None else str(task.remind_before)}


def _task(actor: Person, task_id: int) -> Task:
    require_log(actor)
    found = queries.tasks_visible_to(actor).filter(pk=task_id)
    # Somebody may be logging a talk that closes it.
    hold_customers(found.values_list("customer_id", flat=True))
    task = found.select_for_update(of=("self",)).first()
    if task is None:
        raise NotFound("没有找到这条待办，可能已被删除。")
    return task
