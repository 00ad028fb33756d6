"""The work of the trail behind the scenes."""

from __future__ import annotations

from datetime import time

from zhike.base.jobs import Run, daily, job
from zhike.trail import verification


@daily("audit.verify", at=time(2, 30))
def verify(run: Run) -> None:
    """Look every night whether the chain is whole; once a week through all of it."""
    verification.examine(now=run.now)


@job("audit.verify_whole")
def verify_whole(run: Run) -> None:
    """Look through all of it, because somebody asked."""
    verification.examine(now=run.now, whole=True)
