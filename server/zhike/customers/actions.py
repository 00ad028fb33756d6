"""What is done with customers, contacts and tags. Every write of this room is here."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base import clock, text
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from zhike.base.identity import reserve
from zhike.customers import queries, search
from zhike.customers.entry import SEALED, clean_contact, clean_customer
from zhike.customers.models import (
    CodeSequence,
    Contact,
    Customer,
    CustomerTag,
    Tag,
    derived_from_name,
)
from zhike.fields import masking, sealed
from zhike.trail.actions import changes, record
from zhike.trail.queries import changed_since

CONTACT_ON_CREATE = {
    "contact_name": "name",
    "contact_title": "title",
    "mobile": "mobile",
    "landline": "landline",
    "email": "email",
    "wechat": "wechat",
}


def next_codes(now: datetime, count: int) -> list[str]:
    """Give the next customer codes of this month, CRM-{YYYY}{MM}{seq:3}, never the same twice.

    Codes that came in by import are stepped over. Must run inside a transaction.
    """
    prefix = f"CRM-{clock.day_of(now):%Y%m}"
    CodeSequence.objects.get_or_create(prefix=prefix)
    sequence = CodeSequence.objects.select_for_update().get(prefix=prefix)
    given: list[str] = []
    while len(given) < count:
        wanted = [f"{prefix}{sequence.last + step:03}" for step in range(1, count - len(given) + 1)]
        taken = set(Customer.objects.filter(code__in=wanted).values_list("code", flat=True))
        given += [code for code in wanted if code not in taken]
        sequence.last += len(wanted)
    sequence.save()
    return given


def create_customer(*, actor: Person, now: datetime, **fields: Any) -> Customer:
    """Enter a customer, with its first contact where `contact_name` or a number is given.

    Owner is the actor unless `owner_id` names another, which only those who see all may do.
    """
    contact = {
        name: fields.pop(given)
        for given, name in CONTACT_ON_CREATE.items()
        if fields.get(given) or fields.pop(given, None)
    }
    owner = _owner(actor, fields.pop("owner_id", actor.pk))
    tag_ids = fields.pop("tags", [])
    kind = fields.setdefault("kind", "company")
    clean = clean_customer(fields, kind=kind, new=True)
    if contact and not contact.get("name"):
        contact["name"] = clean["name"] if kind == "person" else "联系人"
    clean_first = _clean_first_contact(contact) if contact else None
    day = clock.day_of(now)
    with transaction.atomic():
        customer = Customer(
            id=reserve(Customer, 1)[0],
            code=next_codes(now, 1)[0],
            owner=owner,
            recorder=actor,
            created_at=now,
            updated_at=now,
            **{"type": "prospect", "recorded_on": day, "recorder_name": actor.name}
            | _plain(clean)
            | derived_from_name(clean["name"]),
        )
        _seal(customer, clean)
        _save_once(customer, force_insert=True)
        record(
            "customer.created",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"name": customer.name, "code": customer.code},
        )
        if clean_first:
            _insert_contact(customer, clean_first | {"is_primary": True}, now)
        _put_tags(actor, customer, tag_ids)
        search.refresh(customer)
    return customer


def _held_together(customer: Customer) -> dict[str, Any]:
    return {
        "identity": sealed.read(customer, "identity"),
        "cooperation_since": customer.cooperation_since,
        "cooperation_until": customer.cooperation_until,
    }


def _clean_first_contact(contact: dict[str, Any]) -> dict[str, Any]:
    """Check the contact that comes with a new customer; errors name the fields of that form."""
    given = {name: field for field, name in CONTACT_ON_CREATE.items()}
    try:
        return clean_contact(contact, new=True)
    except Invalid as wrong:
        raise Invalid([(given[name], told) for name, told in wrong.errors]) from wrong


def change_customer(
    *, actor: Person, now: datetime, customer_id: int, version: int, **fields: Any
) -> Customer:
    """Change some fields of a customer, as seen at `version`.

    Somebody else's change of other fields meanwhile is no conflict; of the same fields it is:
    Stale tells what they changed, and nothing is saved.
    """
    with transaction.atomic():
        customer = _locked(actor, customer_id)
        _refuse_if_stale(customer, version, set(fields))
        told: dict[str, list[Any]] = {}
        more: dict[str, Any] = {}
        if "owner_id" in fields:
            owner = _owner(actor, fields.pop("owner_id"))
            owners = [customer.owner_id, owner.pk if owner else None]
            if owners[0] != owners[1]:
                told["owner"] = [_name(customer.owner), _name(owner)]
                more["owners"] = owners
            customer.owner = owner
        if "tags" in fields:
            before = _tag_names(customer)
            _put_tags(actor, customer, fields.pop("tags"))
            told |= changes({"tags": before}, {"tags": _tag_names(customer)})
        clean = clean_customer(
            fields, kind=fields.get("kind", customer.kind), held=_held_together(customer)
        )
        told |= _differences(customer, clean)
        for name, value in _plain(clean).items():
            setattr(customer, name, value)
        if "name" in clean:
            customer.rename(clean["name"])
        _seal(customer, clean)
        if not told:
            return customer
        customer.version += 1
        customer.updated_at = now
        _save_once(customer)
        record(
            "customer.changed",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"version": customer.version, "changes": told, **more},
        )
        if {"name", "kind", "owner"} & set(told):
            search.refresh(customer)
    return customer


def delete_customer(*, actor: Person, now: datetime, customer_id: int) -> None:
    """Put a customer into the trash with everything that hangs on it."""
    if not actor.may("delete"):
        raise Forbidden("您没有删除客户的权限，请联系管理员。")
    with transaction.atomic():
        customer = _locked(actor, customer_id)
        customer.deleted_at = now
        customer.version += 1
        customer.save(update_fields=["deleted_at", "version"])
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
        customer.deleted_at = None
        customer.version += 1
        _save_once(customer)
        search.refresh(customer)
        record(
            "customer.restored",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"name": customer.name, "code": customer.code},
        )
    return customer


def add_contact(*, actor: Person, now: datetime, customer_id: int, **fields: Any) -> Contact:
    """Add a contact; the first one of a customer becomes the primary one."""
    clean = clean_contact(fields, new=True)
    with transaction.atomic():
        customer = _locked(actor, customer_id)
        first = not customer.contacts.filter(deleted_at=None).exists()
        contact = _insert_contact(customer, clean | ({"is_primary": True} if first else {}), now)
        record(
            "contact.added",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("contact", contact.pk),
            data={"name": contact.name},
        )
        search.refresh(customer)
    return contact


def change_contact(
    *, actor: Person, now: datetime, contact_id: int, version: int, **fields: Any
) -> Contact:
    """Change some fields of a contact, as seen at `version`."""
    with transaction.atomic():
        contact = _locked_contact(actor, contact_id)
        clean = clean_contact(fields, has_landline=contact.landline is not None)
        if version != contact.version:
            raise Stale("这位联系人刚被别人改过，请核对后再保存。")
        if clean.get("is_primary") is False and contact.is_primary:
            raise Invalid("is_primary", "请把另一位设为首要联系人，这一位会自动让出。")
        told = _differences(contact, clean)
        if clean.get("is_primary"):
            _make_room_for_primary(contact)
        for name, value in _plain(clean).items():
            setattr(contact, name, value)
        _seal(contact, clean)
        if not told:
            return contact
        contact.version += 1
        contact.save()
        record(
            "contact.changed",
            actor=actor,
            now=now,
            customer_id=contact.customer_id,
            record=("contact", contact.pk),
            data={"name": contact.name, "changes": told},
        )
        search.refresh(contact.customer)
    return contact


def remove_contact(*, actor: Person, now: datetime, contact_id: int) -> None:
    """Remove a contact; the oldest of the others becomes primary if this one was."""
    with transaction.atomic():
        contact = _locked_contact(actor, contact_id)
        was_primary, contact.is_primary, contact.deleted_at = contact.is_primary, False, now
        contact.save(update_fields=["deleted_at", "is_primary"])
        if was_primary:
            heir = contact.customer.contacts.filter(deleted_at=None).order_by("id").first()
            if heir:
                heir.is_primary = True
                heir.save(update_fields=["is_primary"])
        record(
            "contact.removed",
            actor=actor,
            now=now,
            customer_id=contact.customer_id,
            record=("contact", contact.pk),
            data={"name": contact.name},
        )
        search.refresh(contact.customer)


def restore_contact(*, actor: Person, now: datetime, contact_id: int) -> Contact:
    """Bring a removed contact back; it is primary again only where nobody else is left."""
    with transaction.atomic():
        found = queries.removed_contacts_visible_to(actor).select_for_update(of=("self",))
        contact = found.filter(pk=contact_id).first()
        if contact is None:
            raise NotFound("没有找到这位移除的联系人。")
        contact.deleted_at = None
        contact.is_primary = not contact.customer.contacts.filter(deleted_at=None).exists()
        contact.version += 1
        contact.save(update_fields=["deleted_at", "is_primary", "version"])
        record(
            "contact.added",
            actor=actor,
            now=now,
            customer_id=contact.customer_id,
            record=("contact", contact.pk),
            data={"name": contact.name},
        )
        search.refresh(contact.customer)
    return contact


def reveal(
    *, actor: Person, now: datetime, field: str, customer_id: int = 0, contact_id: int = 0
) -> str:
    """Return one sealed value in plain text; that it was looked at is recorded."""
    if not actor.may("reveal"):
        raise Forbidden("您没有查看完整号码的权限，请联系管理员。")
    with transaction.atomic():
        of: Customer | Contact
        of = _locked_contact(actor, contact_id) if contact_id else _locked(actor, customer_id)
        allowed = Contact.SEALED if contact_id else ("identity", "address")
        if field not in allowed:
            raise Invalid("field", "这个字段不需要解密查看。")
        plain = sealed.read(of, field)
        if not plain:
            raise NotFound("这里还没有填写。")
        record(
            "value.revealed",
            actor=actor,
            now=now,
            customer_id=of.customer_id if isinstance(of, Contact) else of.pk,
            record=("contact" if contact_id else "customer", of.pk),
            data={"field": field},
        )
    return plain


def save_tag(*, actor: Person, now: datetime, name: str, color: str, tag: Tag) -> Tag:
    """Add a tag, rename or recolour one."""
    name = text.tidy(name or "")
    if not 1 <= len(name) <= 30:
        raise Invalid("name", "标签名请控制在 1 到 30 个字。")
    if Tag.objects.filter(name=name).exclude(pk=tag.pk).exists():
        raise Invalid("name", "已经有同名的标签了。")
    tag.name, tag.color = name, text.tidy(color or "grey")[:20]
    with transaction.atomic():
        tag.save()
        record("tag.saved", actor=actor, now=now, record=("tag", tag.pk), data={"name": name})
    return tag


def hold(*, customer_id: int) -> None:
    """Keep everybody else from changing a customer until the caller's transaction ends."""
    list(Customer.objects.select_for_update().filter(pk=customer_id).values_list("pk"))


