"""Reads workbooks nobody vouches for: in a child process, within limits, as a stream of rows.

A 1 KiB xlsx can ask for 512 GiB and abort the process that parses it, so the parent never parses.
"""

from __future__ import annotations

import datetime
import json
import os
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import msgspec

from zhike.base.errors import Invalid

Cell = str | float | int | bool | datetime.date | datetime.datetime
Row = tuple[int, list[Cell]]

_CHILD = Path(__file__).with_name("workbook_child.py")
_DATE_CODE = 1
_CHUNK = 1 << 16
_LONGEST_FRAME = 256 << 20


@dataclass(frozen=True)
class Limits:
    """What a file may ask for. Sizes in bytes, times in seconds."""

    rows: int = 100_000
    columns: int = 600  # 200 own fields each of customer and contact, and the shipped ones
    cell: int = 32_767  # what Excel itself allows
    size: int = 50 << 20
    unpacked: int = 1 << 30
    memory: int = 1 << 30
    seconds: int = 60
    silence: float = 60.0


MESSAGES = {
    "empty": "文件里没有内容。请确认选对了文件，表头和数据都在表里。",
    "password": "工作簿设了打开密码。请在 Excel 里去掉密码另存一份，再上传。",
    "format": "认不出这种文件。请上传 xlsx、xls 或 csv 格式的表格。",
    "broken": "文件损坏，读不完整。请用 Excel 打开后另存为 xlsx，再上传。",
    "bomb": "文件解压后过大，已停止读取。请把需要的数据复制到新工作簿，再上传。",
    "encoding": "认不出文字编码。请另存为“CSV UTF-8”或 xlsx，再上传。",
    "memory": "表格占用的内存过大，已停止读取（可能有内容写在很远的单元格里）。"
    "请把数据复制到新工作簿，再上传。",
    "time": "读取时间过长，已停止。请把表格拆成几份，再分别上传。",
    "rows": "超过 {limit} 行。请拆成几份，再分别上传。",
    "columns": "第 {row} 行超过 {limit} 列。请删去多余的列，再上传。",
    "cell": "第 {row} 行有单元格超过 {limit} 字。请缩短后再上传。",
    "size": "文件超过 {limit} MB。请拆成几份，再分别上传。",
}


def refused(code: str, **numbers: object) -> Invalid:
    """The error for a file which cannot be taken, in words with the remedy."""
    message = MESSAGES[code].format_map({"limit": "", "row": "", **numbers})
    if numbers.get("sheet"):
        message = f"工作表“{numbers['sheet']}”：{message}"
    return Invalid("file", message)


@dataclass
class Sheet:
    """One sheet on its way in. `rows` runs once, before the next sheet is asked for."""

    name: str
    hidden: bool
    merged: list[list[int]]
    rows: Iterator[Row]


class Workbook:
    """Context manager over the sheets of one file.

    >>> with Workbook(open(path, "rb")) as book:
    ...     for sheet in book.sheets():
    ...         for number, cells in sheet.rows: ...

    Raises `Invalid` with a Chinese message for whatever cannot be read; never dies with the file.
    """

    def __init__(self, source: BinaryIO, limits: Limits | None = None) -> None:
        self.source = source
        self.limits = limits or Limits()
        self._buffer = bytearray()
        self._decoder = msgspec.msgpack.Decoder(ext_hook=_date)

    def __enter__(self) -> Workbook:
        size = self.source.seek(0, os.SEEK_END)
        self.source.seek(0)
        if size > self.limits.size:
            raise refused("size", limit=self.limits.size >> 20)
        self._child = subprocess.Popen(
            [sys.executable, "-I", str(_CHILD), json.dumps(asdict(self.limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            close_fds=True,
        )
        self._feeder = threading.Thread(target=self._feed, daemon=True)
        self._feeder.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.kill()
        self._child.wait()
        self._feeder.join(timeout=5)
        if self._child.stdout:
            self._child.stdout.close()

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in their order. What is left of one is skipped when the next is asked for."""
        while (frame := self._frame())[0] != "done":
            sheet = _sheet(frame)
            sheet.rows = self._rows()
            yield sheet
            for _ in sheet.rows:
                pass

    def _rows(self) -> Iterator[Row]:
        while (frame := self._frame())[0] != "end":
            try:
                rows = [(int(number), list(cells)) for number, cells in frame[1]]
            except (TypeError, ValueError, IndexError) as error:
                raise refused("broken") from error
            yield from rows

    def _feed(self) -> None:
        pipe = self._child.stdin
        if pipe is None:
            return
        try:
            while data := self.source.read(1 << 20):
                pipe.write(data)
            pipe.close()
        except (BrokenPipeError, ValueError):
            return  # the child has stopped; it says why on its output

    def _frame(self) -> list[Any]:
        """The next frame. The child may have been taken over: nothing it sends is believed."""
        (length,) = struct.unpack(">I", self._take(4))
        if length > _LONGEST_FRAME:
            raise refused("broken")
        try:
            frame = self._decoder.decode(self._take(length))
        except msgspec.DecodeError as error:
            raise refused("broken") from error
        if not isinstance(frame, list) or not frame:
            raise refused("broken")
        if frame[0] == "error":
            raise _error(frame)
        return frame

    def _take(self, count: int) -> bytes:
        pipe = self._child.stdout
        if pipe is None:
            raise refused("broken")
        while len(self._buffer) < count:
            ready, _, _ = select.select([pipe], [], [], self.limits.silence)
            if not ready:
                raise refused("time")
            data = os.read(pipe.fileno(), max(_CHUNK, count - len(self._buffer)))
            if not data:
                raise refused(self._cause_of_death())
            self._buffer += data
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _cause_of_death(self) -> str:
        """Out of memory ends in SIGABRT (6) or SIGKILL (9), too much work in SIGXCPU (24)."""
        code = self._child.wait(timeout=10)
        return {-6: "memory", -9: "memory", -11: "memory", -24: "time"}.get(code, "broken")


def _sheet(frame: list[Any]) -> Sheet:
    try:
        head = frame[1]
        merged = [[int(one) for one in area] for area in head["merged"]]
        return Sheet(str(head["name"]), bool(head["hidden"]), merged, iter(()))
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise refused("broken") from error


def _error(frame: list[Any]) -> Invalid:
    code, numbers = ([*frame[1:], "broken", {}])[:2]
    if code not in MESSAGES or not isinstance(numbers, dict):
        return refused("broken")
    return refused(code, **{str(name): str(value)[:40] for name, value in numbers.items()})


def _date(code: int, data: memoryview) -> datetime.date | datetime.datetime:
    if code != _DATE_CODE:
        raise refused("broken")
    try:
        moment = datetime.datetime.fromisoformat(bytes(data).decode())
    except ValueError as error:
        raise refused("broken") from error
    return moment.date() if moment.time() == datetime.time() else moment
