"""What is done in caring for customers: follow-ups, tasks, care entries."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Min

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base import clock, text
from zhike.base.errors import Forbidden, Invalid, NotFound, Stale
from zhike.base.identity import reserve
from zhike.care import queries
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers import custom
from zhike.customers.actions import follow_up_dates, hold
from zhike.customers.attachments import delete_of as delete_files_of
from zhike.customers.entry import label_of
from zhike.customers.models import Customer
from zhike.customers.ways import loggable, require_log, require_way
from zhike.fields import choices
from zhike.fields.groups import require_edit
from zhike.trail.actions import changes, record, redate

FOLLOW_UP_TEXTS = ("content", "customer_feedback", "solution", "objection", "result")
LONGEST = 20_000
_SEEN_TO = ("contacted_at", "way", "content")  # asked for by name, or the present moment
FIRST_YEAR, LAST_YEAR = 1990, 2200  # beyond them somebody mistyped


def log_follow_up(
    *,
    actor: Person,
    now: datetime,
    customer_id: int,
    following: dict[str, Any] | None = None,
    todos: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> FollowUp:
    """Log a contact with a customer, plan the next one and note what was promised.

    What was planned for the customer until that day is done by it; with `following` (`on`, `time`,
    `matter`, `materials`) every open plan of the actor gives way to the new one.
    """
    require_edit(actor, "follow_up", custom.given(fields))
    customer = loggable(actor, customer_id)
    clean = _clean_follow_up(customer, fields, now)
    if not clean.get("way"):
        raise Invalid("way", "请选择跟进方式，例如电话或拜访。")
    if not clean.get("content"):
        raise Invalid("content", "请写下跟进内容，一句话也可以。")
    own = _own_fields(customer, fields, actor=actor)
    clean.setdefault("contacted_on", clock.day_of(now))
    clean.setdefault("contacted_at", now)
    with transaction.atomic():
        follow_up = FollowUp(
            id=reserve(FollowUp, 1)[0],
            customer=customer,
            author=actor,
            author_name=actor.name,
            recorded_at=now,
            **clean,
        )
        custom.put("follow_up", follow_up, own)
        follow_up.save(force_insert=True)
        closed = _close_plans(actor, now, follow_up, replaced=following is not None)
        added = []
        if following is not None:
            added.append(_plan(actor, now, customer, follow_up, following))
        for place, todo in enumerate(todos):
            with _at(f"todos.{place}"):
                for_it: dict[str, Any] = {"customer": customer, "follow_up": follow_up}
                added.append(_add_task(actor, now, kind=Task.TODO, **for_it, **todo))
        refresh_dates(customer.pk)
        record(
            "follow_up.logged",
            actor=actor,
            now=now,
            on=follow_up.contacted_on,
            customer_id=customer.pk,
            record=("follow_up", follow_up.pk),
            data={"tasks_done": closed, "tasks_added": [task.pk for task in added]},
        )
    return follow_up


def change_follow_up(
    *, actor: Person, now: datetime, follow_up_id: int, version: int, **fields: Any
) -> FollowUp:
    """Correct a follow-up; what it said before stays in the trail."""
    require_edit(actor, "follow_up", custom.given(fields, empty=True))
    with transaction.atomic():
        follow_up = _follow_up(actor, follow_up_id)
        if follow_up.version != version:
            raise Stale("这条跟进刚被别人改过，请核对后再保存。")
        clean = _clean_follow_up(follow_up.customer, fields, now, follow_up)
        told = {
            name: [str(getattr(follow_up, name) or ""), str(value or "")]
            for name, value in clean.items()
            if getattr(follow_up, name) != value
        }
        own = _own_fields(follow_up.customer, fields, held=follow_up)
        told |= custom.differences("follow_up", follow_up, own)
        if not told:
            return follow_up
        for name, value in clean.items():
            setattr(follow_up, name, value)
        custom.put("follow_up", follow_up, own)
        if "content" in clean and not follow_up.content:
            raise Invalid("content", "跟进内容不能为空。")
        if "way" in clean and not follow_up.way:
            raise Invalid("way", "请选择跟进方式，例如电话或拜访。")
        follow_up.version += 1
        follow_up.save()
        refresh_dates(follow_up.customer_id)
        if follow_up.contacted_on and "contacted_on" in told:
            of = ("follow_up", follow_up.pk)
            redate("follow_up.logged", of, on=follow_up.contacted_on, actor=actor, now=now)
        record(
            "follow_up.changed",
            actor=actor,
            now=now,
            customer_id=follow_up.customer_id,
            record=("follow_up", follow_up.pk),
            data={"changes": told},
        )
    return follow_up


def delete_follow_up(*, actor: Person, now: datetime, follow_up_id: int) -> None:
    """Delete a follow-up; the customer's dates fall back to what remains."""
    with transaction.atomic():
        follow_up = _follow_up(actor, follow_up_id)
        follow_up.deleted_at, follow_up.deleted_by = now, actor
        follow_up.save(update_fields=["deleted_at", "deleted_by"])
        refresh_dates(follow_up.customer_id)
        record(
            "follow_up.deleted",
            actor=actor,
            now=now,
            customer_id=follow_up.customer_id,
            record=("follow_up", follow_up.pk),
        )


