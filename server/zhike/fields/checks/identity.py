"""统一社会信用代码 and 居民身份证号."""

from __future__ import annotations

import re
from datetime import date
from typing import NoReturn

from zhike.base import clock
from zhike.base.text import normalise
from zhike.fields.checks.failure import fail
from zhike.fields.checks.phones import SCIENTIFIC

_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z
_USCC_VALUES = {letter: value for value, letter in enumerate(_USCC_LETTERS)}
_USCC_WEIGHTS = tuple(pow(3, at, 31) for at in range(17))
_ID_WEIGHTS = tuple(pow(2, 17 - at, 11) for at in range(17))  # GB 11643-1999
_ID_CHECKS = "10X98765432"
# GB/T 2260, with 81–83 of the residence permits of people from 港澳台.
_REGIONS = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83"
)
_PROVINCES = frozenset(_REGIONS.split())
_OLDEST = 130  # years
_LABEL = re.compile(
    r"^(?:统一社会信用代码|社会信用代码|信用代码|税号|纳税人识别号|(?:居民)?身份证(?:件)?(?:号码?)?|证件号码?|USCC)[:.]*",
    re.IGNORECASE,
)
_CONFUSED = str.maketrans("IOSVZ", "105U2")


def _bare(text: str) -> str:
    """Half width, without invisible marks, spaces, dashes, label and the quote of a spreadsheet."""
    plain = re.sub(r"[\s‐-―−_-]", "", normalise(str(text)))
    return _LABEL.sub("", plain).lstrip("'`‘’").upper()


def _identity_text(text: str, what: str) -> str:
    plain = _bare(text)
    if not plain:
        fail(f"请填写{what}", "empty")
    if len(plain) != 18 and SCIENTIFIC.fullmatch(plain):
        fail(
            f"{what}像是被 Excel 变成科学计数，末尾已丢失，请设为“文本”格式后重新填写", "scientific"
        )
    if "*" in plain:
        fail(f"{what}被遮挡，请填写完整的 18 位", "masked")
    if len(plain) != 18:
        _refuse_length(plain, what)
    return plain


def _refuse_length(plain: str, what: str) -> NoReturn:
    short = len(plain) < 18
    remedy = f"少了 {18 - len(plain)} 位" if short else f"多了 {len(plain) - 18} 位"
    told = f"{what}应为 18 位，现在是 {len(plain)} 位，{remedy}，请核对"
    fail(told, "short" if short else "invalid")


def check_uscc(text: str) -> str:
    """统一社会信用代码, 18 characters in upper case, with its checksum (GB 32100-2015).

    Codes of every registration department are taken (1–9, A, N, Y, and any the standard adds).
    The check character (weights 3^i mod 31, 31 being prime) notices each wrong character and each
    swap of two neighbours that differ.
    """
    code = _identity_text(text, "统一社会信用代码")
    wrong = sorted({letter for letter in code if letter not in _USCC_VALUES})
    if wrong:
        fail(_wrong_letters(code, wrong))
    if not _uscc_adds_up(code):
        if _id_card_fault(code, clock.today()) is None:
            fail("这是身份证号，不是统一社会信用代码；个人客户请把客户类别改为“个人”")
        fail("统一社会信用代码校验不通过，有一位写错或两位写反，请对照营业执照逐位核对")
    if not code[2:8].isdigit():
        fail("统一社会信用代码第 3–8 位是登记机关的地区码，应全为数字，请核对")
    return code


def _uscc_adds_up(code: str) -> bool:
    total = sum(_USCC_VALUES[code[at]] * _USCC_WEIGHTS[at] for at in range(17))
    return _USCC_LETTERS[-total % 31] == code[17]


def _wrong_letters(code: str, wrong: list[str]) -> str:
    told = (
        f"统一社会信用代码中不会出现“{''.join(wrong)}”，"
        "请核对（不含字母 I、O、S、V、Z，常与数字 1、0、5、2 混淆）"
    )
    mended = code.translate(_CONFUSED)
    if all(letter in _USCC_VALUES for letter in mended) and _uscc_adds_up(mended):
        places = "、".join(str(at + 1) for at in range(18) if code[at] != mended[at])
        told += f"；把第 {places} 位改过来即可通过校验"
    return told


def check_id_card(text: str, *, today: date | None = None) -> str:
    """居民身份证号 or 港澳台居民居住证 (81, 82, 83), 18 characters (GB 11643-1999).

    Checked: region, a real birth date from 130 years ago until today, check character. The latter
    notices each wrong digit and each swap of two neighbouring digits that differ; there are no
    exceptions, because the weights 2^i differ mod the prime 11.
    """
    plain = _bare(text)
    if len(plain) == 15 and plain.isdigit():
        fail("15 位旧身份证号已停用，请填写 18 位号码", "short")
    code = _identity_text(text, "身份证号")
    fault = _id_card_fault(code, today or clock.today())
    if fault is not None:
        fail(fault)
    return code


def _id_card_fault(code: str, today: date) -> str | None:
    """What is wrong with 18 characters as an ID number, in words that help."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", code):
        if all(letter in _USCC_VALUES for letter in code) and _uscc_adds_up(code):
            return "这是统一社会信用代码，不是身份证号；企业客户请把客户类别改为“企业”"
        return "身份证号前 17 位应为数字，最后一位为数字或 X，请核对"
    if code[:2] not in _PROVINCES:
        return f"身份证号开头的地区码 {code[:2]} 不存在，请核对前两位"
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return "身份证号中的出生日期不存在，请核对第 7–14 位"
    if born > today:
        return "身份证号中的出生日期不合理（在今天之后），请核对第 7–14 位"
    if today.year - born.year - ((today.month, today.day) < (born.month, born.day)) > _OLDEST:
        return f"身份证号中的出生日期不合理（超过 {_OLDEST} 岁），请核对第 7–14 位"
    total = sum(int(code[at]) * _ID_WEIGHTS[at] for at in range(17))
    if _ID_CHECKS[total % 11] != code[17]:
        return "身份证号校验不通过，有一位写错或两位写反，请对照证件逐位核对"
    return None


def check_identity(kind: str, text: str) -> str:
    """The identity of a customer: USCC for kind "company", ID card for kind "person"."""
    return check_id_card(text) if kind == "person" else check_uscc(text)
