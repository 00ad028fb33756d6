"""Where the present piece of work comes from: a browser, a program, the command line, the house.

Set at the door (the front desk, sign-in, the command), read when an event is recorded.
"""

from __future__ import annotations

from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from typing import Literal

Via = Literal["session", "token", "system", "command"]


@dataclass(frozen=True, slots=True)
class Origin:
    """`address` is the client's IP address; both texts are empty where there is no request."""

    via: Via = "system"
    address: str = ""
    request_id: str = ""


HOUSE = Origin()
_present: ContextVar[Origin] = ContextVar("origin", default=HOUSE)


def present() -> Origin:
    """Where the work of this thread comes from."""
    return _present.get()


def enter(via: Via, *, address: str = "", request_id: str = "") -> Token[Origin]:
    """Say where work comes from; give the result to `leave` when it is over."""
    return _present.set(Origin(via, address, request_id))


def by(via: Via) -> None:
    """Say by which way, once that is known."""
    _present.set(replace(_present.get(), via=via))


def leave(entered: Token[Origin]) -> None:
    """Forget it again."""
    _present.reset(entered)
