"""Taking a whole import back: what it added goes, what it changed returns.

What somebody has worked on since stays, and the import says how much that is.
"""

from __future__ import annotations

from typing import Any

from zhike.access.models import Person
from zhike.base.jobs import Run
from zhike.care import bulk as care
from zhike.care.dates import refresh_dates
from zhike.customers import purchases_bulk, retraction
from zhike.customers.amending import Done
from zhike.customers.models import Customer
from zhike.doors import spool
from zhike.doors.intake import unseal_row
from zhike.doors.models import Import, ImportRow
from zhike.service import bulk as service
from zhike.trail.actions import record

_CHUNK = 1000  # customers, or rows, in one transaction
_LAST_ROW = 2**31 - 1


def undo(run: Run, of: Import, by: Person | None) -> None:
    """Undo an import in resumable steps: first the customers it added, then its changes.

    It happens in the name of `by`, and customers who are somebody else's by now stay as they are.
    An import that failed is undone as a whole in the name of who uploaded it.
    """
    actor = by or of.created_by
    mark: dict[str, Any] = run.checkpoint or {
        "added": 0,
        "row": _LAST_ROW,
        "kept": 0,
        "fields": 0,
    }
    run.checkpoint = mark
    while mark["added"] is not None:
        with run.step():
            mark["added"] = _remove_added(of, mark)
            run.progress(0, 0)
    while mark["row"] is not None:
        with run.step():
            mark["row"] = _take_back(run, of, actor, mark, only_own=by is not None)
            run.progress(0, 0)
    with run.step(final=True):
        of = Import.objects.get(pk=of.pk)
        record(
            "import.undone",
            actor=actor,
            now=run.now,
            record=("import", of.pk),
            data={"file": of.file_name, "kept": mark["kept"], "fields_kept": mark["fields"]},
        )
        of.state = of.ends_as or Import.State.UNDONE
        of.finished_at = run.now
        of.message = " ".join(part for part in (of.message, _told(mark)) if part)
        of.save(update_fields=["state", "finished_at", "message"])
        ImportRow.objects.filter(of=of).update(before=None)
    spool.remove(of.pk)


def _told(mark: dict[str, Any]) -> str:
    parts = []
    if mark["kept"]:
        parts.append(f"{mark['kept']} 位客户导入后又有人改动，已保留")
    if mark["fields"]:
        parts.append(f"{mark['fields']} 处内容导入后又有人改动，没有改回")
    return "；".join(parts) + ("。" if parts else "")


def _remove_added(of: Import, mark: dict[str, Any]) -> int | None:
    """Remove a chunk of the customers the import added; the last id seen, None at the end."""
    added = Customer._default_manager.filter(import_id=of.pk, pk__gt=mark["added"])
    ids = list(added.order_by("pk").values_list("pk", flat=True)[:_CHUNK])
    if not ids:
        return None
    gone = retraction.untouched(ids, of.pk)
    gone = care.untouched(gone, of.pk)
    gone = service.untouched(gone, of.pk)
    care.remove(gone)
    service.remove(gone)
    retraction.remove(gone)
    mark["kept"] += len(ids) - len(gone)
    return ids[-1]


def _take_back(
    run: Run, of: Import, actor: Person, mark: dict[str, Any], *, only_own: bool
) -> int | None:
    """Take back a chunk of the changes to customers who were here before, the last rows first."""
    rows = list(
        ImportRow.objects.filter(of=of, row__lt=mark["row"], before__isnull=False)
        .order_by("-row")
        .values_list("pk", "row", "before")[:_CHUNK]
    )
    if not rows:
        return None
    touched: set[int] = set()
    reopened: list[int] = []
    changes: list[Done] = []
    for pk, _, sealed in rows:
        before = unseal_row("before", pk, sealed)
        if "done" in before:
            changes.append(Done(**before["done"]))
            touched.add(changes[-1].customer_id)
        if before.get("touched"):
            touched.add(before["touched"])
        reopened += before.get("closed", [])
    # Plans are noted with one row of a piece, so they may be about customers of other rows.
    planned = care.customers_of_plans(reopened)
    foreign = retraction.not_of(actor, touched | planned) if only_own else set()
    mark["kept"] += len(touched & foreign)
    touched -= foreign
    changes = [done for done in changes if done.customer_id not in foreign]
    mark["fields"] += care.drop_added(touched, of.pk)
    mark["fields"] += purchases_bulk.drop_added(touched, of.pk, run.now)
    service.drop_added(touched, of.pk)
    for done in changes:
        if done.nothing:
            continue
        mark["fields"] += len(
            retraction.take_back(actor=actor, now=run.now, done=done, import_id=of.pk)
        )
    retraction.drop_added_contacts(touched, of.pk, care.contacts_in_use(touched))
    care.reopen(reopened, foreign)
    refresh_dates(touched | planned)
    care.entered(touched | planned, run.now)
    return int(rows[-1][1])
