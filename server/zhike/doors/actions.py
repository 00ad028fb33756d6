"""What is done with imports: bringing a workbook in, confirming it, taking it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction

from zhike.access.models import Person
from zhike.base import jobs
from zhike.base.errors import Conflict, Forbidden, Invalid
from zhike.customers.ways import taker
from zhike.doors import columns, queries, spool
from zhike.doors.intake import reading_of
from zhike.doors.models import Import
from zhike.doors.sheets import TOOL_CARD
from zhike.doors.workbook import Limits, refused
from zhike.trail.actions import changes, record

ATTEMPTS = 10  # a killed worker costs one; with their growing pauses ten take some hours
STALE = timedelta(days=7)
A_DAY = timedelta(days=1)
_UNCHANGED: Any = object()


def bring_in(*, actor: Person, now: datetime, name: str, file: BinaryIO) -> Import:
    """Keep an uploaded workbook, sealed, and have it read."""
    _require(actor, "import", "你没有导入的权限，请联系管理员。")
    limit = Limits().size
    with transaction.atomic():
        of = Import.objects.create(
            file_name=_base_name(name), owner=actor, created_by=actor, created_at=now
        )
        if spool.keep_upload(of.pk, file, limit) < 0:
            raise refused("size", limit=limit >> 20)
        of.job_id = _enqueue("import.read", of, now)
        of.save(update_fields=["job_id"])
        spool.forget_later(now, STALE)
        record(
            "import.uploaded",
            actor=actor,
            now=now,
            record=("import", of.pk),
            data={"file": of.file_name},
        )
    return of


def prepare(
    *,
    actor: Person,
    now: datetime,
    import_id: int,
    mapping: dict[int, str | None] | None = None,
    on_match: str | None = None,
    owner_id: Any = _UNCHANGED,
) -> Import:
    """Choose what each column means, what happens to customers already here, and the owner.

    The rows are checked again; the import is ready when that is done.
    """
    with transaction.atomic():
        of = _locked(actor, import_id)
        if of.state not in (Import.State.READY, Import.State.FAILED) or not of.headers:
            raise Conflict("现在不能修改这次导入，请刷新后再看。")
        before = _choices(of)
        if mapping is not None:
            of.mapping = _remapped(of, mapping)
        if on_match is not None:
            if on_match not in Import.OnMatch.values:
                raise Invalid("on_match", "请选择更新、跳过或另建。")
            of.on_match = on_match
        if owner_id is not _UNCHANGED:
            of.owner = _owner(actor, owner_id)
        if not spool.rows_path(of.pk).exists():
            raise Conflict("文件内容已经清除，请重新上传。")
        of.state, of.message = Import.State.READING, ""
        of.job_id = _enqueue("import.check", of, now)
        of.save()
        _tell("import.prepared", actor, now, of, changes=changes(before, _choices(of)))
    return of


def confirm(*, actor: Person, now: datetime, import_id: int) -> Import:
    """Let a checked import be written."""
    _require(actor, "import", "你没有导入的权限，请联系管理员。")
    with transaction.atomic():
        of = _locked(actor, import_id)
        if of.state != Import.State.READY:
            raise Conflict("这次导入还没有检查完，或已经确认过了，请刷新后再看。")
        reading_of(of)
        if not of.counts.get("new") and not of.counts.get("update"):
            raise Invalid("file", "没有可以导入的行。请先按提示修改表格，再重新上传。")
        of.state, of.confirmed_at, of.message = Import.State.RUNNING, now, ""
        of.job_id = _enqueue("import.write", of, now)
        of.save()
        # What is written bears the name of who uploaded it, who may be another person.
        _tell("import.confirmed", actor, now, of, counts=of.counts)
    return of


def cancel(*, actor: Person, now: datetime, import_id: int) -> Import:
    """Stop an import; what it has written already is taken back."""
    with transaction.atomic():
        of = _locked(actor, import_id)
        if of.state in (Import.State.READING, Import.State.READY):
            of.state, of.finished_at = Import.State.CANCELLED, now
        elif of.state == Import.State.RUNNING:
            _begin_undo(of, now, Import.State.CANCELLED, by=actor)
        else:
            raise Conflict("这次导入已经结束，不能取消。要收回已导入的内容，请用“撤销导入”。")
        of.save()
        _tell("import.cancelled", actor, now, of)
    if of.state == Import.State.CANCELLED:
        spool.remove(of.pk)
    return of


def undo(*, actor: Person, now: datetime, import_id: int) -> Import:
    """Take a finished import back as a whole."""
    _require(actor, "import", "你没有导入的权限，请联系管理员。")
    with transaction.atomic():
        of = _locked(actor, import_id)
        if of.state != Import.State.DONE:
            raise Conflict("只有已完成的导入可以撤销。")
        _begin_undo(of, now, Import.State.UNDONE, by=actor)
        of.save()
        _tell("import.undo_asked", actor, now, of)
    return of


def give_up(*, now: datetime, import_id: int, error: str) -> None:
    """Mark an import whose job failed for good; what was written is taken back."""
    of = Import.objects.select_for_update().get(pk=import_id)
    of.message = error
    if of.state == Import.State.RUNNING:
        _begin_undo(of, now, Import.State.FAILED)
    elif of.state == Import.State.READING:
        of.state, of.finished_at = Import.State.FAILED, now
        spool.upload_path(of.pk).unlink(missing_ok=True)
    of.save()
    _tell("import.failed", None, now, of)


def undo_gave_up(*, import_id: int, error: str) -> None:
    """Say that an undo came to a stop; doing it again goes on with the rest."""
    Import.objects.filter(pk=import_id, state=Import.State.UNDOING).update(
        state=Import.State.DONE, message=f"撤销没有做完（{error}），请再撤销一次。"
    )


def forget_stale(*, now: datetime) -> None:
    """Cancel imports nobody has confirmed for a week: what they hold is personal data."""
    stale = Import.objects.filter(state=Import.State.READY, created_at__lt=now - STALE)
    for of in stale:
        if stale.filter(pk=of.pk).update(state=Import.State.CANCELLED, finished_at=now):
            spool.remove(of.pk)
    for import_id, path in spool.held(A_DAY, now):
        found = Import.objects.filter(pk=import_id).first()
        if found is None or not queries.needs(found, path, since=now - STALE):
            path.unlink(missing_ok=True)


def _choices(of: Import) -> dict[str, Any]:
    """What a person may choose before an import, as the trail keeps it."""
    chosen = [str(name or "") for name in of.mapping or []]
    owner = of.owner.name if of.owner else ""
    return {"mapping": chosen, "on_match": str(of.on_match), "owner": owner}


def _tell(verb: str, actor: Person | None, now: datetime, of: Import, **data: Any) -> None:
    of_import = ("import", of.pk)
    record(verb, actor=actor, now=now, record=of_import, data={"file": of.file_name, **data})


def _require(actor: Person, right: str, message: str) -> None:
    if not actor.may(right):
        raise Forbidden(message)


def _base_name(name: str) -> str:
    """The name of a file without folders and control characters, shown only."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in base if letter.isprintable())[:200] or "未命名"


