"""Emptying the trash: what nobody restored in time is deleted for good, every night (R65).

A room registers how its records are deleted (`empties`). Each piece is one transaction with one
event that tells how much went; of whom, the events of their deletion tell.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from zhike.base.jobs import Run
from zhike.customers import attachments, search
from zhike.customers.models import Attachment, Contact, Customer, Problem, Purchase
from zhike.customers.queries import MERGE_DAYS, TRASH_DAYS
from zhike.trail.actions import record
from zhike.trail.notices import reading

PIECE = 200
# (deleted before this instant, at most so many) → how many were deleted for good
Empty = Callable[[datetime, int], int]
_ways: dict[str, Empty] = {}


def empties(kind: str) -> Callable[[Empty], Empty]:
    """Register how a kind of record is deleted for good."""

    def register(function: Empty) -> Empty:
        _ways[kind] = function
        return function

    return register


def empty_trash(run: Run) -> int:
    """Delete everything that was in the trash too long; returns how many records."""
    before = run.now - timedelta(days=TRASH_DAYS)
    gone = 0
    for kind, delete in _ways.items():
        while True:
            with run.step():
                count = delete(before, PIECE)
                if count:
                    record(
                        "trash.emptied",
                        actor=None,
                        now=run.now,
                        data={"kind": kind, "records": count},
                    )
            gone += count
            if count < PIECE:
                break
    return gone


@empties("customer")
def _customers(before: datetime, most: int) -> int:
    found = Customer.objects.filter(deleted_at__lt=before, merged_into=None).order_by("id")[:most]
    ids = list(found.values_list("pk", flat=True))
    if not ids:  # then those whose merge can be undone no longer
        merged_before = before - timedelta(days=MERGE_DAYS - TRASH_DAYS)
        found = Customer.objects.filter(deleted_at__lt=merged_before).order_by("id")[:most]
        ids = list(found.values_list("pk", flat=True))
    ids += _taken_in(ids)
    search.drop(ids)
    names = Customer.objects.filter(pk__in=ids).values_list("name", flat=True)
    reading.forget_about(ids, list(names), before=before)
    Customer.objects.filter(pk__in=ids).delete()  # with all that hangs on them, of every room
    return len(ids)


def _taken_in(customer_ids: list[int]) -> list[int]:
    """Return whom these customers have taken in: they go together."""
    found: list[int] = []
    new = customer_ids
    while new:
        taken = Customer.objects.filter(merged_into__in=new).exclude(pk__in=customer_ids + found)
        new = list(taken.values_list("pk", flat=True))
        found += new
    return found


@empties("contact")
def _contacts(before: datetime, most: int) -> int:
    found = Contact.objects.filter(deleted_at__lt=before).order_by("id")[:most]
    customer_of = dict(found.values_list("pk", "customer_id"))
    ids = list(customer_of)
    attachments.delete_of("contact", ids)
    reading.forget_record("contact", ids, set(customer_of.values()))
    Contact.objects.filter(pk__in=ids).delete()
    return len(ids)


@empties("purchase")
def _purchases(before: datetime, most: int) -> int:
    found = Purchase.objects.filter(deleted_at__lt=before).order_by("id")[:most]
    ids = list(found.values_list("pk", flat=True))
    attachments.delete_of("purchase", ids)
    Purchase.objects.filter(pk__in=ids).delete()
    return len(ids)


@empties("problem")
def _problems(before: datetime, most: int) -> int:
    found = Problem.objects.filter(deleted_at__lt=before).order_by("id")[:most]
    ids = list(found.values_list("pk", flat=True))
    attachments.delete_of("problem", ids)
    Problem.objects.filter(pk__in=ids).delete()
    return len(ids)


@empties("attachment")
def _attachments(before: datetime, most: int) -> int:
    found = Attachment.objects.filter(deleted_at__lt=before).order_by("id")[:most]
    ids = list(found.values_list("pk", flat=True))
    Attachment.objects.filter(pk__in=ids).delete()  # the sweep sees to their contents
    return len(ids)
