"""Customers that may be the same as the one being entered, told without telling too much (R19)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from zhike.access.models import Person
from zhike.access.queries import organisation
from zhike.base import text
from zhike.base.company import Likeness
from zhike.base.errors import Forbidden
from zhike.customers import likeness
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import visible_to
from zhike.fields import sealed

MOST = 5
LIKELY = 0.8  # what a stranger's customer must reach to be told of at all
_NUMBERS = (("mobile", "phone"), ("landline", "phone"), ("email", "email"), ("wechat", "wechat"))


class Asked(NamedTuple):
    """What was typed so far."""

    name: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    identity: str = ""
    kind: str = ""
    except_id: int | None = None


def similar(actor: Person, asked: Asked) -> list[dict[str, Any]]:
    """Return customers that may be the same as one being entered, the likeliest first, at most
    five.

    Also those the reader may not see: of them only that they exist and who cares for them is
    told, never what they hold, nor how like the name is. What the reader's role may not read it
    does not compare either: an answer would confirm the number.
    """
    if not (actor.may("create") or actor.edits("basic")):
        raise Forbidden("你的角色不能录入客户，也就不用查重。")
    reasons: dict[int, set[str]] = {}
    for reason, ids in _equal(actor, asked):
        for pk in ids:
            if pk != asked.except_id:
                reasons.setdefault(pk, set()).add(reason)
    likes: dict[int, Likeness] = {}
    if asked.name and asked.kind != "person":
        likes = dict(likeness.like_names(asked.name, except_id=asked.except_id)[:50])
    if not reasons and not likes:
        return []
    mine = visible_to(actor).filter(pk__in={*reasons, *likes})
    seen = {pk: row for pk, *row in mine.values_list("pk", "name", "code")}
    for pk, like in likes.items():
        if pk in seen or like.score >= LIKELY:
            reasons.setdefault(pk, set()).add("like_name")
    facts = _facts(reasons)
    items = [
        (_strength(asked, kind, reasons[pk], likes.get(pk) if pk in seen else None), pk)
        for pk, (kind, _) in facts.items()
    ]
    best = sorted(items, key=lambda pair: (-pair[0], pair[1]))[:MOST]
    tells = organisation().tells_who_cares
    return [
        _item(strength, pk, reasons[pk], likes.get(pk), seen.get(pk), facts[pk][1], tells)
        for strength, pk in best
    ]


def _strength(asked: Asked, kind: str, reasons: set[str], like: Likeness | None) -> int:
    """How like exactly a name is that the reader may not see would help to guess it."""
    companies = kind == "company" and asked.kind != "person"
    return likeness.strength(reasons, like=like.score if like else LIKELY, companies=companies)


def _item(
    strength: int,
    pk: int,
    reasons: set[str],
    like: Likeness | None,
    seen: list[Any] | None,
    owner: str | None,
    tells: bool,
) -> dict[str, Any]:
    ordered = [one for one in likeness.REASONS if one in reasons]
    name, code = (seen[0], seen[1]) if seen else (None, None)
    return {
        "id": pk if seen else None,
        "name": name,
        "code": code,
        "owner": owner if seen or tells else None,
        "reason": ordered[0],
        "reasons": ordered,
        "certain": "identity" in reasons,
        "strength": strength,
        "why": likeness.why(reasons, like.why if like and seen else ""),
    }


def _equal(actor: Person, asked: Asked) -> Iterable[tuple[str, list[int]]]:
    alive = Q(deleted_at__isnull=True)
    if asked.except_id is not None:
        alive &= ~Q(pk=asked.except_id)
    if asked.identity and actor.reads("identity"):
        index = sealed.indexes("identity", asked.identity)["full"]
        yield "identity", any_customer(alive & Q(identity_index=index), ("identity", index))
    if asked.name:
        yield "name", any_customer(alive & Q(name_key=text.name_key(asked.name)[:120]))
    for field, reason in _NUMBERS:
        typed = getattr(asked, reason)
        group = "phone" if reason == "phone" else "email"
        index = sealed.indexes(field, typed)["full"] if typed and actor.reads(group) else None
        if index:
            at = Q(**{f"contacts__{field}_index": index, "contacts__deleted_at__isnull": True})
            yield reason, any_customer(alive & at, (f"contacts__{field}", index))


def any_customer(condition: Q, by: tuple[str, bytes | None] | None = None) -> list[int]:
    """Return ids regardless of the reader: only for who tells no more than that one exists.

    `by` is the sealed column by whose index they are looked for, with the index.
    """
    found = Customer._default_manager.filter(condition).order_by("pk")
    if by is None:
        return list(found.values_list("pk", flat=True)[:MOST])
    path, index = by
    of: type[Contact | Customer] = Contact if path.startswith("contacts__") else Customer
    row, field = ("contacts__pk" if of is Contact else "pk"), path.removeprefix("contacts__")
    return [
        pk
        for pk, holder, value in found.values_list("pk", row, path)[:MOST]
        if index and sealed.truly_has(of, field, holder, value, index)
    ]


def _facts(customer_ids: Iterable[int]) -> dict[int, tuple[str, str | None]]:
    """The kind and the owner's name of each, regardless of the reader."""
    found = Customer._default_manager.filter(pk__in=list(customer_ids))
    return {pk: (kind, owner) for pk, kind, owner in found.values_list("pk", "kind", "owner__name")}
