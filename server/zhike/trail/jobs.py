"""The work of the trail behind the scenes."""

from __future__ import annotations

from datetime import time, timedelta

from zhike.base.jobs import Run, daily, every, job
from zhike.trail import verification
from zhike.trail.channels import delivering
from zhike.trail.notices import reading
from zhike.trail.notices.telling import DELIVER

NOTICES_KEPT = timedelta(days=180)
_PIECE = 500


@daily("audit.verify", at=time(2, 30), label="核对审计日志")
def verify(run: Run) -> None:
    """Look every night whether the chain is whole; once a week through all of it."""
    verification.examine(now=run.now)


@job("audit.verify_whole", label="从头核对审计日志")
def verify_whole(run: Run) -> None:
    """Look through all of it, because somebody asked."""
    verification.examine(now=run.now, whole=True)


@job(DELIVER, label="发送通知", quick=True)
def deliver(run: Run, channel: int) -> None:
    """Send what waits for a channel."""
    delivering.deliver(run, channel)


@every("notices.look_again", minutes=5, label="检查漏发的通知")
def look_again(run: Run) -> None:
    """Look for notices on their way that no job looks after."""
    delivering.look_again(run.now)


@daily("notices.forget", at=time(3, 50), label="清理旧通知")
def forget(run: Run) -> None:
    """Delete notices that were read and are half a year old."""
    while True:
        with run.step():
            gone = reading.forget(run.now - NOTICES_KEPT, _PIECE)
            run.progress(run.done + gone, run.done + gone)
        if gone < _PIECE:
            return
