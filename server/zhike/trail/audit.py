"""The trail as auditors read it: filtered, page by page, in words.

Rooms above register what their records are called and how their fields are told; the trail itself
knows no customer. What a reader may not see is not told here either.
"""

from __future__ import annotations

import heapq
import ipaddress
import re
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from zhike.base import clock
from zhike.trail import anchor, chain, verbs
from zhike.trail.models import Event, Examination

# (actor, ids of customers) → the names of those the actor may read of.
Names = Callable[[Any, Iterable[int]], dict[int, str]]
# (actor, text) → the customers an exact code means.
Finder = Callable[[Any, str], list[int]]
# (actor, field, value) → (label, value as people read it); None where the actor may not see it.
Words = Callable[[Any, str, Any], tuple[str, Any] | None]
_names: list[Names] = []
_finders: list[Finder] = []
_words: dict[str, Words] = {}

_REQUEST = re.compile(r"[0-9a-f]{32}")
_BLANK = re.compile(r"（[）、 ]*）|，由 *接手")
_FIELDS_IN_SUMMARY = 4
# Fields of records whose room has no words of its own.
_PLAIN = {
    "access": "协作权限",
    "name": "名称",
    "color": "颜色",
    "mapping": "各列的含义",
    "on_match": "遇到已有客户",
    "owner": "负责人",
}


def customer_names(function: Names) -> Names:
    """Register what customers are called."""
    _names.append(function)
    return function


def customer_finder(function: Finder) -> Finder:
    """Register how a customer is found by its exact code."""
    _finders.append(function)
    return function


def words(*record_types: str) -> Callable[[Words], Words]:
    """Register how the fields of records are told."""

    def register(function: Words) -> Words:
        _words.update(dict.fromkeys(record_types, function))
        return function

    return register


class Wish(NamedTuple):
    """What to look for; days are days in Shanghai, both included."""

    person: int | None = None
    group: str = ""
    customer: int | None = None
    since: date | None = None
    until: date | None = None
    q: str = ""


Place = tuple[datetime, int]


