"""Purchases of a customer: what was bought, when, for how much, and how often (R13).

Reading goes with the group of cooperation, amounts with money. How often and for how much a
customer bought stands on the customer, too, so that lists can sort by it; it is kept here, in the
same transaction, without a new version of the customer.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q, Sum

from zhike.access.models import Person
from zhike.base import clock, paging, text
from zhike.base.errors import Invalid, Stale
from zhike.customers import queries, standing
from zhike.customers.models import Customer, Purchase
from zhike.customers.ways import locked, locked_one
from zhike.fields.checks.money import MOST_FEN
from zhike.fields.groups import require_edit_of
from zhike.trail.actions import record, redate

GROUP = "cooperation"
FIRST_YEAR = 1980  # before it somebody mistyped
_TEXTS = {"product": 120, "order_code": 60, "note": 500}
_LABELS = {
    "bought_on": "购买日期",
    "product": "产品/服务",
    "quantity": "数量",
    "amount": "金额",
    "order_code": "订单编号",
    "note": "备注",
}
_THOUSANDTH = Decimal("0.001")
_MOST_PIECES = Decimal(10) ** 11


def page(
    actor: Person, customer_id: int, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of a customer's purchases, the latest first."""
    customer = queries.one(actor, customer_id)
    found = queries.purchases_visible_to(actor).filter(customer=customer)
    if cursor:
        day, last = paging.unpack(cursor, date, int)
        found = found.filter(Q(bought_on__lte=day) & (Q(bought_on__lt=day) | Q(pk__lt=last)))
    rows = list(found.select_related("recorded_by").order_by("-bought_on", "-id")[: limit + 1])
    changes = actor.edits(GROUP) and queries.access_to(actor, customer) in queries.CHANGEABLE
    end = rows[limit - 1] if len(rows) > limit else None
    items = [shown(actor, one, may_edit=changes) for one in rows[:limit]]
    return items, paging.pack(end.bought_on, end.pk) if end else None


def summary(actor: Person, customer_id: int) -> dict[str, Any]:
    """Return how often a customer buys, and for how much as far as the reader may know."""
    found = queries.purchases_visible_to(actor).filter(customer_id=customer_id)
    told = found.aggregate(
        count=Count("pk"),
        days=Count("bought_on", distinct=True),
        first=Min("bought_on"),
        last=Max("bought_on"),
        amount=Sum("amount"),
    )
    every = frequency(told["first"], told["last"], told["days"])
    return {
        "count": told["count"],
        "amount": (told["amount"] or 0) if actor.reads("money") else None,
        "first_on": told["first"],
        "last_on": told["last"],
        "every_days": every,
        "frequency": f"平均每 {every} 天一次" if every else "",
    }


def frequency(first: date | None, last: date | None, days: int) -> int | None:
    """Return the days between two purchases on average; None before there are two days."""
    if first is None or last is None or days < 2:
        return None
    return max(1, round((last - first).days / (days - 1)))


def shown(actor: Person, one: Purchase, *, may_edit: bool) -> dict[str, Any]:
    """Return a purchase as `actor` may read it."""
    return {
        "id": one.pk,
        "version": one.version,
        "customer_id": one.customer_id,
        "bought_on": one.bought_on,
        "product": one.product,
        "quantity": _pieces(one.quantity),
        "amount": one.amount if actor.reads("money") else None,
        "order_code": one.order_code,
        "note": one.note,
        "recorded_by": {"id": one.recorded_by.pk, "name": one.recorded_by.name}
        if one.recorded_by
        else None,
        "recorded_at": one.recorded_at,
        "may_edit": may_edit,
    }


def add_purchase(*, actor: Person, now: datetime, customer_id: int, **fields: Any) -> Purchase:
    """Note that a customer bought something."""
    _require(actor, {name for name, value in fields.items() if value is not None})
    clean = clean_purchase(fields, now, new=True)
    with transaction.atomic():
        customer = locked(actor, customer_id)
        purchase = Purchase.objects.create(
            customer=customer, recorded_by=actor, recorded_at=now, **clean
        )
        _settle(customer, now)
        record(
            "purchase.added",
            actor=actor,
            now=now,
            on=purchase.bought_on,
            customer_id=customer.pk,
            record=("purchase", purchase.pk),
            data={"name": purchase.product},
        )
    return purchase


def change_purchase(
    *, actor: Person, now: datetime, purchase_id: int, version: int, **fields: Any
) -> Purchase:
    """Correct a purchase, as seen at `version`."""
    _require(actor, fields)
    clean = clean_purchase(fields, now)
    with transaction.atomic():
        purchase = _locked(actor, purchase_id)
        if purchase.version != version:
            raise Stale("这笔购买记录刚被别人改过，请核对后再保存。")
        told = {
            name: [_told(getattr(purchase, name)), _told(value)]
            for name, value in clean.items()
            if getattr(purchase, name) != value
        }
        if not told:
            return purchase
        for name, value in clean.items():
            setattr(purchase, name, value)
        purchase.version += 1
        purchase.save()
        _settle(purchase.customer, now)
        if "bought_on" in told:
            of = ("purchase", purchase.pk)
            redate("purchase.added", of, on=purchase.bought_on, actor=actor, now=now)
        record(
            "purchase.changed",
            actor=actor,
            now=now,
            customer_id=purchase.customer_id,
            record=("purchase", purchase.pk),
            data={"name": purchase.product, "changes": told},
        )
    return purchase


def delete_purchase(*, actor: Person, now: datetime, purchase_id: int) -> None:
    """Put a purchase into the trash."""
    _require(actor, ())
    with transaction.atomic():
        purchase = _locked(actor, purchase_id)
        purchase.deleted_at, purchase.deleted_by = now, actor
        purchase.save(update_fields=["deleted_at", "deleted_by"])
        _settle(purchase.customer, now)
        record(
            "purchase.deleted",
            actor=actor,
            now=now,
            customer_id=purchase.customer_id,
            record=("purchase", purchase.pk),
            data={"name": purchase.product},
        )


def restore_purchase(*, actor: Person, now: datetime, purchase_id: int) -> Purchase:
    """Bring a purchase back from the trash; a second time it is not found."""
    with transaction.atomic():
        trashed = queries.removed_visible_to(actor, Purchase, GROUP)
        lost = "回收站里没有这笔购买记录。"
        purchase: Purchase = locked_one(actor, trashed, purchase_id, lost)
        purchase.deleted_at, purchase.deleted_by = None, None
        purchase.save(update_fields=["deleted_at", "deleted_by"])
        _settle(purchase.customer, now)
        record(
            "purchase.restored",
            actor=actor,
            now=now,
            customer_id=purchase.customer_id,
            record=("purchase", purchase.pk),
            data={"name": purchase.product},
        )
    return purchase


def refresh_totals(customer_ids: Collection[int]) -> None:
    """Bring count, amount and last day of purchases on customers in line with their records.

    Others who write purchases of these customers have to be kept away by the caller's lock.
    """
    alive = (
        f"FROM {Purchase._meta.db_table} p"
        " WHERE p.customer_id = zhike_customer.id AND p.deleted_at IS NULL"
    )
    sql = f"""
        UPDATE {Customer._meta.db_table} SET
            bought_count = (SELECT COUNT(*) {alive}),
            bought_amount = COALESCE((SELECT SUM(p.amount) {alive}), 0),
            last_bought_on = (SELECT MAX(p.bought_on) {alive})
        WHERE id = %s"""
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(pk,) for pk in customer_ids])


def clean_purchase(fields: dict[str, Any], now: datetime, *, new: bool = False) -> dict[str, Any]:
    """Return the checked values of a purchase; raise Invalid naming every wrong one."""
    errors: list[tuple[str, str]] = []
    clean: dict[str, Any] = {}
    for name, longest in _TEXTS.items():
        if name in fields:
            clean[name] = text.tidy(fields[name] or "")
            if len(clean[name]) > longest:
                errors.append((name, f"{_LABELS[name]}最多 {longest} 个字，请精简。"))
    if (new or "product" in clean) and not clean.get("product"):
        errors.append(("product", "请填写买了什么产品或服务。"))
    if new or "bought_on" in fields:
        clean["bought_on"] = fields.get("bought_on")
        wrong = _wrong_day(clean["bought_on"], clock.day_of(now))
        if wrong:
            errors.append(("bought_on", wrong))
    if "quantity" in fields:
        clean["quantity"] = _quantity(fields["quantity"], errors)
    if "amount" in fields:
        clean["amount"] = amount = fields["amount"]
        if amount is not None and not 0 <= amount <= MOST_FEN:
            errors.append(("amount", "金额要填不小于 0 的数，且不超过九十万亿元。"))
    if errors:
        raise Invalid(errors)
    return clean


def _wrong_day(day: date | None, today: date) -> str:
    if day is None:
        return "请选择购买日期。"
    if day > today:
        return "购买日期在将来，请核对。还没成交的请记在跟进里。"
    return "购买日期的年份不对，请核对。" if day.year < FIRST_YEAR else ""


def _quantity(value: Decimal | None, errors: list[tuple[str, str]]) -> Decimal | None:
    if value is None:
        return None
    if not value.is_finite() or not 0 < value < _MOST_PIECES:
        errors.append(("quantity", "数量要填大于 0 的数，且小于一千亿。"))
    elif value != value.quantize(_THOUSANDTH):
        errors.append(("quantity", "数量最多三位小数，请核对。"))
    else:
        return value.quantize(_THOUSANDTH)
    return None


def _require(actor: Person, names: Iterable[str]) -> None:
    """Raise Forbidden unless the actor may change purchases, and amounts if one is named."""
    require_edit_of(actor, GROUP)
    if "amount" in names:
        require_edit_of(actor, "money", field="amount")


def _locked(actor: Person, purchase_id: int) -> Purchase:
    found = queries.purchases_visible_to(actor)
    lost = "没有找到这笔购买记录，可能已被删除。"
    purchase: Purchase = locked_one(actor, found, purchase_id, lost)
    return purchase


def _settle(customer: Customer, now: datetime) -> None:
    refresh_totals([customer.pk])
    customer.refresh_from_db(fields=["bought_count", "bought_amount", "last_bought_on"])
    standing.settle(customer, now)


def _pieces(value: Decimal | None) -> str | None:
    """12.500 → 12.5, as people write it."""
    if value is None:
        return None
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _told(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _pieces(value)
    return value.isoformat() if isinstance(value, date) else value


def tell(ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """Return what the time line shows of purchases; the caller knows the customer is visible."""
    rows = Purchase._default_manager.filter(pk__in=ids, deleted_at=None)
    return {
        row.pk: {
            "title": "购买",
            "body": f"{row.product} × {_pieces(row.quantity)}" if row.quantity else row.product,
            "detail": {
                "amount": row.amount,
                "bought_on": row.bought_on.isoformat(),
                "order_code": row.order_code,
                "note": row.note,
            },
        }
        for row in rows
    }


def in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a purchase to who may read it."""
    if not actor.reads("money" if field == "amount" else GROUP):
        return None
    if field == "amount" and value is not None:
        value = f"{value / 100:,.2f} 元"
    return _LABELS.get(field, field), value
