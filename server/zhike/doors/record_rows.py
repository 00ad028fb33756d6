"""The rows of exports that have one per record: follow-ups, feedback, purchases."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.care.models import Task
from zhike.care.queries import follow_ups_visible_to, tasks_visible_to
from zhike.customers.models import Customer
from zhike.customers.queries import purchases_visible_to
from zhike.doors.filling import author_of, day_text, plan_text
from zhike.doors.sheets import MAINTENANCE, PURCHASES, SATISFACTION
from zhike.doors.subjects import CHUNK
from zhike.doors.writing import Value
from zhike.fields import choices
from zhike.fields.checks.numbers import decimal_text
from zhike.service.queries import feedback_visible_to


def _in_chunks(records: QuerySet[Any], found: QuerySet[Customer]) -> Iterator[list[Any]]:
    """The records of some customers in the order they were entered.

    Their ids are asked for once: going on behind the last id would sort them all for each chunk.
    """
    of_them = records.filter(customer__in=found).order_by("id").values_list("pk", flat=True)
    ids = array("q", of_them.iterator())
    for start in range(0, len(ids), CHUNK):
        yield list(records.filter(pk__in=ids[start : start + CHUNK]).order_by("id"))


def maintenance_rows(actor: Person, found: QuerySet[Customer]) -> Iterator[list[list[Value]]]:
    """S3: one row per follow-up of the customers, oldest entry first."""
    own = follow_ups_visible_to(actor).select_related("customer", "author")
    for chunk in _in_chunks(own, found):
        plans: dict[int, str] = {}
        tasks = tasks_visible_to(actor).filter(
            follow_up_id__in=[one.pk for one in chunk], kind=Task.FOLLOW_UP
        )
        for task in tasks.order_by("id"):
            plans[task.follow_up_id or 0] = plan_text(task.due_on, task.title)
        yield [
            [
                one.customer.code,
                day_text(one.contacted_on),
                choices.WAY.label(one.way),
                one.content,
                one.customer_feedback,
                author_of(one),
                plans.get(one.pk, ""),
            ]
            for one in chunk
        ]


def purchase_rows(actor: Person, found: QuerySet[Customer]) -> Iterator[list[list[Value]]]:
    """One row per purchase of the customers, oldest entry first; amounts by their own right."""
    own = purchases_visible_to(actor).select_related("customer")
    reads_money = actor.reads("money")
    for chunk in _in_chunks(own, found):
        yield [
            [
                one.customer.code,
                day_text(one.bought_on),
                one.product,
                _plain_number(one.quantity),
                _plain_number(None if one.amount is None else Decimal(one.amount) / 100)
                if reads_money
                else "",
                one.order_code,
                one.note,
            ]
            for one in chunk
        ]


def _plain_number(number: Decimal | None) -> Value:
    return "" if number is None else Decimal(decimal_text(number))


def satisfaction_rows(actor: Person, found: QuerySet[Customer]) -> Iterator[list[list[Value]]]:
    """S4: one row per feedback of the customers, oldest entry first."""
    own = feedback_visible_to(actor).select_related("customer", "handler")
    for chunk in _in_chunks(own, found):
        yield [
            [
                one.customer.code,
                day_text(one.on),
                one.score,
                choices.FEEDBACK_DIMENSION.label(one.dimension),
                one.comment,
                one.suggestion,
                one.handler_name or (one.handler.name if one.handler else ""),
                choices.FEEDBACK_STATUS.label(one.status),
            ]
            for one in chunk
        ]


RECORD_VIEWS = {
    MAINTENANCE.name: maintenance_rows,
    SATISFACTION.name: satisfaction_rows,
    PURCHASES.name: purchase_rows,
}
