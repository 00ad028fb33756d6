"""The work behind imports and exports, as jobs that survive their worker."""

from __future__ import annotations

from datetime import datetime

from zhike.access.models import Person
from zhike.base.errors import Forbidden
from zhike.base.jobs import Run, job
from zhike.doors import actions, entering, exporting, intake, spool, undoing
from zhike.doors.models import Export, Import


def _actor(person: Person, right: str) -> Person:
    """The person behind a job, who may have lost the right since they started it."""
    if not person.may(right):
        raise Forbidden("发起人已没有这项权限，任务已停止。")
    return person


def _import(import_id: int, state: str) -> Import | None:
    """The import, if it still waits for this job."""
    found = Import.objects.select_related("created_by").get(pk=import_id)
    return found if found.state == state else None


def _import_gave_up(error: str, now: datetime, import_id: int) -> None:
    actions.give_up(now=now, import_id=import_id, error=error)


def _forget_if_cancelled(of: Import) -> None:
    """Drop what was written to disk after somebody cancelled."""
    if Import.objects.filter(pk=of.pk, state=Import.State.CANCELLED).exists():
        spool.remove(of.pk)


@job("import.read", label="读取导入的表", gave_up=_import_gave_up)
def read(run: Run, import_id: int) -> None:
    """Read the upload into stored rows, then check them."""
    of = _import(import_id, Import.State.READING)
    if of is None:
        return
    actor = _actor(of.created_by, "import")
    content = intake.read(of, spool.uploaded(of.pk))
    with run.step():
        of.sheet, of.headers, of.mapping = content.sheet, content.headers, content.mapping
        of.save(update_fields=["sheet", "headers", "mapping"])
    intake.check(run, of, actor)
    spool.upload_path(of.pk).unlink(missing_ok=True)
    _forget_if_cancelled(of)
    actions.forget_stale(now=run.now)


@job("import.check", label="检查导入的表", gave_up=_import_gave_up)
def check(run: Run, import_id: int) -> None:
    """Check the stored rows again, after the columns were given other meanings."""
    of = _import(import_id, Import.State.READING)
    if of is not None:
        intake.check(run, of, _actor(of.created_by, "import"))
        _forget_if_cancelled(of)


@job("import.write", label="写入导入的表", gave_up=_import_gave_up)
def write(run: Run, import_id: int) -> None:
    """Write the stored rows."""
    of = _import(import_id, Import.State.RUNNING)
    if of is None:
        return
    try:
        entering.write(run, of, _actor(of.created_by, "import"))
    except entering.Stopped:
        return


def _undo_gave_up(error: str, now: datetime, import_id: int, by: int | None = None) -> None:
    actions.undo_gave_up(import_id=import_id, error=error)


@job("import.undo", label="撤销导入", gave_up=_undo_gave_up)
def undo(run: Run, import_id: int, by: int | None = None) -> None:
    """Take the import back, in the name of who asked for it."""
    of = _import(import_id, Import.State.UNDOING)
    if of is not None:
        undoing.undo(run, of, Person.objects.get(pk=by) if by else None)


@job("doors.forget", label="清理导入导出的文件")
def forget(run: Run) -> None:
    """Delete what lies on disk and is of no use any more: it is personal data."""
    actions.forget_stale(now=run.now)
    exporting.forget_old(run.now)


def _export_gave_up(error: str, now: datetime, export_id: int) -> None:
    Export.objects.filter(pk=export_id).update(
        state=Export.State.FAILED, message=error, finished_at=now
    )


@job("export.make", label="生成导出文件", gave_up=_export_gave_up)
def make(run: Run, export_id: int) -> None:
    """Make the file of an export."""
    made = Export.objects.select_related("created_by").get(pk=export_id)
    actor = _actor(made.created_by, "export_plain" if made.plain else "export")
    Export.objects.filter(pk=export_id).update(state=Export.State.RUNNING)
    exporting.make(run, made, actor)
