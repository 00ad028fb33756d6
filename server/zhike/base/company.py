"""How like two Chinese company names are, and the keys by which like names are looked up.

A name is a hint and never proof: only an equal identity is certain (R19). What the rules hold:

- Width, kind of brackets, spaces, dots, traditional characters and legal form are spelling.
- Places in conflict: at most "maybe". A branch is not its parent, nor another branch.
- Brands are compared by character, never by sound: 华信 is not 华鑫. One other character late in a
  long name, all else equal, is a slip of the pen (网讯, 网迅).
- A name without legal form may be short for a fuller one (晨星教育); two registered names that
  differ in their trade are two companies (企业名称登记管理规定: one name, one company in a place).
- Known short names (工行) and names given too often (华信) are "maybe".

Scores: same ≥ 0.95, likely ≥ 0.8, maybe ≥ 0.5, different below.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from zhike.base.company_parts import Parts, parts, trades_from_end
from zhike.base.company_words import (
    COMMON_BRANDS,
    GENERIC_TRADES,
    PLACES,
    SHORT_NAMES,
    SISTER_TRADES,
    TRADES,
    WEAK_BRANDS,
)

__all__ = ["Likeness", "Parts", "Verdict", "blocks", "core", "likeness", "parts"]

Verdict = Literal["same", "likely", "maybe", "different"]
_NUMBERS = frozenset("0123456789一二三四五六七八九十甲乙丙丁东南西北")


class Likeness(NamedTuple):
    """How like two names are; `why` is a Chinese sentence for the person who decides."""

    score: float
    verdict: Verdict
    why: str


def core(name: str) -> str:
    """The part that tells a company from others, without place and legal form; a branch keeps its
    mark, because 分公司 is not its parent.

    Companies with equal cores may differ (华信 in 深圳 and in 成都): a hint, no proof.
    """
    found = parts(name)
    return (found.brand + found.trade + found.branch) or found.text


def likeness(first: str, second: str) -> Likeness:
    """How likely two names mean one company; symmetric, never raises. Names nobody could read
    (empty ones) are different."""
    one, other = parts(first), parts(second)
    if not one.text or not other.text:
        return Likeness(0.0, "different", "名称为空")
    if one.text == other.text:
        return Likeness(1.0, "same", "名称相同")
    if one.text > other.text:
        one, other = other, one
    if one.branch != other.branch:
        return _branches(one, other)
    if one.core == other.core and one.core:
        return _equal_cores(one, other)
    if (one.latin and one.latin == other.core) or (other.latin and other.latin == one.core):
        return Likeness(0.85, "likely", f"英文名相同（{one.latin or other.latin}）")
    if _resolved(one.core) == _resolved(other.core):
        return Likeness(0.65, "maybe", f"“{one.core}”与“{other.core}”是同一家的简称和全称")
    if one.brand == other.brand:
        return _equal_brands(one, other)
    return _unequal_brands(one, other)


def _branches(one: Parts, other: Parts) -> Likeness:
    near = one.brand == other.brand
    if one.branch and other.branch:
        why = f"分支机构不同：{one.branch}、{other.branch}"
    else:
        why = f"一方是分支机构（{one.branch or other.branch}），与总部不是同一家"
    return Likeness(0.4 if near else 0.1, "different", why)


def _equal_cores(one: Parts, other: Parts) -> Likeness:
    name = one.core
    if one.unit != other.unit and not (one.unit and other.unit):
        return Likeness(0.4, "different", f"一方是集团在{one.unit or other.unit}的公司")
    if one.latin and other.latin and one.latin != other.latin:
        return Likeness(0.3, "different", f"英文名不同：{one.latin}、{other.latin}")
    formal = bool(one.form) and bool(other.form)
    places = _places(one, other)
    if places == "conflict" or one.unit != other.unit:
        return Likeness(0.6, "maybe", f"名称核心“{name}”相同，但地区不同：{_where(one, other)}")
    if places == "wider":
        return Likeness(0.65, "maybe", f"名称核心“{name}”相同，地区一大一小：{_where(one, other)}")
    if one.group != other.group and formal:
        return Likeness(0.7, "maybe", f"名称核心“{name}”相同，一方是集团")
    if formal and "company" not in (one.form, other.form) and one.form != other.form:
        if {one.form, other.form} != {"limited", "shares"}:
            return Likeness(0.65, "maybe", f"名称核心“{name}”相同，组织形式不同")
        return Likeness(0.85, "likely", f"名称核心“{name}”相同，一方是股份公司（可能改制）")
    return _equal_but_for_little(one, other, places)


def _equal_but_for_little(one: Parts, other: Parts, places: str) -> Likeness:
    name = one.core
    if not one.trade and places == "one" and one.brand in COMMON_BRANDS:
        return Likeness(0.65, "maybe", f"“{name}”是常见字号，一方没有写地区")
    if places == "one":
        return Likeness(0.88, "likely", f"名称核心“{name}”相同，一方没有写地区")
    if places == "finer":
        return Likeness(0.92, "likely", f"名称核心“{name}”相同，一方多写了区县")
    if one.group != other.group or one.noted != other.noted or one.latin != other.latin:
        return Likeness(0.93, "likely", f"名称核心“{name}”相同，附加的字样不同")
    if one.placed != other.placed:
        return Likeness(0.9, "likely", f"名称核心“{name}”相同，地区的位置不同")
    return Likeness(0.97, "same", f"只是写法不同：{name}")


def _equal_brands(one: Parts, other: Parts) -> Likeness:
    brand = one.brand
    places = _places(one, other)
    if places == "conflict":
        if one.trade and other.trade:
            return Likeness(0.45, "different", f"字号“{brand}”相同，地区和行业都不同")
        return Likeness(0.55, "maybe", f"字号“{brand}”相同，但地区不同：{_where(one, other)}")
    short, full = (one, other) if len(one.trade) < len(other.trade) else (other, one)
    if sorted(short.trades) == sorted(full.trades):
        return Likeness(0.82, "likely", f"字号“{brand}”相同，行业用词次序不同")
    left = _more_words(short.trades, full.trades)
    if left is None or short.form:
        return Likeness(0.58, "maybe", f"字号“{brand}”相同，行业不同：{one.trade}、{other.trade}")
    bare = not short.trade and len(brand) < 3  # 晨光 may also be 晨光乳业
    if any(word in SISTER_TRADES or (bare and word not in GENERIC_TRADES) for word in left):
        return Likeness(0.6, "maybe", f"字号“{brand}”相同，一方多了行业“{''.join(left)}”")
    if places == "wider":
        return Likeness(0.6, "maybe", f"字号“{brand}”相同，地区一大一小：{_where(one, other)}")
    if not short.trade and places != "equal" and brand in COMMON_BRANDS | WEAK_BRANDS:
        return Likeness(0.6, "maybe", f"“{brand}”是常见字号，简称不足以认定")
    if not short.trade and brand in COMMON_BRANDS and not one.province:
        return Likeness(0.6, "maybe", f"“{brand}”是常见字号，简称不足以认定")
    return Likeness(0.85, "likely", f"“{short.core}”像是“{full.core}”的简称")


def _more_words(short: tuple[str, ...], full: tuple[str, ...]) -> list[str] | None:
    """The words of the fuller name that the short one leaves out; None when it has its own."""
    words, whole = "".join(short), "".join(full)
    if whole.startswith(words):  # 教育 is not one of the words of 教育科技, but its beginning
        rest, trades = trades_from_end(whole[len(words) :])
        return ([rest] if rest else []) + list(trades)
    left = list(full)
    for word in short:
        if word not in left:
            return None
        left.remove(word)
    return left


def _unequal_brands(one: Parts, other: Parts) -> Likeness:
    different = f"字号不同：{one.brand}、{other.brand}"
    if one.institution or other.institution:
        return Likeness(0.2, "different", f"名称不同：{one.core}、{other.core}")
    short, full = (one, other) if len(one.brand) < len(other.brand) else (other, one)
    more = len(full.brand) - len(short.brand)
    places = _places(one, other)
    if _slip(one, other) and places in ("equal", "finer") and one.unit == other.unit:
        return Likeness(0.82, "likely", f"只差一个字：{one.core}、{other.core}")
    if more >= 2 and len(short.brand) >= 2 and places != "conflict":
        if full.brand.startswith(short.brand) and not short.trade:
            if len(short.brand) >= 4 and not short.form and not short.brand.isascii():
                return Likeness(0.8, "likely", f"“{short.brand}”像是“{full.core}”的简称")
            return Likeness(0.52, "maybe", f"“{full.brand}”以“{short.brand}”开头")
        if more <= 3 and full.brand.endswith(short.brand) and short.trade == full.trade != "":
            return Likeness(0.55, "maybe", f"“{full.core}”以“{short.core}”结尾")
    pairs, others = _pairs(one.core), _pairs(other.core)
    shared = len(pairs & others) / max(1, len(pairs) + len(others))
    return Likeness(round(0.6 * shared, 2), "different", different)


def _slip(one: Parts, other: Parts) -> bool:
    """Whether long names differ by one Chinese character after the third that is no number."""
    first, second = one.core, other.core
    if len(first) != len(second) or len(first) < 6 or first[:3] != second[:3]:
        return False
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    a, b = differing[0]
    return not (a in _NUMBERS or b in _NUMBERS or a.isascii() or b.isascii())


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _places(one: Parts, other: Parts) -> str:
    """equal, finer (a district more), one (one has none), wider (province and city), conflict."""
    if not one.placed or not other.placed:
        return "equal" if one.placed == other.placed and one.country == other.country else "one"
    if one.province != other.province:
        return "conflict" if one.province and other.province else "one"
    if one.city != other.city:
        return "conflict" if one.city and other.city else "wider"
    if one.district != other.district:
        return "conflict" if one.district and other.district else "finer"
    return "equal" if one.country == other.country else "finer"


def _where(one: Parts, other: Parts) -> str:
    return "、".join(
        place.unit or (place.city or place.province) + place.district for place in (one, other)
    )


@lru_cache(maxsize=1024)
def _full_core(short: str) -> str:
    found = parts(SHORT_NAMES[short])
    return found.core


def _resolved(name: str) -> str:
    return _full_core(name) if name in SHORT_NAMES else name


def blocks(name: str) -> set[str]:
    """Keys for an index of names; like names (same, likely, nearly all of maybe) share one.

    Most names have one key, the brand. A long brand has its beginnings too (a slip of the pen or a
    shorter name may follow them) and its next two characters (a place nobody knows may stand in
    front); a known short name has the keys of what it stands for. A brand that begins with a place
    or a word like 中国 has four characters, or all of 上海 would be one block. At most seven keys.
    """
    found = parts(name)
    keys = _brand_keys(found.brand)
    if found.core in SHORT_NAMES:
        keys |= _brand_keys(parts(SHORT_NAMES[found.core]).brand)
    if found.latin:
        keys.add(found.latin[:4])
    return keys or {found.text[:4]} - {""}


def _brand_keys(brand: str) -> set[str]:
    head, second = brand[:2], brand[2:4]
    if len(brand) < 4 or brand[:1].isascii() or head in PLACES or head in WEAK_BRANDS:
        return {brand[:4]} - {""}
    keys = {head, brand[:3]}
    if second not in TRADES and second not in WEAK_BRANDS and second not in PLACES:
        keys.add(second)
    return keys