def restore_follow_up(*, actor: Person, now: datetime, follow_up_id: int) -> FollowUp:
    """Bring a deleted follow-up back; doing it twice is refused as not found."""
    with transaction.atomic():
        found = queries.trashed_follow_ups_visible_to(actor).select_for_update(of=("self",))
        follow_up = found.filter(pk=follow_up_id).first()
        if follow_up is None:
            raise NotFound("没有找到这条删除的跟进。")
        _require_own(actor, follow_up)
        follow_up.deleted_at, follow_up.deleted_by = None, None
        follow_up.save(update_fields=["deleted_at", "deleted_by"])
        refresh_dates(follow_up.customer_id)
        record(
            "follow_up.restored",
            actor=actor,
            now=now,
            customer_id=follow_up.customer_id,
            record=("follow_up", follow_up.pk),
        )
    return follow_up


def delete_follow_ups_for_good(before: datetime, most: int) -> int:
    """Delete at most so many of the follow-ups deleted before an instant; returns how many."""
    found = FollowUp.objects.filter(deleted_at__lt=before).order_by("id")[:most]
    ids = list(found.values_list("pk", flat=True))
    delete_files_of("follow_up", ids)
    FollowUp.objects.filter(pk__in=ids).delete()
    return len(ids)


def add_task(*, actor: Person, now: datetime, customer_id: int | None, **fields: Any) -> Task:
    """Add something to do, for oneself or a colleague, with or without a customer."""
    require_log(actor)
    customer = loggable(actor, customer_id) if customer_id is not None else None
    with transaction.atomic():
        task = _add_task(actor, now, customer=customer, **fields)
        if customer and task.kind == Task.FOLLOW_UP:
            refresh_dates(customer.pk)
        _tell(actor, now, "task.added", task)
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
            refresh_dates(task.customer_id)
        _tell(actor, now, "task.changed", task, changes=changes(before, _told(task)))
    return task


def complete_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Mark a task as done; doing it twice changes nothing."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.done_at is None:
            task.done_at, task.done_by = now, actor
            _save_state(task)
            _tell(actor, now, "task.done", task)
    return task


def reopen_task(*, actor: Person, now: datetime, task_id: int) -> Task:
    """Take a completion back."""
    with transaction.atomic():
        task = _task(actor, task_id)
        if task.done_at is not None:
            task.done_at, task.done_by = None, None
            _save_state(task)
            _tell(actor, now, "task.reopened", task)
    return task


def pass_on_own_tasks(*, giver: int, taker: int | None) -> int:
    """Give the open tasks of a leaver that are about no customer to the successor."""
    open_ones = Task.objects.filter(customer=None, done_at=None, assignee_id=giver)
    return open_ones.update(assignee_id=taker, version=F("version") + 1)


def pass_on_tasks(*, customer_id: int, giver: int | None, taker: int | None) -> None:
    """Give the open tasks one person has for a customer to another; part of a hand-over."""
    open_ones = Task.objects.filter(customer_id=customer_id, done_at=None, assignee_id=giver)
    open_ones.update(assignee_id=taker, version=F("version") + 1)


