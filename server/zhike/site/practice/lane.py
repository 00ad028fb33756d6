"""Working off what people set going in the practice workspace, and reminding them there.

A thread of each worker, apart from the others: it works in the practice workspace only, and of the
kinds of work only on those named here. Nothing of them leaves the house; a message that was to be
sent is no such kind, and the workspace has no channel it could go by.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, connections

from zhike.base import clock, practice
from zhike.base.jobs import plan_days, plan_slots
from zhike.base.jobs.worker import claim, perform
from zhike.care.key_dates import refreshing
from zhike.care.reminders.sweep import REMIND_ANEW
from zhike.customers import doubles, handing_over, standing
from zhike.site.practice import making

KINDS = frozenset(
    {handing_over.JOB, standing.JOB, doubles.JOB}
    | {refreshing.AFTER_MANY, refreshing.EVERYBODY, REMIND_ANEW}
    | {"care.remind", "care.remind_missing", "care.remind_days", "care.key_dates_move_on"}
    | {"care.pool_sweep", "customers.settle", "customers.look_again", "jobs.tidy"}
)
_PAUSE, _AFTER_TROUBLE = 2.0, 10.0  # seconds
_LOOK_EVERY = 5  # rounds, for recurring work
_log = logging.getLogger("zhike.jobs")


def work_off(now: datetime, *, stop: threading.Event | None = None, planning: bool = True) -> int:
    """Do what is due in the workspace that stands; how many pieces of work."""
    number = making.standing()
    if not number:
        return 0
    count = 0
    with practice.entered(number):
        if planning:
            plan_slots(now, KINDS)
            plan_days(now, KINDS)
        while not (stop is not None and stop.is_set()):
            run = claim(now, fixed=None if stop else now, stop=stop, only=sorted(KINDS))
            if run is None:
                break
            perform(run)  # with no heartbeat: a thread of its own would be in the real data
            count += 1
    return count


def run(stop: threading.Event) -> None:
    """Work until told to stop. When it breaks, the worker ends with it."""
    rounds = 0
    try:
        while not stop.wait(_PAUSE):
            try:
                work_off(clock.now(), stop=stop, planning=rounds % _LOOK_EVERY == 0)
            except DatabaseError as error:
                _log.error("practice: database error %s", type(error).__name__)
                practice.close()
                connections.close_all()
                stop.wait(_AFTER_TROUBLE)
            rounds += 1
    finally:
        stop.set()
        practice.close()
        connections.close_all()
