"""What follows from a customer's facts: completeness, tier and contradictions, kept beside them.

Lists, totals and the lists of quality read what stands here. It is brought up to date with every
write, for many in one go, and every night for everybody: time alone changes a tier. Nothing here
counts as a change of the customer: version and `updated_at` stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum

from zhike.base import clock
from zhike.base.jobs import Run
from zhike.customers import completeness, file_rules, judging, tiers
from zhike.customers.models import Attachment, Contact, Contradiction, Customer, Purchase
from zhike.fields.models import Rule
from zhike.trail.bulk import record_many

JOB = "customers.settle_all"
PIECE = 1000
GIVEN = "录入或导入时填写"  # why a tier stands that somebody wrote before any was computed
_KEPT = ("completeness", "tier", "tier_points", "tier_why", "tier_by_hand", "tier_reason")
_OF_TIER = (
    *("contract_amount", "bought_amount", "deal_amount", "bought_count", "need_status"),
    *("budget", "grade", "cooperation_since", "cooperation_until"),
)
_UPDATE = """UPDATE zhike_customer SET completeness = %s, tier = %s, tier_points = %s,
 tier_why = %s, tier_by_hand = %s, tier_reason = %s WHERE id = %s"""


@dataclass
class _Beside:
    """What belongs to some customers and stands in other tables, by the customer's id."""

    first: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    deciders: set[int] = field(default_factory=set)
    bought: dict[int, tuple[int, int]] = field(default_factory=dict)  # times and fen of the year
    files: dict[int, set[str]] = field(default_factory=dict)

    def note(self, contact: Mapping[str, Any]) -> None:
        """Take in a living contact."""
        if contact["is_primary"]:
            self.first[contact["customer_id"]] = contact
        if contact["role"] == "decides":
            self.deciders.add(contact["customer_id"])


def settle(customer: Customer, now: datetime, *, new_with: Sequence[Contact] | None = None) -> None:
    """Recompute what follows from the facts of a customer that was just written.

    `customer` is as it was saved. A new one has the contacts `new_with`, no more, and broke no
    rule yet.
    """
    rules = judging.rules_for()
    row = {name: getattr(customer, name) for name in _names(rules)}
    beside = None if new_with is None else _beside_new(new_with)
    (kept,) = _settle([row], rules, now, beside)
    for name, value in zip(_KEPT, kept, strict=True):
        setattr(customer, name, value)


def settle_many(customer_ids: Sequence[int], now: datetime) -> None:
    """The same for many, in a number of statements that does not grow with them.

    In the caller's transaction. Deleted customers stay as they are.
    """
    if customer_ids:
        rules = judging.rules_for()
        _settle(_rows(customer_ids, rules), rules, now)


def _settle(
    rows: Sequence[Mapping[str, Any]],
    rules: Sequence[Rule],
    now: datetime,
    new: _Beside | None = None,
) -> list[Kept]:
    """Write what follows for these customers; return it, in their order.

    What stands beside `new` ones is known, and nothing is kept of them yet.
    """
    today = clock.day_of(now)
    beside = new or _beside(rows, today)
    tier_rules = file_rules.present().tiers
    settled, updates, events, contradicting = [], [], [], []
    for row in rows:
        kept, event = _settled(row, beside, tier_rules, today)
        settled.append(kept)
        if kept != tuple(row[name] for name in _KEPT):
            updates.append((*_adapted(kept), row["id"]))
        if event:
            events.append(_told(row["id"], event, now, today))
        if rules:
            times_and_fen = beside.bought.get(row["id"], (0, 0))
            held = judging.facts({**row, "completeness": kept[0]}, today, times_and_fen[1])
            contradicting += [(row["id"], rule) for rule in judging.broken(held, row["kind"])]
    if updates:
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, updates)
    record_many(events)
    if contradicting or new is None:
        _keep_contradictions([row["id"] for row in rows], contradicting, now)
    return settled


def _names(rules: Sequence[Rule]) -> list[str]:
    names = {"id", "kind", *_KEPT, *_OF_TIER, *completeness.columns("customer")}
    return sorted(names | judging.columns_of(rules))


def _rows(customer_ids: Sequence[int], rules: Sequence[Rule]) -> list[dict[str, Any]]:
    found = Customer.objects.filter(pk__in=customer_ids, deleted_at=None)
    return list(found.values(*_names(rules)))


def _beside(rows: Sequence[Mapping[str, Any]], today: date) -> _Beside:
    ids = [row["id"] for row in rows]
    beside = _Beside()
    contacts = Contact.objects.filter(customer_id__in=ids, deleted_at=None)
    for contact in contacts.filter(Q(is_primary=True) | Q(role="decides")).values(*_of_contacts()):
        beside.note(contact)
    buyers = [row["id"] for row in rows if row["bought_count"]]
    if buyers:
        within = Purchase.objects.filter(customer_id__in=buyers, deleted_at=None)
        within = within.filter(bought_on__gt=today - judging.YEAR, bought_on__lte=today)
        each = within.order_by().values("customer_id").annotate(n=Count("pk"), sum=Sum("amount"))
        beside.bought = {one["customer_id"]: (one["n"], one["sum"] or 0) for one in each}
    wanted = completeness.file_fields()
    if wanted:
        held = Attachment.objects.filter(customer_id__in=ids, of="customer", field__in=wanted)
        for pk, key in held.filter(deleted_at=None).values_list("customer_id", "field"):
            beside.files.setdefault(pk, set()).add(key)
    return beside


