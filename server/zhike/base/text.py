"""Text: tidying what people type, and forms of it that compare equal."""

from __future__ import annotations

import re
import unicodedata

from zhike.base.places import SHORT_PLACES

# Zero-width and direction marks, byte order mark, soft hyphen, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85]")
_SPACES = re.compile(r"[^\S\n]+")
_ANY_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\W_]+")
_BLANK_LINES = re.compile(r" ?\n ?")


def tidy(text: str, *, multiline: bool = False) -> str:
    """What a person typed without invisible marks and stray spaces; punctuation stays theirs."""
    if text.isalnum():
        return text
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    if not multiline:
        return _ANY_SPACES.sub(" ", text).strip()
    return _BLANK_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def normalise(text: str) -> str:
    """One form for comparing and parsing: NFKC (full width → half), tidy, one line."""
    if text.isascii():
        return tidy(text)
    return tidy(unicodedata.normalize("NFKC", text))


def letters_only(text: str) -> str:
    """Letters and digits of any script, lower case, half width: what search compares."""
    if text.isalnum():
        plain = text if text.isascii() else normalise(text)
        return plain.casefold() if plain.isalnum() else _SEPARATORS.sub("", plain.casefold())
    return _SEPARATORS.sub("", normalise(text).casefold())


_BRACKETS = str.maketrans("【】〔〕[]{}〈〉《》", "()()()()()()")
_NOT_IN_KEY = re.compile(r"[\s\"'“”‘’·•,，。.]+")


def name_key(name: str) -> str:
    """Equal for two spellings of one name: width, case, kind of brackets, spaces, dots."""
    return _NOT_IN_KEY.sub("", normalise(name).translate(_BRACKETS)).casefold()


_LEGAL_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|无限公司|"
    r"\((?:特殊)?普通合伙\)|\(有限合伙\)|\(普通合伙\)|\(个体工商户\)|个人独资企业|合伙企业|"
    r"总公司|公司|(?:co\.?,?\s*)?ltd\.?|inc\.?|llc\.?|gmbh|corp(?:oration)?\.?|limited|company)$",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(?:企业集团|控股集团|集团)$")
_BRANCH = re.compile(r"^(.{4,}(?:公司|集团|厂))(.{0,12}(?:分公司|分店|办事处|营业部|分行|支行))$")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_DIVISION = r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|地区|省|市|盟|州)"
_PLACE = re.compile(f"(?:{'|'.join(SHORT_PLACES)}){_DIVISION}?")
_LONG_PLACE = re.compile(f"(?:{'|'.join(SHORT_PLACES)}){_DIVISION}")
_DISTRICT = re.compile(r"[一-鿿]{2,3}?(?:新区|区|县)(?=[一-鿿]{2})")
# Names that begin with a place's short form without meaning the place.
_PROTECTED = re.compile(
    r"阿里巴巴|阿里云|阿里健康|东方|海南岛|吉林敖东|云南白药|青岛啤酒|燕京|上海滩|长江|黄山|平安|"
    rf"(?:{'|'.join(SHORT_PLACES)})(?:大学|师范|理工|交通|工业大|科技大|医科|学院|医院|银行|农商|"
    r"证券|期货|信托|地铁|日报|电视|机场|港|现代|奔驰|啤酒|电力)"
)


def company_core(name: str) -> str:
    """The part of a company's name that tells it from others: without place and legal form.

    Two companies with equal cores may still differ (华信 in 深圳 and in 成都): a hint, no proof.
    A branch keeps its mark, because 分公司 is not its parent.
    """
    plain = normalise(name).translate(_BRACKETS).replace(" ", "").casefold()
    branch = _BRANCH.match(plain)
    tail = branch[2] if branch else ""
    core = _without_legal_form(branch[1] if branch else plain)
    core = _BRACKETED.sub(_keep_unless_place, core)
    core = _without_legal_form(core)
    core = _without_place(core)
    return (core or plain) + tail


def legal_form_start(name: str) -> int:
    """Where the legal form begins in a name: 5 for 华为技术深圳有限公司 without 深圳 is not cut."""
    end = len(name)
    while (found := _LEGAL_FORM.search(name, 0, end)) is not None and found.start() > 1:
        end = found.start()
    return end


def _without_legal_form(name: str) -> str:
    cut = name[: legal_form_start(name)]
    without_group = _GROUP.sub("", cut)
    return without_group if len(without_group) >= 2 else cut


def _keep_unless_place(found: re.Match[str]) -> str:
    inside = found[1]
    if _PLACE.fullmatch(inside) or inside in {"中国", "集团", "控股", "筹", "北方", "南方"}:
        return ""
    return inside


def _without_place(name: str) -> str:
    for _ in range(3):  # 广东省 深圳市 南山区
        if _PROTECTED.match(name):
            break
        found = _PLACE.match(name)
        if found is None:
            break
        rest = name[found.end() :]
        if _LONG_PLACE.match(name):
            district = _DISTRICT.match(rest)
            if district and len(rest) - district.end() >= 2:
                rest = rest[district.end() :]
        if len(rest) < 2:
            break
        name = rest
    return name
