"""Customers with records of every kind hanging on them, for the tests of merging."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.db.models import Model

from tests.people import NOW, TODAY
from zhike.access.models import Person
from zhike.care.dates import refresh_dates
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers import actions, contacts, purchases, standing
from zhike.customers.models import (
    Attachment,
    Collaborator,
    Contact,
    Customer,
    CustomerTag,
    Problem,
    Purchase,
    Tag,
)
from zhike.fields import registry
from zhike.fields.models import Field
from zhike.service.models import Feedback

# What is written about writing, and what an undo makes anew under another number.
_LEFT_OUT = {"Event", "Head", "Examination", "Merge", "Job", "Daily"}
_NEW_NUMBERS = {"NameKey", "CustomValue", "Contradiction"}
_MOVES_ON = {"version", "updated_at"}


def everything() -> dict[str, Any]:
    """Every row of every table as values, but for what changes with each write."""
    found = {}
    for model in apps.get_app_config("zhike").get_models():
        name = model.__name__
        if name in _LEFT_OUT:
            continue
        left = set(_MOVES_ON if name == "Customer" else ())
        left |= {"id"} if name in _NEW_NUMBERS else set()
        rows = [_row(row, left) for row in model._default_manager.values()]
        found[name] = sorted(rows)
    return found


def _row(row: dict[str, Any], left: set[str]) -> str:
    return repr(sorted((name, _plain(value)) for name, value in row.items() if name not in left))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return sorted(value.items()) if isinstance(value, dict) else value


def own_fields() -> dict[str, str]:
    """Define fields of the customers' own; returns their keys by type."""
    keys = {}
    for place, type_ in enumerate(("text", "phone", "yes_no", "money"), 1):
        row = Field.objects.create(
            of="customer",
            key=f"x{place}",
            type=type_,
            label=f"自定{place}",
            section="其他",
            position=9_000 + place,
            group="phone" if type_ == "phone" else "basic",
            builtin=False,
            created_at=NOW,
        )
        keys[type_] = row.key
    registry.touch()
    return keys


class Maker:
    """Makes customers, each decided by chance."""

    def __init__(self, chance: Random, actor: Person, others: list[Person]) -> None:
        self.chance, self.actor, self.others = chance, actor, others
        self.own = own_fields()
        self.tags = [Tag.objects.create(name=f"标签{n}") for n in range(3)]
        self._number = 0

    def _maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.5 else None

    def customer(self) -> Customer:
        """A customer with some fields and records of every kind, some of them in the trash."""
        self._number += 1
        n = self._number
        fields = {
            "region": self._maybe("上海市"),
            "industry": self._maybe("软件"),
            "background": self._maybe(f"背景{n}"),
            "is_key": self._maybe(True),
            "contract_amount": self._maybe(1_000 * n),
            "founded_on": self._maybe(date(2000, 1, n)),
            "address": self._maybe(f"秘密路{n}号"),
            "grade": self._maybe("A"),
        }
        own = {
            self.own["text"]: self._maybe(f"文字{n}"),
            self.own["phone"]: self._maybe(f"1380013800{n % 10}"),
            self.own["yes_no"]: self._maybe(True),
            self.own["money"]: self._maybe(100 * n),
        }
        given = {name: value for name, value in fields.items() if value is not None}
        made = actions.create_customer(
            actor=self.actor,
            now=NOW,
            name=f"晨星{n}号科技有限公司",
            custom={key: value for key, value in own.items() if value is not None},
            **given,
        )
        self._people(made)
        self._records(made)
        refresh_dates([made.pk])
        purchases.refresh_totals([made.pk])
        made.refresh_from_db()
        standing.settle(made, NOW)
        return Customer.objects.get(pk=made.pk)

    def _people(self, made: Customer) -> None:
        for name, mobile in (("李红", "13900139000"), ("王强", "13900139001"), ("周五", "")):
            if self.chance.random() < 0.6:
                one = contacts.add_contact(
                    actor=self.actor,
                    now=NOW,
                    customer_id=made.pk,
                    name=name,
                    **({"mobile": mobile} if mobile else {}),
                    **({"title": "经理"} if self.chance.random() < 0.5 else {}),
                )
                if self.chance.random() < 0.2:
                    contacts.remove_contact(actor=self.actor, now=NOW, contact_id=one.pk)
        for tag in self.tags:
            if self.chance.random() < 0.5:
                CustomerTag.objects.create(customer=made, tag=tag)
        for person in self.others:
            if self.chance.random() < 0.5:
                Collaborator.objects.create(
                    customer=made,
                    person=person,
                    may_edit=self.chance.random() < 0.5,
                    added_at=NOW,
                )

    def _records(self, made: Customer) -> None:
        people = list(Contact.objects.filter(customer=made))
        for place in range(self.chance.randrange(3)):
            contact = self.chance.choice(people) if people else None
            day = TODAY - timedelta(days=place + self._number)
            gone = {"deleted_at": NOW} if self.chance.random() < 0.2 else {}
            talk = FollowUp.objects.create(
                customer=made,
                contact=contact,
                contacted_on=day,
                recorded_at=NOW,
                content="谈过",
                **gone,
            )
            Task.objects.create(
                customer=made, follow_up=talk, kind="follow_up", due_on=TODAY, created_at=NOW
            )
            CareEntry.objects.create(customer=made, on=day, recorded_at=NOW)
            Feedback.objects.create(customer=made, on=day, score=5, recorded_at=NOW)
            Purchase.objects.create(
                customer=made, bought_on=day, product="课程", amount=100, recorded_at=NOW, **gone
            )
            Problem.objects.create(customer=made, description="怕断货", recorded_at=NOW)
            for of, pk in (("customer", made.pk), ("follow_up", talk.pk)):
                self._file(made, of, pk)
            if contact is not None:
                self._file(made, "contact", contact.pk)

    def _file(self, made: Customer, of: str, pk: int) -> None:
        Attachment.objects.create(
            customer=made,
            of=of,
            record_id=pk,
            name="合同.pdf",
            media_type="application/pdf",
            size=1,
            digest="0" * 64,
            uploaded_at=NOW,
        )


MOVING: tuple[type[Model], ...] = (
    *(FollowUp, Task, CareEntry, Feedback, Purchase, Problem, Attachment),
)


def alive_counts() -> dict[str, int]:
    """How many records of each kind hang on living customers, deleted ones too."""
    return {
        one.__name__: one._default_manager.filter(customer__deleted_at=None).count()
        for one in (*MOVING, Contact)
    }
