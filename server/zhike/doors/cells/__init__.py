"""How a cell is read, by the field its column leads to.

A reader takes the cell, the draft and the column, and puts what it understood into the draft.
`Refuse` and `CheckFailed` leave the cell out; the compiled row notes why.
"""

from __future__ import annotations

from typing import Any

from zhike.doors import columns
from zhike.doors.cells.basics import (
    Reader,
    choice,
    day,
    is_key,
    plain,
    shown,
    text,
    vague_day,
)
from zhike.doors.cells.contact import email, phone, reach, wechat, whole_contact
from zhike.doors.cells.customer import (
    address,
    customer_type,
    identity,
    money,
    owner_name,
    period,
    plan,
    quantity,
    score,
    standard_type,
)
from zhike.doors.cells.own import own, shipped
from zhike.doors.draft import Draft, Refuse
from zhike.fields import choices

__all__ = ["Reader", "gone", "plain", "readers", "shown", "standard_type"]

_DAYS = (
    *("customer.cooperation_since", "customer.cooperation_until", "customer.recorded_on"),
    *("customer.first_contact_on", "follow_up.on", "next.on", "care.on", "feedback.on"),
    "purchase.bought_on",
)

_TEXTS = (
    *("customer.code", "customer.name", "customer.industry", "customer.region"),
    *("customer.background", "customer.first_need", "customer.core_need", "customer.budget"),
    *("customer.expected_term", "customer.products", "customer.project_code"),
    *("customer.special_needs", "customer.risk", "customer.competition", "customer.remark"),
    *("customer.recorder_name", "contact.name", "contact.title", "follow_up.content"),
    *("follow_up.customer_feedback", "follow_up.result", "follow_up.author_name", "care.result"),
    *("feedback.dimension", "feedback.comment", "feedback.suggestion", "feedback.handler_name"),
    *("purchase.product", "purchase.order_code", "purchase.note"),
)

_CHOICES = {
    "customer.kind": choices.KIND,
    "customer.tier": choices.TIER,
    "customer.grade": choices.GRADE,
    "customer.source": choices.SOURCE,
    "customer.need_status": choices.NEED_STATUS,
    "customer.cooperation_stage": choices.COOPERATION_STAGE,
    "customer.deal_stage": choices.DEAL_STAGE,
    "follow_up.way": choices.WAY,
    "care.way": choices.CARE_WAY,
    "feedback.status": choices.FEEDBACK_STATUS,
}

_SHEETS: dict[str, Reader] = {
    **{name: day(name) for name in _DAYS},
    **{name: text(name) for name in _TEXTS},
    "customer.type": customer_type,
    "customer.is_key": is_key,
    "customer.identity": identity,
    "customer.address": address,
    "customer.cooperation_term": period,
    "customer.contract_amount_wan": money("customer.contract_amount", wan=True),
    "customer.contract_amount": money("customer.contract_amount", wan=False),
    "customer.deal_amount_wan": money("customer.deal_amount", wan=True),
    "customer.deal_amount": money("customer.deal_amount", wan=False),
    "customer.expected_close": vague_day("customer.expected_close"),
    "customer.owner_name": owner_name,
    "contact.reach": reach,
    "contact.mobile": phone("mobile"),
    "contact.landline": phone("landline"),
    "contact.email": email,
    "contact.wechat": wechat,
    "contact.all": whole_contact,
    "next.plan": plan,
    "feedback.score": score,
    "purchase.quantity": quantity,
    "purchase.amount": money("purchase.amount", wan=False),
    "purchase.amount_wan": money("purchase.amount", wan=True),
}


def readers() -> dict[str, Reader]:
    """The readers of all fields as they are now; compiled for one sheet, as words may change."""
    found = dict(_SHEETS)
    found |= {name: choice(name, dictionary) for name, dictionary in _CHOICES.items()}
    for name, definition in columns.present().own.items():
        if definition.is_fixed:
            continue
        if definition.builtin:
            found[name] = shipped(definition)
        else:
            found[name] = own(definition, wan=name.endswith("_wan"))
    return found


def gone(_value: Any, _draft: Draft, _column: int) -> None:
    """The reader of a column whose field has been archived or deleted since it was chosen."""
    raise Refuse("这一列对应的字段已停用，没有导入")
