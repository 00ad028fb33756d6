"""Telephone numbers: mobiles, landlines with area code, 400/800, extensions, foreign ones."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from zhike.base.text import normalise
from zhike.fields.checks.failure import CheckFailed, Reason, fail


class Phone(NamedTuple):
    """A checked number; `number` is the display form without the extension: 010-85556666."""

    kind: Literal["mobile", "landline", "service", "foreign"]
    number: str
    extension: str = ""

    @property
    def display(self) -> str:
        """As shown and stored: 13812345678, 010-12345678转803, 400-820-8820."""
        return self.number + (f"转{self.extension}" if self.extension else "")

    @property
    def normal(self) -> str:
        """One form for all spellings: +8613812345678, +861012345678x803."""
        digits = re.sub(r"\D", "", self.number)
        if self.kind == "foreign":
            return "+" + digits
        national = digits[1:] if self.kind == "landline" else digits
        return f"+86{national}" + (f"x{self.extension}" if self.extension else "")

    @property
    def doubt(self) -> str:
        """A hint, never a refusal: segments are opened without notice. "" when nothing is odd."""
        if self.kind == "mobile" and self.number[:3] in _UNASSIGNED:
            return f"{self.number[:3]} 号段截至 2026 年尚未发放，请确认号码无误"
        former = _FORMER_AREAS.get(self.number.partition("-")[0])
        if self.kind == "landline" and former:
            return f"区号 {self.number[:4]} 已停用，现为 {former}，请确认号码"
        return ""


SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:联系(?:电话|方式)|办公电话|(?:固定|移动)?电话|手机号?码?|座机|固话|tel|phone|mobile)"
    r"[:. ]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?:转分机|转接|转|分机号?|[,;]|ext\.?|x|#|\*)[: ]*(\d{1,6})$", re.IGNORECASE
)
_DASH_EXTENSION = re.compile(r"^(.*\d{7,8}|[48]00-?\d{3}-?\d{4})-(\d{1,5})$")
_DASHES = re.compile(r"[‐-―−－ー~～]")
_COUNTRY = re.compile(r"^(?:\+\s*86|00\s*86|\(\s*\+?86\s*\)|86(?=[-\s]|1[3-9]\d{9}$))[-\s]*")
_PUNCTUATION = re.compile(r"[\s().-]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
# 区号 of three digits behind the 0: their first two, then each last one (phonenumberslite 9.0.42).
_AREA_HEADS = (
    "310123456789 335 349 350123456789 37012345679 391234568 411256789 42179 43123456789 "
    "45123456789 464789 470123456789 4823 510123456789 5237 530123456789 5436 550123456789 "
    "5612346 570123456789 580 59123456789 631235 660238 6912 701 710123456789 72248 7301456789 "
    "743456 750123456789 76023689 770123456789 790123456789 8123678 82567 830123456789 "
    "851456789 870123456789 883678 8912345678 90123689 9112345679 930123456789 9413 9512345 "
    "970123456789 990123456789"
)
_AREAS = frozenset(head[:2] + last for head in _AREA_HEADS.split() for last in head[2:])
# 区号 given up since, with the one their places have now.
_FORMER_AREAS = {
    "0378": "0371",
    "0410": "024",
    "0413": "024",
    "0414": "024",
    "0565": "0551、0553 或 0555",
    "0732": "0731",
    "0733": "0731",
    "0852": "0851",
    "0853": "0851",
    "0910": "029",
}
# 号段 nobody has been given (phonenumberslite 9.0.42, which counts those of machines, as 148, too).
_UNASSIGNED = frozenset(("142", "143", "154", "160", "163", "164", "168", "169", "179", "194"))
_AREA = re.compile(r"0(?:10|2[0-57-9]|[3-9]\d{2})")
_AREA_WITHOUT_ZERO = re.compile(r"(?:10|2[0-57-9])[1-9]\d{7}|[3-9]\d{2}[1-9]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}")
_SHORT_SERVICE = re.compile(r"(?:95\d{3,6}|96\d{3,5}|1(?:0[01]\d{2,3}|2\d{3}|1[09]|20))")
_SPLIT = re.compile(r"[/、;；|\n]|[,，](?=\s*\+?\d{7})|\s(?=\+?1[3-9]\d{9})|或")


def check_phone(text: str | int | float) -> Phone:
    """Any number people are reached at in China, or a foreign one in international form."""
    plain = _phone_text(text)
    extension = ""
    plain, with_country = _COUNTRY.subn("", plain)
    found = _EXTENSION.search(plain)
    if found:
        plain, extension = plain[: found.start()], found[1]
    else:
        dashed = _DASH_EXTENSION.match(plain.replace(" ", "-"))
        if dashed:
            plain, extension = dashed[1], dashed[2]
    if plain.startswith(("+", "00")):
        return _foreign(plain)
    digits = _PUNCTUATION.sub("", plain)
    if not (digits.isascii() and digits.isdigit()):
        if len(split_phones(plain)) > 1:
            fail("这里只能填一个号码，另一个请填到单独的电话栏")
        if re.search(r"[*＊xX]{2,}", digits):
            fail("号码被遮挡或不完整，请填写完整号码", "masked")
        fail("号码中有不认识的字符，请只填数字，如 13812345678 或 010-12345678")
    if with_country and _AREA_WITHOUT_ZERO.fullmatch(digits):
        digits = "0" + digits  # +86 10 8555 6666
    return _chinese(digits, extension)


def _phone_text(text: str | int | float) -> str:
    if isinstance(text, float):
        text = str(int(text)) if text.is_integer() else repr(text)
    plain = _DASHES.sub("-", normalise(str(text)))
    plain = _LABEL.sub("", plain).removeprefix("'")
    plain = re.sub(r"(?<=\d)\.0$", "", plain)
    if not plain:
        fail("请填写联系电话", "empty")
    if SCIENTIFIC.fullmatch(plain):
        fail(
            "像是被 Excel 变成科学计数的号码，末尾数字已丢失，"
            "请把该列设为“文本”格式后重新填写完整号码",
            "scientific",
        )
    return plain


def _chinese(digits: str, extension: str) -> Phone:
    if digits.startswith("1") and len(digits) == 11:
        if not _MOBILE.fullmatch(digits):
            fail(f"手机号不能以 {digits[:2]} 开头，请核对")
        return Phone("mobile", digits, extension)
    if _SERVICE.fullmatch(digits):
        return Phone("service", f"{digits[:3]}-{digits[3:6]}-{digits[6:]}", extension)
    area = _AREA.match(digits)
    if area:
        if len(area[0]) == 4 and area[0][1:] not in _AREAS and area[0] not in _FORMER_AREAS:
            fail(f"区号 {area[0]} 不存在，请核对区号，如北京 010、深圳 0755")
        local = digits[area.end() :]
        sizes = (8,) if len(area[0]) == 3 else (7, 8)
        if len(local) in sizes and local[0] != "0":
            return Phone("landline", f"{area[0]}-{local}", extension)
        fail(f"区号 {area[0]} 后应有 {' 或 '.join(map(str, sizes))} 位数字，且不以 0 开头")
    if _SHORT_SERVICE.fullmatch(digits):
        return Phone("service", digits, extension)
    message, reason = _why_not(digits)
    raise CheckFailed(message, reason=reason)


def _why_not(digits: str) -> tuple[str, Reason]:
    if len(digits) in (7, 8) and digits[0] not in "01":
        return "固定电话缺少区号，请写成 010-12345678 的形式", "short"
    if len(digits) < 9:
        return "号码太短，可能不完整，请填写完整号码", "short"
    if digits.startswith("1"):
        return f"手机号应为 11 位数字，现在是 {len(digits)} 位", "invalid"
    return "不是有效的电话号码，请填 11 位手机号，或带区号的固定电话如 010-12345678", "invalid"


def _foreign(text: str) -> Phone:
    import phonenumbers  # only for the few foreign numbers: the tables take a while to load

    international = "+" + re.sub(r"\D", "", text.removeprefix("00"))
    try:
        parsed = phonenumbers.parse(international)
    except phonenumbers.NumberParseException:
        fail("国际号码格式不对，请写成 +国家代码 号码，如 +852 2123 4567")
    if not phonenumbers.is_valid_number(parsed):
        fail("不是有效的国际号码，请核对国家代码和位数，如 +852 2123 4567")
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return Phone("foreign", shown)


def check_mobile(text: str | int | float) -> str:
    """The eleven digits of a mobile number."""
    phone = check_phone(text)
    if phone.kind != "mobile" or phone.extension:
        fail("请填写 11 位手机号，如 13812345678")
    return phone.number


def split_phones(text: str) -> list[str]:
    """The single numbers of a cell that holds several: "13812345678/010-12345678转2"."""
    plain = _DASHES.sub("-", normalise(text.replace("\n", "、")))
    parts = [part.strip() for part in _SPLIT.split(plain)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or not all(len(re.sub(r"\D", "", part)) >= 7 for part in parts):
        return [plain] if plain else []
    return parts
