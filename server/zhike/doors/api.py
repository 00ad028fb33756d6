"""Imports and exports over HTTP."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from django.http import FileResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.errors import NotFound
from zhike.doors import actions, exporting, queries, results, taking_out, template, views
from zhike.doors.models import Export

router = Router(tags=["doors"])
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class Who(Schema):
    id: int
    name: str


class ColumnOut(Schema):
    index: int
    header: str
    field: str | None
    sample: list[str]


class FieldOut(Schema):
    name: str
    label: str


class ImportCounts(Schema):
    rows: int
    new: int
    update: int
    skip: int
    refused: int
    warnings: int
    done: int


class ImportOut(Schema):
    id: int
    file_name: str
    state: str
    sheet: str
    sheet_label: str
    message: str
    columns: list[ColumnOut]
    fields: list[FieldOut]
    counts: ImportCounts
    on_match: str
    owner: Who | None
    created_by: Who
    created_at: datetime
    progress: float
    can_undo: bool


class ImportsOut(Schema):
    items: list[ImportOut]


class ImportPatch(Schema):
    mapping: dict[int, str | None] | None = None
    on_match: Literal["update", "skip", "new"] | None = None
    owner_id: int | None = None


class ProblemOut(Schema):
    column: str
    level: str
    message: str


class RowOut(Schema):
    row: int
    action: str
    values: dict[str, str]
    problems: list[ProblemOut]


class RowsOut(Schema):
    items: list[RowOut]
    next: str | None


class ViewOut(Schema):
    name: str
    label: str
    columns: list[str]
    offered: list[str]
    formats: list[str]


class ViewsOut(Schema):
    items: list[ViewOut]


class ExportIn(Schema):
    view: str
    format: str = "xlsx"
    filters: dict[str, Any] = Field(default_factory=dict)
    columns: list[str] | None = Field(None, max_length=600)
    plain: bool = False


class ExportOut(Schema):
    id: int
    view: str
    format: str
    state: str
    message: str
    progress: float
    rows: int
    plain: bool
    file_name: str
    ready: bool
    created_at: datetime


@router.post("/imports", response={201: ImportOut})
def bring_in(request: Request, file: UploadedFile = File(...)) -> Status:  # noqa: B008
    """Upload a workbook; it is read in the background."""
    of = actions.bring_in(
        actor=request.auth, now=clock.now(), name=file.name or "", file=cast(BinaryIO, file.file)
    )
    return Status(201, queries.described(of))


@router.get("/imports", response=ImportsOut)
def imports(request: Request) -> dict[str, Any]:
    """List the last imports, the newest first."""
    found = queries.imports_visible_to(request.auth)[:50]
    return {"items": [queries.described(one) for one in found]}


@router.get("/imports/template")
def import_template(request: Request) -> FileResponse:
    """Return an empty workbook with a column for every field, and the choices beside it."""
    return _workbook(partial(template.write, actor=request.auth), template.FILE_NAME)


@router.get("/imports/{import_id}", response=ImportOut)
def one_import(request: Request, import_id: int) -> dict[str, Any]:
    """Return one import with samples of its columns."""
    return queries.described(queries.one_import(request.auth, import_id), samples=True)


@router.patch("/imports/{import_id}", response=ImportOut)
def prepare(request: Request, import_id: int, body: ImportPatch) -> dict[str, Any]:
    """Change what columns mean, what happens on a match, or the owner."""
    given = body.dict(exclude_unset=True)
    of = actions.prepare(actor=request.auth, now=clock.now(), import_id=import_id, **given)
    return queries.described(of)


@router.get("/imports/{import_id}/rows", response=RowsOut)
def rows(
    request: Request,
    import_id: int,
    only: Literal["problems", "all"] = "problems",
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Return a page of rows with what is wrong with them."""
    of = queries.one_import(request.auth, import_id)
    items, following = queries.rows_page(
        of, only=only, cursor=cursor, limit=max(1, min(limit, 200))
    )
    return {"items": items, "next": following}


@router.post("/imports/{import_id}/confirmation", response=ImportOut)
def confirm(request: Request, import_id: int) -> dict[str, Any]:
    """Write the import."""
    return queries.described(
        actions.confirm(actor=request.auth, now=clock.now(), import_id=import_id)
    )


@router.post("/imports/{import_id}/cancellation", response=ImportOut)
def cancel(request: Request, import_id: int) -> dict[str, Any]:
    """Stop the import."""
    return queries.described(
        actions.cancel(actor=request.auth, now=clock.now(), import_id=import_id)
    )


@router.post("/imports/{import_id}/undo", response=ImportOut)
def undo(request: Request, import_id: int) -> dict[str, Any]:
    """Take the import back."""
    return queries.described(actions.undo(actor=request.auth, now=clock.now(), import_id=import_id))


@router.get("/imports/{import_id}/result")
def result(request: Request, import_id: int) -> FileResponse:
    """Return the rows left out as a workbook, with the reasons beside them."""
    of = queries.one_import(request.auth, import_id)
    return _workbook(partial(results.write, of=of), results.file_name(of))


def _workbook(write: Callable[[Path], None], name: str) -> FileResponse:
    """A workbook made for this answer only."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as spare:
        place = Path(spare.name)
    try:
        write(place)
        file = place.open("rb")
    finally:
        place.unlink()
    return FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES["xlsx"])


@router.get("/exports/views", response=ViewsOut)
def export_views(request: Request) -> dict[str, Any]:
    """List the sheets that can be taken out."""
    return {
        "items": [
            {
                "name": view.name,
                "label": view.label,
                "columns": [header for header, _ in views.columns_of(view.name)],
                "offered": [header for header, _ in views.columns_of(view.name, every=True)],
                "formats": ["xlsx"] if view.name == "tool-card" else ["xlsx", "csv"],
            }
            for view in views.VIEWS.values()
        ]
    }


@router.post("/exports", response={201: ExportOut})
def take_out(request: Request, body: ExportIn) -> Status:
    """Have a file made; it is ready when `state` is done."""
    made = taking_out.take_out(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, queries.described_export(made))


@router.get("/exports/{export_id}", response=ExportOut)
def one_export(request: Request, export_id: int) -> dict[str, Any]:
    """Return how far an export is."""
    return queries.described_export(queries.one_export(request.auth, export_id))


@router.get("/exports/{export_id}/file")
def export_file(request: Request, export_id: int) -> FileResponse:
    """Return the file."""
    made = queries.one_export(request.auth, export_id)
    gone = NotFound("文件还没有生成，或已过期清除。请重新导出。")
    if made.state != Export.State.DONE or not exporting.may_have(made, request.auth, clock.now()):
        raise gone
    try:
        file = queries.export_path(made).open("rb")
    except FileNotFoundError as error:
        raise gone from error
    taking_out.tell_download(actor=request.auth, now=clock.now(), made=made)
    return FileResponse(
        file,
        as_attachment=True,
        filename=views.file_name(made),
        content_type=_TYPES[made.format],
    )
