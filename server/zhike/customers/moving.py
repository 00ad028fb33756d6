"""What changes hands when customers are merged, and how it goes back (R19).

The rows are found by `relations`. What an undo needs is a plain object, kept in `Merge.moved`:
`rows` and `gone` by relation (whose each row was; which were in the trash), `twins` (contacts that
stayed behind), `dethroned` (who was primary), `added` and `raised` (what a union gave the survivor)
and `taken` (all whose older events are the survivor's now).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from zhike.base import text
from zhike.customers import custom, queries, relations
from zhike.customers.models import Contact, Customer, Merge
from zhike.customers.relations import Relation, Way
from zhike.fields import sealed

_SAME_NUMBER = ("mobile", "landline", "email", "wechat")
_NOT_COMPARED = frozenset(
    {
        *("id", "version", "customer", "is_primary", "import_id", "created_at", "deleted_at"),
        *("deleted_by", "custom", *Contact.SEALED),
        *(f"{name}_index" for name in Contact.SEALED),
        *("mobile_tail", "landline_tail"),
    }
)
_EMPTY = {"consent": "unknown"}


def twins_of(survivor: Customer, absorbed: Sequence[Customer]) -> dict[int, int]:
    """Return contacts that are there twice, as {the one that stays behind: the one kept}.

    Only who has the same name and number and says nothing that the other does not say.
    """
    order = {one.pk: place for place, one in enumerate((survivor, *absorbed))}
    found = Contact.objects.filter(customer__in=order, deleted_at=None)
    contacts = sorted(found, key=lambda one: (order[one.customer_id], one.pk))
    kept: list[Contact] = []
    twins: dict[int, int] = {}
    for contact in contacts:
        same = next((one for one in kept if _says_no_more(contact, one)), None)
        if contact.customer_id != survivor.pk and same is not None:
            twins[contact.pk] = same.pk
        else:
            kept.append(contact)
    return twins


def _says_no_more(one: Contact, kept: Contact) -> bool:
    if text.name_key(one.name) != text.name_key(kept.name) or not _numbers(one) & _numbers(kept):
        return False
    for name in Contact.SEALED:
        held = sealed.held(one, name)
        if held is None or (held and held != sealed.held(kept, name)):
            return False
    for column in Contact._meta.concrete_fields:
        if column.name in _NOT_COMPARED:
            continue
        value = getattr(one, column.attname)
        empty = value in (None, "", False, _EMPTY.get(column.name))
        if column.name != "name" and not empty and value != getattr(kept, column.attname):
            return False
    own, other = (custom.opened("contact", contact) for contact in (one, kept))
    return len(own) == len(one.custom or {}) and own.items() <= other.items()


def _numbers(contact: Contact) -> set[tuple[str, bytes]]:
    """The numbers of a contact; mobile and landline share theirs."""
    return {
        ("phone" if name in ("mobile", "landline") else name, bytes(index))
        for name in _SAME_NUMBER
        if (index := getattr(contact, f"{name}_index")) is not None
    }


def counts(
    survivor: Customer, absorbed: Sequence[Customer], twins: Mapping[int, int]
) -> list[dict[str, Any]]:
    """Return how many records of each kind would move, deleted ones not counted."""
    ids = [one.pk for one in absorbed]
    found = []
    for relation in relations.of_way(Way.MOVE):
        if not relation.label:
            continue
        rows = relation.rows(ids)
        if relation.can_be_deleted:
            rows = rows.filter(deleted_at=None)
        rows = _moving(relation, rows, survivor, ids, twins)
        found.append({"kind": relation.kind, "label": relation.label, "count": rows.count()})
    for relation in relations.of_way(Way.UNION):
        count = len(_missing(relation, survivor, ids))
        found.append({"kind": relation.kind, "label": relation.label, "count": count})
    return found


def _moving(
    relation: Relation,
    rows: Any,
    survivor: Customer,
    ids: Sequence[int],
    twins: Mapping[int, int],
) -> Any:
    """Return the rows of the absorbed without those that stay behind."""
    if relation.model is Contact:
        rows = rows.exclude(pk__in=list(twins))
    if relation.stays is not None:
        rows = rows.exclude(pk__in=relation.stays(survivor.pk, ids))
    return rows


def move(
    survivor: Customer, absorbed: Sequence[Customer], twins: Mapping[int, int]
) -> dict[str, Any]:
    """Let everything change hands; returns what an undo needs."""
    ids = [one.pk for one in absorbed]
    moved: dict[str, Any] = {"rows": {}, "gone": {}, "added": {}, "raised": {}}
    moved["taken"] = [pk for one in absorbed for pk in queries.file_ids(one)]
    moved["twins"] = {str(pk): kept for pk, kept in twins.items()}
    moved["dethroned"] = _dethrone(survivor, absorbed, twins)
    for relation in relations.of_way(Way.MOVE):
        rows = relation.rows(ids)
        rows = _moving(relation, rows, survivor, ids, twins)
        _note(moved, relation, rows)
        rows.update(**{relation.attname: survivor.pk})
    for relation in relations.of_way(Way.MOVE, of="contact"):
        rows = relation.rows(twins)
        if relation.model is Contact:  # those who stay behind stay as they are
            rows = rows.exclude(pk__in=list(twins))
        _note(moved, relation, rows)
        for pk, kept in twins.items():
            rows.filter(**{relation.attname: pk}).update(**{relation.attname: kept})
    for relation in relations.of_way(Way.UNION):
        _unite(moved, relation, survivor, ids)
    return moved


def _note(moved: dict[str, Any], relation: Relation, rows: Any) -> None:
    """Remember whose each row was, and which of them were in the trash."""
    held: dict[str, list[int]] = {}
    for pk, of in rows.order_by("pk").values_list("pk", relation.attname):
        held.setdefault(str(of), []).append(pk)
    if held:
        moved["rows"][relation.key] = held
    if held and relation.can_be_deleted:
        gone = rows.filter(deleted_at__isnull=False).order_by("pk")
        moved["gone"][relation.key] = list(gone.values_list("pk", flat=True))


def _dethrone(
    survivor: Customer, absorbed: Sequence[Customer], twins: Mapping[int, int]
) -> list[int]:
    """Leave one primary contact: the survivor's, or the first of the others'."""
    order = {one.pk: place for place, one in enumerate((survivor, *absorbed))}
    found = Contact.objects.filter(customer__in=order, is_primary=True, deleted_at=None)
    firsts = sorted(
        (one for one in found if one.pk not in twins), key=lambda one: order[one.customer_id]
    )
    others = [one.pk for one in firsts[1:]]
    Contact.objects.filter(pk__in=others).update(is_primary=False)
    return others


def _missing(relation: Relation, survivor: Customer, ids: Sequence[int]) -> list[Any]:
    """Return the rows of the absorbed whose like the survivor has not, one of each."""
    once = f"{relation.once}_id"
    has = set(relation.rows([survivor.pk]).values_list(once, flat=True))
    if relation.once == "person":
        has.add(survivor.owner_id)
    found: dict[int, Any] = {}
    for row in relation.rows(ids).order_by("pk"):
        value = getattr(row, once)
        if value in has:
            continue
        if value not in found:
            found[value] = row
        elif getattr(row, "may_edit", False):
            found[value].may_edit = True
    return list(found.values())


def _unite(
    moved: dict[str, Any], relation: Relation, survivor: Customer, ids: Sequence[int]
) -> None:
    missing = _missing(relation, survivor, ids)
    for row in missing:
        row.pk, row._state.adding = None, True
        row.customer_id = survivor.pk
    made = relation.model._default_manager.bulk_create(missing)
    moved["added"][relation.key] = [row.pk for row in made]
    if relation.once == "person":  # who may edit one of them may edit what they became
        editors = relation.rows(ids).filter(may_edit=True).values_list("person_id", flat=True)
        raised = relation.rows([survivor.pk]).filter(person_id__in=list(editors), may_edit=False)
        moved["raised"][relation.key] = list(raised.values_list("pk", flat=True))
        raised.update(may_edit=True)


def move_back(done: Merge, survivor: Customer) -> None:
    """Give everything back; what has come since stays with the survivor."""
    moved = done.moved
    for relation in relations.known():
        for of, ids in moved["rows"].get(relation.key, {}).items():
            rows = relation.model._default_manager.filter(pk__in=ids)
            if relation.model is Contact and relation.of == "customer":
                _make_room(Contact.objects.filter(pk__in=ids), int(of))
            rows.update(**{relation.attname: int(of)})
    for relation in relations.of_way(Way.UNION):
        rows = relation.model._default_manager.filter(customer=survivor)
        rows.filter(pk__in=moved["added"].get(relation.key, ())).delete()
        raised = moved["raised"].get(relation.key)
        if raised:
            rows.filter(pk__in=raised).update(may_edit=False)
    for one in Contact.objects.filter(pk__in=moved["dethroned"], deleted_at=None):
        others = Contact.objects.filter(customer=one.customer_id, is_primary=True, deleted_at=None)
        if not others.exists():
            Contact.objects.filter(pk=one.pk).update(is_primary=True)


def _make_room(coming: QuerySet[Contact], customer_id: int) -> None:
    """Of those who come back, and who stayed behind, one may be primary."""
    stayed = Contact.objects.filter(customer=customer_id, is_primary=True, deleted_at=None)
    primary = coming.filter(is_primary=True, deleted_at=None).order_by("pk")
    kept = [] if stayed.exists() else list(primary.values_list("pk", flat=True)[:1])
    Contact.objects.filter(pk__in=list(primary.values_list("pk", flat=True))).exclude(
        pk__in=kept
    ).update(is_primary=False)


def crown(customer: Customer) -> None:
    """Where nobody is primary any more, the oldest contact is."""
    alive = Contact.objects.filter(customer=customer, deleted_at=None)
    if not alive.filter(is_primary=True).exists():
        heir = alive.order_by("pk").first()
        if heir is not None:
            Contact.objects.filter(pk=heir.pk).update(is_primary=True)


def astray(done: Merge, survivor_id: int) -> list[dict[str, str]]:
    """Return which records a merge moved are no longer where and as it put them."""
    found = []
    for relation in relations.known():
        rows = done.moved["rows"].get(relation.key)
        if rows:
            found += _astray(done, relation, rows, survivor_id)
    return found


def _astray(
    done: Merge, relation: Relation, rows: Mapping[str, list[int]], survivor_id: int
) -> list[dict[str, str]]:
    now_at = {int(of): survivor_id for of in rows}
    if relation.of == "contact":
        now_at = {int(of): done.moved["twins"][of] for of in rows}
    columns = ["pk", relation.attname, *(["deleted_at"] if relation.can_be_deleted else [])]
    ids = [pk for held in rows.values() for pk in held]
    there = {
        pk: (at, bool(deleted and deleted[0]))
        for pk, at, *deleted in relation.model._default_manager.filter(pk__in=ids).values_list(
            *columns
        )
    }
    gone = set(done.moved["gone"].get(relation.key, ()))
    astray = sum(
        there.get(pk) != (now_at[int(of)], pk in gone)
        for of, held in rows.items()
        for pk in held
        # What lay in the trash already may have left it for good: nobody did anything to it.
        if not (pk in gone and pk not in there)
    )
    if not astray:
        return []
    label = relation.label or relation.model._meta.verbose_name or relation.key
    told = f"{astray} 条{label}后来被删除、恢复或换了客户"
    return [{"field": relation.kind or relation.key, "label": str(label), "told": told}]


def moved_counts(done: Merge) -> list[dict[str, Any]]:
    """Return how many records of each kind a merge moved, deleted ones not counted."""
    found = []
    for relation in relations.known():
        if not relation.label:
            continue
        gone = set(done.moved["gone"].get(relation.key, ()))
        moved = [pk for ids in done.moved["rows"].get(relation.key, {}).values() for pk in ids]
        count = len(set(moved) - gone) + len(done.moved["added"].get(relation.key, ()))
        if count:
            found.append({"kind": relation.kind, "label": relation.label, "count": count})
    return found
