"""What may stand in a notice: names, never numbers, for it leaves the house by other doors."""

from __future__ import annotations

import re

from zhike.base.text import tidy

HIDDEN = "（号码已隐去）"
_WIDE = str.maketrans("０１２３４５６７８９＠．－＋", "0123456789@.-+")
# Each of the numbers below holds one of these; most texts hold neither.
_MAYBE = re.compile(r"\d{4}|[@＠]")
_CLASS = "0-9A-HJ-NPQRTUWXY"
_NUMBERS = re.compile(
    "|".join(
        (
            r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
            rf"(?<![0-9A-Z])[{_CLASS}]{{2}}\d{{6}}[{_CLASS}]{{10}}(?![0-9A-Z])",
            r"(?<![0-9A-Za-z])\d{17}[Xx](?![0-9A-Za-z])",
            r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)",
            r"(?<!\d)[(（]?0\d{2,3}[)）]?[- ]?\d{7,8}(?!\d)",
            r"(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)",
            r"(?<!\d)\d{4}(?:[- ]\d{4}){2,3}(?:[- ]?\d{1,3})?(?!\d)",  # bank cards
            # Whatever else is that long, but for our own codes: CRM-2026110001.
            r"(?<![\d-])\d{11,}(?!\d)",
        )
    )
)


def without_numbers(text: str) -> str:
    """Return a text with phone numbers, identities, bank cards and e-mail addresses taken out.

    People type them into the titles of tasks.
    """
    if _MAYBE.search(text) is None:
        return text
    return _NUMBERS.sub(HIDDEN, text.translate(_WIDE))


def line(text: str, most: int) -> str:
    """Return one line that may stand in a notice, at most so many characters long."""
    return _cut(without_numbers(tidy(text)), most)


def lines(text: str, most: int) -> str:
    """Return several lines that may stand in a notice, at most so many characters together."""
    return _cut(without_numbers(tidy(text, multiline=True)), most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
