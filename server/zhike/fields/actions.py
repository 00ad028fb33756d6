"""What is done with fields: define, change, order, archive, restore, remove.

Every action is checked against the catalogue as it stands once all others wait for it, and takes
nothing from a record: an archived field keeps its values, and one that holds any is not removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from zhike.fields import dictionaries, holding, registry, rules
from zhike.fields.builtin import KINDS, Definition
from zhike.fields.checking import MOST_FIELDS, checked, label_of, usual_group
from zhike.fields.groups import require_configure
from zhike.fields.models import Field, Word
from zhike.fields.registry import Snapshot
from zhike.trail.actions import changes, record

_TOLD = (
    *("label", "section", "help", "need", "default", "rule", "group", "kinds", "weight"),
    "archived",
)


def define_field(
    *,
    actor: Person,
    now: datetime,
    of: str,
    type: str,
    choices: Sequence[dict[str, str]] = (),
    preset: str = "",
    **said: Any,
) -> Definition:
    """Add a field of the customer's own to a kind of record, with its choices."""
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        one = _drafted(snapshot, of, type, preset)
        if one.is_own_choice and not choices:
            raise Invalid("choices", "单选和多选字段至少要有一个选项，请添加。")
        if choices and not one.is_own_choice:
            raise Invalid("choices", "只有单选和多选字段才有选项，请去掉选项或换类型。")
        if one.is_own_choice and said.get("default") not in (None, "", []):
            raise Invalid("default", "选项保存之后才能选默认值，请先保存。")
        one = checked(one, {"label": "", **said}, snapshot)
        row = Field(of=of, type=type, preset=preset, key="", created_at=now)
        _put(row, one)
        row.key = f"new-{now.timestamp()}"
        row.save()
        row.key = f"x{row.pk}"
        row.dictionary = row.key if one.is_own_choice else ""
        row.save(update_fields=["key", "dictionary"])
        dictionaries.fill(row.dictionary, choices)
        data = {"of": KINDS[of], "key": row.key, "label": row.label, "type": row.get_type_display()}
        _record("field.defined", actor, now, row, data)
        registry.touch()
    return found(of, row.key)


def change_field(
    *, actor: Person, now: datetime, of: str, key: str, version: int, **said: Any
) -> Definition:
    """Change a field as seen at `version`, a shipped one too; its type stays."""
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        before = found(of, key, snapshot)
        if before.version != version:
            raise Stale("这个字段刚被别人改过，请核对后再保存。")
        after = checked(before, said, snapshot)
        if after == before:
            return before
        _save(actor, now, before, after)
        registry.touch()
    return found(of, key)


def order_fields(
    *, actor: Person, now: datetime, of: str, items: Sequence[dict[str, str]]
) -> list[Definition]:
    """Put the fields of a kind of record in this order, each under its heading.

    Those that are not named keep their order behind the others.
    """
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        known = {one.key: one for one in snapshot.of(of, archived=True)}
        if not known:
            raise NotFound("没有这类记录，请刷新后再试。")
        wanted = [item["key"] for item in items]
        if len(set(wanted)) != len(wanted) or not known.keys() >= set(wanted):
            raise Invalid("items", "字段有重复的或已不存在的，请刷新后再排。")
        sections = {
            item["key"]: checked(
                known[item["key"]], {"section": item.get("section", "")}, snapshot
            ).section
            for item in items
        }
        ordered = [*wanted, *(key for key in known if key not in sections)]
        if _moved(known, ordered, sections, now):
            data = {"of": KINDS[of], "order": ordered, "sections": sections}
            record("field.ordered", actor=actor, now=now, data=data)
            registry.touch()
    return registry.current().of(of)


def archive_field(*, actor: Person, now: datetime, of: str, key: str) -> Definition:
    """Show a field nowhere; what records hold in it stays."""
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        one = found(of, key, snapshot)
        if one.is_locked:
            raise Conflict(f"“{one.label}”是系统必需的，不能停用。", code="needed")
        rules.refuse_used(one)
        if not one.archived:
            row = _row(one, now)
            row.archived_at = now
            row.version += 1
            row.save()
            data = {"of": KINDS[of], "key": key, "label": one.label}
            _record("field.archived", actor, now, row, data)
            registry.touch()
    return found(of, key)


