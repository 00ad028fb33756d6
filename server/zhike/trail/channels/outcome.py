"""What came of a conversation with a mail server or a robot."""

from __future__ import annotations

from typing import Literal, NamedTuple

How = Literal["sent", "limited", "retry", "refused", "broken"]
MINUTE = 60.0


class Outcome(NamedTuple):
    """`limited`: too fast, wait; `retry`: may work later; `refused`: this message never will;
    `broken`: no message will until somebody mends the settings.

    `trouble` is a Chinese sentence without anything the other side said; `wait` is in seconds;
    `alone` says that the next message may fare better.
    """

    how: How
    trouble: str = ""
    wait: float = 0.0
    alone: bool = False


SENT = Outcome("sent")


def limited(who: str, wait: float = MINUTE) -> Outcome:
    """Too many messages in too short a time."""
    return Outcome("limited", f"{who}限制了发送频率", min(max(wait, 1.0), 3600.0))


def retry(trouble: str, *, alone: bool = False) -> Outcome:
    """It did not work now."""
    return Outcome("retry", trouble, alone=alone)


def refused(trouble: str) -> Outcome:
    """This message is not taken."""
    return Outcome("refused", trouble)


def broken(trouble: str) -> Outcome:
    """The settings are wrong."""
    return Outcome("broken", trouble)
