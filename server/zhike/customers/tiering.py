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
from zhike.trail.actions import record

MOST_REASON = 200


def set_tier(
    *, actor: Person, now: datetime, customer_id: int, tier: str | None, reason: str = ""
) -> Customer:
    """Put a customer into a tier, whatever its points, or with None back to what they say.

    Raises Invalid for an unknown tier or a missing reason. Where changes of the tier are reviewed,
    the wish waits and the customer comes back as it was.
    """
    require_edit(actor, "customer", ["tier"])
    reason = text.tidy(reason or "")
    if tier is not None and tier not in choices.TIER.values:
        raise Invalid("tier", "客户分层没有这个选项，请从列表中选择。")
    if tier is not None and not reason:
        raise Invalid("reason", "请写一下为什么不按得分分层，例如“集团重点培育客户”。")
    if len(reason) > MOST_REASON:
        raise Invalid("reason", f"理由最多 {MOST_REASON} 个字，请精简。")
    with transaction.atomic():
        customer = locked(actor, customer_id)
        if waiting.held_back(actor, customer, {"tier"}):
            if tier is None:
                raise Forbidden("客户分层的修改要审核，请联系主管改回按得分计算。")
            waiting.ask_change(actor=actor, now=now, customer=customer, wished={"tier": tier})
            return customer
        before = customer.tier, customer.tier_by_hand, customer.tier_reason
        customer.tier_by_hand = tier is not None
        customer.tier_reason = reason if tier is not None else ""
        customer.tier = tier or customer.tier
        if tier is None:
            customer.tier = standing.tier_by_points(customer, now)
        if before == (customer.tier, customer.tier_by_hand, customer.tier_reason):
            return customer
        customer.version += 1
        customer.updated_at = now
        names = ["tier", "tier_by_hand", "tier_reason", "version", "updated_at"]
        customer.save(update_fields=names)
        changes = {"tier": [before[0], customer.tier]} if before[0] != customer.tier else {}
        record(
            "customer.tiered",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={
                "version": customer.version,
                "changes": changes | _by_hand(before[1], customer),
                "by_hand": customer.tier_by_hand,
                "reason": customer.tier_reason,
            },
        )
        waiting.settle(actor=actor, now=now, written={customer.pk: {"tier"}})
        standing.settle(customer, now)
    return customer


def _by_hand(before: bool, customer: Customer) -> dict[str, list[bool]]:
    if before == customer.tier_by_hand:
        return {}
    return {"tier_by_hand": [before, customer.tier_by_hand]}
