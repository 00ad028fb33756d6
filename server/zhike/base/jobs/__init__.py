"""Jobs: work on the same database, so that its effect and its receipt commit together.

A worker holds a job by a lease that a heartbeat renews. If the worker dies, the lease ends and
another takes over with a higher fence. `Run.step()` checks the fence inside the transaction of the
effect: a worker that lost its job cannot commit, so nothing is lost and nothing happens twice.
A job that works in several steps resumes from `run.done` or `run.checkpoint`.

What is to happen every day is registered by `daily`, every few minutes by `every`; whichever worker
first sees that its time has come queues it. Workers show themselves in a roll (`roll`).
"""

from zhike.base.jobs import tidying as _tidying  # noqa: F401  registers its daily work
from zhike.base.jobs.days import Planned, daily, plan_days
from zhike.base.jobs.kinds import before_work, job
from zhike.base.jobs.queue import enqueue
from zhike.base.jobs.running import Interrupted, Run, Stolen
from zhike.base.jobs.slots import Slotted, every, plan_slots
from zhike.base.jobs.worker import plan, run_due, run_worker

__all__ = [
    "Interrupted",
    "Planned",
    "Run",
    "Slotted",
    "Stolen",
    "before_work",
    "daily",
    "enqueue",
    "every",
    "job",
    "plan",
    "plan_days",
    "plan_slots",
    "run_due",
    "run_worker",
]