def log_care(*, actor: Person, now: datetime, customer_id: int, **fields: Any) -> CareEntry:
    """Log an act of care: a greeting, a gift, an invitation, and what came of it."""
    customer = loggable(actor, customer_id)
    way = fields.get("way") or ""
    if way not in choices.CARE_WAY.values:
        raise Invalid("way", "请选择维护方式，例如节日问候。")
    on = fields.get("on") or clock.day_of(now)
    if on > clock.day_of(now):
        raise Invalid("on", "维护时间不能在将来，请核对日期。")
    if on.year < FIRST_YEAR:
        raise Invalid("on", "维护时间的年份不对，请核对。")
    cost = fields.get("cost")
    if cost is not None and not 0 <= cost <= 10**12:
        raise Invalid("cost", "费用要填不小于 0 的金额。")
    with transaction.atomic():
        entry = CareEntry.objects.create(
            customer=customer,
            on=on,
            way=way,
            result=_words("result", "维护结果", fields.get("result")),
            feedback=_words("feedback", "客户反馈", fields.get("feedback")),
            cost=cost,
            author=actor,
            author_name=actor.name,
            recorded_at=now,
        )
        record(
            "care.logged",
            actor=actor,
            now=now,
            on=on,
            customer_id=customer.pk,
            record=("care", entry.pk),
        )
    return entry


def refresh_dates(customer_id: int) -> None:
    """Bring the customer's last and next follow-up days in line with its records (R24).

    Waits for whoever else is writing records of the customer, to count theirs too.
    """
    hold(customer_id=customer_id)
    followed = FollowUp.objects.filter(customer_id=customer_id, deleted_at=None)
    planned = Task.objects.filter(customer_id=customer_id, kind=Task.FOLLOW_UP, done_at=None)
    follow_up_dates(
        customer_id=customer_id,
        last=followed.aggregate(day=Max("contacted_on"))["day"],
        following=planned.aggregate(day=Min("due_on"))["day"],
    )


def _clean_follow_up(
    customer: Customer, fields: dict[str, Any], now: datetime, held: FollowUp | None = None
) -> dict[str, Any]:
    clean = _clean_moment(fields, now)
    for name, dictionary in (("way", choices.WAY), ("response", choices.RESPONSE)):
        if name in fields:
            value = fields[name] or ""
            is_held = held is not None and value == getattr(held, name)
            if value and not is_held and value not in dictionary.values:
                told = f"{label_of('follow_up', name)}没有这个选项，请从列表中选择。"
                raise Invalid(name, told)
            clean[name] = value
    for name in FOLLOW_UP_TEXTS:
        if name in fields:
            clean[name] = _words(name, label_of("follow_up", name), fields[name])
    if fields.get("contact_id") is not None:
        contact = customer.contacts.filter(pk=fields["contact_id"], deleted_at=None).first()
        if contact is None:
            raise Invalid("contact_id", "这位联系人不属于该客户，请重新选择。")
        clean["contact"] = contact
    elif "contact_id" in fields:
        clean["contact"] = None
    return clean


def _own_fields(
    customer: Customer,
    fields: dict[str, Any],
    *,
    actor: Person | None = None,
    held: FollowUp | None = None,
) -> dict[str, Any]:
    """Return the checked own fields of a follow-up; of a new one, `actor`'s, all that is needed."""
    errors: list[tuple[str, str]] = []
    given, had = fields.get("custom"), {}
    if held is None:
        given = custom.defaults("follow_up", customer.kind, own=True) | (given or {})
    else:
        had = custom.opened("follow_up", held)
    own = custom.clean("follow_up", given, errors, kind=customer.kind, held=had)
    wrong = {name for name, _ in errors}
    for field in custom.required("follow_up", customer.kind, actor) if actor else []:
        value = fields.get(field.key) if field.builtin else own.get(field.key)
        if value in (None, "", []) and field.key not in wrong and field.key not in _SEEN_TO:
            errors.append((field.key, f"请填写{field.label}。"))
    if errors:
        raise Invalid(errors)
    return own