def follow_up_dates(*, customer_id: int, last: date | None, following: date | None) -> None:
    """Set when a customer was last and will next be followed up; called by the care room."""
    Customer.objects.filter(pk=customer_id).update(
        last_follow_up_on=last, next_follow_up_on=following
    )


def _locked(actor: Person, customer_id: int) -> Customer:
    found = queries.visible_to(actor).select_for_update(of=("self",)).filter(pk=customer_id)
    customer = found.first()
    if customer is None:
        raise NotFound("没有找到这位客户，可能已被删除或不归您负责。")
    return customer


def _locked_contact(actor: Person, contact_id: int) -> Contact:
    # With the customer: of two contacts that become primary at once, one waits for the other.
    found = queries.contacts_visible_to(actor).select_related("customer")
    contact = found.select_for_update(of=("self", "customer")).filter(pk=contact_id).first()
    if contact is None:
        raise NotFound("没有找到这位联系人，可能已被删除。")
    return contact


def _owner(actor: Person, owner_id: int | None) -> Person | None:
    if owner_id == actor.pk:
        return actor
    if not actor.may("see_all"):
        raise Forbidden("只有管理员可以把客户交给别人负责。", field="owner_id")
    if owner_id is None:
        return None
    owner = people_visible_to(actor).filter(pk=owner_id, is_active=True).first()
    if owner is None:
        raise Invalid("owner_id", "没有找到这位在职同事，请重新选择负责人。")
    return owner


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
        labels = "、".join(queries.label(Customer, name) for name in clash)
        raise Stale(f"{by}刚刚改过{labels}，您的修改还没有保存，请核对。", changed=clash)


