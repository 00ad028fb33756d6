"""行业模板: fields a trade usually needs, added at once (R16).

A field remembers the preset it came from, so that applying one again adds only what is missing,
however the fields were renamed since; one that was archived comes back.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from django.db import transaction

from zhike.access.models import Person
from zhike.base.errors import NotFound
from zhike.fields import actions, registry
from zhike.fields.builtin import Definition
from zhike.fields.groups import require_configure
from zhike.fields.registry import Snapshot

_SAID = ("section", "help", "need", "rule", "group", "kinds", "weight")


class Wanted(NamedTuple):
    """One field of a preset; `mark` is what a field remembers it by."""

    mark: str
    of: str
    label: str
    type: str
    choices: tuple[dict[str, str], ...]
    said: dict[str, Any]


class Preset(NamedTuple):
    """A trade and its fields."""

    name: str
    label: str
    note: str
    fields: tuple[Wanted, ...]


@cache
def presets() -> tuple[Preset, ...]:
    """Return the presets that are shipped."""
    text = (files(__package__) / "data" / "presets.json").read_text(encoding="utf-8")
    return tuple(
        Preset(
            one["name"],
            one["label"],
            one["note"],
            tuple(_wanted(one["name"], field) for field in one["fields"]),
        )
        for one in json.loads(text)
    )


def missing(preset: Preset, snapshot: Snapshot) -> list[Wanted]:
    """Return the fields of a preset that are not in use; by its mark, or by its name."""
    there = {one.preset for one in snapshot.definitions.values() if not one.archived}
    named = {(one.of, one.label) for one in snapshot.definitions.values() if not one.archived}
    return [
        one for one in preset.fields if one.mark not in there and (one.of, one.label) not in named
    ]


def apply_preset(*, actor: Person, now: datetime, name: str) -> list[Definition]:
    """Add the fields of a preset that are not there yet; all of them or none."""
    require_configure(actor)
    preset = next((one for one in presets() if one.name == name), None)
    if preset is None:
        raise NotFound("没有找到这个行业模板，请刷新后再试。")
    with transaction.atomic():
        snapshot = registry.lock()
        archived = {one.preset: one for one in snapshot.definitions.values() if one.archived}
        made = []
        for wanted in missing(preset, snapshot):
            held = archived.get(wanted.mark)
            if held is not None:
                restored = actions.restore_field(actor=actor, now=now, of=held.of, key=held.key)
                made.append(restored)
                continue
            new = actions.define_field(
                actor=actor,
                now=now,
                of=wanted.of,
                type=wanted.type,
                choices=wanted.choices,
                preset=wanted.mark,
                label=wanted.label,
                **wanted.said,
            )
            made.append(new)
    return made


def _wanted(name: str, field: dict[str, Any]) -> Wanted:
    pairs = [one if isinstance(one, list) else [one, ""] for one in field.get("choices", ())]
    return Wanted(
        f"{name}.{field['slug']}",
        field["of"],
        field["label"],
        field["type"],
        tuple({"label": label, "color": color} for label, color in pairs),
        {name: field[name] for name in _SAID if name in field},
    )
