"""How somebody wants to be told."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db import transaction

from zhike.base.errors import Invalid
from zhike.trail.actions import changes, record
from zhike.trail.models import Channel, NoticeWishes
from zhike.trail.notices.kinds import KINDS


def ways_of(kind: str, wishes: NoticeWishes | None) -> list[str]:
    """Return the kinds of channels a notice goes by: as the person wishes, else as is usual."""
    wished = wishes.ways.get(kind) if wishes is not None else None
    return list(KINDS[kind].ways) if wished is None else wished


def wishes_visible_to(actor: Any) -> NoticeWishes:
    """Return the actor's own wishes; the usual ones where they never wished."""
    found = NoticeWishes.objects.filter(person_id=actor.pk).first()
    return found or NoticeWishes(person_id=actor.pk)


def wish(*, actor: Any, now: datetime, **fields: Any) -> NoticeWishes:
    """Change how the actor is told: `ways`, `wants_digest`, `quiet_from`, `quiet_to`.

    `ways` of kinds that are not named stay as they are. Both ends of the quiet hours are given,
    or neither: None stands for those of the organisation.
    """
    if "ways" in fields:
        _check_ways(fields["ways"])
    with transaction.atomic():
        NoticeWishes.objects.get_or_create(person_id=actor.pk)
        one = NoticeWishes.objects.select_for_update().get(person_id=actor.pk)
        before = _told(one)
        if "ways" in fields:
            one.ways = one.ways | {kind: _in_order(ways) for kind, ways in fields["ways"].items()}
        for name in ("wants_digest", "quiet_from", "quiet_to"):
            if name in fields:
                setattr(one, name, fields[name])
        if (one.quiet_from is None) != (one.quiet_to is None):
            raise Invalid("quiet_from", "免打扰的开始和结束时间要一起填，或都不填。")
        one.save()
        told = changes(before, _told(one))
        if told:
            data = {"changes": told}
            record("notices.wished", actor=actor, now=now, record=("person", actor.pk), data=data)
    return one


def _check_ways(ways: dict[str, list[str]]) -> None:
    for kind, wished in ways.items():
        if kind not in KINDS:
            raise Invalid("ways", f"没有“{kind[:30]}”这种通知，请刷新后再改。")
        for way in wished:
            if way not in Channel.Kind.values:
                raise Invalid("ways", f"没有“{way[:30]}”这种渠道，请刷新后再改。")


def _in_order(ways: list[str]) -> list[str]:
    return [way for way in Channel.Kind.values if way in ways]


def _told(one: NoticeWishes) -> dict[str, Any]:
    def clock_time(at: time | None) -> str | None:
        return f"{at:%H:%M}" if at else None

    return {
        "ways": {kind: ways_of(kind, one) for kind in KINDS},
        "wants_digest": one.wants_digest,
        "quiet_from": clock_time(one.quiet_from),
        "quiet_to": clock_time(one.quiet_to),
    }
