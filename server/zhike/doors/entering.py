"""Writing an import: a piece of rows per transaction, resumed where a killed worker left off."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.db import connection

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.base.jobs import Run
from zhike.care import bulk as care
from zhike.care.dates import refresh_dates
from zhike.customers import amending, purchases_bulk
from zhike.customers import bulk as customers
from zhike.customers.amending import Change
from zhike.customers.bulk import NewCustomer
from zhike.customers.models import Customer
from zhike.doors import spool
from zhike.doors.draft import Draft
from zhike.doors.intake import Tally, decide, keep_rows, reading_of
from zhike.doors.matching import NEW, UPDATE, Decision, Matcher
from zhike.doors.models import Import, ImportRow
from zhike.service import bulk as service
from zhike.trail.actions import record

_CACHE_KIB = 96 << 10


class Stopped(Exception):
    """The import was cancelled while it was being written."""


def write(run: Run, of: Import, actor: Person) -> None:
    """Write an import; see `_write_pieces`."""
    with _roomy_cache():
        _write_pieces(run, of, actor)


def _write_pieces(run: Run, of: Import, actor: Person) -> None:
    """Write all pieces from the last committed one on; the import ends done.

    Each transaction holds the records of its rows, their events, what the undo needs, the counts
    and the number of the next piece. Raises Stopped when somebody cancelled.
    """
    reading = reading_of(of)
    matcher = Matcher(actor, of, reading)
    people = People(actor, of)
    total = spool.pieces_of(of.pk)
    all_rows = of.counts["rows"]
    first = run.checkpoint or 0
    for piece, rows in spool.pieces(of.pk):
        if piece < first:
            for _ in reading.drafts(rows):  # so that twins of earlier rows are still known
                pass
            continue
        with _without_collector(), run.step():
            now_of = Import.objects.select_for_update().get(pk=of.pk)
            if now_of.state != Import.State.RUNNING:
                raise Stopped
            decisions = decide(matcher, rows)
            before = _write_piece(run, of, actor, decisions, people)
            ImportRow.objects.filter(of=of, row__in=[number for number, _ in rows]).delete()
            keep_rows(of, decisions, dict(rows), before)
            tally = Tally(now_of.counts | {"rows": now_of.counts["done"]} if piece else None)
            tally.add(decisions)
            now_of.counts = tally.as_json(done=tally.counts["rows"]) | {"rows": all_rows}
            now_of.save(update_fields=["counts"])
            run.checkpoint = piece + 1
            run.progress(piece + 1, total)
    with run.step(final=True):
        closed = Import.objects.filter(pk=of.pk, state=Import.State.RUNNING).update(
            state=Import.State.DONE, finished_at=run.now, message=""
        )
        if not closed:
            raise Stopped
        counts = Import.objects.get(pk=of.pk).counts
        record(
            "import.done",
            actor=actor,
            now=run.now,
            record=("import", of.pk),
            data={"file": of.file_name, "counts": counts},
        )
    spool.remove(of.pk)


@contextmanager
def _without_collector() -> Iterator[None]:
    """A piece makes a million objects and no cycles: looking for some costs a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _roomy_cache() -> Iterator[None]:
    """Random keys of blind indexes touch pages everywhere: let SQLite hold more of them."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {before}")


class People:
    """Who the names of a sheet's 负责人 column mean."""

    def __init__(self, actor: Person, of: Import) -> None:
        self.actor = actor
        self.default = of.owner_id
        self.all = actor.may("hand_over")
        self._by_name: dict[str, list[int]] = {}
        working = people_visible_to(actor).filter(is_active=True, is_service=False)
        for pk, name in working.values_list("pk", "name"):
            self._by_name.setdefault(name, []).append(pk)

    def owner(self, draft: Draft) -> int | None:
        """The owner of a new customer; takes the name out of the draft."""
        named = self.named(draft)
        return self.default if named is None else named

    def named(self, draft: Draft) -> int | None:
        """Who the draft names as the owner, None for nobody it may name; takes the name out."""
        name = draft.customer.pop("owner_name", None)
        if name is None:
            return None
        found = self._by_name.get(name, [])
        if len(found) == 1 and (self.all or found[0] == self.actor.pk):
            return found[0]
        why = "没有这位在职同事" if not found else "有同名的同事" if len(found) > 1 else "没有权限"
        draft.warn(-1, f"负责人“{name}”没有采用（{why}），请导入后再调整")
        return None


