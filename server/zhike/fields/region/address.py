"""A pasted address, taken apart: province, city, district and the rest; asked when in doubt.

A chain is a row of spellings, each inside the one before: 广东 深圳市 南山区. Every chain of the
text is read with the sets of divisions it may mean, and the one that says most is taken. What is
no part of it (road, house, name, telephone) stays in `street`; only labels and 中国 are dropped.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from zhike.base.text import normalise
from zhike.fields.region.chains import Chain, chains
from zhike.fields.region.divisions import Division, get, inside, path
from zhike.fields.region.forms import AMBIGUOUS, WELL_KNOWN, Strength


class Address(NamedTuple):
    """The parts of an address; `code` is the smallest division that is certain, or ""."""

    province: str
    city: str
    district: str
    code: str
    street: str
    sure: bool  # False: nothing was found, or a person has to choose among `candidates`
    candidates: tuple[str, ...]  # codes


_LABEL = re.compile(
    r"(?:收货|收件|详细|联系|通讯|公司|单位|办公|注册|邮寄|家庭|客户|经营)?(?:人)?(?:所在)?(?:地址|地区|住址|住所)[:：]\s*"
)
_LEAD = re.compile(r"(?:(?:中华人民共和国|中国)[\s,，]*|位于|地处|坐落于|坐落在|寄到|送到)$")
_SEPARATORS = " \t,，、;；:：/|-–—_·>."
_FILLER = re.compile(r"^(?:市辖区|县|(?:省|自治区)?直辖县级(?:行政区划|行政单位)?)$")
_LONGEST = 300  # characters; an address is shorter, the rest is street anyway


def parse_address(text: str) -> Address:
    """The parts of a full, short or ragged address. Never guesses: see `sure` and `candidates`."""
    whole = _LABEL.sub("", normalise(text))
    plain, tail = whole[:_LONGEST], whole[_LONGEST:]
    found = chains(plain)
    if not found:
        return _address("", whole, False, ())
    best = max(found, key=lambda chain: (chain.score, -chain.start))
    codes, used = _meaning(best, plain), [best]
    rivals = [one for one in found if one is not best and _rivals(one, best, plain)]
    for one in found:
        # 深圳市某某公司 南山区科技园: a district further on that lies in the city found.
        below = tuple(code for code in one.codes if any(inside(code, outer) for outer in codes))
        if one is not best and one.strength == Strength.FULL and len(below) == 1:
            codes, used = below, [best, one]
            rivals = []
            break
    if rivals:
        return _asked((*codes, *rivals[0].codes), whole)
    if len(codes) > 1:
        return _asked(codes, _street(plain, used) + tail)
    if _weak(best, codes[0], plain) and len(used) == 1:
        return _address("", whole, False, codes)
    return _address(codes[0], _street(plain, used) + tail, True, ())


def find(text: str) -> str | None:
    """The code of a region somebody wrote (its code, 广东深圳); None if unsure or with a street."""
    plain = normalise(text)
    if plain.isdigit():
        one = get(plain)
        return one.code if one else None
    found = parse_address(plain)
    return found.code if found.sure and not found.street else None


def _meaning(chain: Chain, text: str) -> tuple[str, ...]:
    """The divisions a chain may mean, without those nobody means by a short name."""
    codes = chain.codes
    if chain.strength != Strength.SHORT or len(codes) == 1:
        return codes
    last = text[chain.spans[-1][0] : chain.spans[-1][1]]
    if last in AMBIGUOUS and len(chain.spans) == 1:
        return tuple(code for code in codes if not _district_inside(code, codes))
    top = [code for code in codes if not any(inside(code, outer) for outer in codes)]
    for size in ("0000", "00"):
        high = [code for code in top if code.endswith(size)]
        if high:
            return tuple(high)
    return tuple(top)


def _district_inside(code: str, codes: tuple[str, ...]) -> bool:
    return not code.endswith("00") and any(inside(code, outer) for outer in codes)


def _weak(chain: Chain, code: str, text: str) -> bool:
    """A single short name of a 县级 place before other words: 东城国际 need not be 东城区."""
    if chain.strength != Strength.SHORT or len(chain.spans) != 1:
        return False
    start, end = chain.spans[0]
    alone = not text.strip(_SEPARATORS)[end - start :]
    return not (alone or code.endswith("00") or text[start:end] in WELL_KNOWN)


def _rivals(one: Chain, best: Chain, text: str) -> bool:
    """Whether another place in the text contradicts the one taken."""
    if any(a == b or inside(a, b) or inside(b, a) for a in one.codes for b in best.codes):
        return False
    if one.strength != Strength.FULL:
        return False
    first, second = (one, best) if one.start < best.start else (best, one)
    touching = not text[first.end : second.start].strip(_SEPARATORS)
    return touching or (len(one.spans) > 1 and len(one.spans) >= len(best.spans))


def _street(text: str, used: list[Chain]) -> str:
    """What no chain took, in order; a zone inside a chain stays before the road (雄安新区)."""
    street, at, gap = "", 0, " "
    for chain in sorted(used):
        street = f"{street}{gap}{_before(text[at : chain.start])}".strip()
        gap = " "
        for (_, end), (start, _) in pairwise(chain.spans):
            zone = _FILLER.sub("", text[end:start].strip(_SEPARATORS))
            if zone:
                street, gap = f"{street} {zone}".strip(), ""
        at = chain.end
    return f"{street}{gap}{text[at:].strip(_SEPARATORS)}".strip()


def _before(text: str) -> str:
    """What stands before a place, without 位于 and 中国."""
    text = text.strip(_SEPARATORS + "(")
    while (lead := _LEAD.search(text)) is not None:
        text = text[: lead.start()].rstrip(_SEPARATORS)
    return text


def _asked(codes: tuple[str, ...], street: str) -> Address:
    """Several places: what they have in common is certain, the rest is for the person to choose."""
    common: Division | None = None
    for levels in zip(*(path(code) for code in codes), strict=False):
        if len(set(levels)) > 1:
            break
        common = levels[0]
    return _address(common.code if common else "", street, False, tuple(dict.fromkeys(codes)))


def _address(code: str, street: str, sure: bool, candidates: tuple[str, ...]) -> Address:
    names = {one.level: one.name for one in path(code)}
    return Address(
        names.get("province", ""),
        names.get("city", ""),
        names.get("district", ""),
        code,
        street,
        sure,
        candidates,
    )