def _plain(clean: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in clean.items() if name not in SEALED}


def _seal(of: Customer | Contact, clean: dict[str, Any]) -> None:
    for name in SEALED & set(clean):
        sealed.seal_into(of, name, clean[name] or None)


def _differences(of: Customer | Contact, clean: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} as the trail keeps them: sealed values masked."""
    told: dict[str, list[Any]] = {}
    for name, new in clean.items():
        if name == "industry_code":
            continue
        if name in SEALED:
            old = sealed.read(of, name)
            if old != (new or ""):
                kind = sealed.sealed_field(of, name).kind
                pair = [masking.mask(kind, old), masking.mask(kind, new or "")]
                # Two numbers may look the same when masked; that they changed must still show.
                told[name] = pair if pair[0] != pair[1] else [pair[0], pair[1] + "（已更换）"]
            continue
        old = getattr(of, name)
        if old != new:
            told[name] = [_json(old), _json(new)]
    return told


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _insert_contact(customer: Customer, clean: dict[str, Any], now: datetime) -> Contact:
    contact = Contact(id=reserve(Contact, 1)[0], customer=customer, created_at=now, **_plain(clean))
    _seal(contact, clean)
    if contact.is_primary:
        _make_room_for_primary(contact)
    contact.save(force_insert=True)
    return contact


def _make_room_for_primary(contact: Contact) -> None:
    others = Contact.objects.filter(customer_id=contact.customer_id, is_primary=True)
    others.exclude(pk=contact.pk).update(is_primary=False, version=F("version") + 1)


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


def _save_once(customer: Customer, **how: Any) -> None:
    """Save; the same identity twice is refused by the database, and told in words here."""
    try:
        with transaction.atomic():
            customer.save(**how)
    except IntegrityError as error:
        twin = Customer.objects.filter(
            identity_index=customer.identity_index, deleted_at=None
        ).exclude(pk=customer.pk)
        if customer.identity_index is None or not twin.exists():
            raise
        raise Conflict(
            "这个信用代码或证件号码已经登记在另一位客户名下，请先查找，不要重复录入。",
            code="duplicate_identity",
            field="identity",
        ) from error
