"""What is done with customers and tags; contacts, sharing, handing over have files of their own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from zhike.access.models import Person
from zhike.base import clock, practice, text
from zhike.base.errors import Forbidden, Invalid, NotFound, Stale
from zhike.base.identity import reserve
from zhike.customers import custom, judging, likeness, queries, search, standing, waiting
from zhike.customers.contacts import CONTACT_ON_CREATE, clean_first_contact, insert_contact
from zhike.customers.entry import HELD, clean_customer, label_of, named, with_defaults
from zhike.customers.models import (
    CodeSequence,
    Contact,
    Customer,
    CustomerTag,
    Tag,
    derived_from_name,
)
from zhike.customers.queries import GIVEABLE
from zhike.customers.telling import differences, plain, seal
from zhike.customers.ways import locked, require_way, taker
from zhike.fields import sealed
from zhike.fields.groups import require_edit
from zhike.trail.actions import changes, record
from zhike.trail.queries import changed_since


def next_codes(now: datetime, count: int) -> list[str]:
    """Give the next customer codes of this month, CRM-{YYYY}{MM}{seq:3}, never the same twice.

    Codes that came in by import are stepped over; those of made-up customers of the practice
    workspace begin with LX instead. Must run inside a transaction.
    """
    prefix = f"{'LX' if practice.generation() else 'CRM'}-{clock.day_of(now):%Y%m}"
    given: list[str] = []
    while missing := count - len(given):
        last = _advance(prefix, missing)
        wanted = [f"{prefix}{number:03}" for number in range(last - missing + 1, last + 1)]
        taken = set(Customer.objects.filter(code__in=wanted).values_list("code", flat=True))
        given += [code for code in wanted if code not in taken]
    return given


def _advance(prefix: str, count: int) -> int:
    """Move the last number of a prefix on; nobody else moves it until the transaction ends."""
    table = CodeSequence._meta.db_table
    sql = f"UPDATE {table} SET last = last + %s WHERE prefix = %s RETURNING last"
    with connection.cursor() as cursor:
        cursor.execute(sql, [count, prefix])
        found = cursor.fetchall()
        if not found:
            CodeSequence.objects.get_or_create(prefix=prefix)  # the month's first, or beaten to it
            cursor.execute(sql, [count, prefix])
            found = cursor.fetchall()
    return int(found[0][0])


class Entered(NamedTuple):
    """A new customer, and all the contacts it has."""

    customer: Customer
    contacts: list[Contact]


def create_customer(*, actor: Person, now: datetime, **fields: Any) -> Customer:
    """Enter a customer, with its first contact where `contact_name` or a number is given.

    Owner is the actor unless `owner_id` names another, which takes the right to hand over. Own
    fields come as `custom`, by key. What nobody enters gets the default of its definition.
    """
    return enter(actor=actor, now=now, **fields).customer


def enter(*, actor: Person, now: datetime, **fields: Any) -> Entered:
    """Do as `create_customer` does; return the contact, too, so that nobody need look for it."""
    if not actor.may("create"):
        raise Forbidden("你没有新建客户的权限，请联系管理员。")
    given = [name for name, value in fields.items() if value not in (None, "", [])]
    require_edit(actor, "customer", [*given, *custom.given(fields)])
    require_edit(
        actor, "contact", [CONTACT_ON_CREATE[name] for name in given if name in CONTACT_ON_CREATE]
    )
    contact = {
        name: fields.pop(given)
        for given, name in CONTACT_ON_CREATE.items()
        if fields.get(given) or fields.pop(given, None)
    }
    owner = _owner(actor, fields.pop("owner_id", actor.pk))
    tag_ids = fields.pop("tags", [])
    kind = fields.setdefault("kind", "company")
    clean = clean_customer(
        with_defaults("customer", fields, kind), kind=kind, new=True, actor=actor
    )
    if contact and not contact.get("name"):
        contact["name"] = clean["name"] if kind == "person" else "联系人"
    clean_first = clean_first_contact(contact, kind, actor) if contact else None
    day = clock.day_of(now)
    with transaction.atomic():
        customer = Customer(
            id=reserve(Customer, 1)[0],
            code=next_codes(now, 1)[0],
            owner=owner,
            recorder=actor,
            created_at=now,
            updated_at=now,
            tier_by_hand=bool(clean.get("tier")),
            **{"type": "prospect", "recorded_on": day, "recorder_name": actor.name}
            | plain(clean)
            | derived_from_name(clean["name"]),
        )
        seal(customer, clean)
        judging.refuse_or_warn(actor=actor, now=now, customer=customer)
        customer.save_once(force_insert=True)
        custom.index(customer, clean.get("custom") or {})
        record(
            "customer.created",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"name": customer.name, "code": customer.code, "owner": customer.owner_id},
        )
        if waiting.new_ones_wait(actor):
            waiting.ask_new(actor=actor, now=now, customers=[(customer.pk, {})])
        contacts = []
        if clean_first:
            first = clean_first | {"is_primary": True}
            contacts.append(insert_contact(customer, first, now, first=True))
        if tag_ids:
            _put_tags(actor, customer, tag_ids)
        search.refresh(customer, new_with=[one.name for one in contacts])
        likeness.lay_keys(customer, new=True)
        standing.settle(customer, now, new_with=contacts)
    return Entered(customer, contacts)


def _held(customer: Customer) -> dict[str, Any]:
    """What a change is checked against, in plain."""
    return {name: getattr(customer, name) for name in HELD} | {
        "identity": sealed.held(customer, "identity"),
        "custom": custom.opened("customer", customer),
    }


def change_customer(
    *, actor: Person, now: datetime, customer_id: int, version: int, **fields: Any
) -> Customer:
    """Change some fields of a customer, as seen at `version`.

    Somebody else's change of other fields meanwhile is no conflict; of the same fields it is:
    Stale tells what they changed, and nothing is saved.
    """
    own = custom.given(fields, empty=True)
    require_edit(actor, "customer", [*fields, *own])
    fields = named(fields)
    with transaction.atomic():
        customer = locked(actor, customer_id)
        _refuse_if_stale(customer, version, {*fields, *own})
        told: dict[str, list[Any]] = {}
        more: dict[str, Any] = {}
        if "owner_id" in fields:
            owner = _owner(actor, fields.pop("owner_id"), held=customer)
            owners = [customer.owner_id, owner.pk if owner else None]
            if owners[0] != owners[1]:
                told["owner"] = [_name(customer.owner), _name(owner)]
                more["owners"] = owners
            customer.owner = owner
        if "tags" in fields:
            before = _tag_names(customer)
            _put_tags(actor, customer, fields.pop("tags"))
            told |= changes({"tags": before}, {"tags": _tag_names(customer)})
        waits = waiting.held_back(actor, customer, fields)
        # A number counts at once, a kind that waits does not yet.
        apart = "kind" in waits and "identity" in fields
        kind = customer.kind if apart else fields.get("kind", customer.kind)
        clean = clean_customer(fields, kind=kind, held=_held(customer))
        _hold_back(actor, now, customer, waits, clean)
        told |= differences(customer, clean)
        if "tier" in told:  # by hand; emptied, it is computed again
            customer.tier_by_hand, customer.tier_reason = bool(clean["tier"]), ""
        for name, value in plain(clean).items():
            setattr(customer, name, value)
        if "name" in clean:
            customer.rename(clean["name"])
        seal(customer, clean)
        if not told:
            return customer
        customer.version += 1
        customer.updated_at = now
        judging.refuse_or_warn(actor=actor, now=now, customer=customer, changed=set(told))
        customer.save_once()
        custom.index(customer, clean.get("custom") or {})
        record(
            "customer.changed",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"version": customer.version, "changes": told, **more},
        )
        waiting.settle(actor=actor, now=now, written={customer.pk: told})
        if {"name", "kind", "owner"} & set(told):
            search.refresh(customer)
        if {"name", "kind"} & set(told):
            likeness.lay_keys(customer)
        standing.settle(customer, now)
    return customer


def _hold_back(
    actor: Person, now: datetime, customer: Customer, waits: Iterable[str], clean: dict[str, Any]
) -> None:
    """Take out of a change what has to wait for review, and note that it waits (R57)."""
    wished = {name: clean.pop(name) for name in waits}
    for name, following in (("industry", "industry_code"), ("region", "region_code")):
        if name in wished:
            clean.pop(following, None)
    if wished:
        waiting.ask_change(actor=actor, now=now, customer=customer, wished=wished)


def delete_customer(*, actor: Person, now: datetime, customer_id: int) -> None:
    """Put a customer into the trash with everything that hangs on it."""
    if not actor.may("delete"):
        raise Forbidden("你没有删除客户的权限，请联系管理员。")
    with transaction.atomic():
        put_away(actor=actor, now=now, customer=locked(actor, customer_id, GIVEABLE))


def put_away(*, actor: Person, now: datetime, customer: Customer) -> None:
    """Put a customer, locked by the caller, into the trash; the right to is the caller's to ask."""
    customer.deleted_at, customer.deleted_by = now, actor
    customer.version += 1
    customer.save(update_fields=["deleted_at", "deleted_by", "version"])
    search.drop([customer.pk])
    record(
        "customer.deleted",
        actor=actor,
        now=now,
        customer_id=customer.pk,
        record=("customer", customer.pk),
        data={"name": customer.name, "code": customer.code},
    )


