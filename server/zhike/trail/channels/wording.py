"""Notices as messages: for a group, one message holds as many as fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings

HOUSE = "知客"
# Robots read some marks as formatting, links and calls to everybody: these look alike and are not.
_HARMLESS = str.maketrans("<>[]*_`#|~@", "＜＞［］＊＿ˋ＃｜～＠")


class Line(NamedTuple):
    """A notice on its way: to whom, what, and which customer's page to open."""

    person: str
    title: str
    body: str
    customer_id: int | None


def harmless(text: str) -> str:
    """Return what people wrote so that no robot takes it for marks of its own."""
    return text.translate(_HARMLESS)


def heading(lines: Sequence[Line]) -> str:
    """Return what the message is about; it names the house, which robots may ask for."""
    if len(lines) == 1:
        return f"{HOUSE}：{harmless(lines[0].title)}"
    return f"{HOUSE}：{len(lines)} 条提醒"


def told(line: Line, *, alone: bool) -> list[str]:
    """Return the lines of a notice in a group's message, where everybody reads them."""
    title, body = harmless(line.title), harmless(line.body)
    if alone:
        return [f"给 {harmless(line.person)}", *body.splitlines()]
    first = body.partition("\n")[0]
    return [f"{harmless(line.person)}：{title}" + (f"（{first}）" if first else "")]


def address(lines: Sequence[Line]) -> str:
    """Return the page that the message leads to; "" where the house has no public address."""
    root = settings.ZHIKE_URL
    if not root:
        return ""
    if len(lines) == 1 and lines[0].customer_id is not None:
        return f"{root}/customers/{lines[0].customer_id}"
    return f"{root}/"


def cut(text: str, most: int) -> str:
    """Return a text of at most so many bytes of UTF-8, no character halved."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[: most - 3].decode(errors="ignore") + "…"


def fitting(lines: Sequence[Line], room: int, extra: int) -> int:
    """Return how many of the notices fit into so many bytes, each with some extra; at least one."""
    count = 0
    for line in lines:
        room -= sum(len(one.encode()) + extra for one in told(line, alone=False))
        if room < 0:
            break
        count += 1
    return max(1, count)
