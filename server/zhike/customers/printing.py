"""A customer's story on paper (R20): as its reader sees it, signed with who printed it and when."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, paper
from zhike.customers import growth, queries
from zhike.fields.checks.money import wan_text
from zhike.trail.actions import record

_TEMPLATE = Path(__file__).with_name("paper") / "growth.typ"


def print_story(*, actor: Person, now: datetime, customer_id: int) -> tuple[str, bytes]:
    """Return the file name and the PDF of a customer's story; that it was printed is recorded."""
    customer = queries.one(actor, customer_id)
    today = clock.day_of(now)
    story = growth.story(actor, customer, today=today)
    with transaction.atomic():
        record(
            "story.printed",
            actor=actor,
            now=now,
            customer_id=customer.pk,
            record=("customer", customer.pk),
            data={"name": customer.name, "code": customer.code},
        )
    return f"{customer.name}-成长故事-{today:%Y%m%d}.pdf", paper.pdf(
        _TEMPLATE,
        {
            "title": f"{customer.name} 成长故事",
            "name": customer.name,
            "subtitle": f"{customer.code} · {_since(story['facts'])}",
            "printed_by": actor.name,
            "footer": f"{actor.name} 于 {today:%Y-%m-%d} 打印 · 内部资料，请勿外传",
            "figures": list(_figures(story["facts"])),
            "chapters": [
                {
                    "year": str(chapter["year"]),
                    "nodes": [one | {"on": f"{one['on']:%m-%d}"} for one in chapter["nodes"]],
                }
                for chapter in story["chapters"]
            ],
        },
    )


def _since(facts: dict[str, Any]) -> str:
    return f"从 {facts['since']:%Y-%m-%d} 起，相识 {facts['days']} 天"


def _figures(facts: dict[str, Any]) -> Any:
    yield {"label": "跟进", "value": f"{facts['follow_ups']} 次"}
    if facts["purchases"] is not None:
        yield {"label": "购买", "value": f"{facts['purchases']} 次"}
    if facts["bought_amount"] is not None:
        yield {"label": "累计金额", "value": f"{wan_text(facts['bought_amount'])} 万元"}
    yield {"label": "关键节点", "value": f"{facts['key_nodes']} 个"}
