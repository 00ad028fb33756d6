"""Showing one sealed value in plain text."""

from datetime import datetime

from django.db import transaction

from zhike.access.models import Person
from zhike.access.queries import organisation
from zhike.base import clock, text
from zhike.base.errors import Forbidden, Invalid, NotFound, TooMany
from zhike.customers import custom
from zhike.customers.entry import SEALED
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import READABLE
from zhike.customers.ways import locked, locked_contact
from zhike.fields import sealed
from zhike.fields.groups import group_of
from zhike.trail.actions import record
from zhike.trail.queries import done_since


def reveal(
    *,
    actor: Person,
    now: datetime,
    field: str,
    reason: str = "",
    customer_id: int = 0,
    contact_id: int = 0,
) -> str:
    """Return one sealed value in plain text; who looked, and why, is recorded (R60).

    Raises TooMany when the person's number of the day is used up. A customer in the pool has to
    be claimed first.
    """
    if not actor.may("reveal"):
        raise Forbidden("你没有查看完整号码的权限，请联系管理员。")
    kind = "contact" if contact_id else "customer"
    own = custom.definition(kind, field)
    shipped = Contact.SEALED if contact_id else ("identity", "address")
    if field not in shipped and not (own is not None and own.is_sealed):
        raise Invalid("field", "这个字段不需要解密查看。")
    rules = organisation()
    reason = text.tidy(reason or "")[:200]
    if rules.reveal_needs_reason and not reason:
        raise Invalid("reason", "请写一下查看的原因，例如“回访客户”。")
    with transaction.atomic():
        of: Customer | Contact
        if contact_id:
            of = locked_contact(actor, contact_id, READABLE)
        else:
            of = locked(actor, customer_id, READABLE)
        if not actor.reads(group_of(kind, field)):
            raise Forbidden("你的角色只能看打码后的内容，请联系管理员。", field="field")
        plain = _plain(of, field)
        if plain is None:
            raise sealed.Unreadable
        if not plain:
            raise NotFound("这里还没有填写。")
        _count_reveal(actor, now, rules.reveals_per_day)
        record(
            "value.revealed",
            actor=actor,
            now=now,
            customer_id=of.customer_id if isinstance(of, Contact) else of.pk,
            record=(kind, of.pk),
            data={"field": field, **({"reason": reason} if reason else {})},
        )
    return plain


def _plain(of: Customer | Contact, field: str) -> str | None:
    """The value, "" when empty, None for one that was tampered with."""
    if field in SEALED:
        return sealed.held(of, field)
    kept = (of.custom or {}).get(field)
    return custom.unseal(of, field, kept) if kept is not None else ""


def _count_reveal(actor: Person, now: datetime, most: int) -> None:
    """Refuse one more than the day allows; of two at once, one waits for the other."""
    list(Person.objects.select_for_update().filter(pk=actor.pk).values_list("pk"))
    since = clock.midnight(clock.day_of(now))
    if done_since("value.revealed", actor_id=actor.pk, since=since) >= most:
        told = f"今天查看完整号码已到 {most} 次的上限，请明天再看，或联系管理员。"
        raise TooMany(told, code="reveal_limit")