def _of_contacts() -> tuple[str, ...]:
    return ("customer_id", "is_primary", "role", *completeness.columns("contact"))


def _beside_new(contacts: Sequence[Contact]) -> _Beside:
    beside = _Beside()
    for contact in contacts:
        beside.note({name: getattr(contact, name) for name in _of_contacts()})
    return beside


def tier_by_points(customer: Customer, now: datetime) -> str:
    """Return the tier the points of a customer put it into, whatever somebody set by hand."""
    today = clock.day_of(now)
    (row,) = _rows([customer.pk], ())
    kept, _ = _settled(
        row | {"tier_by_hand": False, "tier_points": 0},
        _beside([row], today),
        file_rules.present().tiers,
        today,
    )
    return kept[1]


Kept = tuple[int, str, int, list[dict[str, Any]], bool, str]


def _settled(
    row: Mapping[str, Any], beside: _Beside, rules: Mapping[str, Any], today: date
) -> tuple[Kept, dict[str, Any] | None]:
    """Return the columns of `_KEPT` as they ought to be, and what to tell of another tier."""
    pk = row["id"]
    percent = completeness.percent(row, beside.first.get(pk), beside.files.get(pk, ()))
    weighed = tiers.weigh(
        tiers.Worth(
            contract=row["contract_amount"] or 0,
            bought=row["bought_amount"],
            deal=row["deal_amount"] or 0,
            months=tiers.months_between(row["cooperation_since"], row["cooperation_until"], today),
            times=beside.bought.get(pk, (0, 0))[0],
            need=row["need_status"],
            has_budget=bool(row["budget"]),
            has_decider=pk in beside.deciders,
            grade=row["grade"],
            completeness=percent,
        ),
        rules,
    )
    by_hand, reason = row["tier_by_hand"], row["tier_reason"]
    if row["tier"] and row["tier_points"] is None and not by_hand:
        by_hand, reason = True, GIVEN
    tier = row["tier"] if by_hand else weighed.tier
    event = None
    if row["tier"] and tier != row["tier"]:
        event = {"changes": {"tier": [row["tier"], tier]}, "why": weighed.why, "by_hand": False}
    return (percent, tier, weighed.points, weighed.why, by_hand, reason), event


def _adapted(kept: Kept) -> tuple[Any, ...]:
    percent, tier, points, why, by_hand, reason = kept
    told = connection.ops.adapt_json_value(why, None)
    return percent, tier, points, told, by_hand, reason


def _told(customer_id: int, data: dict[str, Any], now: datetime, today: date) -> dict[str, Any]:
    return {
        "at": now,
        "on": today,
        "verb": "customer.tiered",
        "customer_id": customer_id,
        "record_type": "customer",
        "record_id": customer_id,
        "data": data,
    }


def _keep_contradictions(
    customer_ids: Sequence[int], found: Sequence[tuple[int, Rule]], now: datetime
) -> None:
    """Have exactly these contradictions stand for these customers."""
    held = Contradiction.objects.filter(customer_id__in=customer_ids)
    known = {(pk, rule): (row, told) for row, pk, rule, told in held.values_list(*_HELD)}
    wanted = {(pk, rule.pk): rule.message for pk, rule in found}
    gone = [row for key, (row, told) in known.items() if wanted.get(key) != told]
    if gone:
        Contradiction.objects.filter(pk__in=gone).delete()
    Contradiction.objects.bulk_create(
        Contradiction(customer_id=pk, rule_id=rule, told=told, found_at=now)
        for (pk, rule), told in wanted.items()
        if known.get((pk, rule), (0, None))[1] != told
    )


_HELD = ("pk", "customer_id", "rule_id", "told")


def settle_all(run: Run) -> None:
    """Bring everybody up to date, piece by piece; a worker that takes over goes on from there."""
    total = Customer.objects.filter(deleted_at=None).count()
    while True:
        with run.step():
            found = Customer.objects.filter(deleted_at=None, pk__gt=run.checkpoint or 0)
            ids = list(found.order_by("pk").values_list("pk", flat=True)[:PIECE])
            if not ids:
                break
            settle_many(ids, run.now)
            run.checkpoint = ids[-1]
            run.progress(run.done + len(ids), total)
    with run.step(final=True):
        on = [rule.pk for rule in judging.rules_for()]
        Contradiction.objects.exclude(rule_id__in=on).delete()
