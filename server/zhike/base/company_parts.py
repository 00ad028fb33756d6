"""Chinese company names taken apart: place, brand, trade, legal form, branch.

A registered name is 行政区划 + 字号 + 行业 + 组织形式 (企业名称登记管理规定, 第六条), the place
also in brackets; people type it shorter, in other widths, with notes. A place is set aside unless
it is part of the brand: a protected name (阿里巴巴), an institution (北京大学), or nothing but
trade words would remain (上海汽车, 中国银行, 东方证券).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zhike.base.company_words import (
    END_PLACES,
    INSTITUTIONS,
    LEGAL_FORMS,
    PLACE_ENDINGS,
    PLACE_LENGTHS,
    PLACES,
    PROTECTED,
    REGIONS,
    SHORT_DISTRICTS,
    TRADE_LENGTHS,
    TRADES,
    TRADITIONAL,
    WEAK_BRANDS,
)
from zhike.base.text import normalise

_CLEAN = str.maketrans("【】〔〕[]{}〈〉《》", "()()()()()()") | TRADITIONAL
_LATIN_FORM = re.compile(
    r"(?<![a-z])[\s,]*(?:(?:co|company|corporation|corp|group)\.?,?\s*)?"
    r"(?:limited|ltd|inc|llc|llp|plc|gmbh|corporation|corp|company|co)\.?\s*$"
)
_DROPPED = re.compile(r"[^\w()\-]+|_+")  # spaces, ·, quotes, &, dots
_BRACKETED = re.compile(r"\(([^()]*)\)")
_STRAY = re.compile(r"[()\-]+")
_PERSON = r"(?:总|经理|先生|女士|小姐|主任|老师|老板|厂长|校长|院长|局长|处长|科长|部长)"
_NOTE = re.compile(
    r"原.*|曾用名.*|已.*|暂.*|筹|筹建|筹备.*|vip\w*|重点\w*|老客户|新客户|潜在\w*|总部|本部|备用|测试|"
    rf"重复\w*|停用|注销|吊销|.{{1,4}}{_PERSON}"
)
_TAIL_NOTE = re.compile(rf"-(?:.{{1,4}}{_PERSON}|\d{{1,12}})$")
_BRANCH_WORD = re.compile(
    r"(第?[0-9一二三四五六七八九十]{1,3})?"
    r"(?:分公司|分行|支行|分店|分所|分校|分院|分厂|分部|分社|办事处|代表处|营业部|营业厅|门市部|专卖店|旗舰店|"
    r"直营店|加盟店|子公司|事业部|项目部|销售部|采购部)$"
)
_FORMAL_TAIL = re.compile(r"(?<=.)(?:(?:有限|股份|集团|责任)公司|律师事务所|会计师事务所)(?=.)")
_BANK_TAIL = re.compile(r"银行(?:股份有限公司|有限公司)?(?=.+行$)")
_SHOP = re.compile(r".{1,12}(?:店|馆|处|行|部|所|厅)|.{0,10}(?:公司|分公司)")
_ORDINAL = re.compile(r"第(\d{1,2})(?!\d)")
_COUNTED = re.compile(r"(?<!\d)(\d{1,2})(?=号|局|中学|小学|分公司|分店|店|厂)")
_DIGITS = "零一二三四五六七八九"
_ZONE = re.compile(r"自由贸易试验区|自贸试验区|自贸区")
_PEOPLES = re.compile(r"[一-鿿]{1,8}族自治州")
_LATIN_ALIAS = re.compile(r"^[a-z]{4,}(?=[一-鿿])|(?<=[一-鿿])[a-z]{4,}$")
_CITY = re.compile(
    r"^(?!超市|门市|都市|城市|股市|楼市|夜市|.[超门都城股楼夜菜]市)[一-鿿]{2,3}?市(?=.{2})(?!市场|市政|市民)"
)
_DISTRICT = re.compile(
    r"^(?!社区|小区|园区|景区|山区|地区|特区|校区|片区|厂区|.?区块)"
    r"[一-鿿]{2,5}?(?:新区|工业园区|高新区|经济技术开发区|经济开发区|开发区|(?<!社|小|校)区(?!块链|域)|县(?!域)|自治旗|(?<!古|小|水|集)镇(?!江|海|宁))"
    r"(?=.{2})"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A company's name taken apart. Every text is half width, simplified and lower case."""

    text: str  # the whole name, cleaned
    province: str
    city: str
    district: str
    country: bool  # 中国 stands in the name as a place
    placed: str  # where the place stands: "front", "inside" or ""
    unit: str  # the place of a group's daughter: 集团广东有限公司
    brand: str  # 字号, with the place that belongs to it
    trade: str  # 行业
    trades: tuple[str, ...]
    form: str  # a family of legal forms, "" when none is written
    group: bool
    branch: str  # 深圳分公司, in one spelling
    latin: str  # an English name beside the Chinese one
    noted: bool  # brackets with a remark: (原晨星培训)
    institution: bool

    @property
    def core(self) -> str:
        """Brand and trade: what tells the company from others."""
        return self.brand + self.trade


