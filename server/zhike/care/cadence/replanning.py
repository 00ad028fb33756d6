"""Plans anew by other rules: what would change for whom, and doing it (R26).

Only what a rule planned is moved; what somebody arranged stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet, Sum

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.base.jobs import Run
from zhike.care.cadence import dates, editing, guard, moving, rules
from zhike.care.cadence.convenience import read
from zhike.care.cadence.dates import Case, Suggestion
from zhike.care.cadence.rules import Standing
from zhike.care.cadence.shipped import SHELF_KEYS
from zhike.care.dates import hold_customers, refresh_dates
from zhike.care.models import CadenceRule, Task
from zhike.customers import queries
from zhike.customers.models import Purchase
from zhike.fields.groups import require_configure
from zhike.trail.bulk import record_many

PIECE = 500
MOST = 20_000  # plans a preview looks at
SAMPLE = 20


class Move(NamedTuple):
    """A plan that a rule would put on another day, or under another rule."""

    task: int
    customer: int
    name: str
    before: date
    suggested: Suggestion

    @property
    def on(self) -> date:
        """The day it goes to."""
        return self.suggested.on or self.before


class Preview(NamedTuple):
    """What rules would change: how many plans, how many not, and the first of them.

    `left` are those that no rule fits any more: they stay as planned.
    """

    changed: int
    unchanged: int
    left: int
    partial: bool
    sample: list[Move]


def preview(
    *,
    actor: Person,
    today: date,
    shelf: str | None,
    drafts: Sequence[Mapping[str, Any]] | None,
) -> Preview:
    """Tell what a set, or its rules as drafted, would change for whom; writes nothing.

    A fixed number of statements, however many plans there are; beyond `MOST` it is `partial`.
    """
    require_configure(actor)
    standing = _drafted(shelf, drafts)
    found = _plans(standing).filter(customer__in=queries.visible_to(actor))
    rows = list(found.order_by("due_on", "id")[: MOST + 1])
    bought = _bought(standing, found.values("customer_id"), today)
    contacts = guard.contacts_of_planned(today)
    looked = list(_fitted(standing, rows[:MOST], today, bought))
    moves = _moves(standing, looked, today, contacts)
    moved = [one for one in moves if one.on != one.before]
    left = sum(one.rule is None for one in looked)
    unchanged = len(looked) - len(moved) - left
    return Preview(len(moved), unchanged, left, len(rows) > MOST, moved[:SAMPLE])


def _drafted(shelf: str | None, drafts: Sequence[Mapping[str, Any]] | None) -> Standing:
    care = rules.present()
    if shelf is not None and shelf not in SHELF_KEYS:
        raise Invalid("shelf", "没有这套跟进频率，请重新选择。")
    if drafts is None:
        return Standing(care, tuple(rules.of_shelf(shelf or care.shelf, only_on=True)))
    found = []
    for place, said in enumerate(drafts):
        given = dict(said)
        rule = CadenceRule(pk=given.pop("id", None), shelf=shelf or care.shelf, position=place)
        try:
            editing.apply(rule, given)
        except Invalid as wrong:
            told = [(f"rules.{place}.{name}", words) for name, words in wrong.errors]
            raise Invalid(told) from wrong
        found.append(rule)
    return Standing(care, tuple(one for one in found if one.is_on))


def replan(run: Run, actor_id: int) -> None:
    """Move every plan a rule made to where the present rules put it, piece by piece."""
    registered = rules.standing()
    open_ones = _plans(registered)
    total = run.total or open_ones.count()
    while True:
        with run.step():
            later = open_ones.filter(pk__gt=run.checkpoint or 0).order_by("id")
            rows = list(later[:PIECE])
            if not rows:
                break
            _move(registered, rows, actor_id, run.now)
            run.checkpoint = rows[-1]["id"]
            run.progress(run.done + len(rows), total)


def _move(
    standing: Standing, rows: Sequence[Mapping[str, Any]], actor_id: int, now: datetime
) -> None:
    today = clock.day_of(now)
    ids = list({row["customer_id"] for row in rows})
    contacts = guard.contacts_of_many(ids, today)
    bought = _bought(standing, ids, today)
    looked = _fitted(standing, rows, today, bought)
    moves = {one.task: one for one in _moves(standing, looked, today, contacts)}
    # Somebody may be logging a talk with one of them.
    hold_customers(one.customer for one in moves.values())
    # Read again behind the lock: whoever was faster has arranged something else.
    held = Task.objects.select_for_update(of=("self",)).select_related("rule")
    held = held.filter(pk__in=moves, done_at=None)
    tasks = [
        task
        for task in held.order_by("pk")
        if task.rule_id is not None and task.due_on == moves[task.pk].before
    ]
    events = []
    for task in tasks:
        events.append(_event(task, moves[task.pk], actor_id, now))
        moving.put(task, moves[task.pk].suggested, now)
    Task.objects.bulk_update(tasks, moving.COLUMNS)
    refresh_dates([task.customer_id for task in tasks if task.customer_id], held=True)
    record_many(events)


def _event(task: Task, move: Move, actor_id: int, now: datetime) -> dict[str, Any]:
    changed = {"due_on": [task.due_on.isoformat(), move.on.isoformat()]}
    return {
        "at": now,
        "on": clock.day_of(now),
        "verb": "task.replanned",
        "actor": actor_id,
        "customer_id": task.customer_id,
        "record_type": "task",
        "record_id": task.pk,
        "data": {"title": task.title, "due_on": move.on.isoformat(), "changes": changed},
    }


def _plans(standing: Standing) -> QuerySet[Any]:
    """Open plans made by a rule, with what one has to know of their customers."""
    first = FilteredRelation(
        "customer__contacts",
        condition=Q(
            customer__contacts__is_primary=True, customer__contacts__deleted_at__isnull=True
        ),
    )
    found = Task.objects.filter(done_at=None, rule__isnull=False, customer__deleted_at=None)
    found = found.filter(customer__life="active").annotate(first=first)
    rows: QuerySet[Any] = found.values(
        *_OF_TASK, *(f"customer__{name}" for name in standing.columns)
    )
    return rows


_OF_TASK = (
    *("id", "kind", "due_on", "rule_id", "rule__track", "customer_id"),
    *("first__convenient_time", "first__convenient_way"),
)


class _Plan(NamedTuple):
    """A plan made by a rule, its customer, and the rule that fits now; None: none does."""

    row: Mapping[str, Any]
    customer: Mapping[str, Any]
    rule: CadenceRule | None


def _fitted(
    standing: Standing, rows: Iterable[Mapping[str, Any]], today: date, bought: Mapping[int, int]
) -> Iterator[_Plan]:
    for row in rows:
        customer = {name: row[f"customer__{name}"] for name in standing.columns}
        facts = rules.facts_of(customer, today, bought.get(row["customer_id"], 0))
        yield _Plan(row, customer, standing.fitting(facts, row["rule__track"]))


def _moves(
    standing: Standing,
    plans: Iterable[_Plan],
    today: date,
    contacts: Mapping[int, guard.Contacts],
) -> Iterator[Move]:
    """What becomes of plans; each that moves takes its room in the month it goes to."""
    for row, customer, rule in plans:
        if rule is None:
            continue
        case = Case(
            clock.day_of(customer["created_at"]),
            customer["last_follow_up_on"],
            read(row["first__convenient_time"] or ""),
            row["first__convenient_way"] or "",
        )
        if row["due_on"] < today and dates.due_on(rule, case) <= today:
            continue  # overdue it stays: nobody is let off by a change of rules
        every = contacts.get(row["customer_id"], guard.Contacts())
        found = dates.by_rule(rule, case, today=today, room=_room(standing, customer, every, row))
        if found.on != row["due_on"] or rule.pk != row["rule_id"]:
            move = Move(row["id"], row["customer_id"], customer["name"], row["due_on"], found)
            every.plans = [
                one._replace(on=move.on) if one.id == move.task else one for one in every.plans
            ]
            yield move


def _room(
    standing: Standing,
    customer: Mapping[str, Any],
    contacts: guard.Contacts,
    row: Mapping[str, Any],
) -> Any:
    leaving = (row["id"],)
    return lambda day: guard.room(standing.care, customer["tier"], contacts, day, leaving)


def _bought(standing: Standing, customer_ids: Any, today: date) -> dict[int, int]:
    """What customers bought within the year in fen, where a rule asks."""
    if not standing.asks_for_purchases:
        return {}
    within = Purchase.objects.filter(customer__in=customer_ids, deleted_at=None)
    within = within.filter(bought_on__gt=today - timedelta(days=365), bought_on__lte=today)
    each = within.order_by().values("customer_id").annotate(sum=Sum("amount"))
    return {one["customer_id"]: one["sum"] or 0 for one in each}
