"""A plan that a rule made, put on another day."""

from __future__ import annotations

from datetime import datetime

from zhike.care.cadence.dates import Suggestion
from zhike.care.cadence.rules import standing
from zhike.care.models import Task
from zhike.care.reminders import moments

# The columns a move may change.
COLUMNS = ("due_on", "due_time", "title", "rule", "why", "way", "remind_at", "version")


def put(task: Task, found: Suggestion, now: datetime) -> None:
    """Put a task, read with its rule, where a rule wants it now; the caller saves `COLUMNS`.

    What somebody wrote over the matter of the rule stays.
    """
    if found.matter and (task.rule is None or task.title in ("", task.rule.matter)):
        task.title = found.matter
    if found.on is not None:
        task.due_on = found.on
    task.due_time = found.at or task.due_time
    task.rule, task.why, task.way = found.rule, found.why, found.way or task.way
    task.remind_at = moments.following(task, now=now, morning=standing().care.remind_at)
    task.version += 1
