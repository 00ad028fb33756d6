"""Plain numbers as people type them, exact, in one form."""

from __future__ import annotations

import re
from decimal import Decimal

from zhike.base.text import normalise
from zhike.fields.checks.failure import fail

MOST = 9 * 10**12  # in millionths it still is a number of the database
PLACES = 6
NUMBER = re.compile(r"[+-]?\d{1,14}(?:\.\d{1,20})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def check_number(value: str | float) -> Decimal:
    """The number meant by 12.50, １２, 1,234.5 or a number of JSON; six decimals at most."""
    plain = normalise(value) if isinstance(value, str) else _digits(value)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not NUMBER.fullmatch(plain):
        fail("要填数字，例如 12.5，整数部分不超过十三位")
    whole, _, behind = plain.partition(".")
    behind = behind.rstrip("0")
    if len(behind) > PLACES:
        fail("最多填六位小数")
    number = Decimal(f"{whole}.{behind}" if behind else whole)
    if abs(number) > MOST:
        fail("的数太大了，请核对")
    return number


def _digits(value: float) -> str:
    """A number as JSON wrote it; of a float the fifteen digits that are meant by it."""
    if not abs(value) < 10**14:  # too large, or no number at all
        return "?"
    return str(value) if isinstance(value, int) else f"{Decimal(f'{value:.15g}'):f}"


def decimal_text(number: Decimal) -> str:
    """The one text of a number: neither an exponent, nor zeros at the end, nor -0."""
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain
