"""The customer list: filtered, sorted, page by page, with its totals."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Count, DateField, Q, QuerySet, Sum

from zhike.access.models import Person
from zhike.base import clock, paging
from zhike.base.errors import Invalid
from zhike.customers import finding
from zhike.customers.criteria import SORTS, Criteria
from zhike.customers.models import Customer
from zhike.customers.queries import visible_to

# What a row of the list shows. A constant text: compiling it from the models for every page would
# cost as much as the whole page does (docs/decisions/006). Whose rows they are is not decided
# here: the ids come from `visible_to`.
_ROWS = """
SELECT c.id, c.version, c.code, c.name, c.kind, c.type, c.is_key, c.tier, c.grade, c.industry,
  c.region, c.source, c.owner_id, p.name, c.cooperation_since, c.contract_amount, c.products,
  c.last_follow_up_on, c.next_follow_up_on, c.need_status, c.created_at,
  t.id, t.name, t.title, t.mobile, t.landline, t.email
FROM zhike_customer c
LEFT JOIN zhike_person p ON p.id = c.owner_id
LEFT JOIN zhike_contact t ON t.customer_id = c.id AND t.is_primary AND t.deleted_at IS NULL
WHERE c.id IN ({marks})
"""
_TAGS = """
SELECT l.customer_id, g.id, g.name, g.color FROM zhike_customertag l
JOIN zhike_tag g ON g.id = l.tag_id WHERE l.customer_id IN ({marks}) ORDER BY g.name
"""
FOUND_BY_WORDS = 1000  # the most customers a word in a list filter may bring


def filtered(actor: Person, criteria: Criteria, *, today: date) -> QuerySet[Customer]:
    """Return the visible customers that meet every criterion."""
    found = visible_to(actor)
    plain = {
        name: getattr(criteria, name)
        for name in ("kind", "is_key", "tier", "grade", "source", "need_status")
    } | {"cooperation_stage": criteria.cooperation_stage, "import_id": criteria.import_id}
    found = found.filter(**{name: value for name, value in plain.items() if value is not None})
    if criteria.type:
        found = found.filter(type__in=criteria.type)
    if criteria.owner == "none":
        found = found.filter(owner__isnull=True)
    elif criteria.owner is not None:
        found = found.filter(owner_id=actor.pk if criteria.owner == "me" else int(criteria.owner))
    if criteria.tag is not None:
        found = found.filter(customertag__tag_id=criteria.tag)
    if criteria.industry:
        found = found.filter(
            Q(industry__contains=criteria.industry) | Q(industry_code__startswith=criteria.industry)
        )
    found = _by_days(found, criteria, today)
    if criteria.q and criteria.q.strip():
        found = found.filter(pk__in=finding.ids_by_words(actor, criteria.q, FOUND_BY_WORDS))
    return found


def _by_days(found: QuerySet[Customer], criteria: Criteria, today: date) -> QuerySet[Customer]:
    if criteria.unplanned:
        found = found.filter(next_follow_up_on__isnull=True)
    if criteria.overdue:
        found = found.filter(next_follow_up_on__lt=today)
    days = {
        "next_follow_up_on__gte": criteria.next_from,
        "next_follow_up_on__lte": criteria.next_to,
        "last_follow_up_on__gte": criteria.last_from,
        "last_follow_up_on__lte": criteria.last_to,
        "created_at__gte": criteria.created_from and clock.midnight(criteria.created_from),
    }
    found = found.filter(**{name: value for name, value in days.items() if value is not None})
    if criteria.created_to:
        after = clock.midnight(date.fromordinal(criteria.created_to.toordinal() + 1))
        found = found.filter(created_at__lt=after)
    return found


def page(
    actor: Person, criteria: Criteria, *, sort: str, cursor: str | None, limit: int, today: date
) -> tuple[list[tuple[Any, ...]], str | None]:
    """Return the rows of a page (the columns of `_ROWS`) and the cursor of the next one.

    Keyset paging by (sort column, id). Customers without a value in the sort column come last
    in both directions, as a second stretch of the list: so every stretch is one index range.
    """
    column, descending = _sort(sort)
    found = filtered(actor, criteria, today=today)
    stretch, value, last = _decode(cursor, sort) if cursor else ("values", None, None)
    nullable = Customer._meta.get_field(column).null
    keys: list[tuple[Any, ...]] = []
    if stretch == "values":
        having = found.filter(**{f"{column}__isnull": False}) if nullable else found
        if last is not None:
            having = having.filter(_beyond(column, value, last, descending))
        keys = _keys(having, column, descending, limit + 1)
        last = None
    if nullable and len(keys) <= limit:
        lacking = found.filter(**{f"{column}__isnull": True})
        if last is not None:
            lacking = lacking.filter(pk__lt=last)
        keys += _keys(lacking, "id", True, limit + 1 - len(keys), shown=column)
    following = None
    if len(keys) > limit:
        keys = keys[:limit]
        last_id, last_value = keys[-1]
        if column == "id":
            last_value = None
        stretch = "lacking" if nullable and last_value is None else "values"
        following = paging.pack(sort, stretch, last_value, last_id)
    return _in_order([key[0] for key in keys]), following


def _keys(
    found: QuerySet[Customer], column: str, descending: bool, limit: int, shown: str = ""
) -> list[tuple[Any, ...]]:
    sign = "-" if descending else ""
    order = [f"{sign}{column}"] if column == "id" else [f"{sign}{column}", f"{sign}id"]
    return list(found.order_by(*order).values_list("id", shown or column)[:limit])


def _in_order(customer_ids: list[int]) -> list[tuple[Any, ...]]:
    if not customer_ids:
        return []
    marks = ", ".join(["%s"] * len(customer_ids))
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(marks=marks), customer_ids)
        rows = {row[0]: row for row in cursor.fetchall()}
    return [rows[pk] for pk in customer_ids if pk in rows]


def _sort(sort: str) -> tuple[str, bool]:
    descending = sort.startswith("-")
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise Invalid("sort", "不能按这一列排序，请换一列。")
    return column, descending


def _beyond(column: str, value: Any, last: int, descending: bool) -> Q:
    if column == "id":
        return Q(pk__lt=last) if descending else Q(pk__gt=last)
    step = "lt" if descending else "gt"
    # The first term repeats what the others imply: it is what lets the index start right there.
    return Q(**{f"{column}__{step}e": value}) & (
        Q(**{f"{column}__{step}": value}) | Q(**{f"pk__{step}": last})
    )


def _decode(cursor: str, sort: str) -> tuple[str, Any, int]:
    made_for, stretch, value, last = paging.unpack(cursor, str, str, object, int)
    column = _sort(sort)[0]
    if made_for != sort or stretch not in ("values", "lacking"):
        raise Invalid("cursor", "翻页位置与排序不符，请从第一页重新开始。")
    if stretch == "values" and column != "id":
        return stretch, paging.of_kind(value, _kind(column)), last
    return stretch, None, last


def _kind(column: str) -> type:
    field = Customer._meta.get_field(column)
    if isinstance(field, DateField):
        return date
    return int if isinstance(field, BigIntegerField) else str


def tags_of(customer_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the tags of customers the caller already established as visible."""
    found: dict[int, list[dict[str, Any]]] = {}
    if not customer_ids:
        return found
    marks = ", ".join(["%s"] * len(customer_ids))
    with connection.cursor() as cursor:
        cursor.execute(_TAGS.format(marks=marks), customer_ids)
        for pk, tag_id, name, color in cursor.fetchall():
            found.setdefault(pk, []).append({"id": tag_id, "name": name, "color": color})
    return found


def summary(actor: Person, criteria: Criteria, *, today: date) -> dict[str, int]:
    """Return how many customers meet the criteria and their contract amounts in fen."""
    totals = filtered(actor, criteria, today=today).aggregate(
        count=Count("pk"), contract_amount=Sum("contract_amount")
    )
    return {"count": totals["count"], "contract_amount": totals["contract_amount"] or 0}


def stamp(moment: Any) -> str:
    """Return an instant as ISO 8601 in UTC, from whatever the driver gave."""
    if isinstance(moment, datetime):
        # SQLite's driver gives the stored UTC without saying so.
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return f"{moment}Z".replace(" ", "T")
