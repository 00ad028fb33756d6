"""What the three kinds of sheets have in common: finding one, its version, its place, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max, Model

from zhike.access.models import Person
from zhike.base import text
from zhike.base.errors import Conflict, Invalid, NotFound, Stale

LAST_PLACE = 32_000
_STEP = 10
TOLD = 20  # how many names an event of a new order holds
_LOST = "没有找到这{word}，可能已被删除，请刷新后再试。"


def one(model: type[Any], of: int, word: str, *, version: int | None = None) -> Any:
    """Return a living sheet, locked; NotFound without one, Stale when it is no longer `version`."""
    found = model._default_manager.select_for_update().filter(archived_at=None)
    kept = found.filter(pk=of).first() if 0 < of < 2**63 else None
    if kept is None:
        raise NotFound(_LOST.format(word=word))
    if version is not None and kept.version != version:
        raise Stale(f"这{word}刚被别人改过，请核对后再保存。")
    return kept


def next_place(model: type[Any], word: str, most: int) -> int:
    """Return the place behind all others; Conflict when there are `most` already."""
    living = _with_room(model, word, most)
    last = living.aggregate(last=Max("position"))["last"] or 0
    return min(int(last) + _STEP, LAST_PLACE)


def _with_room(model: type[Any], word: str, most: int) -> Any:
    living = model._default_manager.filter(archived_at=None)
    if living.count() >= most:
        raise Conflict(f"{word}最多 {most} 个，请先删掉用不到的。", code="too_many")
    return living


def back(model: type[Any], of: int, word: str, *, name: str, most: int) -> tuple[Any, bool]:
    """Return a sheet that was removed as it was, and whether it had been away."""
    found = model._default_manager.select_for_update()
    kept = found.filter(pk=of).first() if 0 < of < 2**63 else None
    if kept is None:
        raise NotFound(_LOST.format(word=word))
    if kept.archived_at is None:
        return kept, False
    _with_room(model, name, most)
    kept.archived_at = None
    kept.save(update_fields=["archived_at"])
    return kept, True


def put_in_order(model: type[Any], ids: Sequence[int]) -> list[Any]:
    """Put some sheets in another order, in the places they hold among all; return those moved.

    The order is no part of what a version stands for: who edits a text is not disturbed.
    """
    living = list(model._default_manager.select_for_update().filter(archived_at=None))
    living.sort(key=lambda one: (one.position, one.pk))
    by_id = {one.pk: one for one in living}
    if not set(ids) <= set(by_id) or len(set(ids)) != len(ids):
        raise Invalid("ids", "列表刚有增减，请刷新后再调整顺序。")
    wanted = iter(ids)
    among = set(ids)
    after = [by_id[next(wanted)] if one.pk in among else one for one in living]
    places = [(one, min(_STEP * place, LAST_PLACE)) for place, one in enumerate(after, 1)]
    moved = [(one, place) for one, place in places if one.position != place]
    for one, place in moved:
        one.position = place
    model._default_manager.bulk_update([one for one, _ in moved], ["position"])
    return [one for one, before in zip(after, living, strict=True) if one.pk != before.pk]


def line(name: str, label: str, said: str | None, *, most: int) -> str:
    """Return a line that has to be filled, tidied."""
    words = text.entered(name, label, said, most=most)
    if not words:
        raise Invalid(name, f"请填写{label}。")
    return words


def body(name: str, label: str, said: str | None, *, most: int) -> str:
    """Return a text that has to be filled, tidied; line ends stay."""
    words = text.entered(name, label, said, most=most, multiline=True)
    if not words:
        raise Invalid(name, f"请填写{label}。")
    return words


def place(said: Any) -> int:
    """Return a place in the order."""
    if not 0 <= said <= LAST_PLACE:
        raise Invalid("position", f"顺序要填 0 到 {LAST_PLACE} 之间的整数。")
    return int(said)


def apply(sheet: Model, clean: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set checked values; return {name: [old, new]} of those that changed."""
    told = {}
    for name, value in clean.items():
        old = getattr(sheet, name)
        if old != value:
            told[name] = [old, value]
            setattr(sheet, name, value)
    return told


def in_words(model: type[Model], _actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a sheet in the audit; everybody may read them."""
    columns: dict[str, Any] = {column.name: column for column in model._meta.concrete_fields}
    column = columns.get(field)
    if column is None:
        return field, value
    if isinstance(value, list):
        parts = [one["text"] if isinstance(one, dict) else str(one) for one in value]
        return str(column.verbose_name), "、".join(parts)
    return str(column.verbose_name), dict(column.flatchoices).get(value, value)
