"""How a follow-up came to be as it is: what was corrected, by whom and when (R23)."""

from __future__ import annotations

import re
from typing import Any

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base.errors import NotFound
from zhike.care import queries
from zhike.care.models import FollowUp
from zhike.customers import queries as customers
from zhike.customers.models import Contact
from zhike.fields import choices, registry, values
from zhike.fields.groups import level_of
from zhike.trail.models import Event

MOST = 100
_LABELS = {"contact": "联系人", "contacted_on": "跟进日期"}
_BESIDE = {"contacted_at"}  # the day beside it is told
_NUMBER = re.compile(r"Contact object \((\d+)\)")  # how a contact was once written down


def of_follow_up(actor: Person, follow_up_id: int) -> list[dict[str, Any]]:
    """Return the corrections of a follow-up `actor` may read, the last first.

    Values are as the trail keeps them, numbers masked; fields out of the reader's sight are left
    out, and of a customer of the pool protected data is masked.
    """
    found = queries.follow_ups_visible_to(actor).select_related("customer")
    follow_up = found.filter(pk=follow_up_id).first()
    if follow_up is None:
        raise NotFound("没有找到这条跟进，可能已被删除。")
    told = Event.objects.filter(
        customer_id__in=customers.file_ids(follow_up.customer),
        verb="follow_up.changed",
        record_type="follow_up",
        record_id=follow_up.pk,
    )
    events = list(told.select_related("actor").order_by("-id")[:MOST])
    from_pool = customers.access_to(actor, follow_up.customer) == "pool"
    reader = customers.from_afar(actor) if from_pool else actor
    names = _names_of(events, follow_up)
    items = []
    for event in events:
        pairs = event.data.get("changes") or {}
        changes = [
            change
            for name, pair in pairs.items()
            if name not in _BESIDE or "contacted_on" not in pairs
            for change in _told(reader, name, pair, names)
        ]
        if changes:
            by = {"id": event.actor.pk, "name": event.actor.name} if event.actor else None
            items.append({"at": event.at, "by": by, "changes": changes})
    return items


def _told(actor: Person, name: str, pair: Any, names: dict[str, str]) -> list[dict[str, str]]:
    """Return a change in words; nothing where the reader may not see the field."""
    if name == "contact":
        shown = [customers.contact_name(actor, names.get(one, one)) for one in pair]
        label = _LABELS[name]
    else:
        field = registry.definition("follow_up", name)
        if field is not None and level_of(actor, "follow_up", name) < Level.READ:
            return []
        label = field.label if field is not None else _LABELS.get(name, name)
        shown = [_value(name, one) for one in pair]
    return [] if shown[0] == shown[1] else [{"label": label, "from": shown[0], "to": shown[1]}]


def _value(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if name == "way":
        return choices.WAY.label(value)
    if name == "response":
        return choices.RESPONSE.label(value)
    field = registry.definition("follow_up", name)
    if field is None or field.builtin:
        return str(value)
    return str(values.text(field, value))


def _names_of(events: list[Event], follow_up: FollowUp) -> dict[str, str]:
    """Return the names of those contacts whom the trail names by number only."""
    said = {
        str(one) for event in events for one in (event.data.get("changes") or {}).get("contact", ())
    }
    ids = {int(found[1]): one for one in said if (found := _NUMBER.fullmatch(one))}
    if not ids:
        return {}
    known = Contact.objects.filter(pk__in=ids, customer=follow_up.customer)
    names = dict(known.values_list("pk", "name"))
    return {one: names.get(pk, "") for pk, one in ids.items()}
