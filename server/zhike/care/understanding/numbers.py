"""Numbers as they are written in Chinese: 十二, 两万零八百, 叁万伍仟, 3千5, 1.2."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    digit: value
    for value, several in enumerate(
        ("零", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in several
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
HAN = "零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
"""What a number in characters is made of, for a character class."""


def whole(text: str) -> int | None:
    """A small count: 3, 十二, 两, 廿五; None if it is none."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    value = han(text)
    return None if value is None or value != value.to_integral_value() else int(value)


def han(text: str) -> Decimal | None:
    """A number in characters; a last digit after a unit is a tenth of it (三万五 is 35000)."""
    total = section = 0
    digit: int | None = None
    unit, after_zero = 1, False
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign] if digit is None or after_zero else digit * 10 + DIGITS[sign]
            after_zero = sign == "零"
        elif sign in SMALL:
            unit = SMALL[sign]
            section += (1 if digit is None else digit) * unit
            digit, after_zero = None, False
        elif sign in LARGE:
            section += digit or 0
            unit = LARGE[sign]
            if total and unit > 10_000 and total < unit:
                total, section = (total + section) * unit, 0
            else:
                total += (section or 1) * unit
            section, digit, after_zero = 0, None, False
        else:
            return None
    if digit is not None:
        told_zero = len(text) > 1 and text[-2] == "零"
        section += digit * (unit // 10 if unit >= 100 and not told_zero and digit < 10 else 1)
    return Decimal(total + section)