@lru_cache(maxsize=8192)
def parts(name: str) -> Parts:
    """The name taken apart; every text is accepted, an empty one gives empty parts."""
    return _Reading(name).parts()


class _Reading:
    """One pass over one name, from its ends towards the brand."""

    def __init__(self, name: str) -> None:
        self.province = self.city = self.district = self.placed = self.unit = ""
        self.form = self.branch = self.latin = ""
        self.country = self.group = self.noted = False
        spaced = normalise(name).casefold().translate(_CLEAN)
        self.rest, self.text = spaced, ""
        if not spaced.isalnum():
            if not spaced.isascii() or len(spaced) > 4:
                self._latin_form(spaced)
            self.text = _STRAY.sub("", _DROPPED.sub("", spaced)) or spaced
            self.rest = _DROPPED.sub("", self.rest)
        else:
            self._latin_form(spaced)
            self.text = spaced

    def _latin_form(self, spaced: str) -> None:
        found = _LATIN_FORM.search(spaced)
        if found and found.start() > 1:
            self.rest, self.form = spaced[: found.start()], "limited"

    def parts(self) -> Parts:
        if "(" in self.rest:
            self._brackets()
        if "-" in self.rest:
            self._tail_note()
        self.rest = _STRAY.sub("", self.rest)
        self._branch()
        self._legal_form()
        self._latin_alias()
        institution = self.rest.endswith(INSTITUTIONS)
        self._numbers()
        self._end_place()
        self._inner_group()
        stays = self._front_places(institution)
        brand, trades = _split(self.rest, whole=stays or institution)
        return Parts(
            self.text, self.province, self.city, self.district, self.country, self.placed,
            self.unit, brand, "".join(trades), trades, self.form, self.group, self.branch,
            self.latin, self.noted, institution,
        )  # fmt: skip

    def _brackets(self) -> None:
        kept = _BRACKETED.sub(self._bracket, self.rest)
        if _STRAY.sub("", kept):
            self.rest = kept

    def _bracket(self, found: re.Match[str]) -> str:
        inside = _STRAY.sub("", found[1])
        place = _short_place(inside)
        if place is not None:
            self._set_inside(*place)
            return ""
        if inside in REGIONS:
            self.country = self.country or inside == "中国"
            return ""
        if inside in LEGAL_FORMS:
            self.form = self.form or LEGAL_FORMS[inside]
            return ""
        if inside in {"集团", "控股"}:
            self.group = self.group or inside == "集团"
            return ""
        if _BRANCH_WORD.search(inside) or (inside.endswith("店") and len(inside) > 1):
            self.branch = self.branch or _branch_mark(inside)
            return ""
        if not inside or _NOTE.fullmatch(inside):
            self.noted = self.noted or bool(inside)
            return ""
        if inside.isascii() and inside.isalpha() and len(inside) > 2:
            self.latin = self.latin or inside
            return ""
        return inside

    def _tail_note(self) -> None:
        cut = _TAIL_NOTE.sub("", self.rest)
        if cut and cut != self.rest:
            self.rest, self.noted = cut, True

    def _branch(self) -> None:
        rest = self.rest
        tail = _FORMAL_TAIL.search(rest) or _BANK_TAIL.search(rest)
        if tail:
            after = rest[tail.end() :]
            if re.fullmatch(rf".{{1,4}}{_PERSON}", after):
                self.rest, self.noted = rest[: tail.end()], True
            elif _SHOP.fullmatch(after) and after not in LEGAL_FORMS:
                self.rest, self.branch = rest[: tail.end()], _branch_mark(after)
            return
        found = _BRANCH_WORD.search(rest)
        if found is None or found.start() < 3:
            return
        start = found.start()
        for length in (6, 5, 4, 3, 2):
            if start - length >= 2:
                before = rest[start - length : start]
                if before in REGIONS or _short_place(before.removeprefix("驻")) is not None:
                    start -= length
                    break
        self.rest, self.branch = rest[:start], _branch_mark(rest[start:])

    def _legal_form(self) -> None:
        while self.rest not in LEGAL_FORMS:
            rest = self.rest
            for length in (7, 6, 5, 4, 3, 2):
                form = LEGAL_FORMS.get(rest[-length:])
                if form and len(rest) > length:
                    if self.form in ("", "company") or form in ("shares", "partnership"):
                        self.form = form
                    self.rest = rest[:-length]
                    break
            else:
                if rest.endswith("集团") and len(rest) > 3:
                    self.rest, self.group = rest[:-2], True
                    continue
                return

    def _latin_alias(self) -> None:
        found = _LATIN_ALIAS.search(self.rest)
        if found:
            chinese = self.rest[: found.start()] + self.rest[found.end() :]
            if _has_brand(chinese) and _short_place(chinese) is None and chinese not in REGIONS:
                self.rest, self.latin = chinese, found[0]

    def _numbers(self) -> None:
        if not self.rest.isalpha():
            self.rest = _in_characters(self.rest)

    def _end_place(self) -> None:
        rest = self.rest
        for length in (4, 3, 2):
            end = rest[-length:]
            if end in END_PLACES and len(rest) - length >= 2:
                before = rest[:-length]
                if before.endswith("集团") and len(before) > 3:
                    self.rest, self.group, self.unit = before[:-2], True, end
                elif _has_brand(before) and not self.placed:
                    self.rest = before
                    if end in PLACES:
                        self._set_inside(*PLACES[end])
                    else:
                        self.country = True
                return

    def _inner_group(self) -> None:
        """顺丰速运集团（上海）速运: the group is no word of the trade."""
        before, found, after = self.rest.partition("集团")
        if found and len(before) >= 2 and after:
            self.rest, self.group = before + after, True

    def _set_inside(self, province: str, city: str) -> None:
        if not self.placed:
            self.province, self.city, self.placed = province, city, "inside"

    def _front_places(self, institution: bool) -> bool:
        """Set the places in front aside; true when one of them belongs to the brand."""
        for _ in range(4):
            rest = self.rest
            if rest.startswith(PROTECTED):
                return False
            if rest.startswith("中国") and not institution and _stands_alone(rest[2:]):
                self.country, self.rest = True, rest[2:]
                continue
            place, size = _place_at(rest)
            if place and (size > len(place) or rest[size : size + 1] not in ("区", "县")):
                if institution or not _has_brand(rest[size:]):
                    self.rest = place + rest[size:]
                    # 上海汽车 is one brand; in 金华信科技 the place is no place at all.
                    return institution or len(trades_from_end(rest[size:])[0]) != 1
                self._set_front(*PLACES[place])
                self.rest = rest[size:]
                continue
            if not self._district_or_city(rest):
                return False
        return False

    def _set_front(self, province: str, city: str) -> None:
        if self.placed == "inside" and (self.province, self.city) != (province, city):
            self.unit = self.city or self.province
            self.province = self.city = ""
        if not self.province or self.province == province:
            self.province, self.city = province, city or self.city
        self.placed = "front"

    def _district_or_city(self, rest: str) -> bool:
        if self.placed and rest[:2] in SHORT_DISTRICTS and rest[2:3] not in ("区", "新"):
            size = 3 if rest[:3] in SHORT_DISTRICTS else 2
            if _has_brand(rest[size:]):
                self.district, self.rest = rest[:size], rest[size:]
                return True
        zone = _ZONE.match(rest)
        if zone and self.placed and _has_brand(rest[zone.end() :]):
            self.rest = rest[zone.end() :]
            return True
        found = _DISTRICT.match(rest) or _CITY.match(rest)
        if found and _has_brand(rest[found.end() :]):
            name = found[0]
            for ending in ("经济技术开发区", "经济开发区", "新区", "区", "县", "市", "镇"):
                if name.endswith(ending) and len(name) - len(ending) >= 2:
                    name = name.removesuffix(ending)
                    break
            self.district, self.rest = self.district or name, rest[found.end() :]
            self.placed = self.placed or "front"
            return True
        return False


