"""Setting a customer's tier by hand, against what the points say, and letting them speak again."""

from datetime import datetime

from django.db import transaction

from zhike.access.models import Person
from zhike.base import text
from zhike.base.errors import Forbidden, Invalid
from zhike.customers import standing, waiting
from zhike.customers.models import Customer
from zhike.customers.ways import locked
from zhike.fields import choices
from zhike.fields.groups import require_edit
from zhike.trail.actions import changes, record

MOST_REASON = 200


def set_tier(
    *, actor: Person, now: datetime, customer_id: int, tier: str | None, reason: str = ""
) -> Customer:
    """Put a customer into a tier, whatever its points, or with None back to what they say.

    Raises Invalid for an unknown tier or a missing reason. Where changes of the tier are reviewed,
    the wish waits and the customer comes back as it was.
    """
    require_edit(actor, "customer", ["tier"])
    reason = _reason(tier, reason)
    with transaction.atomic():
        customer = locked(actor, customer_id)
        if waiting.held_back(actor, customer, {"tier"}):
            if tier is None:
                raise Forbidden("客户分层的修改要审核，请联系主管改回按得分计算。")
            waiting.ask_change(actor=actor, now=now, customer=customer, wished={"tier": tier})
            return customer
        before = customer.tier, customer.tier_by_hand, customer.tier_reason
        customer.tier_by_hand = tier is not None
        customer.tier_reason = reason
        customer.tier = tier or customer.tier
        if tier is None:
            customer.tier = standing.tier_by_points(customer, now)
        if before == (customer.tier, customer.tier_by_hand, customer.tier_reason):
            return customer
        customer.version += 1
        customer.updated_at = now
        names = ["tier", "tier_by_hand", "tier_reason", "version", "updated_at"]
        customer.save(update_fields=names)
        _tell(actor, now, customer, before[0], before[1])
        waiting.settle(actor=actor, now=now, written={customer.pk: {"tier"}})
        standing.settle(customer, now)
    return customer


def _reason(tier: str | None, reason: str) -> str:
    """The reason as it is kept, none where the points speak again; raises Invalid."""
    if tier is None:
        return ""
    if tier not in choices.TIER.values:
        raise Invalid("tier", "客户分层没有这个选项，请从列表中选择。")
    reason = text.tidy(reason or "")
    if not reason:
        raise Invalid("reason", "请写一下为什么不按得分分层，例如“集团重点培育客户”。")
    if len(reason) > MOST_REASON:
        raise Invalid("reason", f"理由最多 {MOST_REASON} 个字，请精简。")
    return reason


def _tell(actor: Person, now: datetime, customer: Customer, tier: str, by_hand: bool) -> None:
    """Record another tier, or another way to it; given is what it was before."""
    record(
        "customer.tiered",
        actor=actor,
        now=now,
        customer_id=customer.pk,
        record=("customer", customer.pk),
        data={
            "version": customer.version,
            "changes": changes(
                {"tier": tier, "tier_by_hand": by_hand},
                {"tier": customer.tier, "tier_by_hand": customer.tier_by_hand},
            ),
            "by_hand": customer.tier_by_hand,
            "reason": customer.tier_reason,
        },
    )
