"""What is done with the words of dictionaries: add, change, order. How one goes: `retiring`."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import text
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhike.fields import choices, registry
from zhike.fields.choices import Choice, Dictionary
from zhike.fields.groups import require_configure
from zhike.fields.models import Word
from zhike.fields.registry import Snapshot
from zhike.trail.actions import changes, record

MOST_WORDS = 300
MOST_SYNONYMS = 40
LABEL, LABEL_OF_SYNONYM = 40, 40
COLORS = (
    *("", "default", "red", "volcano", "orange", "gold", "lime", "green", "cyan", "blue"),
    *("geekblue", "purple", "magenta"),
)
# The product itself tells these values apart: they are called as you like, but are always there.
FIXED = frozenset({"kind", "life", "consent"})


def every(snapshot: Snapshot) -> list[Dictionary]:
    """Return all dictionaries in their order: the shipped ones, then those of own fields."""
    shipped = [snapshot.dictionaries.get(name, one) for name, one in choices.ALL.items()]
    own = [one for name, one in snapshot.dictionaries.items() if name not in choices.ALL]
    return shipped + own


def fill(name: str, said: Sequence[dict[str, str]]) -> None:
    """Give a new field its first words, in the caller's transaction."""
    if len(said) > MOST_WORDS:
        raise Invalid("choices", f"选项最多 {MOST_WORDS} 个，请精简。")
    seen: dict[str, str] = {}
    for number, one in enumerate(said, 1):
        label = _label(one.get("label", ""), field="choices")
        key = text.name_key(label)
        if key in seen:
            raise Invalid("choices", f"选项“{label}”和“{seen[key]}”重复了，请去掉一个。")
        seen[key] = label
        _new(name, label, _color(one.get("color", ""), field="choices"), [], number * 10)


def add_word(
    *,
    actor: Person,
    now: datetime,
    dictionary: str,
    label: str,
    color: str = "",
    synonyms: Sequence[str] = (),
) -> Choice:
    """Add a word to a dictionary, behind the others."""
    require_configure(actor)
    with transaction.atomic():
        of = dictionary_of(dictionary, registry.lock())
        if dictionary in FIXED:
            raise Forbidden(f"“{of.label_of_field}”的选项由系统规定，不能增加，可以改名。")
        if len(of.entries) >= MOST_WORDS:
            raise Conflict(f"选项最多 {MOST_WORDS} 个，请先停用用不到的。", code="too_many_words")
        label = _label(label)
        said = _synonyms(synonyms)
        refuse_meaning_other(of, "", [label], "label")
        refuse_meaning_other(of, "", said, "synonyms")
        places = Word.objects.filter(dictionary=dictionary).values_list("position", flat=True)
        last = max([*places, 10 * len(of.entries)])
        row = _new(dictionary, label, _color(color), said, last + 10)
        tell("word.added", actor, now, of, row, {"color": row.color, "synonyms": said})
        registry.touch()
    return entry_of(dictionary, row.value)


def change_word(
    *, actor: Person, now: datetime, dictionary: str, value: str, **said: Any
) -> Choice:
    """Rename a word, colour it, or say what else it is called."""
    require_configure(actor)
    with transaction.atomic():
        of = dictionary_of(dictionary, registry.lock())
        row = row_of(of, value)
        before = _told(row)
        if "label" in said:
            row.label = _label(said["label"])
            refuse_meaning_other(of, value, [row.label], "label")
        if "color" in said:
            row.color = _color(said["color"])
        if "synonyms" in said:
            held, row.synonyms = row.synonyms, _synonyms(said["synonyms"])
            new = [word for word in row.synonyms if word not in held]
            refuse_meaning_other(of, value, new, "synonyms")
        pairs = changes(before, _told(row))
        if pairs:
            row.save()
            tell("word.changed", actor, now, of, row, {"changes": pairs})
            registry.touch()
    return entry_of(dictionary, value)


