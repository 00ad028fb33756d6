"""The customer list: filtered, sorted, page by page, with its totals."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Count, DateField, Q, QuerySet, Sum

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import clock, paging
from zhike.base.errors import Invalid
from zhike.customers import conditions, file_rules, finding
from zhike.customers.criteria import KEY_FIRST, SORTS, Criteria
from zhike.customers.models import Customer
from zhike.customers.queries import Part, scope_parts, visible_to
from zhike.fields import region
from zhike.fields.groups import level_of, require_read

# What a row of the list shows. A constant text: compiling it from the models for every page would
# cost as much as the whole page does (docs/decisions/006). Whose rows they are is not decided
# here: the ids come from `visible_to`.
_ROWS = """
SELECT c.id, c.version, c.code, c.name, c.kind, c.type, c.is_key, c.tier, c.grade, c.industry,
  c.region, c.source, c.owner_id, p.name, c.cooperation_since, c.contract_amount, c.products,
  c.last_follow_up_on, c.next_follow_up_on, c.need_status, c.created_at,
  t.id, t.name, t.title, t.mobile, t.landline, t.email, {custom}
FROM zhike_customer c
LEFT JOIN zhike_person p ON p.id = c.owner_id
LEFT JOIN zhike_contact t ON t.customer_id = c.id AND t.is_primary AND t.deleted_at IS NULL
WHERE c.id IN ({marks})
"""
_TAGS = """
SELECT l.customer_id, g.id, g.name, g.color FROM zhike_customertag l
JOIN zhike_tag g ON g.id = l.tag_id WHERE l.customer_id IN ({marks}) ORDER BY g.name
"""
MOST_STATEMENTS = 1000
FOUND_BY_WORDS = 1000  # the most customers a word in a list filter may bring


def filtered(actor: Person, criteria: Criteria, *, today: date) -> QuerySet[Customer]:
    """Return the visible customers that meet every criterion."""
    asked = require_readable(actor, criteria)
    return _meeting(visible_to(actor), actor, criteria, today, asked=asked)


# Criteria that tell something of a field: the one they are named after, or the one given here.
_TELLING = {
    **{name: name for name in ("type", "is_key", "tier", "grade", "source", "need_status")},
    **{name: name for name in ("cooperation_stage", "industry", "region", "life")},
    "dormant": "last_follow_up_on",
    **dict.fromkeys(("last_from", "last_to"), "last_follow_up_on"),
    **dict.fromkeys(("next_from", "next_to", "unplanned", "overdue"), "next_follow_up_on"),
}


def require_readable(actor: Person, criteria: Criteria) -> list[conditions.Condition]:
    """Return the conditions on fields, after a look at every criterion.

    Raises Forbidden, naming the first that tells of what `actor` may not read, and Invalid for a
    condition that is none.
    """
    for name, field in _TELLING.items():
        if getattr(criteria, name) is not None:
            require_read(actor, "customer", field, given_as=name)
    return conditions.read(actor, criteria)


def _meeting(
    found: QuerySet[Customer],
    actor: Person,
    criteria: Criteria,
    today: date,
    *,
    asked: Sequence[conditions.Condition],
    page: bool = False,
) -> QuerySet[Customer]:
    """Narrow customers by criteria the actor may read; `asked` are their conditions on fields."""
    found = _alive(found, criteria, today)
    plain = {
        name: getattr(criteria, name)
        for name in ("kind", "is_key", "tier", "grade", "source", "need_status")
    } | {"cooperation_stage": criteria.cooperation_stage, "import_id": criteria.import_id}
    if given := {name: value for name, value in plain.items() if value is not None}:
        found = found.filter(**given)
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
    if criteria.region is not None:
        found = found.filter(region_code__startswith=_prefix(criteria.region))
    found = _by_days(found, criteria, today)
    found = conditions.met(found, asked, page=page)
    if criteria.q and criteria.q.strip():
        found = found.filter(pk__in=finding.ids_by_words(actor, criteria.q, FOUND_BY_WORDS))
    return found


def _alive(found: QuerySet[Customer], criteria: Criteria, today: date) -> QuerySet[Customer]:
    """By state: who is archived is listed only when asked for (R21)."""
    if criteria.life is None:
        found = found.exclude(life="archived")
    elif criteria.life != "all":
        found = found.filter(life=criteria.life)
    if criteria.dormant is None:
        return found
    since = file_rules.dormant_before(today)
    never = Q(last_follow_up_on__isnull=True, created_at__lt=clock.midnight(since))
    asleep = Q(life="active", next_follow_up_on__isnull=True)
    asleep &= Q(last_follow_up_on__lt=since) | never
    return found.filter(asleep) if criteria.dormant else found.exclude(asleep)


def _prefix(code: str) -> str:
    """How the codes of a division and of all below it begin."""
    if region.get(code) is None:
        raise Invalid("region", "没有这个行政区划代码，请从列表中选择地区。")
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


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
    """A part of the sorted list that is one range of one index.

    `key` is where the index holds the customer's id.
    """

    of: Q
    column: str
    descending: bool
    key: str = "id"


def page(
    actor: Person,
    criteria: Criteria,
    *,
    sort: str,
    cursor: str | None,
    limit: int,
    today: date,
    with_custom: bool = False,
) -> tuple[list[tuple[Any, ...]], str | None]:
    """Return the rows of a page (the columns of `_ROWS`) and the cursor of the next one.

    The last column holds the values of own fields where they are asked for. Keyset paging by
    (sort column, id), stretch after stretch (see `_stretches`).
    """
    stretches = _stretches(actor, sort)
    parts = scope_parts(actor, filtered=criteria.narrows)
    asked = require_readable(actor, criteria)

    def meeting() -> QuerySet[Customer]:
        return _meeting(_living(), actor, criteria, today, asked=asked, page=True)

    known = None if cursor else _key(actor, criteria, asked, sort, today)
    found = None if known else meeting()
    start, value, last = _decode(cursor, sort, stretches) if cursor else (0, None, None)
    keys: list[tuple[int, Any, int]] = []
    for number, stretch in enumerate(stretches[start:], start):
        wanted = limit + 1 - len(keys)
        marked = parts is not None
        if found is None:
            statement = _remembered((known, number, wanted, marked), meeting, stretch)
        else:
            # In one filter: conditions on the values of an own field mean the same value.
            beyond = Q() if last is None else _beyond(stretch, value, last)
            last = None
            part = found.filter(stretch.of & beyond)
            statement = _compiled(part, stretch, wanted, marked=marked)
        keys += [(pk, key, number) for pk, key in _keys(statement, parts, stretch, wanted)]
        if len(keys) > limit:
            break
    following = None
    if len(keys) > limit:
        keys = keys[:limit]
        last_id, last_value, number = keys[-1]
        shown = None if stretches[number].column == stretches[number].key else last_value
        following = paging.pack(sort, number, shown, last_id)
    return _in_order([pk for pk, _, _ in keys], with_custom=with_custom), following


def _stretches(actor: Person, sort: str) -> list[Stretch]:
    """Return the parts of the list in their order, for who may read what it is sorted by."""
    if sort == KEY_FIRST:
        return _of_columns(sort, "id")
    order = conditions.order(actor, sort)
    if order.field is None:
        return _of_columns(sort, order.column)
    of = order.field.pk or 0
    key, descending = "custom_values__customer_id", sort.startswith("-")
    return [
        Stretch(Q(custom_values__field=of), order.column, descending, key),
        Stretch(~Q(conditions.has_value(order.field)), "id", True),
    ]


def _of_columns(sort: str, column: str) -> list[Stretch]:
    """Return the parts of a list sorted by a column.

    Key customers come first where no column was chosen (R05). By a column, customers without a
    value in it come last in both directions.
    """
    if sort == KEY_FIRST:
        return [Stretch(Q(is_key=True), "id", True), Stretch(Q(is_key=False), "id", True)]
    descending = sort.startswith("-")
    if not Customer._meta.get_field(column).null:
        return [Stretch(Q(), column, descending)]
    return [
        Stretch(Q(**{f"{column}__isnull": False}), column, descending),
        Stretch(Q(**{f"{column}__isnull": True}), "id", True),
    ]


Statement = tuple[str, tuple[Any, ...]] | None  # None finds nothing


def _living() -> QuerySet[Customer]:
    """Every living customer; whose they may be is put in by `_keys`."""
    return Customer.objects.filter(deleted_at__isnull=True)


def _compiled(
    found: QuerySet[Customer], stretch: Stretch, limit: int, *, marked: bool
) -> Statement:
    """Compile the first ids of a stretch; with a mark, the last in WHERE, for whose they are."""
    sign = "-" if stretch.descending else ""
    order = dict.fromkeys([f"{sign}{stretch.column}", f"{sign}{stretch.key}"])
    if marked:
        found = found.filter(owner_id__lt=_MARK)
    keys = found.order_by(*order).values_list(stretch.key, stretch.column)[:limit]
    try:
        sql, params = keys.query.sql_with_params()
    except EmptyResultSet:
        return None
    if marked and (sql.count(_MARKED) != 1 or params[-1] != _MARK):
        raise AssertionError("the mark of whose customers to list is not where it belongs")
    return sql, tuple(params)


_statements: dict[Any, tuple[Statement]] = {}


def _key(
    actor: Person,
    criteria: Criteria,
    asked: Sequence[conditions.Condition],
    sort: str,
    today: date,
) -> tuple[Any, ...] | None:
    """Return by what the statements of a first page are known; None where they are not kept.

    They are the same for everybody: whose customers are listed is put in later. The minute is
    part of it because what is found first depends on how many there are (`conditions.met`).
    """
    if (criteria.q or "").strip() or criteria.dormant is not None or conditions.looks_up(asked):
        return None
    if sort != KEY_FIRST and sort.removeprefix("-") not in SORTS:
        return None
    said = criteria.model_dump_json(exclude={"field"}, exclude_none=True)
    mine = actor.pk if criteria.owner == "me" else None
    fields = [(one.field.key, one.field.type, one.op, repr(one.wanted)) for one in asked]
    minute = int(time.monotonic() // 60)
    return (sort, said, mine, tuple(fields), today, minute, connection.vendor, conditions.FEW)


def _remembered(key: Any, meeting: Callable[[], QuerySet[Customer]], stretch: Stretch) -> Statement:
    """Return the statement known by a key with number, limit and mark; compiled the first time.

    Compiling takes as long as all the rest of a page does.
    """
    kept = _statements.get(key)
    if kept is None:
        _, _, limit, marked = key
        kept = (_compiled(meeting().filter(stretch.of), stretch, limit, marked=marked),)
        if len(_statements) >= MOST_STATEMENTS:
            _statements.clear()
        _statements[key] = kept
    return kept[0]


def _keys(
    statement: Statement, parts: Sequence[Part] | None, stretch: Stretch, limit: int
) -> list[tuple[int, Any]]:
    """Return (id, sort value) of the first customers of a stretch that are in one of the parts.

    Each part is one range of an index read in its order, and the first of each are merged. One
    condition with OR would have the database collect and sort every visible customer.
    """
    if statement is None or (parts is not None and not parts):
        return []
    sql, params = statement
    if parts is None:
        return _fetched(sql, params)
    texts = [sql.replace(_MARKED, part.condition) for part in parts]
    values = [value for part in parts for value in (*params[:-1], *part.params)]
    if len(texts) == 1:
        return _fetched(texts[0], values)
    way = "DESC" if stretch.descending else "ASC"
    each = " UNION ".join(f"SELECT * FROM ({text}) AS p{n}" for n, text in enumerate(texts))
    return _fetched(f"{each} ORDER BY 2 {way}, 1 {way} LIMIT {limit}", values)


def _fetched(sql: str, params: Sequence[Any]) -> list[tuple[int, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


_MARK = -7
_MARKED = '"zhike_customer"."owner_id" < %s'


def _in_order(customer_ids: list[int], *, with_custom: bool) -> list[tuple[Any, ...]]:
    if not customer_ids:
        return []
    marks = ", ".join(["%s"] * len(customer_ids))
    custom = "c.custom" if with_custom else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(marks=marks, custom=custom), customer_ids)
        rows = {row[0]: row for row in cursor.fetchall()}
    return [rows[pk] for pk in customer_ids if pk in rows]


def _beyond(stretch: Stretch, value: Any, last: int) -> Q:
    step = "lt" if stretch.descending else "gt"
    column, key = stretch.column, "pk" if stretch.key == "id" else stretch.key
    if column == "id":
        return Q(**{f"pk__{step}": last})
    # The first term repeats what the others imply: it is what lets the index start right there.
    return Q(**{f"{column}__{step}e": value}) & (
        Q(**{f"{column}__{step}": value}) | Q(**{f"{key}__{step}": last})
    )


def _decode(cursor: str, sort: str, stretches: list[Stretch]) -> tuple[int, Any, int]:
    made_for, number, value, last = paging.unpack(cursor, str, int, object, int)
    if made_for != sort or not 0 <= number < len(stretches):
        raise Invalid("cursor", "翻页位置与排序不符，请从第一页重新开始。")
    column = stretches[number].column
    if column == "id":
        return number, None, last
    value = paging.of_kind(value, _kind(column))
    if isinstance(value, int) and abs(value) >= 2**63:
        raise Invalid("cursor", "翻页位置无效，请从第一页重新开始。")
    return number, value, last


def _kind(column: str) -> type:
    if column.startswith("custom_values__"):
        return str if column.endswith("word") else int
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


def summary(actor: Person, criteria: Criteria, *, today: date) -> dict[str, int | None]:
    """Return how many customers meet the criteria and their contract amounts in fen.

    The amount is None for who may not read amounts.
    """
    wanted: dict[str, Any] = {"count": Count("pk")}
    reads = level_of(actor, "customer", "contract_amount") >= Level.READ
    if reads:
        wanted["contract_amount"] = Sum("contract_amount")
    totals = filtered(actor, criteria, today=today).aggregate(**wanted)
    amount = (totals["contract_amount"] or 0) if reads else None
    return {"count": totals["count"], "contract_amount": amount}


def instant(moment: datetime) -> datetime:
    """Return what the driver gave as an aware instant: SQLite's gives UTC without saying so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
