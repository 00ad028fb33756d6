"""Rows of place names in a text, each inside the one before."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhike.fields.region.divisions import inside
from zhike.fields.region.forms import NEEDS_PARENT, Form, Strength, forms


class Chain(NamedTuple):
    """A row of names: where they stand in the text, and what the last one may mean."""

    spans: tuple[tuple[int, int], ...]  # of the names that are taken out of the street
    codes: tuple[str, ...]
    strength: Strength  # of the last name
    score: int
    past: int  # where the search goes on

    @property
    def start(self) -> int:
        """Where the first name begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Behind the last name."""
        return self.spans[-1][1]


class _Step(NamedTuple):
    start: int
    end: int
    codes: tuple[str, ...]
    strength: Strength


_GAP = re.compile(
    r"[\s,，、/|>·:：;；_.\-–—]*"
    r"(?:(?:市辖区|(?:省|自治区)?直辖县级(?:行政区划|行政单位)?|县(?=[\s,，/|-]))[\s,，、/"
    r"|_.\-–—]*)?"
)
_ZONE = re.compile(
    r"[一-鿿]{0,8}?(?:技术开发区|产业开发区|高新区|经开区|开发区|新区|示范区|保税区|工业园区"
    r"|合作区|综合实验区|管理区)"
)
# A short name before one of these is part of the name of a road, a house or a firm.
_NO_PLACE = re.compile(
    r"(?:[东南西北中]?(?:路|街|大道)|道|巷|弄|胡同|里\d|大桥|桥|湖|山|寺|湾|岛|峡|江路|河路|塔|门"
    r"|站|港|机场|码头|公园|广场|花园|花苑|"
    r"小区|新村|家园|大厦|大楼|中心|酒店|宾馆|饭店|饭庄|商场|商城|市场|超市|银行|证券|保险|基金"
    r"|大学|学院|学校|中学|小学|医院|"
    r"文化|体育|国际|世纪|影城|地铁|日报|啤酒|烤鸭|拉面|米粉|火锅|有限|股份|集团|科技有限|公司|镇"
    r"|乡|村|街道|社区|屯|庄|坪|坝|口岸)"
)
# 深圳 市民中心, 番禺 市桥; but 邢台市 桥东区.
_OF_THE_CITY = re.compile(r"场|桥(?![东西])|政府|民中心|民广场|民服务|民之家|民公园")
# 县级 places moved to another city; addresses with the former one are still in use.
_MOVED = {
    "512000": ("510185",),
    "340800": ("340722",),
    "341500": ("340422",),
    "220300": ("220184",),
    "340181": ("340124", "340225", "340522", "340523"),
}


def chains(text: str) -> list[Chain]:
    """Every chain that is not part of a longer one, in the order of the text."""
    lengths = forms().lengths
    found: list[Chain] = []
    at = 0
    while at < len(text):
        if text[at] in lengths:
            chain = _from(text, at)
            if chain is not None:
                found.append(chain)
                at = chain.past
                continue
        at += 1
    return found


def _from(text: str, at: int) -> Chain | None:
    """The chain that begins here, or None."""
    for first in _spelled(text, at):
        if not _may_begin(text, first):
            continue
        steps = [first]
        while (following := _next(text, steps[-1])) is not None:
            steps.append(following)
        if len(steps) == 1 and not _may_stand_alone(text, first):
            continue
        return _chain(steps)
    return None


def _chain(steps: list[_Step]) -> Chain:
    taken = [step for step in steps if step.strength != Strength.ZONE]
    spans = [(step.start, step.end) for step in taken]
    if not spans:  # a zone alone says where it is, and stays in the street
        spans = [(steps[0].start, steps[0].start)]
    length = sum(step.end - step.start for step in taken)
    full = sum(step.strength == Strength.FULL for step in steps)
    score = length + 2 * len(steps) + 2 * full
    return Chain(tuple(spans), steps[-1].codes, steps[-1].strength, score, steps[-1].end)


def _spelled(text: str, at: int) -> list[_Step]:
    """The names that begin here, longest first."""
    table = forms()
    found: list[_Step] = []
    for length in table.lengths.get(text[at : at + 1], ()):
        spelling = text[at : at + length]
        form = table.spellings.get(spelling) if len(spelling) == length else None
        if form is not None and _reads_as_name(text, at + length, form):
            found.append(_Step(at, at + length, form.codes, form.strength))
    return found


def _reads_as_name(text: str, end: int, form: Form) -> bool:
    if form.strength == Strength.SHORT and _NO_PLACE.match(text, end):
        following = _inner(text, end, form.codes)  # 石家庄桥西区
        return following is not None and following.strength == Strength.FULL
    return not (text[end - 1] == "市" and _OF_THE_CITY.match(text, end))


def _may_begin(text: str, step: _Step) -> bool:
    if text[step.start : step.end] in NEEDS_PARENT:
        return False
    if step.strength >= Strength.ZONE or _boundary(text, step.start):
        return True
    return step.strength == Strength.SHORT and _next(text, step) is not None


def _boundary(text: str, at: int) -> bool:
    if at == 0 or not text[at - 1].isalpha():
        return True
    return text[max(0, at - 2) : at].endswith(
        ("中国", "位于", "地处", "坐落", "寄到", "送到", "在", "到")
    )


def _may_stand_alone(text: str, step: _Step) -> bool:
    return step.strength != Strength.LETTER or step.end - step.start == len(text)


def _next(text: str, last: _Step) -> _Step | None:
    """The name inside the last one that follows, perhaps behind a zone: 雄安新区 容城县."""
    at = _gap_end(text, last.end)
    found = _inner(text, at, last.codes)
    if found is not None or last.strength == Strength.LETTER:
        return found
    if text.startswith(("中区", "北区", "南区"), at) and text[at - 1] == "市":
        inner = _inner("市" + text[at : at + 2], 0, last.codes)  # 乐山市中区
        if inner is not None and inner.end == 3:
            return _Step(at, at + 2, inner.codes, inner.strength)
    zone = _ZONE.match(text, at)
    if zone is None:
        return None
    found = _inner(text, _gap_end(text, zone.end()), last.codes)
    return found if found is not None and found.strength == Strength.FULL else None


def _gap_end(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _inner(text: str, at: int, outer: tuple[str, ...]) -> _Step | None:
    for step in _spelled(text, at):
        if step.strength == Strength.LETTER:
            continue
        codes = tuple(code for code in step.codes if _belongs(code, outer, step.strength))
        if codes:
            return step._replace(codes=codes)
        if step.strength == Strength.ZONE and any(
            code in step.codes or inside(code, zone) for code in outer for zone in step.codes
        ):
            return step._replace(codes=outer)
    return None


def _belongs(code: str, outer: tuple[str, ...], strength: Strength) -> bool:
    for one in outer:
        if inside(code, one) or code in _MOVED.get(one, ()):
            return True
        if code == one and strength == Strength.FULL:  # 北京 北京市
            return True
    return False
