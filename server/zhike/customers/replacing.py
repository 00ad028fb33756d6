"""Giving customers and what hangs on them another word for one that was retired."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from zhike.customers import standing
from zhike.customers.models import Attachment, Contact, Customer, CustomValue, Problem
from zhike.fields.builtin import Definition
from zhike.fields.holding import Columns, Replacement

_NAMED_ALIKE = (
    *("type", "tier", "grade", "source", "scale", "gender", "need_status", "cooperation_stage"),
    *("renewal_intent", "payment_cycle", "deal_stage"),
)


_OF_LIFE = {"pause_reason": "paused", "archive_reason": "archived"}


class WithFiles(Columns):
    """Records whose own fields may be of type attachment: then the files are what they hold."""

    def count_field(self, field: Definition) -> int:
        """Return how many records hold anything in an own field, files in the trash included."""
        if field.of != self.of or field.type != "attachment":
            return super().count_field(field)
        found = Attachment.objects.filter(of=self.of, field=field.key)
        return found.values("record_id").distinct().count()


class _Customers(WithFiles):
    """Customers: what their own fields hold stands in `CustomValue`, too."""

    def value_in(self, dictionary: str, value: str) -> Q:
        if dictionary in _OF_LIFE:
            return Q(life_reason=value, life=_OF_LIFE[dictionary])
        return super().value_in(dictionary, value)

    def own_value(self, field: Definition, value: str) -> Q:
        held = CustomValue.objects.filter(field=field.pk or 0, word=value)
        return Q(pk__in=held.values("customer"))

    def after(self, rows: list[Any], what: Replacement, now: datetime) -> None:
        ids = [row.pk for row in rows]
        for field in self.own_fields(what.dictionary):
            held = CustomValue.objects.filter(field=field.pk or 0, customer__in=ids)
            done = set(held.filter(word=what.new).values_list("customer", flat=True))
            moving = [row.pk for row in rows if row.pk not in done and _has(row, field, what.new)]
            held.filter(word=what.old, customer__in=moving).update(word=what.new)
            held.filter(word=what.old).delete()
        standing.settle_many(ids, now)


def _has(customer: Customer, field: Definition, value: str) -> bool:
    held = customer.custom.get(field.key)
    return value in held if isinstance(held, list) else value == held


CUSTOMERS = _Customers(
    "customer",
    Customer,
    {name: (name,) for name in _NAMED_ALIKE} | dict.fromkeys(_OF_LIFE, ("life_reason",)),
    verb="customer.changed",
    customer="pk",
)
CONTACTS = WithFiles(
    "contact",
    Contact,
    {
        "gender": ("gender",),
        "contact_role": ("role",),
        "way": ("convenient_way",),
        "stance": ("stance",),
    },
    verb="contact.changed",
)
PROBLEMS = Columns("problem", Problem, {"problem_state": ("state",)})
