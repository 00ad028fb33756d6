"""`zhike import` and `zhike export`: what they do and what they print."""

from __future__ import annotations

import json
from typing import Any

import click

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.doors import errands
from zhike.doors.views import VIEWS

_NUMBERS = (("new", "新增"), ("update", "更新"), ("skip", "跳过"), ("refused", "未导入"))


def bring_in(person: Person, file: str, on_match: str, *, as_json: bool) -> int:
    """Import a file and print what came of it. Returns 0 if it was written, else 1."""
    report = errands.import_file(person, file, on_match, clock.now())
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1, default=str))
    else:
        _print(report)
    return 0 if report["state"] == "done" else 1


def take_out(person: Person, view: str, file: str, *, masked: bool) -> None:
    """Export to a file and print how many rows it has."""
    if view not in VIEWS:
        raise Invalid("view", f"没有“{view}”这种表格，可选：{'、'.join(VIEWS)}。")
    plain = False if masked else None
    made = errands.export_file(person, view, file, clock.now(), plain=plain)
    click.echo(f"已导出 {made['rows']} 行到 {file}（号码{'未' if made['plain'] else '已'}打码）。")


def _print(report: dict[str, Any]) -> None:
    counts = report["counts"]
    said = "，".join(f"{label} {counts.get(key, 0)}" for key, label in _NUMBERS)
    click.echo(f"{report['sheet_label']}：{counts.get('rows', 0)} 行，{said}。")
    if report["message"]:
        click.echo(report["message"])
    kinds = (("refused", "未导入"), ("cells_refused", "有格子未采用"), ("warnings", "提醒"))
    for key, label in kinds:
        for one in report[key]:
            why = "；".join(
                f"{problem['column']}：{problem['message']}"
                if problem["column"]
                else str(problem["message"])
                for problem in one["problems"]
            )
            click.echo(f"第 {one['row']} 行{label}：{why}")
