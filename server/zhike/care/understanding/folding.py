"""One written form of a sentence that keeps every character in its place, and its clauses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

MOST = 2000
"""Characters of a text that are read; what follows is left alone."""
MOST_OF_A_KIND = 50
"""Days, people, amounts … that are taken in: pairs are compared, so more would cost its square."""

_TRADITIONAL = (
    "話话黃黄闆板個个後后週周萬万億亿點点號号電电訪访禮礼談谈總总經经員员簽签約约報报價价貴贵預预"
    "見见聯联絡络緊紧條条開开會会議议師师傅傅長长劉刘陳陈張张趙赵吳吴鄭郑馮冯蔣蒋韓韩楊杨許许鄧邓"
    "蕭萧葉叶譚谭陸陆鍾钟盧卢賴赖龔龚龍龙們们說说請请問问這这還还過过來来給给幾几兩两時时間间節节"
    "慶庆麼么應应該该對对買买賣卖錢钱塊块單单圓圆貳贰參叁陸陆發发傳传送送樣样覆复訂订購购產产"
    "品品務务處处區区廠厂實实習习腦脑網网線线視视頻频媒媒體体動动態态遲迟瞭了"
)
_FOLDED = {ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
_FOLDED |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
_FOLDED |= dict.fromkeys((*range(32), *range(127, 161), 12288, 8203, 65279), " ")
_FOLDED |= {0x0A: "\n", 0xFFE5: "¥", ord("【"): "(", ord("】"): ")", ord("〇"): "零"}
_FOLDED |= {ord("–"): "-", ord("—"): "-", ord("－"): "-", ord("〜"): "~"}
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_BREAK = re.compile(
    r"[，。；！？;!?\n…]|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),|(?<=[^\x00-\x7f]) +(?=\S)|[·•|]"
    r"|\.(?=\s|$)|(?<![0-9A-Za-z])[1-9][.、](?![0-9])"
)


class Clause(NamedTuple):
    """A stretch between two stops, `start` inclusive, `end` exclusive."""

    start: int
    end: int


def fold(text: str) -> str:
    """Half width, simplified where dates, people and amounts need it; as long as the text was."""
    return _WIDE_COMMA.sub(",", text[:MOST]).translate(_FOLDED)


def clauses(folded: str) -> list[Clause]:
    """The clauses in order; empty ones are left out."""
    found, start = [], 0
    for stop in _BREAK.finditer(folded):
        if folded[start : stop.start()].strip():
            found.append(Clause(start, stop.start()))
        start = stop.end()
    if folded[start:].strip():
        found.append(Clause(start, len(folded)))
    return found


def clause_at(found: Sequence[Clause], place: int) -> int:
    """Which clause holds a place, as its number."""
    return max(bisect_right(found, (place, MOST + 1)) - 1, 0)
