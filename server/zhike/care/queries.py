"""Reading follow-ups, tasks and care entries; the start page of a person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from zhike.access.models import Person
from zhike.access.queries import reached_by
from zhike.access.rights import Level
from zhike.base import clock, paging
from zhike.base.errors import Invalid
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers import custom, trash
from zhike.customers import queries as customers
from zhike.customers.finding import masked_phone
from zhike.fields import choices, registry, values
from zhike.fields.groups import level_of

TASK_COLUMNS = (
    *("id", "version", "kind", "title", "materials", "due_on", "due_time", "done_at"),
    *("customer_id", "customer__name", "customer__is_key", "customer__code"),
    *("first__id", "first__name", "first__mobile", "first__landline"),
    *("assignee_id", "assignee__name"),
)
REMINDING = (
    *("way", "why", "remind_before", "remind_at"),
    *("repeat", "repeat_every", "repeat_until", "series"),
    "follow_up_id",  # what it was promised in
)


def follow_ups_visible_to(actor: Person) -> QuerySet[FollowUp]:
    """Return the follow-ups `actor` may read."""
    found = FollowUp.objects.filter(deleted_at__isnull=True)
    return customers.records_visible_to(actor, found, "follow_up", "author")


def trashed_follow_ups_visible_to(actor: Person) -> QuerySet[FollowUp]:
    """Return the deleted follow-ups `actor` may read."""
    oldest = clock.now() - timedelta(days=customers.TRASH_DAYS)
    found = FollowUp.objects.filter(deleted_at__gte=oldest)
    if not actor.may("log"):
        return found.none()
    return customers.records_visible_to(actor, found, "follow_up", "author")


def deleted_follow_ups(actor: Person, at: datetime | None, limit: int) -> list[dict[str, Any]]:
    """Return the follow-ups in the trash that `actor` may restore."""
    found = trashed_follow_ups_visible_to(actor)
    rows = trash.newest(found, at, limit, "content", "customer_id", "customer__name")
    return [
        {
            "id": pk,
            "name": content[:80],
            "customer": {"id": customer_id, "name": customer},
            "deleted_at": when,
            "deleted_by": trash.by(who, called),
        }
        for pk, when, who, called, content, customer_id, customer in rows
    ]


def follow_ups_with_files(
    actor: Person, customer_id: int, ids: Collection[int], *, to_change: bool
) -> set[int]:
    """Return which follow-ups of a customer `actor` may read, or correct: see `_require_own`."""
    possible = [pk for pk in ids if 0 < pk < 2**63]
    found = follow_ups_visible_to(actor).filter(customer_id=customer_id, pk__in=possible)
    if to_change and not actor.may("log"):
        return set()
    if to_change and not actor.may("delete"):
        found = found.filter(Q(author=actor) | Q(customer__owner=actor))
    return set(found.values_list("pk", flat=True))


def tasks_visible_to(actor: Person) -> QuerySet[Task]:
    """Return the tasks `actor` has or made, and those of the people and customers in reach."""
    found = Task.objects.filter(Q(customer=None) | Q(customer__deleted_at__isnull=True))
    if not actor.is_active:
        return found.none()
    reach = actor.scope("task").reach
    if reach == "all":
        return found
    theirs = Q(assignee=actor) | Q(created_by=actor)
    reached = reached_by(actor, reach)
    return found.filter(theirs | Q(assignee__in=reached) | Q(customer__owner__in=reached))


def care_entries_visible_to(actor: Person) -> QuerySet[CareEntry]:
    """Return the care entries `actor` may read."""
    found = CareEntry.objects.filter(deleted_at__isnull=True)
    return customers.records_visible_to(actor, found, "care", "author")


def tell_follow_ups(ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """Return what the time line shows of follow-ups; the caller knows the customer is visible."""
    manager = FollowUp._default_manager
    rows = manager.filter(pk__in=ids, deleted_at=None).select_related("contact", "author")
    promised = _promised_in(ids)
    return {row.pk: _told_follow_up(row, promised[row.pk]) for row in rows}


def _promised_in(ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return, by follow-up, the next contact and the to-dos people promised in it (R23).

    What a rule planned is no part of the talk.
    """
    found = Task._default_manager.filter(follow_up__in=ids, rule=None)
    promised = defaultdict(list)
    columns = ("follow_up_id", "kind", "title", "due_on", "due_time", "done_at", "assignee__name")
    for row in found.order_by("kind", "due_on", "pk").values(*columns):
        promised[row["follow_up_id"]].append(
            {
                "kind": row["kind"],
                "title": row["title"],
                "on": row["due_on"].isoformat(),
                "time": row["due_time"] and row["due_time"].strftime("%H:%M"),
                "who": row["assignee__name"],
                "is_closed": row["done_at"] is not None,
            }
        )
    return promised


