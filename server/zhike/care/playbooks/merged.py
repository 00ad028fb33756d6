"""What a merge does with plans under way: one of a kind goes on, an undo takes up the others (R19).

Runs change hands with their tasks. Where the same plan runs with both customers, that of the
survivor goes on: nobody wants to go through its steps twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from zhike.access.models import Person
from zhike.care.cadence.rules import standing
from zhike.care.dates import refresh_dates
from zhike.care.models import PlaybookRun, Task
from zhike.care.playbooks.actions import RUNNING, STOPPED, stop_runs
from zhike.care.reminders.moments import following

WHY = "客户合并了，同一个计划只留一份"


def doubled(survivor: int, absorbed: Sequence[int]) -> list[int]:
    """Return the runs of the absorbed whose plan runs already with who takes them in."""
    found = PlaybookRun.objects.filter(customer__in=[survivor, *absorbed], state=RUNNING)
    place = {pk: number for number, pk in enumerate((survivor, *absorbed))}
    runs = sorted(found.values_list("pk", "customer", "playbook"), key=lambda one: place[one[1]])
    kept: set[int] = set()
    again = []
    for pk, customer, playbook in runs:
        if playbook in kept and customer != survivor:
            again.append(pk)
        kept.add(playbook)
    return again


def stop_doubled(
    *, actor: Person | None, now: datetime, survivor: int, absorbed: Iterable[int]
) -> None:
    """Stop the runs that stayed behind in a merge; called when all others have changed hands."""
    stayed = PlaybookRun.objects.filter(customer__in=list(absorbed), state=RUNNING)
    runs = list(stayed.select_related("playbook").order_by("pk"))
    if runs:
        stop_runs(actor, now, runs, WHY)
        refresh_dates([survivor])


def take_up_doubled(*, now: datetime, customer: int) -> None:
    """Let go on what a merge stopped, now that it is undone; part of the undo."""
    stopped = PlaybookRun.objects.filter(customer=customer, state=STOPPED, why=WHY)
    runs = list(stopped.select_for_update().order_by("pk"))
    morning = standing().care.remind_at
    for run in runs:
        dropped = Task.objects.filter(run=run, done_at=run.ended_at).order_by("pk")
        for task in dropped.select_for_update():
            task.done_at, task.done_by = None, None
            task.remind_at = following(task, now=now, morning=morning)
            task.version += 1
            task.save(update_fields=["done_at", "done_by", "remind_at", "version"])
        run.state, run.why, run.ended_at = RUNNING, "", None
        run.save(update_fields=["state", "why", "ended_at"])
    if runs:
        refresh_dates([customer])
