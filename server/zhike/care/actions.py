"""What is done with follow-ups: contacts with a customer, and what they lead to."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.base import clock, text
from zhike.base.errors import Forbidden, Invalid, NotFound, Stale
from zhike.base.identity import reserve
from zhike.base.prepared import insert
from zhike.care import promises, queries
from zhike.care.cadence import course as courses
from zhike.care.cadence import late
from zhike.care.cadence.course import Course
from zhike.care.cadence.rules import standing
from zhike.care.dates import FIRST_YEAR, hold_customers, refresh_dates
from zhike.care.models import FollowUp, Task
from zhike.customers import custom
from zhike.customers.attachments import delete_of as delete_files_of
from zhike.customers.entry import label_of
from zhike.customers.models import Contact, Customer
from zhike.customers.ways import require_log, require_way
from zhike.fields import choices, values
from zhike.fields.groups import require_edit
from zhike.trail.actions import record, redate

FOLLOW_UP_TEXTS = ("content", "customer_feedback", "solution", "objection", "result")
_SEEN_TO = ("contacted_at", "way", "content")  # asked for by name, or the present moment


class Logged(NamedTuple):
    """A follow-up and the plan of the next one, if any was made with it."""

    follow_up: FollowUp
    plan: Task | None


def log_follow_up(
    *,
    actor: Person,
    now: datetime,
    customer_id: int,
    following: dict[str, Any] | None = None,
    todos: Iterable[dict[str, Any]] = (),
    agreed: bool = False,
    by_rule: bool = True,
    **fields: Any,
) -> Logged:
    """Log a contact with a customer, plan the next one and note what was promised.

    What was planned for the customer until that day is done by it; with `following` (`on`, `time`,
    `matter`, `materials`, `by_rule`) every open plan of the actor gives way to the new one. Without
    it the next one is planned by rule, where the rules say so and `by_rule` lets them (R26). Beyond
    the limit of the month (R27) it raises `TooOften` unless that was `agreed`.
    """
    require_edit(actor, "follow_up", custom.given(fields))
    with transaction.atomic():
        customer = courses.hold(actor, customer_id)
        clean, own = _clean_new(actor, customer, fields, now)
        day: date = clean["contacted_on"]
        contact = clean.get("contact")
        today = clock.day_of(now)
        course = courses.course_of(actor, customer, today=today, since=day, contact=contact)
        agreement = course.require_room(day, agreed=agreed, to_log=True)
        follow_up = FollowUp(
            customer=customer,
            author_id=actor.pk,
            author_name=actor.name,
            recorded_at=now,
            is_late=_is_late(now, fields, clean),
            **clean,
        )
        if own:  # sealed values are bound to the number
            follow_up.pk = reserve(FollowUp, 1)[0]
            custom.put("follow_up", follow_up, own)
        insert(follow_up)
        course.took_place(day)
        leaving = course.done_by(day, replaced=following is not None)
        closed = promises.close_plans(actor=actor, now=now, plans=leaving)
        plan, added, given = _promised(course, follow_up, now, following, todos, leaving)
        if plan is not None:
            agreement |= course.require_room(plan.due_on, agreed=agreed, leaving=leaving)
            course.takes_room(plan.due_on)
        moved = None
        if by_rule and course.plans_itself:
            by_rules = _by_rule(course, follow_up, now, leaving, plan)
            plan, moved = plan or by_rules.next, by_rules.moved
            added += by_rules.added
        refresh_dates([customer.pk], held=True)
        record(
            "follow_up.logged",
            actor=actor,
            now=now,
            on=follow_up.contacted_on,
            customer_id=customer.pk,
            record=("follow_up", follow_up.pk),
            data={
                "tasks_done": closed,
                **({"tasks_due": due} if (due := course.due_among(closed)) else {}),
                "tasks_added": added,
                **({"tasks_moved": [moved]} if moved else {}),
                **({"tasks_given": given} if given else {}),
                **({"steps_done": steps} if (steps := course.steps_in(closed)) else {}),
                **agreement,
            },
        )
    return Logged(follow_up, plan)


def _promised(
    course: Course,
    follow_up: FollowUp,
    now: datetime,
    following: dict[str, Any] | None,
    todos: Iterable[dict[str, Any]],
    leaving: set[int],
) -> tuple[Task | None, list[int], list[int]]:
    """Add what somebody said comes of a follow-up: the plan of the next, and the tasks.

    Returns the plan, and the ids of all that were added and of those a colleague is to do.
    """
    by: dict[str, Any] = {"actor": course.actor, "now": now, "follow_up": follow_up}
    suggested = None
    if following is not None and following.get("by_rule"):
        suggested = course.suggest(after=follow_up.contacted_on, leaving=leaving)
        following = {"on": suggested.on, "time": suggested.at, "matter": suggested.matter} | {
            name: value for name, value in following.items() if value
        }
    added = promises.promise(**by, following=following, todos=todos, suggested=suggested)
    plan = added[0] if following is not None else None
    given = [task.pk for task in added if task.assignee_id != course.actor.pk]
    return plan, [task.pk for task in added], given


class _ByRule(NamedTuple):
    """What the rules made of a follow-up: the next one, the tasks that are new, the one moved."""

    next: Task | None
    added: list[int]
    moved: int | None


def _by_rule(
    course: Course, follow_up: FollowUp, now: datetime, leaving: set[int], plan: Task | None
) -> _ByRule:
    """Plan what the rules ask for after a follow-up, unless it is planned."""
    day = follow_up.contacted_on or course.today
    moving = None if plan else course.begins_anew(day, leaving)
    gone = leaving | ({moving.id} if moving else set())
    stands = plan or any(one.id not in gone for one in course.contacts.follow_ups())
    following, added, moved = None, [], None
    for kind, found in course.by_rule(day, gone, stands):
        by: dict[str, Any] = {"actor": course.actor, "now": now, "follow_up": follow_up}
        if kind == Task.FOLLOW_UP and moving is not None:
            following = promises.move_by_rule(**by, suggested=found, task_id=moving.id)
            moved = following.pk if following else None
            continue
        task = promises.plan_by_rule(**by, suggested=found, kind=kind)
        added.append(task.pk)
        following = task if kind == Task.FOLLOW_UP else following
    return _ByRule(following, added, moved)


def _is_late(recorded_at: datetime, fields: dict[str, Any], clean: dict[str, Any]) -> bool:
    """Tell whether a talk is written down late; where only its day is known, by that day's end."""
    moment: datetime = clean["contacted_at"]
    if fields.get("contacted_at") is None and fields.get("contacted_on") is not None:
        moment = clock.midnight(clean["contacted_on"] + timedelta(days=1))
    return late.is_late(recorded_at, moment, standing().care.late_hours)


