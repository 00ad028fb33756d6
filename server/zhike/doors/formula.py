"""Texts a spreadsheet would run as a formula: made harmless on the way out, restored on the way in.

Excel, WPS and LibreOffice evaluate a CSV cell that begins with = + - @, also behind blanks, tabs
or line ends, and in full-width forms once an input method or a converter narrows them.
An apostrophe in front makes it text. The rule takes one apostrophe off again exactly where it
would have put one on, so a round trip changes nothing.
"""

from __future__ import annotations

import re

_LIVE = r"[\s\x00-\x20\u00a0\u200b-\u200f\u2060\u3000\ufeff]*[=+\-@|%＝＋－﹣−＠﹦﹢﹫]"
_NEEDS_GUARD = re.compile(rf"'*(?:{_LIVE}|[\t\r\n])")
_GUARDED = re.compile(rf"'+(?:{_LIVE}|[\t\r\n])")


def guard(text: str) -> str:
    """The text for a CSV cell."""
    return "'" + text if _NEEDS_GUARD.match(text) else text


def guard_string_cell(text: str) -> str:
    """The text for an xlsx string cell, which never runs: only what `unguard` would eat."""
    return "'" + text if text[:1] == "'" and _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The text a cell stands for, whoever put the apostrophe there."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def is_live(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return _NEEDS_GUARD.match(text) is not None
