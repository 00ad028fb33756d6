"""Making the file of an export: chunk by chunk to the data folder, one chunk in memory."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from zhike.access.models import Person
from zhike.base import clock, keyring
from zhike.base.errors import Invalid
from zhike.base.jobs import Run
from zhike.customers import listing
from zhike.customers.criteria import Criteria
from zhike.customers.models import Customer
from zhike.doors import filling, own_columns, record_rows, spool, subjects, views
from zhike.doors.models import Export
from zhike.doors.queries import export_path
from zhike.doors.sheets import TOOL_CARD
from zhike.doors.writing import WATERMARK, Csv, Writer, Xlsx
from zhike.fields import masking, registry
from zhike.trail.models import Event

MOST_CARDS = 1000  # one sheet each; more make a workbook nobody can page through
KEPT = timedelta(days=1)


def make(run: Run, made: Export, actor: Person) -> None:
    """Write the file of an export; it appears under its name once it is whole."""
    path = export_path(made)
    beside = path.with_suffix(f".{run.fence}.part")
    try:
        rows = write(beside, made, actor, run)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    with run.step(final=True):
        Export.objects.filter(pk=made.pk).update(
            state=Export.State.DONE, rows=rows, finished_at=run.now
        )
    forget_old(run.now)


def write(path: Path, made: Export, actor: Person, run: Run | None = None) -> int:
    """Write the rows of an export to a path; returns how many."""
    mark = watermark(made, actor)
    found = customers_of(made, actor)
    with Xlsx(path, footer=mark) if made.format == "xlsx" else Csv(path) as writer:
        path.chmod(0o600)
        if made.view == TOOL_CARD.name:
            count = _write_cards(writer, actor, found, plain=made.plain)
        else:
            count = _write_table(writer, made, actor, found, run)
        _write_mark(writer, made, mark)
    return count


def customers_of(made: Export, actor: Person) -> QuerySet[Customer]:
    """The customers an export is about: the actor's, narrowed by its filters."""
    criteria = Criteria(**_opened(made))
    return listing.filtered(actor, criteria, today=clock.day_of(made.created_at))


def kept_filters(export_id: int, criteria: Criteria) -> dict[str, Any]:
    """What is kept of the filters until the file is made: what was typed may be a number."""
    kept = criteria.model_dump(mode="json", exclude_none=True)
    if criteria.q:
        kept["q"] = _kept(export_id, "q", criteria.q)
    if criteria.field:
        kept["field"] = [_kept(export_id, "field", one) for one in criteria.field]
    return kept


def _kept(export_id: int, name: str, typed: str) -> str:
    return base64.b64encode(keyring.seal(typed, table="export", field=name, row=export_id)).decode()


def _opened(made: Export) -> dict[str, Any]:
    filters = dict(made.filters)

    def plain(name: str, kept: str) -> str:
        return keyring.unseal(base64.b64decode(kept), table="export", field=name, row=made.pk)

    if "q" in filters:
        filters["q"] = plain("q", filters["q"])
    if "field" in filters:
        filters["field"] = [plain("field", one) for one in filters["field"]]
    return filters


def told_filters(criteria: Criteria) -> dict[str, Any]:
    """What the trail tells of the filters: a number or an address only in its masked form."""
    told = criteria.model_dump(mode="json", exclude_none=True)
    if criteria.q and ("@" in criteria.q or sum(map(str.isdigit, criteria.q)) > 4):
        told["q"] = masking.mask("email" if "@" in criteria.q else "phone", criteria.q)
    if criteria.field:
        told["field"] = [_told(one) for one in criteria.field]
    return told


def _told(condition: str) -> str:
    key, op, value = (*condition.split(":", 2), "", "")[:3]
    field = registry.definition("customer", key)
    if field is None or not field.is_sealed or not value:
        return condition
    return f"{key}:{op}:{masking.mask(field.type, value)}"


def watermark(made: Export, actor: Person) -> str:
    """Who took what out and when."""
    at = made.created_at.astimezone(clock.SHANGHAI)
    masks = "完整号码" if made.plain else "号码已打码"
    who = f"{actor.name}（{actor.username}）"
    return f"{WATERMARK}：{who}于 {at:%Y-%m-%d %H:%M} 导出，{masks}，仅限内部使用"


def _write_mark(writer: Writer, made: Export, mark: str) -> None:
    """The last line of a csv, a sheet of its own in a workbook; the import knows both."""
    if made.format == "xlsx":
        writer.sheet("导出记录", [80], header=False)
    writer.row([mark])


def _write_table(
    writer: Writer, made: Export, actor: Person, found: QuerySet[Customer], run: Run | None
) -> int:
    view = views.VIEWS[made.view]
    columns = views.chosen_columns(made.view, made.columns)
    writer.sheet(view.label, views.widths(columns))
    writer.row([header for header, _ in columns])
    count = 0
    if made.view in record_rows.RECORD_VIEWS:
        chosen = [view.columns.index(one) for one in columns]
        for rows in record_rows.RECORD_VIEWS[made.view](actor, found):
            for row in rows:
                writer.row([row[index] for index in chosen])
            count += len(rows)
            if run is not None:
                run.progress(0, 0)
        return count
    total = found.count()
    fill = filling.getters(actor, made.view, columns)
    files = own_columns.file_keys(name for _, name in columns)
    for chunk in subjects.customers_of(actor, found, plain=made.plain, files=files):
        for subject in chunk:
            writer.row([get(subject) for get in fill])
        count += len(chunk)
        if run is not None:
            run.progress(count, total)
    return count


def _write_cards(writer: Writer, actor: Person, found: QuerySet[Customer], *, plain: bool) -> int:
    count = found.count()
    if count > MOST_CARDS:
        raise Invalid(
            "filters", f"工具卡一次最多导出 {MOST_CARDS} 位客户，现在有 {count} 位。请先筛选。"
        )
    number = 0
    for chunk in subjects.customers_of(actor, found, plain=plain):
        for subject in chunk:
            number += 1
            writer.sheet(f"客户{number}", [22, 60])
            for row in filling.card(actor, subject):
                writer.row(row)
    return number


def forget_old(now: datetime) -> None:
    """Delete the files of exports made more than a day ago: they hold personal data."""
    for made in Export.objects.filter(
        created_at__lt=now - KEPT, created_at__gt=now - KEPT * 30, state=Export.State.DONE
    ):
        export_path(made).unlink(missing_ok=True)
    oldest = (now - KEPT).timestamp()
    for path in spool.folder("exports").iterdir():  # also what a killed worker left half done
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def may_have(made: Export, actor: Person, now: datetime) -> bool:
    """Whether who made an export may still have its file: rights can be lost, files grow old.

    Of somebody whose role or department has changed since, or whose role has, what the file holds
    may no longer be theirs to see: it has to be made again.
    """
    right = "export_plain" if made.plain else "export"
    young = made.created_at > now - KEPT
    return actor.may("export") and actor.may(right) and young and not _rights_changed(made, actor)


def _rights_changed(made: Export, actor: Person) -> bool:
    theirs = Q(verb="person.changed", record_type="person", record_id=actor.pk)
    of_role = Q(verb="role.changed", record_type="role", record_id=actor.role_id)
    return Event.objects.filter(theirs | of_role, at__gte=made.created_at).exists()