def change_follow_up(
    *, actor: Person, now: datetime, follow_up_id: int, version: int, **fields: Any
) -> FollowUp:
    """Correct a follow-up; what it said before stays in the trail."""
    require_edit(actor, "follow_up", custom.given(fields, empty=True))
    with transaction.atomic():
        follow_up = writable(actor, follow_up_id)
        if follow_up.version != version:
            raise Stale("这条跟进刚被别人改过，请核对后再保存。")
        clean = _clean_follow_up(follow_up.customer, fields, now, follow_up)
        told = {
            name: [_written(getattr(follow_up, name)), _written(value)]
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
        if "contacted_on" in clean and follow_up.import_id is None:
            follow_up.is_late = _is_late(follow_up.recorded_at, fields, clean)
        if "content" in clean and not follow_up.content:
            raise Invalid("content", "跟进内容不能为空。")
        if "way" in clean and not follow_up.way:
            raise Invalid("way", "请选择跟进方式，例如电话或拜访。")
        follow_up.version += 1
        follow_up.save()
        refresh_dates([follow_up.customer_id], held=True)
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


def _written(value: Any) -> str:
    """How the trail keeps a value of a follow-up; of a contact the name."""
    return value.name if isinstance(value, Contact) else str(value or "")


def delete_follow_up(*, actor: Person, now: datetime, follow_up_id: int) -> None:
    """Delete a follow-up; the customer's dates fall back to what remains."""
    with transaction.atomic():
        put_away(actor, now, writable(actor, follow_up_id))


def put_away(actor: Person, now: datetime, follow_up: FollowUp, **data: Any) -> None:
    """Delete a follow-up that is held with its customer."""
    follow_up.deleted_at, follow_up.deleted_by = now, actor
    follow_up.save(update_fields=["deleted_at", "deleted_by"])
    refresh_dates([follow_up.customer_id], held=True)
    record(
        "follow_up.deleted",
        actor=actor,
        now=now,
        customer_id=follow_up.customer_id,
        record=("follow_up", follow_up.pk),
        data=data,
    )


def restore_follow_up(*, actor: Person, now: datetime, follow_up_id: int) -> FollowUp:
    """Bring a deleted follow-up back; doing it twice is refused as not found."""
    with transaction.atomic():
        found = queries.trashed_follow_ups_visible_to(actor)
        follow_up = _held(actor, found, follow_up_id, "没有找到这条删除的跟进。")
        follow_up.deleted_at, follow_up.deleted_by = None, None
        follow_up.save(update_fields=["deleted_at", "deleted_by"])
        refresh_dates([follow_up.customer_id], held=True)
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


def _clean_new(
    actor: Person, customer: Customer, fields: dict[str, Any], now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the checked fields of a new follow-up, and its own fields."""
    clean = _clean_follow_up(customer, fields, now)
    if not clean.get("way"):
        raise Invalid("way", "请选择跟进方式，例如电话或拜访。")
    if not clean.get("content"):
        raise Invalid("content", "请写下跟进内容，一句话也可以。")
    own = _own_fields(customer, fields, actor=actor)
    clean.setdefault("contacted_on", clock.day_of(now))
    clean.setdefault("contacted_at", now)
    return clean, own


def _clean_follow_up(
    customer: Customer, fields: dict[str, Any], now: datetime, held: FollowUp | None = None
) -> dict[str, Any]:
    clean = _clean_moment(fields, now)
    same_day = held is not None and clean.get("contacted_on") == held.contacted_on
    if same_day and not fields.get("contacted_at"):
        clean = {}  # said again: its hour stays
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
            label = label_of("follow_up", name)
            clean[name] = text.entered(name, label, fields[name], most=values.LONG, multiline=True)
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


def writable(actor: Person, follow_up_id: int) -> FollowUp:
    """Return a follow-up the actor may correct, held with its customer until it is done."""
    found = queries.follow_ups_visible_to(actor)
    return _held(actor, found, follow_up_id, "没有找到这条跟进，可能已被删除。")


def _held(actor: Person, found: QuerySet[FollowUp], follow_up_id: int, lost: str) -> FollowUp:
    at = found.filter(pk=follow_up_id).values_list("customer_id", flat=True).first()
    hold_customers([at])
    held = found.select_related("customer").select_for_update(of=("self",))
    follow_up = held.filter(pk=follow_up_id, customer=at).first()
    if follow_up is None:
        raise NotFound(lost)
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