def _write_piece(
    run: Run, of: Import, actor: Person, decisions: Sequence[Decision], people: People
) -> dict[int, Any]:
    """Write the records of a piece; returns by row what the undo of updates needs."""
    new = [one for one in decisions if one.action == NEW and one.customer_id is None]
    update = [one for one in decisions if one.action == UPDATE]
    touched = [one for one in decisions if one.action == NEW and one.customer_id is not None]
    owners: dict[int, int | None] = {}
    added = [_new_customer(one.draft, people) for one in new]
    ids = customers.add(actor=actor, now=run.now, customers=added, import_id=of.pk)
    for decision, one, pk in zip(new, added, ids, strict=True):
        decision.customer_id = pk
        owners[pk] = one.fields["owner"]
    before = _amend(run, of, actor, update, people)
    here = {one.customer_id for one in (*update, *touched) if one.customer_id}
    owners |= dict(Customer._default_manager.filter(pk__in=here).values_list("pk", "owner_id"))
    _write_records(run, of, actor, [*new, *update, *touched], owners)
    planned = [one for one in (*update, *touched) if one.draft.next]
    closed = care.settle_plans(
        actor=actor,
        now=run.now,
        customer_ids=[one.customer_id for one in planned if one.customer_id],
        import_id=of.pk,
    )
    refresh_dates(pk for pk in here if pk)
    care.entered([*ids, *here], run.now)
    if closed and planned:
        before.setdefault(planned[0].draft.row, {})["closed"] = closed
    for decision in touched:
        before.setdefault(decision.draft.row, {})["touched"] = decision.customer_id
    for decision in new:
        decision.customer_id = None  # a new customer is found by its import, not by its row
    return before


def _new_customer(draft: Draft, people: People) -> NewCustomer:
    fields = draft.customer
    fields["owner"] = people.owner(draft)
    if fields.get("is_key"):
        fields.setdefault("type", "existing")
    # What refresh_dates would find: these records are added in the same transaction.
    fields["last_follow_up_on"] = draft.follow_up.get("on")
    fields["next_follow_up_on"] = draft.next.get("on")
    return NewCustomer(fields, draft.contact, frozenset(draft.unverified))


def _amend(
    run: Run, of: Import, actor: Person, update: Sequence[Decision], people: People
) -> dict[int, Any]:
    changes = []
    ids = [decision.customer_id for decision in update if decision.customer_id]
    giveable = customers.giveable_ids(actor, ids) if people.all else set()
    for decision in update:
        draft = decision.draft
        pk = decision.customer_id or 0
        owner = people.named(draft)
        if owner is not None and pk in giveable:
            draft.customer["owner"] = owner
        changes.append(Change(pk, draft.customer, draft.contact, frozenset(draft.unverified)))
    done = amending.amend(actor=actor, now=run.now, changes=changes, import_id=of.pk)
    return {
        decision.draft.row: {"done": asdict(did)}
        for decision, did in zip(update, done, strict=True)
    }


def _write_records(
    run: Run,
    of: Import,
    actor: Person,
    decisions: Sequence[Decision],
    owners: dict[int, int | None],
) -> None:
    how: dict[str, Any] = {"actor": actor, "now": run.now, "import_id": of.pk}
    follow_ups = [_renamed(row) for row in _rows(decisions, "follow_up")]
    ids = care.add_follow_ups(rows=follow_ups, **how)
    with_follow_up = [one.draft.row for one in decisions if one.draft.follow_up]
    of_row = dict(zip(with_follow_up, ids, strict=True))
    care.add_plans(
        rows=[
            {
                "customer": one.customer_id,
                "due_on": one.draft.next["on"],
                "title": one.draft.next.get("matter", ""),
                "follow_up": of_row.get(one.draft.row),
                "assignee": owners.get(one.customer_id or 0),
            }
            for one in decisions
            if one.draft.next
        ],
        **how,
    )
    care.add_care_entries(rows=_rows(decisions, "care"), **how)
    purchases_bulk.add(rows=_rows(decisions, "purchase"), **how)
    service.add_feedback(rows=_rows(decisions, "feedback"), **how)


def _rows(decisions: Sequence[Decision], part: str) -> list[dict[str, Any]]:
    """What the drafts say in a part, each of its customer."""
    said = ((one.customer_id, getattr(one.draft, part)) for one in decisions)
    return [{"customer": pk, **values} for pk, values in said if values]


def _renamed(follow_up: dict[str, Any]) -> dict[str, Any]:
    """A draft's follow-up by the names of the model."""
    row = dict(follow_up)
    row["contacted_on"] = row.pop("on", None)
    return row
