"""The time line of a customer, and its values in words, as far as a reader may have them (R57)."""

from datetime import date
from typing import Any

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import paging
from zhike.base.errors import Invalid
from zhike.customers import custom, tiers
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import contact_name, file_ids, from_afar, one, reaches
from zhike.fields import masking, registry, values
from zhike.fields.groups import level_of
from zhike.trail import queries as trail


def timeline(
    actor: Person, customer_id: int, *, kind: str | None, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of what happened with a customer, newest first, in words."""
    customer = one(actor, customer_id)
    if kind and kind not in trail.KINDS:
        raise Invalid("kind", "没有这一类动态，请换一类。")
    before = tuple(paging.unpack(cursor, date, int)) if cursor else None
    out_of_reach = [kind_ for kind_ in HANGING if not reaches(actor, customer, kind_)]
    items, following = trail.story(
        customer_id,
        kind=kind,
        before=before,
        limit=limit,
        own_only=out_of_reach,
        without=[dealing for dealing, group in DEALINGS.items() if not actor.reads(group)],
        reader_id=actor.pk,
        also=file_ids(customer)[1:],
    )
    in_pool = customer.owner_id is None and actor.scope("customer").reach != "all"
    reader = from_afar(actor) if in_pool else actor
    for item in items:
        if "task" in out_of_reach and (item["actor"] or {}).get("id") != actor.pk:
            item["detail"].pop("promised", None)  # those are tasks, and not theirs to read
        _put_in_words(reader, item)
    return items, paging.pack(*following) if following else None


# Kinds of records on a time line whose reach may be narrower than the customer's.
HANGING = ("follow_up", "care", "feedback", "task")
# Those that are read with a group of fields.
DEALINGS = {"purchase": "cooperation", "problem": "notes"}


def _put_in_words(actor: Person, item: dict[str, Any]) -> None:
    of = Contact if item["verb"].startswith("contact.") else Customer
    detail = item["detail"]
    if "changes" in detail:
        detail["changes"] = [
            {
                "field": name,
                "label": label(of, name),
                "old": shown_to(actor, of, name, old),
                "new": shown_to(actor, of, name, new),
            }
            for name, (old, new) in detail["changes"].items()
            if level_of(actor, _kind(of), name) > Level.HIDDEN
        ]
    if not actor.reads("money"):
        detail.pop("why", None)  # where a tier comes from tells of amounts
    elif "why" in detail:  # and of needs and people
        detail["why"] = tiers.shown(actor, detail["why"])
    if "custom" in detail:
        detail["custom"] = custom.readable(actor, "follow_up", detail["custom"])
    if of is Contact and "name" in detail:
        detail["name"] = contact_name(actor, detail["name"])
    if "contact" in detail:
        detail["contact"] = contact_name(actor, detail["contact"])
    if item["kind"] == "purchase" and not actor.reads("money"):
        detail["amount"] = None
    if item["kind"] == "reveal":
        of = Contact if item["record"] and item["record"]["type"] == "contact" else Customer
        detail["label"] = label(of, detail.get("field", ""))


def _kind(of: type[Customer] | type[Contact]) -> str:
    return "contact" if of is Contact else "customer"


def shown_to(actor: Person, of: type[Customer] | type[Contact], name: str, value: Any) -> Any:
    """Return a value of the trail as `actor` may read it. Sealed ones are masked already."""
    if level_of(actor, _kind(of), name) == Level.MASKED and value:
        if of is Contact and name == "name":
            return masking.mask_name(str(value))
        field = registry.definition(_kind(of), name)
        if field is None or not field.is_sealed:
            return "***"
    return shown(of, name, value)


def label(of: type[Customer] | type[Contact], name: str) -> str:
    """Return what a field is called on screen: as it is defined now, or else as its column is."""
    extra = {"owner": "负责人", "tags": "标签", "reports_to": "上级"}
    if name in extra:
        return extra[name]
    field = registry.definition(_kind(of), name)
    if field is not None:
        return field.label
    known = {column.name: str(column.verbose_name) for column in of._meta.fields}
    return known.get(name, name)


def shown(of: type[Customer] | type[Contact], name: str, value: Any) -> Any:
    """Return a value of the trail as people read it: the label of a choice, 是/否, an amount."""
    if value in (None, "", []):
        return ""
    if name in ("owner", "tags", "reports_to"):
        return value
    field = registry.definition(_kind(of), name)
    if field is not None:
        return values.text(field, value)
    if isinstance(value, bool):
        return "是" if value else "否"
    columns: dict[str, Any] = {column.name: column for column in of._meta.fields}
    column = columns.get(name)
    return dict(column.flatchoices).get(value, value) if column else value
