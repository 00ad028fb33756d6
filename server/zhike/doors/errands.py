"""An import or an export from start to end, for the command line."""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import jobs
from zhike.doors import exporting, queries, taking_out
from zhike.doors.actions import bring_in, cancel, confirm, prepare
from zhike.doors.models import Export, Import


def import_file(actor: Person, path: str | Path, on_match: str, now: datetime) -> dict[str, Any]:
    """Import a file; works without a worker process.

    Returns {"import_id", "state", "sheet", "sheet_label", "message", "counts", "refused",
    "cells_refused", "warnings"}; a row is {"row", "problems": [{"column", "level", "message"}]}.
    """
    place = Path(path)
    with place.open("rb") as file:
        of = bring_in(actor=actor, now=now, name=place.name, file=file)
    of = _worked(of, {Import.State.READING})
    if of.state == Import.State.READY and of.on_match != on_match:
        of = prepare(actor=actor, now=now, import_id=of.pk, on_match=on_match)
        of = _worked(of, {Import.State.READING})
    if of.state == Import.State.READY:
        if of.counts.get("new") or of.counts.get("update"):
            of = confirm(actor=actor, now=now, import_id=of.pk)
            of = _worked(of, {Import.State.RUNNING, Import.State.UNDOING})
        else:
            report = _report(of)
            cancel(actor=actor, now=now, import_id=of.pk)
            return report | {"state": "cancelled", "message": "没有可以导入的行。"}
    return _report(of)


def export_file(
    actor: Person,
    view: str,
    path: str | Path,
    now: datetime,
    *,
    filters: dict[str, Any] | None = None,
    plain: bool | None = None,
) -> dict[str, Any]:
    """Export straight to a path; plain where the actor may.

    The format follows the name's ending. Returns {"rows", "plain", "view"}.
    """
    place = Path(path)
    if plain is None:
        plain = actor.may("export_plain")
    ending = "csv" if place.suffix.lower() == ".csv" else "xlsx"
    with transaction.atomic():
        made = taking_out.order(
            actor=actor, now=now, view=view, format=ending, filters=filters, plain=plain
        )
        beside = place.with_name(place.name + ".part")
        try:
            made.rows = exporting.write(beside, made, actor)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        made.state, made.finished_at = Export.State.DONE, now
        made.save()
    return {"rows": made.rows, "plain": plain, "view": view}


def _worked(of: Import, states: set[str]) -> Import:
    """Work off jobs here until the import has left the states."""
    stop = threading.Event()
    # In this context, so that the trail tells that it came by the command line.
    run = contextvars.copy_context().run
    worker = threading.Thread(target=run, args=(jobs.run_worker, stop, 0.05), daemon=True)
    worker.start()
    try:
        return _waited(lambda: Import.objects.get(pk=of.pk), states)
    finally:
        stop.set()
        worker.join()


def _waited(read: Callable[[], Import], states: set[str]) -> Import:
    while (found := read()).state in states:
        time.sleep(0.05)
    return found


def _report(of: Import) -> dict[str, Any]:
    items, cursor = queries.rows_page(of, only="problems", cursor=None, limit=1000)
    while cursor:
        more, cursor = queries.rows_page(of, only="problems", cursor=cursor, limit=1000)
        items += more
    told = [{"row": one["row"], "problems": one["problems"]} for one in items]
    left_out = {one["row"] for one in items if one["action"] == "refuse"}
    described = queries.described(of)
    keys = ("state", "sheet", "sheet_label", "message", "counts")
    return {
        "import_id": of.pk,
        **{key: described[key] for key in keys},
        "refused": [one for one in told if one["row"] in left_out],
        "cells_refused": [
            one
            for one in told
            if one["row"] not in left_out
            and any(problem["level"] == "cell_refused" for problem in one["problems"])
        ],
        "warnings": [
            one
            for one in told
            if one["row"] not in left_out
            and any(problem["level"] == "warning" for problem in one["problems"])
        ],
    }