def _told_follow_up(row: FollowUp, promised: list[dict[str, Any]]) -> dict[str, Any]:
    detail = {
        "way": row.way,
        "contact": row.contact.name if row.contact else "",
        "contact_id": row.contact_id,
        "customer_feedback": row.customer_feedback,
        "solution": row.solution,
        "response": row.response,
        "objection": row.objection,
        "result": row.result,
        "author": row.author.name if row.author else row.author_name,
        "contacted_at": row.contacted_at.isoformat() if row.contacted_at else None,
        "contacted_on": row.contacted_on.isoformat() if row.contacted_on else None,
        "is_late": row.is_late,
        "version": row.version,
        "custom": custom.masked_values("follow_up", row),
        "promised": promised,
    }
    return {"title": choices.WAY.label(row.way), "body": row.content, "detail": detail}


def shown_follow_up(actor: Person, row: FollowUp) -> dict[str, Any]:
    """Return a follow-up as the answer to who has just written it."""
    return {
        "id": row.pk,
        "version": row.version,
        "customer_id": row.customer_id,
        "contacted_on": row.contacted_on,
        "way": row.way,
        "content": row.content,
        "is_late": row.is_late,
        "custom": custom.shown(actor, "follow_up", row),
    }


def shown_next(plan: Task | None) -> dict[str, Any] | None:
    """Return the plan of the next follow-up as the answer to who has just made it."""
    if plan is None:
        return None
    return {
        "task_id": plan.pk,
        "on": plan.due_on,
        "time": plan.due_time,
        "matter": plan.title,
        "way": plan.way,
        "why": plan.why,
        "by_rule": plan.rule_id is not None,
    }


