"""What a record consists of right now: shipped fields and words with what was changed and added.

One snapshot per process, read from the database once and again when `Catalogue.version` has grown:
the front desk asks at every request (`refresh`), so nothing needs a restart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from zhike.base import practice
from zhike.fields import choices, industry
from zhike.fields.builtin import FOLLOWS, GROUP_OF, SHIPPED, Definition
from zhike.fields.choices import Choice, Dictionary
from zhike.fields.models import Catalogue, Field, Rule, Word


@dataclass(frozen=True)
class Snapshot:
    """Everything administrators can change about fields, at one version."""

    version: int
    definitions: dict[str, Definition]  # by name (customer.industry), in order, archived ones too
    dictionaries: dict[str, Dictionary]
    rules: tuple[Rule, ...]  # those that are switched on
    finer: tuple[tuple[str, str], ...] = ()  # classes of industry below those shipped

    def of(self, of: str, *, archived: bool = False) -> list[Definition]:
        """Return the fields of a kind of record in their order."""
        found = self._of.get(of, [])
        return found if archived else [one for one in found if not one.archived]

    def custom(self, of: str) -> list[Definition]:
        """Return the fields of the customer's own, archived ones too: they still hold values."""
        return [one for one in self._of.get(of, []) if not one.builtin]

    @cached_property
    def _of(self) -> dict[str, list[Definition]]:
        found: dict[str, list[Definition]] = {}
        for one in self.definitions.values():
            found.setdefault(one.of, []).append(one)
        return found

    @cached_property
    def groups(self) -> dict[str, str]:
        """The group of field rights of every field; a column beside one goes with it."""
        found = GROUP_OF | {name: one.group for name, one in self.definitions.items()}
        return found | {name: found[leader] for name, leader in FOLLOWS.items()}

    def dictionary(self, name: str) -> Dictionary | None:
        """Return a dictionary as it is now, of a field of the customer's own or shipped."""
        return self.dictionaries.get(name) or choices.ALL.get(name)


_held: Snapshot | None = None


def current() -> Snapshot:
    """Return the snapshot of this process."""
    return _held or refresh()


def refresh() -> Snapshot:
    """Return the present snapshot, read anew if somebody changed something.

    It is that of the house, also while one practises: all threads share what is held here.
    """
    global _held
    with practice.house():
        version = _version()
        held = _held
        if held is None or held.version != version:
            held = _read(version)
            choices.overlay(held.dictionaries)
            industry.overlay(held.finer)
            _held = held
    return held


def _expire() -> None:
    """Have the next one who asks read everything anew; until then, what is known is known."""
    global _held
    _held = None


def forget() -> None:
    """Know nothing but what was shipped, like a process that has just begun."""
    _expire()
    choices.overlay({})
    industry.overlay(())


def lock() -> Snapshot:
    """Have the others who change the catalogue wait for this transaction; return it as it is now.

    Every check of a change goes by what is returned. It is not kept: what this transaction has
    written may yet be taken back.
    """
    Catalogue.objects.get_or_create(pk=1)
    return _read(Catalogue.objects.select_for_update().get(pk=1).version)


def touch() -> None:
    """Note that something was changed; the last thing in the transaction of the change."""
    if not Catalogue.objects.filter(pk=1).update(version=F("version") + 1):
        Catalogue.objects.create(pk=1, version=1)
    _expire()
    transaction.on_commit(_expire)


def definition(of: str, key: str) -> Definition | None:
    """Return a field by its key, None for one nobody defined."""
    return current().definitions.get(f"{of}.{key}")


def _version() -> int:
    with connection.cursor() as cursor:  # every request asks: the plainest statement there is
        cursor.execute(_VERSION)
        found = cursor.fetchone()
    return found[0] if found else 0


_VERSION = f"SELECT version FROM {Catalogue._meta.db_table} WHERE id = 1"


def _read(version: int) -> Snapshot:
    rows = {(row.of, row.key): row for row in Field.objects.all()}
    found: list[Definition] = []
    places: dict[str, int] = {}
    for one in SHIPPED:
        places[one.of] = places.get(one.of, 0) + 10
        row = rows.pop((one.of, one.key), None)
        shipped = replace(one, position=places[one.of])
        found.append(_changed(shipped, row) if row else shipped)
    found += [_custom(row) for row in rows.values() if not row.builtin]
    found.sort(key=lambda one: (one.of, one.position, one.pk or 0))
    return Snapshot(
        version,
        {one.name: one for one in found},
        _dictionaries({one.dictionary: one.label for one in found if one.is_own_choice}),
        tuple(Rule.objects.filter(is_on=True).order_by("position", "id")),
        _finer(),
    )


def _changed(shipped: Definition, row: Field) -> Definition:
    """A shipped field as the administrator wants it; its type and words stay."""
    return replace(shipped, **_said(row))


def _custom(row: Field) -> Definition:
    return Definition(
        of=row.of,
        key=row.key,
        type=row.type,
        dictionary=row.dictionary,
        preset=row.preset,
        builtin=False,
        **_said(row),
    )


def _said(row: Field) -> dict[str, Any]:
    return {
        "label": row.label,
        "section": row.section,
        "position": row.position,
        "help": row.help,
        "need": row.need,
        "default": row.default,
        "rule": row.rule,
        "group": row.group,
        "kinds": tuple(row.kinds),
        "weight": row.weight,
        "archived": row.archived_at is not None,
        "pk": row.pk,
        "version": row.version,
    }


def _dictionaries(labels: dict[str, str]) -> dict[str, Dictionary]:
    """Every dictionary in which a word was changed, and those of the customer's own fields."""
    words: dict[str, list[Word]] = {name: [] for name in labels}
    told = Word.objects.exclude(dictionary__in=(industry.DICTIONARY, industry.EDITION_OF_FINER))
    for word in told.order_by("dictionary", "position", "id"):
        words.setdefault(word.dictionary, []).append(word)
    return {name: _dictionary(name, rows, labels.get(name, "")) for name, rows in words.items()}


def _dictionary(name: str, rows: list[Word], label: str) -> Dictionary:
    shipped = choices.ALL.get(name)
    entries = shipped.entries if shipped else ()
    held = {entry.value: (number * 10, entry) for number, entry in enumerate(entries, 1)}
    for row in rows:
        before = held.get(row.value)
        # What a value was shipped as is understood for ever: old sheets say it.
        known = (before[1].label,) if before and before[1].label != row.label else ()
        held[row.value] = (
            row.position,
            Choice(
                row.value,
                row.label,
                row.color,
                (*row.synonyms, *known),
                retired=row.retired_at is not None,
                replaced_by=row.replaced_by,
            ),
        )
    ordered = sorted(held.values(), key=lambda pair: pair[0])
    return Dictionary(
        name, shipped.label_of_field if shipped else label, tuple(entry for _, entry in ordered)
    )


def _finer() -> tuple[tuple[str, str], ...]:
    found = Word.objects.filter(dictionary=industry.DICTIONARY).order_by("value")
    return tuple(found.values_list("value", "label"))