def restore_field(*, actor: Person, now: datetime, of: str, key: str) -> Definition:
    """Show an archived field again, with everything records hold in it."""
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        one = found(of, key, snapshot)
        if one.archived:
            label_of(one, one.label, snapshot)  # another may have taken the name meanwhile
            if not one.builtin:
                _refuse_more(snapshot, of)
            row = _row(one, now)
            row.archived_at = None
            row.version += 1
            row.save()
            data = {"of": KINDS[of], "key": key, "label": one.label}
            _record("field.restored", actor, now, row, data)
            registry.touch()
    return found(of, key)


def remove_field(*, actor: Person, now: datetime, of: str, key: str) -> None:
    """Remove a field of the customer's own in which no record holds anything."""
    require_configure(actor)
    with transaction.atomic():
        one = found(of, key, registry.lock())
        if one.builtin:
            raise Forbidden(f"“{one.label}”是系统自带的字段，不能删除，可以停用。")
        rules.refuse_used(one)
        count = holding.count_field(one)
        if count:
            told = f"有 {count} 条记录填了“{one.label}”，不能删除；可以停用，内容会保留。"
            raise Conflict(told, code="in_use", extra={"count": count})
        row = _row(one, now)
        Word.objects.filter(dictionary=one.dictionary or "-").delete()
        data = {"of": KINDS[of], "key": key, "label": one.label}
        _record("field.removed", actor, now, row, data)
        row.delete()
        registry.touch()


def found(of: str, key: str, snapshot: Snapshot | None = None) -> Definition:
    """Return a field or raise NotFound."""
    one = (snapshot or registry.current()).definitions.get(f"{of}.{key}")
    if one is None:
        raise NotFound("没有找到这个字段，可能已被删除，请刷新后再试。")
    return one


def _drafted(snapshot: Snapshot, of: str, type_: str, preset: str) -> Definition:
    if of not in KINDS:
        raise Invalid("of", "只有客户、联系人和跟进记录可以加字段。")
    if type_ not in Field.Type.values:
        raise Invalid("type", "没有这种字段类型，请从列出的类型里选。")
    _refuse_more(snapshot, of)
    last = max((one.position for one in snapshot.of(of, archived=True)), default=0)
    return Definition(
        of=of,
        key="",
        label="",
        section="其他信息",
        type=type_,
        group=usual_group(type_),
        builtin=False,
        position=last + 10,
        preset=preset,
    )


def _refuse_more(snapshot: Snapshot, of: str) -> None:
    count = sum(not one.archived for one in snapshot.custom(of))
    if count >= MOST_FIELDS:
        told = f"{KINDS[of]}已有 {count} 个自定义字段，最多 {MOST_FIELDS} 个，请先停用用不到的。"
        raise Conflict(told, code="too_many_fields")


def _moved(
    known: dict[str, Definition], ordered: list[str], sections: dict[str, str], now: datetime
) -> bool:
    """Store the places that differ; tells whether any does."""
    moved = False
    for number, key in enumerate(ordered, 1):
        one = known[key]
        after = replace(one, position=number * 10, section=sections.get(key, one.section))
        if after != one:
            row = _row(one, now)
            _put(row, after)
            row.save()
            moved = True
    return moved


def _save(actor: Person, now: datetime, before: Definition, after: Definition) -> None:
    row = _row(before, now)
    _put(row, after)
    row.version += 1
    row.save()
    pairs = changes(
        *({name: _plain(getattr(one, name)) for name in _TOLD} for one in (before, after))
    )
    data = {"of": KINDS[before.of], "key": before.key, "label": before.label, "changes": pairs}
    _record("field.changed", actor, now, row, data)


def _row(one: Definition, now: datetime) -> Field:
    """The row of a field; of a shipped one nobody has changed yet, a new one that says the same."""
    if one.pk is not None:
        return Field.objects.get(pk=one.pk)
    row = Field(
        of=one.of,
        key=one.key,
        builtin=True,
        type=one.type,
        dictionary=one.dictionary,
        version=one.version,
        created_at=now,
    )
    _put(row, one)
    return row


def _put(row: Field, one: Definition) -> None:
    for name in ("label", "section", "position", "help", "need", "default", "rule", "group"):
        setattr(row, name, getattr(one, name))
    row.kinds = list(one.kinds)
    row.weight = one.weight


def _record(verb: str, actor: Person, now: datetime, row: Field, data: dict[str, Any]) -> None:
    record(verb, actor=actor, now=now, record=("field", row.pk), data=data)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
