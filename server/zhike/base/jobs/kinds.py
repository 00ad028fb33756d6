"""What kinds of jobs there are, and what is done before each."""

from __future__ import annotations

from collections.abc import Callable


class Registered:
    """The work of a kind, and what to do when it failed for good."""

    def __init__(self, work: Callable[..., None], gave_up: Callable[..., None] | None) -> None:
        self.work = work
        self.gave_up = gave_up


known: dict[str, Registered] = {}


def job(
    kind: str, *, gave_up: Callable[..., None] | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register `f(run, **args)` as the work of a kind.

    `gave_up(error, now, **args)` runs in the transaction that marks the job as failed for good.
    """

    def register(work: Callable[..., None]) -> Callable[..., None]:
        known[kind] = Registered(work, gave_up)
        return work

    return register


before: list[Callable[[], object]] = []


def before_work(prepare: Callable[[], object]) -> None:
    """Have `prepare` called before each job: a worker lives long, and settings change."""
    before.append(prepare)