def tell_care_entries(ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """Return what the time line shows of care entries."""
    manager = CareEntry._default_manager
    rows = manager.filter(pk__in=ids, deleted_at=None).select_related("author")
    return {
        row.pk: {
            "title": choices.CARE_WAY.label(row.way),
            "body": row.result,
            "detail": {
                "way": row.way,
                "feedback": row.feedback,
                "cost": row.cost,
                "author": row.author.name if row.author else row.author_name,
            },
        }
        for row in rows
    }


def tell_tasks(ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """Return what the time line shows of tasks that were done."""
    manager = Task._default_manager
    return {
        row.pk: {"title": row.get_kind_display(), "body": row.title, "detail": {}}
        for row in manager.filter(pk__in=ids, done_at__isnull=False)
    }


def count_open_tasks(person_id: int) -> int:
    """Count the open tasks of a person; for who closes the account."""
    return Task._default_manager.filter(assignee_id=person_id, done_at=None).count()


def described_tasks(actor: Person, found: QuerySet[Task]) -> list[dict[str, Any]]:
    """Return tasks as the front end shows them, in one query; `found` is already narrowed.

    A task given to somebody who may not see its customer tells which customer it is, but not
    whom to call there. Of a customer of the pool the contact is masked.
    """
    everything = actor.scope("customer").reach == "all"
    afar = actor if everything else customers.from_afar(actor)
    told = found.annotate(first=customers.primary_contact("customer__"), in_sight=_in_sight(actor))
    rows = told.values_list(*TASK_COLUMNS, *REMINDING, "customer__owner_id", "in_sight")
    return [_described(actor if owner else afar, row, seen=seen) for *row, owner, seen in rows]


def promised(tasks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return which of some described tasks were promised in a follow-up.

    What a rule planned was promised to nobody.
    """
    return [
        one for one in tasks if one["kind"] == Task.TODO and one["follow_up_id"] and not one["why"]
    ]


def saved_task(actor: Person, task: Task) -> dict[str, Any]:
    """Return a task as the answer to who has just saved it; also whether who has it sees whom."""
    described = described_tasks(actor, tasks_visible_to(actor).filter(pk=task.pk))
    shown = described[0] if described else _passed_on(actor, task)
    if task.customer_id is not None and task.assignee_id != actor.pk and task.assignee:
        seen = customers.visible_to(task.assignee)
        shown["assignee_sees"] = seen.filter(pk=task.customer_id).exists()
    return shown


def _passed_on(actor: Person, task: Task) -> dict[str, Any]:
    """Return a task the actor has just given away, so that it is none of theirs any more."""
    about, whose = task.customer, task.assignee
    customer = (about.pk, about.name, about.is_key, about.code) if about else (None, "", False, "")
    row = (
        *(task.pk, task.version, task.kind, task.title, task.materials),
        *(task.due_on, task.due_time, task.done_at, *customer, None, "", None, None),
        *(whose.pk if whose else None, whose.name if whose else ""),
        *(getattr(task, name) for name in REMINDING),
    )
    return _described(actor, row, seen=False)


def _in_sight(actor: Person) -> Case | Value:
    """Whether `actor` may see the customer of a task."""
    condition = customers.within(actor, actor.scope("customer"), "customer__")
    if condition is None:
        return Value(True)
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _described(actor: Person, row: Sequence[Any], *, seen: bool) -> dict[str, Any]:
    (pk, version, kind, title, materials, due_on, due_time, done_at) = row[:8]
    (customer_id, name, is_key, code) = row[8:12]
    (contact_id, contact, mobile, landline) = row[12:16] if seen else (None, "", None, None)
    customer = {
        "id": customer_id,
        "name": name,
        "code": code,
        "is_key": is_key,
        "in_sight": seen,
        "contact_id": contact_id if actor.level("contact") else None,
        "contact_name": customers.contact_name(actor, contact or ""),
        "phone": masked_phone(actor, contact_id, mobile, landline),
    }
    return {
        "id": pk,
        "version": version,
        "kind": kind,
        "title": title,
        "materials": materials,
        "due_on": due_on,
        "due_time": due_time,
        "done_at": done_at,
        "customer": customer if customer_id else None,
        "assignee": {"id": row[16], "name": row[17]} if row[16] else None,
        **dict(zip(REMINDING, row[18:], strict=True)),
    }


SCOPES = ("today", "overdue", "coming", "open", "done", "team")


def tasks_page(
    actor: Person,
    *,
    scope: str,
    today: date,
    customer_id: int | None,
    cursor: str | None,
    limit: int,
    assignee_id: int | None = None,
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of the actor's tasks, or of one customer's, by due day; the done ones by id.

    Of scope `team` are the open ones of everybody the actor leads, their own among them; of an
    assignee those of theirs the actor may see.
    """
    if scope not in SCOPES:
        raise Invalid("scope", "只能查看今天、超期、将来、未完成、已完成或团队的待办。")
    found = _whose(actor, customer_id, assignee_id, of_team=scope == "team")
    if scope == "done":
        found = found.filter(done_at__isnull=False).order_by("-id")
        if cursor:
            found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    else:
        days = {
            "today": Q(due_on=today),
            "overdue": Q(due_on__lt=today),
            "coming": Q(due_on__gt=today),
            "open": Q(),
            "team": Q(),
        }
        found = found.filter(days[scope], done_at__isnull=True).order_by("due_on", "id")
        if cursor:
            day, last = paging.unpack(cursor, date, int)
            found = found.filter(
                Q(due_on__gte=day) & (Q(due_on__gt=day) | Q(due_on=day, pk__gt=last))
            )
    items = described_tasks(actor, found[: limit + 1])
    if len(items) <= limit:
        return items, None
    end = items[limit - 1]
    position = (end["id"],) if scope == "done" else (end["due_on"], end["id"])
    return items[:limit], paging.pack(*position)


def _whose(
    actor: Person, customer_id: int | None, assignee_id: int | None, *, of_team: bool
) -> QuerySet[Task]:
    """The visible tasks of a customer, of the team or of a colleague; else the actor's own."""
    found = tasks_visible_to(actor)
    if customer_id is not None:
        found = found.filter(customer_id=customer_id)
    elif of_team:
        reach = actor.scope("task").reach
        if reach != "all":
            found = found.filter(assignee__in=reached_by(actor, reach))
    elif assignee_id is None:
        found = found.filter(assignee=actor)
    return found if assignee_id is None else found.filter(assignee=assignee_id)


_AUDITED: dict[str, type[FollowUp] | type[Task]] = {"follow_up": FollowUp, "task": Task}


def in_words(actor: Person, kind: str, field: str, value: Any) -> tuple[str, Any] | None:
    """Return (label, value) of a field as the audit tells it to who may read all of its kind."""
    if actor.scope(kind).reach != "all":
        return None
    defined = registry.definition(kind, field)
    if defined is not None:
        if level_of(actor, kind, field) == Level.HIDDEN:
            return None
        return defined.label, values.text(defined, value)
    if field == "contact":
        return "联系人", customers.contact_name(actor, str(value or ""))
    columns: dict[str, Any] = {column.name: column for column in _AUDITED[kind]._meta.fields}
    column = columns.get(field)
    if column is None:
        return field, value
    shown = choices.WAY.label(value) if field == "way" and value else value
    return str(column.verbose_name), dict(column.flatchoices).get(shown, shown)
