"""Customers on their way out: each with its latest records, and what of it may be shown how.

A chunk of customers costs one query per kind of record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber, TruncDate

from zhike.access.models import Person
from zhike.access.rights import GROUPS, Level
from zhike.base import clock
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.care.queries import care_entries_visible_to, follow_ups_visible_to, tasks_visible_to
from zhike.customers.listing import tags_of
from zhike.customers.models import Attachment, Contact, Customer
from zhike.customers.queries import attachments_visible_to, contacts_visible_to
from zhike.fields import sealed
from zhike.service.models import Feedback
from zhike.service.queries import feedback_visible_to

CHUNK = 1000
Files = dict[tuple[str, int, str], list[str]]  # names by kind, record and key of the field


@dataclass
class Subject:
    """One customer with what the sheets say of it."""

    customer: Customer
    contact: Contact | None = None
    follow_up: FollowUp | None = None
    care: CareEntry | None = None
    feedback: Feedback | None = None
    plan: Task | None = None
    tags: list[str] = field(default_factory=list)
    plain: frozenset[str] = frozenset()  # the groups shown without masks
    hidden: frozenset[str] = frozenset()  # the groups not shown at all
    files: Files = field(default_factory=dict)
    reads_names: bool = True  # whether the reader may know contacts by their whole names

    def sealed_text(self, record: Contact | Customer, name: str, group: str) -> str:
        """What a sealed field goes out as: nothing, masked, or whole, as the reader may know it."""
        if group in self.hidden:
            return ""
        if group not in self.plain:
            return sealed.read_masked(record, name)
        value = sealed.held(record, name)
        return sealed.UNREADABLE if value is None else value


def customers_of(
    actor: Person, found: QuerySet[Customer], *, plain: bool, files: Collection[str] = ()
) -> Iterator[list[Subject]]:
    """The customers of a query in chunks by id, each with its latest records.

    `files` are the keys of fields of which the names of files are wanted.
    """
    last = 0
    base = found.order_by("id").select_related("owner")
    while chunk := list(base.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield _subjects(actor, chunk, plain=plain, files=files)


def _subjects(
    actor: Person, chunk: list[Customer], *, plain: bool, files: Collection[str] = ()
) -> list[Subject]:
    unmasked = frozenset(group for group in GROUPS if plain and actor.reads(group))
    everyones = actor.scope("customer").reach == "all"
    hidden = frozenset(group for group in GROUPS if actor.level(group) == Level.HIDDEN)
    ids = [one.pk for one in chunk]
    primary = contacts_visible_to(actor).filter(customer_id__in=ids, is_primary=True)
    contacts = {one.customer_id: one for one in primary}
    follow_ups = _latest(follow_ups_visible_to(actor), ids, "contacted_on")
    care = _latest(care_entries_visible_to(actor), ids, "on")
    feedback = _latest(feedback_visible_to(actor), ids, "on")
    open_ones = tasks_visible_to(actor).filter(
        customer_id__in=ids, kind=Task.FOLLOW_UP, done_at=None
    )
    plans = {task.customer_id: task for task in open_ones.order_by("-due_on", "-id")}
    tags = tags_of(ids)
    named = _files_of(actor, ids, files)
    return [
        Subject(
            one,
            contacts.get(one.pk),
            follow_ups.get(one.pk),
            care.get(one.pk),
            feedback.get(one.pk),
            plans.get(one.pk),
            [tag["name"] for tag in tags.get(one.pk, [])],
            # Nobody reveals a number in the pool before claiming the customer.
            unmasked if one.owner_id or everyones else frozenset(),
            hidden,
            named,
            actor.reads("contact"),
        )
        for one in chunk
    ]


def _latest(visible: QuerySet[Any], ids: list[int], day: str) -> dict[int, Any]:
    """The latest visible record of each customer; an undated one counts from when it was recorded.

    Found by their ids first: ranking whole rows would carry all their text along.
    """
    on = Coalesce(day, TruncDate("recorded_at", tzinfo=clock.SHANGHAI))
    place = Window(RowNumber(), partition_by="customer_id", order_by=[on.desc(), F("id").desc()])
    ranked = visible.filter(customer_id__in=ids).annotate(place=place).filter(place=1)
    latest = list(ranked.order_by().values_list("pk", flat=True))
    return {one.customer_id: one for one in visible.filter(pk__in=latest)}


def _files_of(actor: Person, customer_ids: Collection[int], keys: Collection[str]) -> Files:
    """Return the names of the files in these fields, of customers and their contacts."""
    files: Files = {}
    if keys:
        found = attachments_visible_to(actor).filter(customer_id__in=customer_ids, field__in=keys)
        kinds = (Attachment.Of.CUSTOMER.value, Attachment.Of.CONTACT.value)
        rows = found.filter(of__in=kinds).order_by("id")
        for of, record_id, key, name in rows.values_list("of", "record_id", "field", "name"):
            files.setdefault((of, record_id, key), []).append(name)
    return files