def _clean_moment(fields: dict[str, Any], now: datetime) -> dict[str, Any]:
    """When the contact took place; a time without a zone is the wall clock in Shanghai."""
    moment: datetime | None = fields.get("contacted_at")
    field = "contacted_at" if moment else "contacted_on"
    stated: date | None = moment.date() if moment else fields.get("contacted_on")
    if stated is None:
        return {}
    today = clock.day_of(now)
    # Before any change of zone: at the ends of the calendar that would overflow.
    if not FIRST_YEAR <= stated.year <= today.year + 1:
        raise Invalid(field, "跟进时间的年份不对，请核对。")
    if moment:
        moment = moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)
        day = clock.day_of(moment)
    else:
        day = stated
        moment = now if day == today else clock.midnight(day)
    if day > today:
        raise Invalid(field, "跟进时间在将来。如果是计划，请填到“下次跟进”。")
    return {"contacted_at": moment, "contacted_on": day}


def _words(field: str, label: str, value: str | None) -> str:
    words = text.tidy(value or "", multiline=True)
    if len(words) > LONGEST:
        raise Invalid(field, f"{label}最多 {LONGEST} 个字，现在有 {len(words)} 个，请精简。")
    return words


def _close_plans(actor: Person, now: datetime, follow_up: FollowUp, *, replaced: bool) -> list[int]:
    customer = follow_up.customer
    plans = Task.objects.filter(customer=customer, kind=Task.FOLLOW_UP, done_at=None)
    if not replaced:  # a talk of last week, noted today, does not do what was planned since
        plans = plans.filter(due_on__lte=follow_up.contacted_on)
    closed: list[int] = []
    for task in plans.filter(assignee__in=[actor.pk, customer.owner_id or actor.pk]):
        task.done_at, task.done_by = now, actor
        task.version += 1
        task.save(update_fields=["done_at", "done_by", "version"])
        closed.append(task.pk)
    return closed


def _plan(
    actor: Person, now: datetime, customer: Customer, follow_up: FollowUp, plan: dict[str, Any]
) -> Task:
    with _at("next", due_on="on", due_time="time", title="matter"):
        return _add_task(
            actor,
            now,
            customer=customer,
            follow_up=follow_up,
            kind=Task.FOLLOW_UP,
            title=plan.get("matter") or "",
            materials=plan.get("materials") or "",
            due_on=plan.get("on"),
            due_time=plan.get("time"),
        )


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
            words = text.tidy(fields[name] or "")
            if len(words) > 200:
                raise Invalid(name, f"{label}最多 200 个字，请精简。")
            setattr(task, name, words)
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
        refresh_dates(task.customer_id)


def _told(task: Task) -> dict[str, str]:
    """What may change of a task, as the trail keeps it."""
    names = ("title", "materials", "due_on", "due_time", "assignee")
    return {name: str(getattr(task, name) or "") for name in names}


def _tell(actor: Person, now: datetime, verb: str, task: Task, **data: Any) -> None:
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=task.customer_id,
        record=("task", task.pk),
        data={"title": task.title, "due_on": str(task.due_on), **data},
    )


def _follow_up(actor: Person, follow_up_id: int) -> FollowUp:
    found = queries.follow_ups_visible_to(actor).select_related("customer")
    follow_up = found.select_for_update(of=("self",)).filter(pk=follow_up_id).first()
    if follow_up is None:
        raise NotFound("没有找到这条跟进，可能已被删除。")
    _require_own(actor, follow_up)
    return follow_up


def _require_own(actor: Person, follow_up: FollowUp) -> None:
    """A record is corrected by who wrote it, who has the customer, or who may delete."""
    require_log(actor)
    require_way(actor, follow_up.customer)
    if actor.pk not in (follow_up.author_id, follow_up.customer.owner_id) and not actor.may(
        "delete"
    ):
        raise Forbidden("这条跟进是同事写的，只有本人、负责人或主管可以修改。")


def _task(actor: Person, task_id: int) -> Task:
    require_log(actor)
    found = queries.tasks_visible_to(actor).select_for_update(of=("self",))
    task = found.filter(pk=task_id).first()
    if task is None:
        raise NotFound("没有找到这条待办，可能已被删除。")
    return task
