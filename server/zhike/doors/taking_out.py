"""What is done with exports: having a file made, and noting who fetched it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import jobs
from zhike.base.errors import Forbidden, Invalid
from zhike.base.identity import reserve
from zhike.customers import listing
from zhike.customers.criteria import criteria_of
from zhike.doors import exporting, spool, views
from zhike.doors.models import Export
from zhike.doors.sheets import TOOL_CARD
from zhike.trail.actions import record


def take_out(
    *,
    actor: Person,
    now: datetime,
    view: str,
    format: str = "xlsx",
    filters: dict[str, Any] | None = None,
    columns: list[str] | None = None,
    plain: bool = False,
) -> Export:
    """Have a file made of the customers that meet the filters; what was taken out is recorded.

    Numbers are masked unless `plain` is asked for by somebody with the right to it.
    """
    with transaction.atomic():
        made = order(
            actor=actor,
            now=now,
            view=view,
            format=format,
            filters=filters,
            columns=columns,
            plain=plain,
        )
        made.job_id = jobs.enqueue("export.make", {"export_id": made.pk}, now=now).pk
        made.save(update_fields=["job_id"])
        spool.forget_later(now, exporting.KEPT)
    return made


def order(
    *,
    actor: Person,
    now: datetime,
    view: str,
    format: str,
    filters: dict[str, Any] | None = None,
    columns: list[str] | None = None,
    plain: bool = False,
) -> Export:
    """Note an export as asked for, within the caller's transaction; no file is made of it yet."""
    if not actor.may("export"):
        raise Forbidden("你没有导出的权限，请联系管理员。")
    if plain and not actor.may("export_plain"):
        raise Forbidden("你没有导出完整号码的权限，请取消勾选后再导出。")
    if view not in views.VIEWS:
        raise Invalid("view", "没有这种表格，请从列表中选择。")
    if format not in ("xlsx", "csv"):
        raise Invalid("format", "只能导出 xlsx 或 csv。")
    if view == TOOL_CARD.name and format == "csv":
        raise Invalid("format", "工具卡一位客户一张表，只能导出 xlsx。")
    known = {header for header, _ in views.columns_of(view, every=True)}
    wrong = [header for header in columns or () if header not in known]
    if wrong:
        raise Invalid("columns", f"这种表格没有“{wrong[0][:30]}”这一列。")
    criteria = criteria_of(filters)
    listing.require_readable(actor, criteria)  # told now rather than by the job
    pk = reserve(Export, 1)[0]
    made = Export.objects.create(
        id=pk,
        view=view,
        format=format,
        filters=exporting.kept_filters(pk, criteria),
        columns=columns or [],
        plain=plain,
        created_by=actor,
        created_at=now,
    )
    record(
        "export.made",
        actor=actor,
        now=now,
        record=("export", made.pk),
        data={
            "view": view,
            "format": format,
            "plain": plain,
            "filters": exporting.told_filters(criteria),
        },
    )
    return made


def tell_download(*, actor: Person, now: datetime, made: Export) -> None:
    """Note that somebody fetched the file of an export."""
    with transaction.atomic():
        record(
            "export.downloaded",
            actor=actor.real or actor,
            now=now,
            record=("export", made.pk),
            data={"view": made.view, "format": made.format, "plain": made.plain, "rows": made.rows},
        )
