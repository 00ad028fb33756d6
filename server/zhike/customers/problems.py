"""What may go wrong with a customer, why, and what is done about it (R15)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, paging, text
from zhike.base.errors import Invalid, Stale
from zhike.customers import queries
from zhike.customers.models import Problem
from zhike.customers.ways import locked, locked_one
from zhike.fields import choices
from zhike.fields.groups import require_edit_of
from zhike.trail.actions import record

GROUP = "notes"
LONGEST = 20_000
_LABELS = {
    "description": "问题描述",
    "cause": "原因分析",
    "solution": "解决方案",
    "state": "状态",
}


def page(
    actor: Person, customer_id: int, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of a customer's problems, the newest first."""
    customer = queries.one(actor, customer_id)
    found = queries.problems_visible_to(actor).filter(customer=customer)
    if cursor:
        found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    rows = list(found.select_related("recorded_by").order_by("-id")[: limit + 1])
    changes = actor.edits(GROUP) and queries.access_to(actor, customer) in queries.CHANGEABLE
    items = [shown(one, may_edit=changes) for one in rows[:limit]]
    return items, paging.pack(rows[limit - 1].pk) if len(rows) > limit else None


def shown(one: Problem, *, may_edit: bool) -> dict[str, Any]:
    """Return a problem as its readers see it."""
    return {
        "id": one.pk,
        "version": one.version,
        "customer_id": one.customer_id,
        "description": one.description,
        "cause": one.cause,
        "solution": one.solution,
        "state": one.state,
        "recorded_by": {"id": one.recorded_by.pk, "name": one.recorded_by.name}
        if one.recorded_by
        else None,
        "recorded_at": one.recorded_at,
        "solved_on": one.solved_on,
        "may_edit": may_edit,
    }


def add_problem(*, actor: Person, now: datetime, customer_id: int, **fields: Any) -> Problem:
    """Note what may go wrong with a customer."""
    require_edit_of(actor, GROUP)
    clean = _clean(fields)
    if not clean.get("description"):
        raise Invalid("description", "请写下是什么问题，一句话也可以。")
    clean.setdefault("state", "open")
    with transaction.atomic():
        customer = locked(actor, customer_id)
        problem = Problem(customer=customer, recorded_by=actor, recorded_at=now, **clean)
        _date(problem, now)
        problem.save()
        _record("problem.added", actor, now, problem)
    return problem


def change_problem(
    *, actor: Person, now: datetime, problem_id: int, version: int, **fields: Any
) -> Problem:
    """Change a problem, as seen at `version`; one that is solved gets the day."""
    require_edit_of(actor, GROUP)
    clean = _clean(fields)
    if clean.get("description") == "":
        raise Invalid("description", "问题描述不能为空。")
    with transaction.atomic():
        problem = _locked(actor, problem_id)
        if problem.version != version:
            raise Stale("这个问题刚被别人改过，请核对后再保存。")
        told = {
            name: [getattr(problem, name), value]
            for name, value in clean.items()
            if getattr(problem, name) != value
        }
        if not told:
            return problem
        for name, value in clean.items():
            setattr(problem, name, value)
        _date(problem, now)
        problem.version += 1
        problem.save()
        _record("problem.changed", actor, now, problem, changes=told)
    return problem


def delete_problem(*, actor: Person, now: datetime, problem_id: int) -> None:
    """Put a problem into the trash."""
    require_edit_of(actor, GROUP)
    with transaction.atomic():
        problem = _locked(actor, problem_id)
        problem.deleted_at, problem.deleted_by = now, actor
        problem.save(update_fields=["deleted_at", "deleted_by"])
        _record("problem.deleted", actor, now, problem)


def restore_problem(*, actor: Person, now: datetime, problem_id: int) -> Problem:
    """Bring a problem back from the trash; a second time it is not found."""
    with transaction.atomic():
        trashed = queries.removed_visible_to(actor, Problem, GROUP)
        problem: Problem = locked_one(actor, trashed, problem_id, "回收站里没有这个问题。")
        problem.deleted_at, problem.deleted_by = None, None
        problem.save(update_fields=["deleted_at", "deleted_by"])
        _record("problem.restored", actor, now, problem)
    return problem


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    errors: list[tuple[str, str]] = []
    clean: dict[str, Any] = {}
    for name in ("description", "cause", "solution"):
        if name in fields:
            clean[name] = text.tidy(fields[name] or "", multiline=True)
            if len(clean[name]) > LONGEST:
                errors.append((name, f"{_LABELS[name]}最多 {LONGEST} 个字，请精简。"))
    if "state" in fields:
        clean["state"] = fields["state"]
        if fields["state"] not in choices.PROBLEM_STATE.values:
            errors.append(("state", "状态没有这个选项，请从列表中选择。"))
    if errors:
        raise Invalid(errors)
    return clean


def _date(problem: Problem, now: datetime) -> None:
    if problem.state != "solved":
        problem.solved_on = None
    elif problem.solved_on is None:
        problem.solved_on = clock.day_of(now)


def _locked(actor: Person, problem_id: int) -> Problem:
    found = queries.problems_visible_to(actor)
    lost = "没有找到这个问题，可能已被删除。"
    problem: Problem = locked_one(actor, found, problem_id, lost)
    return problem


def _record(verb: str, actor: Person, now: datetime, problem: Problem, **data: Any) -> None:
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=problem.customer_id,
        record=("problem", problem.pk),
        data={"name": problem.description[:80], **data},
    )


def tell(ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """Return what the time line shows of problems; the caller knows the customer is visible."""
    rows = Problem._default_manager.filter(pk__in=ids, deleted_at=None)
    return {
        row.pk: {
            "title": f"潜在问题（{choices.PROBLEM_STATE.label(row.state)}）",
            "body": row.description,
            "detail": {"cause": row.cause, "solution": row.solution, "state": row.state},
        }
        for row in rows
    }


def in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a problem to who may read it."""
    if not actor.reads(GROUP):
        return None
    if field == "state" and value:
        value = choices.PROBLEM_STATE.label(value)
    return _LABELS.get(field, field), value
