"""Finding customers by a few typed letters or digits."""

from typing import Any, Literal

from django.db.models import Q

from zhike.access.models import Person
from zhike.access.queries import organisation, reached_by
from zhike.access.rights import Level
from zhike.base import pinyin, text, tokens
from zhike.customers import search
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import (
    contact_name,
    contacts_visible_to,
    masked_name,
    moved_to,
    primary_contact,
    visible_to,
)
from zhike.customers.similar import any_customer
from zhike.fields import sealed
from zhike.fields.groups import level_of


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
    return [_hit(actor, row, q) for _, row in ranked[:limit]]


def _rank(row: tuple[Any, ...], q: str) -> tuple[int, bool, bool, int, int]:
    """How it was found, then names that begin with what was typed (hz: 杭州 before 广州逸衡)."""
    pk, code, name, kind, is_key = row[:5]
    typed, person = text.name_key(q), kind == "person"
    said = pinyin.readings(name, person=person)
    begins = any(start.startswith(typed) for start in (text.name_key(name), *said))
    return _RANK[_how(name, code, q, person=person)], not begins, not is_key, len(name), -pk


RANKED = 300  # so many of the newest that fit are weighed against each other
_RANK = {"code": 0, "phone": 1, "name": 2, "initials": 3, "pinyin": 4, "contact": 5}


def _hit(actor: Person, row: tuple[Any, ...], q: str) -> dict[str, Any]:
    pk, code, name, kind, is_key, owner, contact_id, contact, mobile, landline = row
    tells_key = level_of(actor, "customer", "is_key") >= Level.READ
    return {
        "id": pk,
        "code": code,
        "name": name,
        "kind": kind,
        "is_key": bool(is_key) and tells_key,
        "owner_name": owner,
        "contact_name": contact_name(actor, contact or "")
        if owner or actor.scope("customer").reach == "all"
        else masked_name(actor, contact or ""),
        "phone": masked_phone(actor, contact_id, mobile, landline),
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


def masked_phone(actor: Person, contact_id: int | None, mobile: Any, landline: Any) -> str:
    """Return the masked mobile number, or the landline where there is no mobile.

    Nothing for a reader from whom phones are hidden.
    """
    if actor.level("phone") == Level.HIDDEN:
        return ""
    for field, value in (("mobile", mobile), ("landline", landline)):
        if value and contact_id:
            return sealed.masked(Contact, field, contact_id, value)
    return ""


def ids_by_words(actor: Person, q: str, limit: int) -> list[int]:
    """Return the visible customers the typed words or digits mean, at most `limit`."""
    q = text.normalise(q)[:100]
    ids = _ids_by_number(actor, q, limit)
    if len(ids) < limit:
        near = search.candidates(q, marks=_marks(actor), limit=limit)
        rows = visible_to(actor).filter(pk__in=near).values_list("id", "name", "code", "kind")
        right = {
            pk
            for pk, name, code, kind in rows
            if tokens.matches(name, code, q, person=kind == "person")
        }
        loose = [pk for pk in near if pk not in right]
        if loose and actor.reads("contact"):  # found by a contact's name
            at = contacts_visible_to(actor).filter(customer_id__in=loose)
            for pk, contact in at.values_list("customer_id", "name"):
                if tokens.matches(contact, "", q, person=True):
                    right.add(pk)
        ids += [pk for pk in near if pk in right and pk not in ids]
    if q and not ids:  # the code of one that was merged leads to the survivor
        into = moved_to(actor, code=q[:40])
        ids = [into.pk] if into is not None else []
    return ids[:limit]


MOST_MARKS = 500  # the most owners an index is asked for; a wider reach is narrowed afterwards


def _marks(actor: Person) -> list[str] | None:
    """Return the tokens of whose customers `actor` reaches; None where it is not worth it."""
    scope = actor.scope("customer")
    if scope.reach == "all":
        return None
    marks = [search.owner_token(pk) for pk in reached_by(actor, scope.reach)]
    if len(marks) > MOST_MARKS:
        return None
    if scope.shared:
        marks.append(search.shared_token(actor.pk))
    if scope.pool:
        marks.append(search.owner_token(None))
    return marks


def _ids_by_number(actor: Person, q: str, limit: int) -> list[int]:
    """Return who has the number or address that was typed.

    A whole number tells who has it, which is to read it; the last four digits everybody sees
    who sees the masked number.
    """
    fields: tuple[str, ...] = ("mobile", "landline")
    which: Literal["full", "tail"] = "full"
    index: bytes | None = None
    if q.isdigit() and len(q) == 4 and actor.level("phone") >= Level.MASKED:
        which, index = "tail", sealed.tail_index(q)
    elif "@" in q and actor.reads("email"):
        fields, index = ("email",), sealed.indexes("email", q)["full"]
    elif sum(letter.isdigit() for letter in q) >= 7 and actor.reads("phone"):
        index = sealed.indexes("mobile", q)["full"]
    if not index:
        return []
    beside = "tail" if which == "tail" else "index"
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}_{beside}": index})
    found = contacts_visible_to(actor).filter(condition).order_by("-customer_id")
    ids: dict[int, None] = {}
    for pk, contact_id, *values in found.values_list("customer_id", "pk", *fields)[:limit]:
        pairs = zip(fields, values, strict=True)
        if any(sealed.truly_has(Contact, f, contact_id, v, index, which) for f, v in pairs):
            ids[pk] = None
    return list(ids)


def in_care(actor: Person, q: str) -> list[dict[str, Any]]:
    """Return who cares for customers of exactly this name or code that `actor` may not see.

    Nothing else of them is told (R58), and nothing at all where the organisation says so.
    """
    typed = text.name_key(q[:120])
    if len(typed) < 2 or not organisation().tells_who_cares:
        return []
    exact = Q(name_key=typed) | Q(code=text.normalise(q)[:40])
    ids = set(any_customer(Q(deleted_at__isnull=True) & exact))
    ids -= set(visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    cared = Customer._default_manager.filter(pk__in=ids, owner__isnull=False)
    rows = cared.values_list("owner__name", "owner__department__name").distinct()
    return [{"owner": owner, "department": department} for owner, department in rows]
