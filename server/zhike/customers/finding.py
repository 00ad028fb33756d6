"""Finding customers by a few typed letters or digits, and those that may be the same."""

from typing import Any

from django.db.models import Q

from zhike.access.models import Person
from zhike.base import pinyin, text, tokens
from zhike.customers import search
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import contacts_visible_to, primary_contact, visible_to
from zhike.fields import masking, sealed


def similar(
    actor: Person, *, name: str = "", phone: str = "", email: str = "", identity: str = ""
) -> list[dict[str, Any]]:
    """Return customers that may be the same as one being entered, at most five.

    Also those the reader may not see: of them only that they exist and who cares for them is
    told, never what they hold.
    """
    found: dict[int, str] = {}
    alive = Q(deleted_at__isnull=True)
    if identity:
        index = sealed.indexes("identity", identity)["full"]
        for pk in _any_customer(alive & Q(identity_index=index)):
            found.setdefault(pk, "identity")
    if name:
        for pk in _any_customer(alive & Q(name_key=text.name_key(name))):
            found.setdefault(pk, "name")
    for field, typed in (("mobile", phone), ("landline", phone), ("email", email)):
        index = sealed.indexes(field, typed)["full"] if typed else None
        if index:
            at = Q(**{f"contacts__{field}_index": index, "contacts__deleted_at__isnull": True})
            for pk in _any_customer(alive & at):
                found.setdefault(pk, "email" if field == "email" else "phone")
    seen = {row.pk: row for row in visible_to(actor).filter(pk__in=found).select_related("owner")}
    owners = dict(_owner_names(found))
    return [
        {
            "id": pk if pk in seen else None,
            "name": seen[pk].name if pk in seen else None,
            "code": seen[pk].code if pk in seen else None,
            "owner": owners.get(pk),
            "reason": reason,
            "certain": reason == "identity",
        }
        for pk, reason in list(found.items())[:5]
    ]


def _any_customer(condition: Q) -> list[int]:
    """Return ids regardless of the reader: only for `similar`, which tells no more than that."""
    manager = Customer._default_manager
    return list(manager.filter(condition).values_list("pk", flat=True).order_by("pk")[:5])


def _owner_names(customer_ids: dict[int, str]) -> list[tuple[int, str | None]]:
    manager = Customer._default_manager
    return list(manager.filter(pk__in=customer_ids).values_list("pk", "owner__name"))


def find(actor: Person, q: str, *, limit: int) -> list[dict[str, Any]]:
    """Return the customers a few typed letters may mean, the best first."""
    ids = ids_by_words(actor, q, RANKED)
    rows = (
        visible_to(actor)
        .filter(pk__in=ids)
        .annotate(first=primary_contact())
        .values_list(
            *("id", "code", "name", "kind", "is_key", "owner__name"),
            *("first__id", "first__name", "first__mobile", "first__landline"),
        )
    )
    ranked = sorted(((_rank(row, q), row) for row in rows), key=lambda pair: pair[0])
    return [_hit(row, q) for _, row in ranked[:limit]]


def _rank(row: tuple[Any, ...], q: str) -> tuple[int, bool, bool, int, int]:
    """How it was found, then names that begin with what was typed (hz: 杭州 before 广州逸衡)."""
    pk, code, name, kind, is_key = row[:5]
    typed, person = text.name_key(q), kind == "person"
    said = pinyin.readings(name, person=person)
    begins = any(start.startswith(typed) for start in (text.name_key(name), *said))
    return _RANK[_how(name, code, q, person=person)], not begins, not is_key, len(name), -pk


RANKED = 300  # so many of the newest that fit are weighed against each other
_RANK = {"code": 0, "phone": 1, "name": 2, "initials": 3, "pinyin": 4, "contact": 5}


def _hit(row: tuple[Any, ...], q: str) -> dict[str, Any]:
    pk, code, name, kind, is_key, owner, contact_id, contact, mobile, landline = row
    return {
        "id": pk,
        "code": code,
        "name": name,
        "kind": kind,
        "is_key": bool(is_key),
        "owner_name": owner,
        "contact_name": contact or "",
        "phone": masked_phone(contact_id, mobile, landline),
        "match": _how(name, code, q, person=kind == "person"),
    }


def _how(name: str, code: str, q: str, *, person: bool) -> str:
    typed = text.name_key(q)
    if typed in text.name_key(name):
        return "name"
    if typed in text.name_key(code):
        return "code"
    if not tokens.matches(name, code, q, person=person):
        # Not only the first contact may have been meant: words never mean a number.
        is_number = "@" in q or any(letter.isdigit() for letter in q)
        return "phone" if is_number else "contact"
    return "initials" if typed in pinyin.readings(name, person=person)[1] else "pinyin"


def masked_phone(contact_id: int | None, mobile: Any, landline: Any) -> str:
    """Return the masked mobile number, or the landline where there is no mobile."""
    for field, value in (("mobile", mobile), ("landline", landline)):
        if value and contact_id:
            return masking.mask(field, sealed.unseal(Contact, field, contact_id, value))
    return ""


def ids_by_words(actor: Person, q: str, limit: int) -> list[int]:
    """Return the visible customers the typed words or digits mean, at most `limit`."""
    q = text.normalise(q)[:100]
    owner_id = None if actor.may("see_all") else actor.pk
    ids = _ids_by_number(actor, q, limit)
    if len(ids) < limit:
        near = search.candidates(q, owner_id=owner_id, limit=limit)
        rows = visible_to(actor).filter(pk__in=near).values_list("id", "name", "code", "kind")
        right = {
            pk
            for pk, name, code, kind in rows
            if tokens.matches(name, code, q, person=kind == "person")
        }
        loose = [pk for pk in near if pk not in right]
        if loose:  # found by a contact's name
            at = contacts_visible_to(actor).filter(customer_id__in=loose)
            for pk, contact in at.values_list("customer_id", "name"):
                if tokens.matches(contact, "", q, person=True):
                    right.add(pk)
        ids += [pk for pk in near if pk in right and pk not in ids]
    return ids[:limit]


def _ids_by_number(actor: Person, q: str, limit: int) -> list[int]:
    condition = Q()
    if q.isdigit() and len(q) == 4:
        tail = sealed.tail_index(q)
        condition = Q(mobile_tail=tail) | Q(landline_tail=tail)
    elif "@" in q:
        condition = Q(email_index=sealed.indexes("email", q)["full"])
    elif sum(letter.isdigit() for letter in q) >= 7:
        for field in ("mobile", "landline"):
            index = sealed.indexes(field, q)["full"]
            if index:
                condition |= Q(**{f"{field}_index": index})
    if not condition:
        return []
    found = contacts_visible_to(actor).filter(condition).order_by("-customer_id")
    return list(dict.fromkeys(found.values_list("customer_id", flat=True)[:limit]))