def restore_customer(*, actor: Person, now: datetime, customer_id: int) -> Customer:
    """Bring a customer back from the trash."""
    with transaction.atomic():
        customer = (
            queries.trash_visible_to(actor).select_for_update(of=("self",)).filter(pk=customer_id)
        ).first()
        if customer is None:
            raise NotFound("回收站里没有这位客户。")
        customer.deleted_at, customer.deleted_by = None, None
        customer.version += 1
        customer.save_once()
        waiting.ask_again(actor=actor, now=now, customer=customer)
        search.refresh(customer)
        likeness.lay_keys(customer)
        record(
            "customer.restored",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"name": customer.name, "code": customer.code},
        )
        standing.settle(customer, now)
    return customer


def save_tag(*, actor: Person, now: datetime, name: str, color: str, tag: Tag) -> Tag:
    """Add a tag, rename or recolour one."""
    if not actor.may("manage_tags"):
        raise Forbidden("你没有管理标签的权限，请联系管理员。")
    name = text.tidy(name or "")
    if not 1 <= len(name) <= 30:
        raise Invalid("name", "标签名请控制在 1 到 30 个字。")
    if Tag.objects.filter(name=name).exclude(pk=tag.pk).exists():
        raise Invalid("name", "已经有同名的标签了。")
    before = {"name": tag.name, "color": tag.color} if tag.pk else {}
    tag.name, tag.color = name, text.tidy(color or "grey")[:20]
    told = changes(before, {"name": tag.name, "color": tag.color})
    with transaction.atomic():
        tag.save()
        data = {"name": name, "changes": told}
        record("tag.saved", actor=actor, now=now, record=("tag", tag.pk), data=data)
    return tag


