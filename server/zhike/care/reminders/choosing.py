"""What people choose of a task's reminder and of how it repeats."""

from __future__ import annotations

from typing import Any

from zhike.base.errors import Invalid
from zhike.care.models import Task
from zhike.care.models.tasks import REPEATS
from zhike.care.reminders import moments, recurring


def choose(task: Task, fields: dict[str, Any]) -> None:
    """Take over when somebody wants to be reminded of a task, and how it repeats; raise Invalid."""
    if "remind_before" in fields:
        minutes: int | None = fields["remind_before"]
        if minutes is not None and not 0 <= minutes <= moments.MOST_BEFORE:
            raise Invalid("remind_before", "提前提醒的时间要在 0 分钟到 30 天之间。")
        task.remind_before = minutes
    if "repeat" in fields:
        task.repeat = fields["repeat"] or ""
        if task.repeat not in ("", *dict(REPEATS)):
            raise Invalid("repeat", "请选择每天、每个工作日、每周、每月、每季度或每年。")
    if fields.get("repeat_every") is not None:
        task.repeat_every = fields["repeat_every"]
        if not 1 <= task.repeat_every <= recurring.MOST_EVERY:
            raise Invalid("repeat_every", f"重复的间隔要在 1 到 {recurring.MOST_EVERY} 之间。")
    if "repeat_until" in fields:
        task.repeat_until = fields["repeat_until"]
    if task.repeat and task.repeat_until is not None and task.repeat_until < task.due_on:
        raise Invalid("repeat_until", "重复的截止日期不能早于待办的日期。")
