"""What is tidied up every night."""

from datetime import time

from zhike.access import sessions
from zhike.base.jobs import Run, daily


@daily("sessions.forget", at=time(3, 40), label="清理过期的登录")
def forget_ended_sessions(run: Run) -> None:
    """Delete the rows of sessions that ended."""
    sessions.forget_ended(run.now)