def order_words(
    *, actor: Person, now: datetime, dictionary: str, values: Sequence[str]
) -> Dictionary:
    """Put the words of a dictionary in this order; those not named keep theirs behind."""
    require_configure(actor)
    with transaction.atomic():
        of = dictionary_of(dictionary, registry.lock())
        known = [entry.value for entry in of.entries]
        if len(set(values)) != len(values) or not set(known) >= set(values):
            raise Invalid("values", "选项有重复的或已不存在的，请刷新后再排。")
        ordered = [*values, *(value for value in known if value not in set(values))]
        if ordered != known:
            for number, value in enumerate(ordered, 1):
                row = row_of(of, value)
                row.position = number * 10
                row.save()
            labels = [choice.label for value in ordered if (choice := of.entry(value))]
            told = {"dictionary": dictionary, "of": of.label_of_field, "order": labels}
            record("word.ordered", actor=actor, now=now, data=told)
            registry.touch()
    return dictionary_of(dictionary, registry.current())


def dictionary_of(name: str, snapshot: Snapshot) -> Dictionary:
    """Return a dictionary of the catalogue or raise NotFound."""
    found = snapshot.dictionary(name)
    if found is None:
        raise NotFound("没有找到这个选项表，请刷新后再试。")
    return found


def entry_of(dictionary: str, value: str) -> Choice:
    """Return a word as it is now."""
    found = registry.current().dictionary(dictionary)
    entry = found.entry(value) if found else None
    if entry is None:
        raise NotFound("没有找到这个选项，请刷新后再试。")
    return entry


def row_of(of: Dictionary, value: str) -> Word:
    """The row of a word; of a shipped one nobody has changed yet, a new one that says the same."""
    entry = of.entry(value)
    if entry is None:
        raise NotFound("没有找到这个选项，请刷新后再试。")
    row = Word.objects.filter(dictionary=of.name, value=value).first()
    return row or Word(
        dictionary=of.name,
        value=value,
        label=entry.label,
        color=entry.colour,
        synonyms=list(entry.synonyms),
        position=10 * (1 + [one.value for one in of.entries].index(value)),
    )


def _new(name: str, label: str, color: str, synonyms: list[str], position: int) -> Word:
    row = Word(dictionary=name, label=label, color=color, synonyms=synonyms, position=position)
    row.value = secrets.token_hex(8)
    row.save()
    row.value = f"v{row.pk}"
    row.save(update_fields=["value"])
    return row


def _label(value: Any, *, field: str = "label") -> str:
    label = text.tidy(value if isinstance(value, str) else "")
    if not label or not text.name_key(label):
        raise Invalid(field, "选项的名称不能为空，请填写。")
    if len(label) > LABEL:
        raise Invalid(field, f"选项的名称最多 {LABEL} 个字，“{label[:10]}…”太长了，请缩短。")
    return label


def _color(value: Any, *, field: str = "color") -> str:
    if value not in COLORS:
        raise Invalid(field, "没有这种颜色，请从列出的颜色里选。")
    return str(value)


def _synonyms(given: Iterable[Any]) -> list[str]:
    found: dict[str, str] = {}
    for one in given:
        word = text.tidy(one if isinstance(one, str) else "")
        if len(word) > LABEL_OF_SYNONYM:
            raise Invalid("synonyms", f"每个同义词最多 {LABEL_OF_SYNONYM} 个字，请缩短。")
        if text.name_key(word):
            found.setdefault(text.name_key(word), word)
    if len(found) > MOST_SYNONYMS:
        raise Invalid("synonyms", f"同义词最多 {MOST_SYNONYMS} 个，请精简。")
    return list(found.values())


def refuse_meaning_other(of: Dictionary, value: str, words: Iterable[str], field: str) -> None:
    """Refuse words that already mean another value: nobody could tell which is meant."""
    for word in words:
        meant = of.meaning(word)
        if meant is not None and meant != value:
            told = f"“{word}”已经表示“{of.label(meant)}”，请换一个，或先从那一项里去掉。"
            raise Invalid(field, told)


def _told(row: Word) -> dict[str, Any]:
    return {"label": row.label, "color": row.color, "synonyms": list(row.synonyms)}


def tell(
    verb: str, actor: Person, now: datetime, of: Dictionary, row: Word, data: dict[str, Any]
) -> None:
    """Record what was done with a word."""
    told = {"dictionary": of.name, "of": of.label_of_field, "value": row.value, "label": row.label}
    record(verb, actor=actor, now=now, record=("word", row.pk), data=told | data)
