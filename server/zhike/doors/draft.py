"""What one row of a sheet says, before anything is written: a draft and its problems."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Level = Literal["refused", "cell_refused", "warning"]


class Problem(NamedTuple):
    """Something wrong with a row. `column` is its index, -1 for the row as a whole."""

    column: int
    level: Level
    message: str


class Refuse(Exception):
    """A cell cannot be taken; the rest of the row can."""


class Draft:
    """A row as parts: each a dict of field → value, only of the cells that were filled.

    `customer` holds the owner's name as `owner_name`, an industry as text, money in fen, days as
    dates. `contact` holds numbers in display form; those named in `unverified` are text that never
    passed as a number. Own fields stand among them by their key, as `fields.values` has them, in
    plain. `next` holds `on` and `matter`.
    """

    __slots__ = (
        "care",
        "contact",
        "customer",
        "feedback",
        "follow_up",
        "next",
        "problems",
        "purchase",
        "refused",
        "row",
        "unverified",
    )

    def __init__(self, row: int) -> None:
        self.row = row
        self.customer: dict[str, Any] = {}
        self.contact: dict[str, Any] = {}
        self.follow_up: dict[str, Any] = {}
        self.next: dict[str, Any] = {}
        self.care: dict[str, Any] = {}
        self.feedback: dict[str, Any] = {}
        self.purchase: dict[str, Any] = {}
        self.unverified: set[str] = set()
        self.problems: list[Problem] = []
        self.refused = False

    @property
    def has_records(self) -> bool:
        """Whether the row adds a follow-up, a care entry, feedback or a purchase."""
        return bool(self.follow_up or self.care or self.feedback or self.purchase)

    def warn(self, column: int, message: str) -> None:
        """Note something the person should know; the cell is taken."""
        self.problems.append(Problem(column, "warning", message))

    def refuse_cell(self, column: int, message: str) -> None:
        """Leave a cell out."""
        self.problems.append(Problem(column, "cell_refused", message))

    def refuse(self, column: int, message: str) -> None:
        """Leave the whole row out."""
        self.problems.append(Problem(column, "refused", message))
        self.refused = True
