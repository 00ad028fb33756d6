"""统一社会信用代码 and 居民身份证号."""

from __future__ import annotations

import re
from datetime import date

from zhike.base import clock
from zhike.base.text import normalise
from zhike.fields.checks.failure import fail
from zhike.fields.checks.phones import SCIENTIFIC

_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z
_USCC_VALUES = {letter: value for value, letter in enumerate(_USCC_LETTERS)}
_USCC_WEIGHTS = tuple(pow(3, at, 31) for at in range(17))
_ID_WEIGHTS = tuple(pow(2, 17 - at, 11) for at in range(17))  # GB 11643-1999
_ID_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


def _identity_text(text: str, what: str) -> str:
    plain = re.sub(r"[\s-]", "", normalise(str(text))).upper()
    if not plain:
        fail(f"请填写{what}", "empty")
    if SCIENTIFIC.fullmatch(plain):
        fail(
            f"{what}像是被 Excel 变成科学计数，末尾已丢失，请设为“文本”格式后重新填写", "scientific"
        )
    if "*" in plain:
        fail(f"{what}被遮挡，请填写完整的 18 位", "masked")
    if len(plain) != 18:
        fail(f"{what}应为 18 位，现在是 {len(plain)} 位", "short" if len(plain) < 18 else "invalid")
    return plain


def check_uscc(text: str) -> str:
    """统一社会信用代码, 18 characters in upper case, with its checksum (GB 32100-2015)."""
    code = _identity_text(text, "统一社会信用代码")
    wrong = sorted({letter for letter in code if letter not in _USCC_VALUES})
    if wrong:
        fail(
            f"统一社会信用代码中不会出现“{''.join(wrong)}”，"
            "请核对（不含字母 I、O、S、V、Z，常与数字 1、0、5、2 混淆）"
        )
    total = sum(_USCC_VALUES[code[at]] * _USCC_WEIGHTS[at] for at in range(17))
    if _USCC_LETTERS[-total % 31] != code[17]:
        fail("统一社会信用代码校验不通过，请对照营业执照核对每一位")
    return code


def check_id_card(text: str, *, today: date | None = None) -> str:
    """居民身份证号 (and residence permits), 18 characters, with checksum and birth date."""
    plain = re.sub(r"[\s-]", "", normalise(str(text)))
    if len(plain) == 15 and plain.isdigit():
        fail("15 位旧身份证号已停用，请填写 18 位号码", "short")
    code = _identity_text(text, "身份证号")
    if not (
        code[:17].isascii() and code[:17].isdigit() and (code[17].isdigit() or code[17] == "X")
    ):
        fail("身份证号前 17 位应为数字，最后一位为数字或 X")
    if code[:2] not in _PROVINCES:
        fail("身份证号开头的地区码不存在，请核对")
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        fail("身份证号中的出生日期不存在，请核对第 7–14 位")
    if not date(1900, 1, 1) <= born <= (today or clock.today()):
        fail("身份证号中的出生日期不合理，请核对第 7–14 位")
    total = sum(int(code[at]) * _ID_WEIGHTS[at] for at in range(17))
    if _ID_CHECKS[total % 11] != code[17]:
        fail("身份证号校验不通过，请逐位核对")
    return code


def check_identity(kind: str, text: str) -> str:
    """The identity of a customer: USCC for kind "company", ID card for kind "person"."""
    return check_id_card(text) if kind == "person" else check_uscc(text)
