"""Reading playbooks and their runs (R29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhike.access.models import Person
from zhike.base.errors import NotFound
from zhike.care.models import Playbook, PlaybookRun, Task
from zhike.customers import queries as customers

LABELS = {"name": "计划名称", "goal": "目标", "is_shared": "大家可用", "steps": "步骤"}
MOST_RUNS = 50


def may_share(actor: Person) -> bool:
    """Whether a person writes plans for everybody: who leads people, or looks after the system."""
    return actor.may("hand_over") or actor.may("configure")


def playbooks_visible_to(actor: Person) -> QuerySet[Playbook]:
    """Return the plans `actor` may start: everybody's and their own."""
    found = Playbook.objects.filter(archived_at=None)
    if not actor.is_active:
        return found.none()
    return found.filter(Q(is_shared=True) | Q(owner=actor))


def runs_visible_to(actor: Person) -> QuerySet[PlaybookRun]:
    """Return the runs with the customers `actor` may read, where the role reaches their tasks."""
    found = PlaybookRun.objects.all()
    return customers.records_visible_to(actor, found, "task", "person")


def steps_visible_to(actor: Person, runs: Sequence[PlaybookRun]) -> QuerySet[Task]:
    """Return the tasks of runs that `actor` was shown."""
    found = Task.objects.filter(run__in=[one.pk for one in runs])
    return found.order_by("step", "pk") if actor.is_active else found.none()


def one(actor: Person, playbook_id: int, *, locked: bool = False) -> Playbook:
    """Return a plan or raise NotFound."""
    found = playbooks_visible_to(actor).filter(pk=playbook_id)
    playbook = (found.select_for_update() if locked else found).first()
    if playbook is None:
        raise NotFound("没有找到这个跟进计划，可能已停用。")
    return playbook


def playbooks(actor: Person) -> list[dict[str, Any]]:
    """Return the plans, with how often each runs now."""
    found = playbooks_visible_to(actor).select_related("owner").order_by("-is_shared", "pk")
    rows = list(found)
    running = _running(actor, rows)
    return [_shown(actor, one, running) for one in rows]


def shown(actor: Person, playbook: Playbook) -> dict[str, Any]:
    """Return a plan as the API shows it."""
    return _shown(actor, playbook, _running(actor, [playbook]))


def _running(actor: Person, rows: Sequence[Playbook]) -> dict[int, int]:
    """With how many customers in sight of `actor` each plan runs now, by its id."""
    found = runs_visible_to(actor).filter(playbook__in=rows, state=PlaybookRun.State.RUNNING)
    counts = found.order_by().values("playbook").annotate(count=Count("pk"))
    return dict(counts.values_list("playbook", "count"))


def _shown(actor: Person, playbook: Playbook, running: Mapping[int, int]) -> dict[str, Any]:
    return {
        "id": playbook.pk,
        "version": playbook.version,
        "name": playbook.name,
        "goal": playbook.goal,
        "steps": playbook.steps,
        "is_shared": playbook.is_shared,
        "owner": _ref(playbook.owner),
        "running": running.get(playbook.pk, 0),
        "can_edit": actor.may("log") and (may_share(actor) or not playbook.is_shared),
    }


def runs_of(actor: Person, customer_id: int) -> list[dict[str, Any]]:
    """Return the runs with a customer, the last first."""
    customer = customers.one(actor, customer_id)
    found = runs_visible_to(actor).filter(customer=customer).order_by("-pk")
    runs = list(found.select_related("playbook", "person")[:MOST_RUNS])
    return shown_runs(actor, runs)


def shown_runs(actor: Person, runs: Sequence[PlaybookRun]) -> list[dict[str, Any]]:
    """Return runs as the API shows them, with the state of every step."""
    of_run: dict[int, dict[int, Task]] = defaultdict(dict)
    for task in steps_visible_to(actor, runs):
        of_run[task.run_id or 0][task.step or 0] = task
    return [_run(one, of_run[one.pk]) for one in runs]


def _run(run: PlaybookRun, tasks: dict[int, Task]) -> dict[str, Any]:
    dropped_at = run.ended_at if run.state == PlaybookRun.State.STOPPED else None
    steps = [
        {**step, **_state(tasks.get(place), dropped_at)} for place, step in enumerate(run.steps)
    ]
    return {
        "id": run.pk,
        "playbook": {"id": run.playbook_id, "name": run.playbook.name},
        "goal": run.playbook.goal,
        "state": run.state,
        "why": run.why,
        "started_on": run.started_on,
        "ended_at": run.ended_at,
        "person": _ref(run.person),
        "done": sum(step["done_at"] is not None for step in steps),
        "total": len(steps),
        "steps": steps,
    }


def _state(task: Task | None, dropped_at: datetime | None) -> dict[str, Any]:
    """How a step stands; one that was closed by stopping the run was not done."""
    if task is None:
        return {"task_id": None, "due_on": None, "done_at": None}
    done_at = task.done_at if task.done_at != dropped_at else None
    return {"task_id": task.pk, "due_on": task.due_on, "done_at": done_at}


def _ref(person: Person | None) -> dict[str, Any] | None:
    return {"id": person.pk, "name": person.name} if person else None


def in_words(_actor: Person, field: str, value: Any) -> tuple[str, Any]:
    """Tell the audit of a field of a plan."""
    if field == "is_shared":
        return LABELS[field], "是" if value else "否"
    return LABELS.get(field, field), value
