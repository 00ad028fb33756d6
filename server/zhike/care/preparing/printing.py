"""The card on paper: as its reader sees it, signed with who printed it and when (R30)."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, paper
from zhike.care.preparing.card import card
from zhike.trail.actions import record

_TEMPLATE = Path(__file__).parents[1] / "paper" / "preparation.typ"


def print_card(*, actor: Person, now: datetime, customer_id: int) -> tuple[str, bytes]:
    """Return the file name and the PDF of a card; that it was printed is recorded."""
    today = clock.day_of(now)
    found = card(actor, customer_id, today=today)
    name, code = found["customer"]["name"], found["customer"]["code"]
    with transaction.atomic():
        record(
            "preparation.printed",
            actor=actor,
            now=now,
            customer_id=customer_id,
            record=("customer", customer_id),
            data={"name": name, "code": code},
        )
    data = _plain(found) | {
        "title": f"{name} 准备卡",
        "printed_by": actor.name,
        "subtitle": f"{code} · {today:%Y-%m-%d} {clock.weekday_name(today)}",
        "footer": f"{actor.name} 于 {today:%Y-%m-%d} 打印 · 内部资料，请勿外传",
    }
    return f"{name}-准备卡-{today:%Y%m%d}.pdf", paper.pdf(_TEMPLATE, data)


def _plain(value: Any) -> Any:
    """The same with days and times as they are printed; "" for what is missing."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else value