def _place_at(text: str) -> tuple[str, int]:
    """The short place a text begins with, and how many characters it takes with its 省 or 市."""
    for length in PLACE_LENGTHS:
        name = text[:length]
        if len(name) == length and name in PLACES:
            for ending in PLACE_ENDINGS:
                if text.startswith(ending, length):
                    return name, length + len(ending)
            peoples = _PEOPLES.match(text, length) if "自治州" in text else None
            if peoples:
                return name, peoples.end()
            return name, length
    return "", 0


def _short_place(text: str) -> tuple[str, str] | None:
    """Province and city when the text is nothing but a place."""
    if len(text) > 10:
        return None
    place, size = _place_at(text)
    return PLACES[place] if place and size == len(text) else None


def trades_from_end(text: str) -> tuple[str, tuple[str, ...]]:
    """Trade words cut from the end, and what is left before them."""
    found: list[str] = []
    end = len(text)
    while end:
        for length in TRADE_LENGTHS:
            if length <= end and text[end - length : end] in TRADES and (length > 1 or end > 2):
                found.append(text[end - length : end])
                end -= length
                break
        else:
            break
    return text[:end], tuple(reversed(found))


def _has_brand(text: str) -> bool:
    """Whether something besides trade words remains that could be a brand."""
    if len(text) < 2:
        return False
    left = trades_from_end(text)[0]
    return len(left) >= 2 and left not in PLACES


def _stands_alone(text: str) -> bool:
    """Whether a name that followed 中国 is known without it: 工商银行, but not 银行 or 移动通信."""
    return _has_brand(text) or (text.endswith("银行") and len(text) >= 4)


def _split(text: str, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    """Brand and trades; a brand too short or too weak to stand alone takes the trades in."""
    if whole or len(text) < 3:
        return text, ()
    left, trades = trades_from_end(text)
    if left in WEAK_BRANDS or left in PLACES:
        return text, ()
    while trades and len(left) < 2:
        left, trades = left + trades[0], trades[1:]
    return left, trades


def _branch_mark(text: str) -> str:
    """One spelling of a branch: 驻上海市办事处 and 上海办事处, 第2分公司 and 第二分公司."""
    text = _in_characters(text.removeprefix("驻"))
    place, size = _place_at(text)
    return place + text[size:] if place else text


def _in_characters(text: str) -> str:
    text = _ORDINAL.sub(lambda found: "第" + _count(int(found[1])), text)
    return _COUNTED.sub(lambda found: _count(int(found[1])), text)


def _count(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")
