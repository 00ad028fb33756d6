"""Retiring a word of a dictionary, and bringing it back.

A retired word is offered no more. Records that hold it keep it, or a job gives them another one,
piece by piece (`carry_out`); until the job is through, both are read rightly.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from zhike.access.models import Person
from zhike.base import jobs
from zhike.base.errors import Conflict, Forbidden, Invalid
from zhike.base.jobs import Run
from zhike.fields import holding, registry, rules
from zhike.fields.choices import Choice, Dictionary
from zhike.fields.dictionaries import (
    FIXED,
    dictionary_of,
    entry_of,
    refuse_meaning_other,
    row_of,
    tell,
)
from zhike.fields.groups import require_configure
from zhike.fields.holding import Replacement
from zhike.fields.models import Field, Word
from zhike.trail.actions import record

JOB = "fields.replace_word"
PIECE = 200
# Who began to enter something before a word was retired may still save it a moment later.
LOOK_AGAIN = timedelta(minutes=5)
# Values the product enters on its own.
_NEEDED: dict[str, frozenset[str]] = {
    "type": frozenset({"prospect", "existing"}),
    "tier": frozenset({"core", "growth", "normal"}),
    "problem_state": frozenset({"open", "solved"}),
    "feedback_status": frozenset({"pending"}),
}


class Retired(NamedTuple):
    """A word that was retired: how many records held it, and the job that replaces it."""

    job_id: int | None
    records: int


def records_with(actor: Person, *, dictionary: str, value: str) -> int:
    """Return how many records hold a word, those in the trash too: what retiring it would touch."""
    require_configure(actor)
    dictionary_of(dictionary, registry.current())
    return holding.count_value(dictionary, entry_of(dictionary, value).value)


def retire_word(
    *, actor: Person, now: datetime, dictionary: str, value: str, replace_by: str | None
) -> Retired:
    """Offer a word no more; with `replace_by`, a job gives that word to whoever holds this one."""
    require_configure(actor)
    with transaction.atomic():
        snapshot = registry.lock()
        of = dictionary_of(dictionary, snapshot)
        row = row_of(of, value)
        new = replace_by or ""
        _refuse_needed(of, row, new)
        records = holding.count_value(dictionary, value)
        row.retired_at = row.retired_at or now
        row.replaced_by = new
        row.save()
        what = Replacement(dictionary, value, new)
        _in_defaults(actor, now, what)
        rules.replace_word(actor=actor, now=now, what=what, snapshot=snapshot)
        job_id = None
        if new and records:
            args = {"actor_id": actor.pk, "dictionary": dictionary, "value": value, "again": True}
            job_id = jobs.enqueue(JOB, args, now=now, dedupe_key=f"{JOB}:{dictionary}:{value}").pk
        instead = of.label(new) if new else ""
        tell("word.retired", actor, now, of, row, {"instead": instead, "records": records})
        registry.touch()
    return Retired(job_id, records)


def restore_word(*, actor: Person, now: datetime, dictionary: str, value: str) -> Choice:
    """Offer a retired word again; who was given another one meanwhile keeps that."""
    require_configure(actor)
    with transaction.atomic():
        of = dictionary_of(dictionary, registry.lock())
        row = row_of(of, value)
        if row.retired_at is not None:
            said = [row.label, *row.synonyms]
            others = Dictionary(
                of.name, of.label_of_field, tuple(one for one in of.entries if one.value != value)
            )
            refuse_meaning_other(others, value, said, "value")
            row.retired_at, row.replaced_by = None, ""
            row.save()
            tell("word.restored", actor, now, of, row, {})
            registry.touch()
    return entry_of(dictionary, value)


def carry_out(run: Run, *, actor_id: int, dictionary: str, value: str, again: bool) -> None:
    """Give records the word that replaced a retired one, a piece at a time.

    Where the word was brought back or replaced otherwise meanwhile, that holds.
    """
    actor = Person.objects.get(pk=actor_id)
    begun, beyond = run.checkpoint or (0, 0)
    for number, holder in enumerate(holding.holders()):
        if number < begun:
            continue
        while True:
            with run.step():
                new = _instead_of(dictionary, value)
                if not new:
                    return
                what = Replacement(dictionary, value, new)
                ids = holder.replace(actor=actor, now=run.now, what=what, beyond=beyond, most=PIECE)
                beyond = ids[-1] if ids else 0
                run.checkpoint = [number, beyond] if ids else [number + 1, 0]
                run.progress(run.done + len(ids), max(run.total, run.done + len(ids)))
            if not ids:
                break
    with run.step(final=True):
        if again:
            args = {"actor_id": actor_id, "dictionary": dictionary, "value": value, "again": False}
            jobs.enqueue(JOB, args, now=run.now, run_at=run.now + LOOK_AGAIN)


def _instead_of(dictionary: str, value: str) -> str:
    of = registry.current().dictionary(dictionary)
    held = Word.objects.filter(dictionary=dictionary, value=value, retired_at__isnull=False)
    if of is None or not held.exclude(replaced_by="").exists():
        return ""
    return of.offered_for(value)


def _refuse_needed(of: Dictionary, row: Word, new: str) -> None:
    if of.name in FIXED:
        raise Forbidden(f"“{of.label_of_field}”的选项由系统规定，不能停用，可以改名。")
    if row.value in _NEEDED.get(of.name, ()):
        raise Forbidden(f"系统会自动填写“{row.label}”，不能停用，可以改名。")
    offered = of.values
    if new and (new not in offered or new == row.value):
        raise Invalid("replace_by", "要换成的选项不存在或已停用，请重新选择。")
    if row.retired_at is None and not [value for value in offered if value != row.value]:
        raise Conflict("这是最后一个选项，停用后就没有可选的了，请先添加别的。", code="last_word")


def _in_defaults(actor: Person, now: datetime, what: Replacement) -> None:
    """Replace the word where it is the default of a field."""
    for row in Field.objects.filter(dictionary=what.dictionary).exclude(default=None):
        held = row.default if isinstance(row.default, list) else [row.default]
        if what.old not in held:
            continue
        kept = [what.new if value == what.old else value for value in held]
        kept = [value for value in dict.fromkeys(kept) if value]
        before, row.default = row.default, None
        if kept:
            row.default = kept if isinstance(before, list) else kept[0]
        row.version += 1
        row.save()
        told = {"key": row.key, "label": row.label, "changes": {"default": [before, row.default]}}
        record("field.changed", actor=actor, now=now, record=("field", row.pk), data=told)
