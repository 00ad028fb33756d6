"""The customer list: filtered, sorted, page by page, with its totals."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Count, DateField, Q, QuerySet, Sum

from zhike.access.models import Person
from zhike.base import clock, paging
from zhike.base.errors import Invalid
from zhike.customers import finding
from zhike.customers.criteria import KEY_FIRST, SORTS, Criteria
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


class Stretch(NamedTuple):
    """A part of the sorted list that is one range of one index."""

    of: Q
    column: str
    descending: bool


def page(
    actor: Person, criteria: Criteria, *, sort: str, cursor: str | None, limit: int, today: date
) -> tuple[list[tuple[Any, ...]], str | None]:
    """Return the rows of a page (the columns of `_ROWS`) and the cursor of the next one.

    Keyset paging by (sort column, id), stretch after stretch (see `_stretches`).
    """
    stretches = _stretches(sort)
    found = filtered(actor, criteria, today=today)
    start, value, last = _decode(cursor, sort, stretches) if cursor else (0, None, None)
    keys: list[tuple[int, Any, int]] = []
    for number, stretch in enumerate(stretches[start:], start):
        part = found.filter(stretch.of)
        if last is not None:
            part = part.filter(_beyond(stretch, value, last))
            last = None
        wanted = limit + 1 - len(keys)
        keys += [(pk, key, number) for pk, key in _keys(part, stretch, wanted)]
        if len(keys) > limit:
            break
    following = None
    if len(keys) > limit:
        keys = keys[:limit]
        last_id, last_value, number = keys[-1]
        shown = None if stretches[number].column == "id" else last_value
        following = paging.pack(sort, number, shown, last_id)
    return _in_order([pk for pk, _, _ in keys]), following


def _stretches(sort: str) -> list[Stretch]:
    """Return the parts of the list in their order.

    Key customers come first where no column was chosen (R05). By a column, customers without a
    value in it come last in both directions.
    """
    if sort == KEY_FIRST:
        return [Stretch(Q(is_key=True), "id", True), Stretch(Q(is_key=False), "id", True)]
    descending = sort.startswith("-")
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise Invalid("sort", "不能按这一列排序，请换一列。")
    if not Customer._meta.get_field(column).null:
        return [Stretch(Q(), column, descending)]
    return [
        Stretch(Q(**{f"{column}__isnull": False}), column, descending),
        Stretch(Q(**{f"{column}__isnull": True}), "id", True),
    ]


def _keys(found: QuerySet[Customer], stretch: Stretch, limit: int) -> list[tuple[int, Any]]:
    sign = "-" if stretch.descending else ""
    order = dict.fromkeys([f"{sign}{stretch.column}", f"{sign}id"])
    return list(found.order_by(*order).values_list("id", stretch.column)[:limit])


def _in_order(customer_ids: list[int]) -> list[tuple[Any, ...]]:
    if not customer_ids:
        return []
    marks = ", ".join(["%s"] * len(customer_ids))
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(marks=marks), customer_ids)
        rows = {row[0]: row for row in cursor.fetchall()}
    return [rows[pk] for pk in customer_ids if pk in rows]


def _beyond(stretch: Stretch, value: Any, last: int) -> Q:
    step = "lt" if stretch.descending else "gt"
    column = stretch.column
    if column == "id":
        return Q(**{f"pk__{step}": last})
    # The first term repeats what the others imply: it is what lets the index start right there.
    return Q(**{f"{column}__{step}e": value}) & (
        Q(**{f"{column}__{step}": value}) | Q(**{f"pk__{step}": last})
    )


def _decode(cursor: str, sort: str, stretches: list[Stretch]) -> tuple[int, Any, int]:
    made_for, number, value, last = paging.unpack(cursor, str, int, object, int)
    if made_for != sort or not 0 <= number < len(stretches):
        raise Invalid("cursor", "翻页位置与排序不符，请从第一页重新开始。")
    column = stretches[number].column
    if column == "id":
        return number, None, last
    return number, paging.of_kind(value, _kind(column)), last


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


def instant(moment: datetime) -> datetime:
    """Return what the driver gave as an aware instant: SQLite's gives UTC without saying so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
