"""What kinds of jobs there are, and what is done before each."""

from __future__ import annotations

from collections.abc import Callable


class Registered:
    """The work of a kind, what to do when it failed for good, and what it is called."""

    def __init__(
        self,
        work: Callable[..., None],
        gave_up: Callable[..., None] | None,
        label: str,
        quick: bool,
    ) -> None:
        self.work = work
        self.gave_up = gave_up
        self.label = label
        self.quick = quick


known: dict[str, Registered] = {}


def job(
    kind: str,
    *,
    label: str = "",
    gave_up: Callable[..., None] | None = None,
    quick: bool = False,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register `f(run, **args)` as the work of a kind; people know it by its Chinese label.

    `gave_up(error, now, **args)` runs in the transaction that marks the job as failed for good.
    Work that is `quick`, of seconds, does not wait while a worker is busy with something long.
    """

    def register(work: Callable[..., None]) -> Callable[..., None]:
        known[kind] = Registered(work, gave_up, label, quick)
        return work

    return register


def quick() -> list[str]:
    """Return the kinds that do not wait behind long work."""
    return [kind for kind, of in known.items() if of.quick]


before: list[Callable[[], object]] = []


def before_work(prepare: Callable[[], object]) -> None:
    """Have `prepare` called before each job: a worker lives long, and settings change."""
    before.append(prepare)
