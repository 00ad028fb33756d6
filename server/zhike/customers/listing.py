"""The customer list: filtered, sorted, page by page, with its totals."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from zhike.access.models import Person
from zhike.base import clock, paging
from zhike.base.errors import Invalid
from zhike.customers import finding
from zhike.customers.criteria import SORTS, Criteria
from zhike.customers.models import Customer, CustomerTag
from zhike.customers.queries import primary_contact, visible_to

ROW_COLUMNS = (
    *("id", "version", "code", "name", "kind", "type", "is_key", "tier", "grade", "industry"),
    *("region", "source", "owner_id", "owner__name", "cooperation_since", "contract_amount"),
    *("products", "last_follow_up_on", "next_follow_up_on", "need_status", "created_at"),
    *("first__id", "first__name", "first__title"),
    *("first__mobile", "first__landline", "first__email"),
)
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
    if criteria.owner is not None:
        owner = {"me": actor.pk, "none": None}.get(str(criteria.owner), criteria.owner)
        found = found.filter(owner_id=owner) if owner else found.filter(owner__isnull=True)
    if criteria.tag is not None:
        found = found.filter(customertag__tag_id=criteria.tag)
    if criteria.industry:
        found = found.filter(
            Q(industry__contains=criteria.industry) | Q(industry_code__startswith=criteria.industry)
        )
    found = _by_days(found, criteria, today)
    if criteria.q:
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
    """Return raw rows of ROW_COLUMNS, sorted, and the cursor of the next page.

    Keyset paging by (sort column, id). Customers without a value in the sort column come last
    in both directions, as a second stretch of the list: so every stretch is one index range.
    """
    column, descending = _sort(sort)
    found = filtered(actor, criteria, today=today).annotate(first=primary_contact())
    stretch, value, last = _decode(cursor, sort) if cursor else ("values", None, None)
    nullable = Customer._meta.get_field(column).null
    rows: list[tuple[Any, ...]] = []
    if stretch == "values":
        having = found.filter(**{f"{column}__isnull": False}) if nullable else found
        if last is not None:
            having = having.filter(_beyond(column, value, last, descending))
        rows = _rows(having, column, descending, limit + 1)
        last = None
    if nullable and len(rows) <= limit:
        lacking = found.filter(**{f"{column}__isnull": True})
        if last is not None:
            lacking = lacking.filter(pk__lt=last)
        rows += _rows(lacking, "id", True, limit + 1 - len(rows))
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        last_value = rows[-1][-1] if column != "id" else None
        stretch = "lacking" if nullable and last_value is None else "values"
        following = paging.pack(sort, stretch, last_value, rows[-1][0])
    return rows, following


def _rows(
    found: QuerySet[Customer], column: str, descending: bool, limit: int
) -> list[tuple[Any, ...]]:
    sign = "-" if descending else ""
    order = [f"{sign}{column}"] if column == "id" else [f"{sign}{column}", f"{sign}id"]
    wanted = found.order_by(*order).values_list(*ROW_COLUMNS, column)[:limit]
    # Straight from the driver: Django's per-value converters would double the cost of a page.
    sql, params = wanted.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


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
    if made_for != sort or stretch not in ("values", "lacking"):
        raise Invalid("cursor", "翻页位置与排序不符，请从第一页重新开始。")
    return stretch, value, last


def tags_of(customer_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the tags of customers the caller already established as visible."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = CustomerTag.objects.filter(customer_id__in=customer_ids).order_by("tag__name")
    for pk, tag_id, name, color in rows.values_list(
        "customer_id", "tag_id", "tag__name", "tag__color"
    ):
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
