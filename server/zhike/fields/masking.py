"""What is shown of a protected value to a reader who may not see it (R60)."""

from __future__ import annotations

import re

from zhike.base.text import normalise
from zhike.fields.choices import GENDER

_STARS = "****"
_HIDDEN = "***"
_MOBILE = re.compile(r"1\d{10}")
_AREA = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?\d{3,4}(\d{4})")
_REGION = re.compile(
    r"(?:[一-鿿]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?:[一-鿿]{2,9}?(?:自治州|地区|盟|市))?"
    r"(?:(?:(?!小区|社区|园区|花园)[一-鿿]){1,8}?(?:区|县|旗|市))?"
)
_COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "皇甫",
        "尉迟",
        "公羊",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "太叔",
        "申屠",
        "公孙",
        "仲孙",
        "轩辕",
        "令狐",
        "钟离",
        "宇文",
        "长孙",
        "慕容",
        "鲜于",
        "闾丘",
        "司空",
        "端木",
        "呼延",
        "赫连",
        "百里",
        "东郭",
        "西门",
        "南门",
    ]
)
_TITLES = re.compile(
    r"(先生|女士|小姐|太太|老师|医生|教授|博士|总监|总经理|经理|主任|主管|厂长|店长|院长|校长|科长|处长|"
    r"部长|局长|总|工|董|老板|师傅|同学)$"
)


def mask_phone(phone: str) -> str:
    """138****5678, 010-****5678; of anything else only the first character."""
    if len(phone) == 11 and phone[0] == "1" and phone.isdigit():  # nearly all of them
        return f"{phone[:3]}{_STARS}{phone[-4:]}"
    main, mark, _ = phone.partition("转")
    digits = re.sub(r"[\s-]", "", main)
    behind = mark and mark + _HIDDEN
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}{_STARS}{digits[-4:]}{behind}"
    found = _AREA.fullmatch(digits)
    if found:
        return f"{found[1]}-{_STARS}{found[2]}{behind}"
    return _first_only(phone)


def mask_email(email: str) -> str:
    """z***@example.com."""
    name, at, host = email.rpartition("@")
    return f"{name[0]}{_HIDDEN}@{host}" if at and name else _first_only(email)


def mask_wechat(wechat: str) -> str:
    """The first and the last character of a longer name, only the first of a short one."""
    return f"{wechat[0]}{_HIDDEN}{wechat[-1]}" if len(wechat) >= 6 else _first_only(wechat)


def mask_identity(identity: str) -> str:
    """4401**********1234."""
    if len(identity) < 15:
        return _first_only(identity)
    return f"{identity[:4]}{'*' * (len(identity) - 8)}{identity[-4:]}"


def mask_address(address: str) -> str:
    """Province, city and district; the rest is hidden."""
    found = _REGION.match(address)
    region = found[0] if found else ""
    if region == address:
        return region
    return (region or address[:1]) + _HIDDEN


def mask(kind: str, value: str) -> str:
    """Mask by the kind of a sealed field; an unknown kind shows the first character only."""
    return _BY_KIND.get(kind, _first_only)(value) if value else ""


def salutation(name: str, gender: str = "", title: str = "") -> str:
    """李女士, 张先生, 王经理: the form lists and exports show; a name written so stays as it is."""
    name = normalise(name)
    if not "\u4e00" <= name[:1] <= "\u9fff":  # none, or a foreign name
        return name
    name = name.replace(" ", "")
    if _TITLES.search(name):
        return name
    surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[0]
    form = {"male": "先生", "female": "女士"}.get(GENDER.match(gender) or "", "")
    if not form:
        found = _TITLES.search(normalise(title))
        form = found[1] if found else ""
    return surname + form if form else surname + _HIDDEN[:1] * (len(name) - len(surname))


def mask_name(name: str, title: str = "") -> str:
    """A contact's name for who may not read it: 李女士 or 王**, and nothing of what follows.

    Unlike `salutation`, which is for manners, this hides foreign names and whatever was typed
    behind the form of address (王总 138…).
    """
    form = salutation(name, title=title)
    found = _TITLES.search(form)
    if found:
        surname = form[:2] if form[:2] in _COMPOUND_SURNAMES else form[:1]
        return surname + found[0]
    return form if form.endswith(_HIDDEN[:1]) else _first_only(form)


def _first_only(text: str) -> str:
    return text[:1] + _HIDDEN if text else ""


_BY_KIND = {
    "mobile": mask_phone,
    "landline": mask_phone,
    "phone": mask_phone,
    "email": mask_email,
    "wechat": mask_wechat,
    "identity": mask_identity,
    "address": mask_address,
}


def pair(before: str, after: str) -> list[str]:
    """Return a masked value and what it became, as the trail keeps both.

    Two numbers may look the same when masked; that they changed must still show.
    """
    return [before, after if before != after else f"{after}（已更换）"]
