"""The result workbook: what was left out, in its own columns, with the reason beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zhike.doors import queries
from zhike.doors.cells import shown
from zhike.doors.models import Import
from zhike.doors.writing import Value, Xlsx

REASON = "原因"
ROW = "原表行号"


def file_name(of: Import) -> str:
    """What the result is called when it is saved."""
    return f"未导入的行-{of.file_name.rpartition('.')[0] or of.file_name}.xlsx"


def write(path: Path, of: Import) -> None:
    """Write the refused rows; corrected there, they can be imported again.

    Rows that came in but for some cells follow on a second sheet.
    """
    widths = [18] * len(of.headers) + [60, 10]
    with Xlsx(path) as writer:
        path.chmod(0o600)
        for name, rows in (
            ("未导入的行", queries.refused_rows(of)),
            ("部分单元格未导入", queries.partly_refused_rows(of)),
        ):
            writer.sheet(name, widths)
            writer.row([*of.headers, REASON, ROW])
            for row in _rows(of, rows):
                writer.row(row)


def _rows(
    of: Import, rows: Iterable[tuple[int, list[Any], list[list[Any]]]]
) -> Iterable[list[Value]]:
    width = len(of.headers)
    for number, cells, problems in rows:
        values: list[Value] = []
        for value in cells[:width]:
            values.append(value if isinstance(value, (str, int, float)) else shown(value))
        values += [""] * (width - len(values))
        told = [
            f"{of.headers[column]}：{message}" if 0 <= column < width else message
            for column, level, message in problems
            if level != "warning"
        ]
        yield [*values, "；".join(told), number]
