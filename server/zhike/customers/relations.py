"""The one table of everything that hangs on a customer: what a merge does with each (R19).

A model that leads to a customer or a contact, by a foreign key or by a plain number, stands here
or is registered by its room (`knows`, in hooks.py); one that nobody registered fails a test
(server/tests/walls/test_merge_knows_relations.py). The ways:

- `move`: the rows change hands, and go back with an undo;
- `union`: the survivor gets what it has not; the rows of the absorbed rest with it;
- `rest`: the rows stay with the absorbed, which sleeps, and wake with it when it is undone;
- `follow`: nothing is written, whoever reads follows from the survivor to the absorbed;
- `refuse`: such a row, while it is open, forbids to merge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from django.db.models import ForeignKey, Model

from zhike.customers.models import (
    Attachment,
    Collaborator,
    Contact,
    Contradiction,
    Customer,
    CustomerTag,
    CustomValue,
    Double,
    HandOver,
    Merge,
    NameKey,
    Problem,
    Purchase,
    Review,
)


class Way(StrEnum):
    """What a merge does with the rows of a relation."""

    MOVE = "move"
    UNION = "union"
    REST = "rest"
    FOLLOW = "follow"
    REFUSE = "refuse"


class Relation(NamedTuple):
    """A column of a model that names a customer (or a contact), and what becomes of it.

    `column` is the name of the field; `only` narrows a column that names records of several
    kinds; `of` tells which kind it names; `once` is the column a `union` has once per customer.
    """

    model: type[Model]
    column: str
    way: Way
    kind: str = ""
    label: str = ""
    of: Literal["customer", "contact"] = "customer"
    only: tuple[tuple[str, Any], ...] = ()
    once: str = ""
    # (survivor, absorbed) -> the rows that stay behind where a `move` would bring them twice.
    stays: Callable[[int, Sequence[int]], Collection[int]] | None = None

    @property
    def key(self) -> str:
        """What it is called in `Merge.moved`."""
        parts = [self.model.__name__, self.column, *(str(value) for _, value in self.only)]
        return ".".join(parts)

    @property
    def attname(self) -> str:
        """The column as numbers: customer_id."""
        return str(getattr(self.model._meta.get_field(self.column), "attname", self.column))

    @property
    def is_key(self) -> bool:
        """Whether it is a foreign key to customers, which the database watches over."""
        return self.of == "customer" and isinstance(
            self.model._meta.get_field(self.column), ForeignKey
        )

    def rows(self, ids: Iterable[int]) -> Any:
        """Return the rows of these customers or contacts, deleted ones too."""
        found = self.model._default_manager.filter(**dict(self.only))
        return found.filter(**{f"{self.attname}__in": list(ids)})

    @property
    def can_be_deleted(self) -> bool:
        """Whether its rows go to the trash."""
        return any(field.name == "deleted_at" for field in self.model._meta.concrete_fields)


_table: dict[str, Relation] = {}
# (customers, now): called when records have changed hands, to bring derived values in line.
After = Callable[[Iterable[int], datetime], None]
_after: list[After] = []


def knows(*relations: Relation) -> None:
    """Register relations."""
    for one in relations:
        _table[one.key] = one


def known() -> tuple[Relation, ...]:
    """Return every relation that is registered."""
    return tuple(_table.values())


def of_way(way: Way, of: str = "customer") -> list[Relation]:
    """Return the relations that are treated so."""
    return [one for one in _table.values() if one.way is way and one.of == of]


def afterwards(function: After) -> After:
    """Register what is brought in line after records of customers changed hands."""
    _after.append(function)
    return function


def bring_in_line(customer_ids: Iterable[int], now: datetime) -> None:
    """Bring in line what is derived from the records of customers; in the caller's transaction."""
    ids = list(customer_ids)
    for function in _after:
        function(ids, now)


knows(
    Relation(Contact, "customer", Way.MOVE, "contact", "联系人"),
    Relation(Purchase, "customer", Way.MOVE, "purchase", "购买记录"),
    Relation(Problem, "customer", Way.MOVE, "problem", "潜在问题"),
    Relation(Attachment, "customer", Way.MOVE, "attachment", "附件"),
    Relation(Attachment, "record_id", Way.MOVE, only=(("of", "customer"),)),
    # Of a contact that is there twice one stays behind, and what names it names the other.
    Relation(Attachment, "record_id", Way.MOVE, of="contact", only=(("of", "contact"),)),
    Relation(Contact, "reports_to", Way.MOVE, of="contact"),
    Relation(CustomerTag, "customer", Way.UNION, "tag", "标签", once="tag"),
    Relation(Collaborator, "customer", Way.UNION, "collaborator", "协作人", once="person"),
    Relation(NameKey, "customer", Way.REST),  # the survivor's are laid anew with its name
    Relation(CustomValue, "customer", Way.REST),  # those of a field taken over are copied
    Relation(Contradiction, "customer", Way.REST),
    Relation(Double, "first", Way.REST),
    Relation(Double, "second", Way.REST),
    Relation(Review, "customer", Way.REFUSE, "review", "待审核"),
    Relation(Merge, "survivor", Way.FOLLOW),
    Relation(Merge, "absorbed_ids", Way.FOLLOW),
    Relation(Customer, "merged_into", Way.FOLLOW),
    Relation(HandOver, "customer_ids", Way.REST),
)