def _enqueue(kind: str, of: Import, now: datetime, **more: Any) -> int:
    key = f"{kind}:{of.pk}"
    args = {"import_id": of.pk, **more}
    return jobs.enqueue(kind, args, now=now, dedupe_key=key, max_attempts=ATTEMPTS).pk


def _locked(actor: Person, import_id: int) -> Import:
    queries.one_import(actor, import_id)
    return Import.objects.select_for_update().get(pk=import_id)


def _begin_undo(of: Import, now: datetime, ends_as: str, by: Person | None = None) -> None:
    """`by` is who asked for it; nobody where an import failed."""
    of.state, of.ends_as = Import.State.UNDOING, ends_as
    of.job_id = _enqueue("import.undo", of, now, by=by.pk if by else None)


def _remapped(of: Import, mapping: dict[int, str | None]) -> list[str | None]:
    new = list(of.mapping)
    fields = columns.present().by_name
    for index, name in mapping.items():
        if not 0 <= index < len(new):
            raise Invalid("mapping", "没有这一列，请刷新后再选。")
        if name is not None and name not in fields and of.sheet != TOOL_CARD.name:
            raise Invalid("mapping", "没有这个字段，请从列表中选择。")
        new[index] = name
    chosen = [name for name in new if name]
    twice = next((name for name in chosen if chosen.count(name) > 1), None)
    if twice is not None:
        label = fields[twice].label if twice in fields else twice
        raise Invalid("mapping", f"有两列都对应“{label}”，请只留一列。")
    return new


def _owner(actor: Person, owner_id: int | None) -> Person | None:
    if owner_id == actor.pk:
        return actor
    if not actor.may("hand_over"):
        raise Forbidden("你没有把客户交给别人的权限，请联系主管或管理员。", field="owner_id")
    return taker(actor, owner_id, field="owner_id")
