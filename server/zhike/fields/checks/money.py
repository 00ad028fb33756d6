"""Amounts of money as people type them, read exactly or refused with a remedy."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from zhike.base.text import normalise
from zhike.fields.checks.failure import CheckFailed

FEN_PER_WAN = 10_000 * 100
MOST_FEN = 9_000_000_000_000_000  # integers stay exact in JavaScript below 2**53
_MONEY = re.compile(
    r"(?:约|大约|合计|共|人民币)?\s*(RMB|CNY|¥|￥)?\s*(-?\d+(?:\.\d+)?)\s*"
    r"(亿|千万|百万|万|千|元|块)?(元|块|人民币)?(整|RMB|CNY)?",
    re.IGNORECASE,
)
_BAD_MONEY = "金额看不懂，请填数字，单位万元，如 50 或 120.75"
_UNITS = {"亿": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)")


def parse_money_wan(value: str | float | Decimal) -> int:
    """Fen, exactly, of an amount in 万元 unless it says otherwise. Raises CheckFailed.

    50 and 50万 are 500,000 yuan; 1,200元 and ¥128,000 are yuan. Not below zero.
    """
    if isinstance(value, bool):
        raise CheckFailed(_BAD_MONEY)
    if isinstance(value, (int, Decimal)):
        return _fen(Decimal(value), 10_000)
    if isinstance(value, float):
        # Fifteen digits are what a spreadsheet shows: 0.1 + 0.2 is meant as 0.3.
        return _fen(Decimal(f"{value:.15g}"), 10_000)
    plain = normalise(value)
    if not plain:
        raise CheckFailed("请填写金额", reason="empty")
    plain = _GROUPED.sub(lambda found: found[0].replace(",", ""), plain)
    found = _MONEY.fullmatch(plain)
    if not found:
        if re.fullmatch(r"[^\d]*[\d.]+\s*万?元?\s*[-~—–至到]\s*[\d.]+\s*万?元?", plain):
            raise CheckFailed("这里应填一个金额，而不是范围")
        raise CheckFailed(_BAD_MONEY)
    sign, amount, unit, yuan, _ = found.groups()
    scale = _UNITS.get(unit, 1 if sign or unit or yuan else 10_000)
    try:
        return _fen(Decimal(amount), scale)
    except InvalidOperation:
        raise CheckFailed("金额过大，请核对") from None


def _fen(amount: Decimal, scale: int) -> int:
    if not amount.is_finite():
        raise CheckFailed(_BAD_MONEY)
    if amount < 0:
        raise CheckFailed("金额不能小于 0")
    if amount * scale * 100 > MOST_FEN:
        raise CheckFailed("金额过大，请核对单位是否为万元")
    fen = amount * scale * 100
    if fen != fen.to_integral_value():
        raise CheckFailed("金额最多精确到分，请核对")
    return int(fen)


def wan_text(fen: int) -> str:
    """The amount in 万元 as shown and exported, exact and without trailing zeros: 120.75."""
    return f"{Decimal(fen) / FEN_PER_WAN:f}" if fen % FEN_PER_WAN else str(fen // FEN_PER_WAN)
