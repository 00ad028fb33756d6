"""Reading imports and exports."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.access.rights import GROUPS
from zhike.base import paging
from zhike.base.errors import NotFound
from zhike.base.keyring import Tampered
from zhike.base.models import Job
from zhike.doors import columns, spool
from zhike.doors.cells import shown
from zhike.doors.intake import unseal_row
from zhike.doors.models import Export, Import, ImportRow
from zhike.doors.sheets import label_of
from zhike.doors.views import file_name
from zhike.fields.sealed import UNREADABLE

GONE = (Import.State.DONE, Import.State.UNDONE, Import.State.CANCELLED)
FINISHED = (*GONE, Import.State.FAILED)
_SAMPLES = 3
_log = logging.getLogger("zhike.doors")


def imports_visible_to(actor: Person) -> QuerySet[Import]:
    """Return the imports `actor` made.

    Those of others hold their cells as they were typed: only for who may see every customer and
    every field and take whole numbers out.
    """
    found = Import.objects.select_related("owner", "created_by").order_by("-id")
    if not actor.may("import"):
        return found.none()
    everything = actor.scope("customer").reach == "all" and actor.may("export_plain")
    everything = everything and all(actor.reads(group) for group in GROUPS)
    return found if everything else found.filter(created_by=actor)


def exports_visible_to(actor: Person) -> QuerySet[Export]:
    """Return the exports `actor` made: a file made with one person's rights is for nobody else."""
    found = Export.objects.order_by("-id")
    return found.filter(created_by=actor) if actor.may("export") else found.none()


def one_import(actor: Person, import_id: int) -> Import:
    """Return one import or raise NotFound."""
    found = imports_visible_to(actor).filter(pk=import_id).first()
    if found is None:
        raise NotFound("没有找到这次导入。")
    return found


def one_export(actor: Person, export_id: int) -> Export:
    """Return one export or raise NotFound."""
    found = exports_visible_to(actor).filter(pk=export_id).first()
    if found is None:
        raise NotFound("没有找到这次导出。")
    return found


def progress_of(job_id: int | None, *, finished: bool) -> float:
    """Return how far the job behind something is, 0 to 1."""
    if finished:
        return 1.0
    saved = Job.objects.filter(pk=job_id or 0).values_list("progress", flat=True).first() or {}
    total = saved.get("total") or 0
    return round(min(saved.get("done", 0) / total, 1.0), 3) if total else 0.0


def described(of: Import, *, samples: bool = False) -> dict[str, Any]:
    """Return an import as the front end shows it; `samples` adds a few cells of each column."""
    at_rest = of.state in (*FINISHED, Import.State.READY)
    return {
        "id": of.pk,
        "file_name": of.file_name,
        "state": of.state,
        "sheet": of.sheet,
        "sheet_label": label_of(of.sheet),
        "message": of.message,
        "columns": _columns(of, samples=samples and of.state == Import.State.READY),
        "fields": [{"name": one.name, "label": one.label} for one in columns.present().fields],
        "counts": {
            name: of.counts.get(name, 0)
            for name in ("rows", "new", "update", "skip", "refused", "warnings", "done")
        },
        "on_match": of.on_match,
        "owner": {"id": of.owner.pk, "name": of.owner.name} if of.owner else None,
        "created_by": {"id": of.created_by.pk, "name": of.created_by.name},
        "created_at": of.created_at,
        "progress": progress_of(of.job_id, finished=at_rest),
        "can_undo": of.state == Import.State.DONE,
    }


def _columns(of: Import, *, samples: bool) -> list[dict[str, Any]]:
    cells: list[list[str]] = [[] for _ in of.headers]
    if samples and spool.rows_path(of.pk).exists():
        for _, row in next(spool.pieces(of.pk), (0, []))[1]:
            for column, value in enumerate(row[: len(cells)]):
                if value != "" and len(cells[column]) < _SAMPLES:
                    cells[column].append(shown(value)[:60])
    return [
        {"index": index, "header": header, "field": field, "sample": cells[index]}
        for index, (header, field) in enumerate(zip(of.headers, of.mapping, strict=True))
    ]


