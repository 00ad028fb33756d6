"""Several workers of one installation: all on the roll, a reminder told by one of them."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any

from tests.site.installation import running

SCRIPT = """
from datetime import timedelta
from zhike.access.models import Person
from zhike.base import clock
from zhike.care.models import Task
who, now = Person.objects.get(), clock.now()
for number in range(20):
    Task.objects.create(kind="todo", title=f"第{number}件", due_on=clock.day_of(now), assignee=who,
        created_by=who, created_at=now, remind_at=now + timedelta(seconds=1))
"""


def test_three_workers_tell_each_reminder_once() -> None:
    with running(ZHIKE_WORKERS="3") as house:
        done = house.zhike("django", "shell", "-c", SCRIPT)
        assert done.returncode == 0, done.stderr
        deadline = time.monotonic() + 100
        while len(told := _rows(house.data, "SELECT key FROM zhike_notice")) < 20:
            assert time.monotonic() < deadline, (len(told), _rows(house.data, _JOBS))
            time.sleep(0.5)
        workers = _rows(house.data, "SELECT name FROM zhike_worker")
        assert len(set(workers)) == 3
        time.sleep(1)
        assert len(_rows(house.data, "SELECT key FROM zhike_notice")) == 20


_JOBS = "SELECT kind, state, error FROM zhike_job"


def _rows(data: Any, sql: str) -> list[str]:
    with sqlite3.connect(f"file:{data}/zhike.sqlite3?mode=ro", uri=True, timeout=20) as database:
        return [json.dumps(row) for row in database.execute(sql)]