def _owner(actor: Person, owner_id: int | None, held: Customer | None = None) -> Person | None:
    """Return the owner named in a request: oneself for a new customer, others by right only."""
    if held is None and owner_id == actor.pk:
        return actor
    if held is not None and held.owner_id == owner_id:
        return held.owner
    if not actor.may("hand_over"):
        raise Forbidden("你没有转交客户的权限，请联系主管或管理员。", field="owner_id")
    if held is not None:
        require_way(actor, held, GIVEABLE)
    return taker(actor, owner_id, field="owner_id")


def _refuse_if_stale(customer: Customer, version: int, fields: set[str]) -> None:
    if version == customer.version:
        return
    if version > customer.version:
        raise Invalid("version", "版本号不对，请刷新后再保存。")
    fields = {"owner" if name == "owner_id" else name for name in fields}
    theirs = changed_since(customer.pk, version)
    clash = {name: told for name, told in theirs.items() if name in fields}
    if clash:
        by = "、".join(sorted({told["by"] for told in clash.values()}))
        labels = "、".join(_label(name) for name in clash)
        raise Stale(f"{by}刚刚改过{labels}，你的修改还没有保存，请核对。", changed=clash)


def _label(name: str) -> str:
    return {"owner": "负责人", "tags": "标签"}.get(name) or label_of("customer", name)


def _put_tags(actor: Person, customer: Customer, tag_ids: Iterable[int]) -> None:
    wanted = set(tag_ids)
    possible = [pk for pk in wanted if 0 < pk < 2**63]  # beyond it, the database has no number
    known = set(queries.tags_visible_to(actor).filter(pk__in=possible).values_list("pk", flat=True))
    if wanted - known:
        raise Invalid("tags", "有的标签已不存在，请重新选择。")
    held = CustomerTag.objects.filter(customer=customer)
    had = set(held.values_list("tag_id", flat=True))
    held.exclude(tag_id__in=wanted).delete()
    CustomerTag.objects.bulk_create(
        CustomerTag(customer=customer, tag_id=pk) for pk in sorted(wanted - had)
    )


def _tag_names(customer: Customer) -> list[str]:
    return list(customer.tags.order_by("name").values_list("name", flat=True))


def _name(person: Person | None) -> str:
    return person.name if person else ""