def rows_page(
    of: Import, *, only: str, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of an import's rows in their order, with what is wrong with each."""
    after = paging.unpack(cursor, int)[0] if cursor else 0
    if only == "problems" or not spool.rows_path(of.pk).exists():
        items = _kept_rows(of, after, limit + 1, problems=only == "problems")
    else:
        items = _all_rows(of, after, limit + 1)
    if len(items) <= limit:
        return items, None
    return items[:limit], paging.pack(items[limit - 1]["row"])


def _kept_rows(of: Import, after: int, limit: int, *, problems: bool) -> list[dict[str, Any]]:
    kept = ImportRow.objects.filter(of=of, row__gt=after).order_by("row")
    if problems:
        kept = kept.exclude(problems=[])
    return [_row(of, one, _cells(one)) for one in kept[:limit]]


def _all_rows(of: Import, after: int, limit: int) -> list[dict[str, Any]]:
    found: list[tuple[int, list[Any]]] = []
    for _, rows in spool.pieces(of.pk):
        found += [row for row in rows if row[0] > after]
        if len(found) >= limit:
            break
    found = found[:limit]
    numbers = [number for number, _ in found]
    kept = {one.row: one for one in ImportRow.objects.filter(of=of, row__in=numbers)}
    return [
        _row(of, kept.get(number) or ImportRow(row=number, action="new", problems=[]), cells)
        for number, cells in found
    ]


def _cells(one: ImportRow) -> list[Any]:
    try:
        return spool.from_json(unseal_row("cells", one.pk, one.cells) or [])
    except Tampered:  # one damaged row must not take the others away
        _log.error("import row unreadable row=%s", one.pk)
        return [UNREADABLE]


def _row(of: Import, one: ImportRow, cells: list[Any]) -> dict[str, Any]:
    headers = of.headers
    return {
        "row": one.row,
        "action": one.action,
        "values": {
            header: shown(value)
            for header, value in zip(headers, cells, strict=False)
            if value != "" and header
        },
        "problems": [
            {
                "column": headers[column] if 0 <= column < len(headers) else "",
                "level": level,
                "message": message,
            }
            for column, level, message in one.problems
        ],
    }


def refused_rows(of: Import) -> Iterator[tuple[int, list[Any], list[list[Any]]]]:
    """Yield (row, cells, problems) of the rows that were left out as a whole."""
    kept = ImportRow.objects.filter(of=of, action="refuse").order_by("row")
    for one in kept.iterator(chunk_size=500):
        yield one.row, _cells(one), one.problems


def partly_refused_rows(of: Import) -> Iterator[tuple[int, list[Any], list[list[Any]]]]:
    """Yield (row, cells, problems) of the rows that came in but for some cells."""
    kept = ImportRow.objects.filter(of=of).exclude(action="refuse").exclude(problems=[])
    for one in kept.order_by("row").iterator(chunk_size=500):
        if any(level == "cell_refused" for _, level, _ in one.problems):
            yield one.row, _cells(one), one.problems


def needs(of: Import, path: Path, since: datetime) -> bool:
    """Tell whether a file of an import is of use; else whoever should have removed it was killed.

    A failed one made after `since` may yet be checked again with other columns.
    """
    if of.state == Import.State.READING:
        return True
    if path.suffix != ".rows" or of.state in GONE:
        return False
    return of.state != Import.State.FAILED or of.created_at > since


def export_path(made: Export) -> Path:
    """Return where the file of an export lies."""
    return spool.folder("exports") / f"{made.pk}.{made.format}"


def described_export(made: Export) -> dict[str, Any]:
    """Return an export as the front end shows it."""
    ready = made.state == Export.State.DONE and export_path(made).exists()
    return {
        "id": made.pk,
        "view": made.view,
        "format": made.format,
        "state": made.state,
        "message": made.message,
        "progress": progress_of(
            made.job_id, finished=made.state in (Export.State.DONE, Export.State.FAILED)
        ),
        "rows": made.rows,
        "plain": made.plain,
        "file_name": file_name(made),
        "ready": ready,
        "created_at": made.created_at,
    }
