"""How a check says no."""

from __future__ import annotations

from typing import Literal, NoReturn

from zhike.base.errors import Invalid

Reason = Literal["empty", "invalid", "masked", "short", "scientific"]


class CheckFailed(ValueError):
    """The value cannot be taken as it is."""

    def __init__(self, message: str, *, reason: Reason = "invalid") -> None:
        super().__init__(message)
        self.message = message
        self.reason: Reason = reason

    def at(self, field: str) -> Invalid:
        """The same as an error of a named field."""
        return Invalid(field, self.message)


def fail(message: str, reason: Reason = "invalid") -> NoReturn:
    """Raise CheckFailed."""
    raise CheckFailed(message, reason=reason)