def page(
    actor: Any, events: QuerySet[Event], wish: Wish, *, before: Place | None, limit: int
) -> tuple[list[dict[str, Any]], Place | None]:
    """Return a page of `events`, the newest first, in words, and the key of the next page."""
    rows = _rows(actor, events, wish, before, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    return told(actor, rows), ((rows[-1].at, rows[-1].pk) if more else None)


def told(actor: Any, rows: list[Event]) -> list[dict[str, Any]]:
    """Return events in words, as far as the actor may read them."""
    known = names_of(actor, {row.customer_id for row in rows if row.customer_id is not None})
    return [_item(actor, row, known) for row in rows]


def names_of(actor: Any, ids: Collection[int]) -> dict[int, str]:
    """Return, by id, the names of those customers the actor may read of."""
    known: dict[int, str] = {}
    for names in _names if ids else ():
        known |= names(actor, ids)
    return known


def _rows(
    actor: Any, events: QuerySet[Event], wish: Wish, before: Place | None, count: int
) -> list[Event]:
    found = _narrowed(actor, events, wish)
    if before:
        at, pk = before
        found = found.filter(at__lte=at).filter(Q(at__lt=at) | Q(id__lt=pk))
    found = found.select_related("actor").order_by("-at", "-id")
    if not wish.group:
        return list(found[:count])
    # The newest of each verb by its index, then the newest of these: a rare group of a long trail
    # would else be looked for in all of it.
    each = (list(found.filter(verb=verb)[:count]) for verb in verbs.of_group(wish.group))
    return list(heapq.merge(*each, key=lambda row: (row.at, row.pk), reverse=True))[:count]


def _narrowed(actor: Any, events: QuerySet[Event], wish: Wish) -> QuerySet[Event]:
    if wish.person is not None:
        events = events.filter(actor_id=wish.person)
    if wish.customer is not None:
        events = events.filter(customer_id=wish.customer)
    if wish.since:
        events = events.filter(at__gte=clock.midnight(wish.since))
    if wish.until:
        events = events.filter(at__lt=clock.midnight(wish.until + timedelta(days=1)))
    q = wish.q.strip()
    if not q:
        return events
    if _REQUEST.fullmatch(q.lower()):
        return events.filter(request_id=q.lower()).exclude(request_id="")
    try:
        address = str(ipaddress.ip_address(q))
    except ValueError:
        ids = {pk for find in _finders for pk in find(actor, q)}
        return events.filter(customer_id__in=ids)
    return events.filter(address=address).exclude(address="")


def _item(actor: Any, row: Event, known: dict[int, str]) -> dict[str, Any]:
    verb = verbs.told(row.verb)
    hidden = row.customer_id is not None and row.customer_id not in known
    changes = [] if hidden else _changes(actor, row)
    customer = None
    if row.customer_id is not None:
        customer = {"id": row.customer_id, "name": known.get(row.customer_id, "")}
    return {
        "id": row.pk,
        "at": row.at,
        "verb": row.verb,
        "label": verb.label,
        "group": verb.group,
        "actor": {"id": row.actor.pk, "name": row.actor.name} if row.actor else None,
        "via": row.via or "system",
        "address": row.address,
        "request_id": row.request_id,
        "customer": customer,
        "record": {"type": row.record_type, "id": row.record_id} if row.record_id else None,
        "summary": "（不在你的数据范围内）" if hidden else _summary(actor, row, verb, changes),
        "changes": changes,
    }


def _changes(actor: Any, row: Event) -> list[dict[str, Any]]:
    found = []
    told = row.data.get("changes") or {}
    pairs = dict(told) if isinstance(told, dict) else {}
    if isinstance(row.data.get("access"), list):
        pairs["access"] = row.data["access"]
    tell = _words.get(row.record_type, _as_it_is)
    for name, pair in pairs.items():
        if not isinstance(pair, list) or len(pair) != 2:
            continue
        before, after = tell(actor, name, pair[0]), tell(actor, name, pair[1])
        if before and after:
            label, shown = before[0], (before[1], after[1])
            found.append({"field": name, "label": label, "old": shown[0], "new": shown[1]})
    return found


def _as_it_is(_actor: Any, field: str, value: Any) -> tuple[str, Any]:
    return _PLAIN.get(field, field), value


def _summary(actor: Any, row: Event, verb: verbs.Verb, changes: list[dict[str, Any]]) -> str:
    said = _Data(actor, row)
    text = _BLANK.sub("", verb.says.format_map(said)).strip()
    if changes:
        labels = [str(one["label"]) for one in changes[:_FIELDS_IN_SUMMARY]]
        text += ("：" if text else "") + "、".join(labels)
        if len(changes) > len(labels):
            text += f" 等 {len(changes)} 项"
    return text


class _Data(dict[str, str]):
    """What a summary may quote of an event's data."""

    def __init__(self, actor: Any, row: Event) -> None:
        tell = _words.get(row.record_type)
        for name, value in row.data.items():
            if not isinstance(value, str | int) or isinstance(value, bool):
                continue
            if tell is not None and name == "name":
                known = tell(actor, name, value)
                value = known[1] if known else ""
            if tell is not None and name == "field":
                known = tell(actor, str(value), "")
                value = known[0] if known else value
            self[name] = str(value)

    def __missing__(self, _name: str) -> str:
        return ""


def state(*, running: bool) -> dict[str, Any]:
    """Return how much is recorded and sealed, and what the last verification found."""
    end = chain.read_end()
    last = Examination.objects.filter(pk=Examination.THE).first()
    sealed = Event.objects.order_by("-id").values_list("at", flat=True).first() if end else None
    notes = anchor.noted()
    return {
        "events": end.count if end else 0,
        "sealed_until": sealed,
        "anchored_at": max((one.at for one in notes), default=None),
        "well": last.well if last else None,
        "checked_at": last.checked_at.astimezone(UTC) if last else None,
        "problem": last.problem if last else "",
        "running": running,
    }
