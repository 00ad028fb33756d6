"""The ways people write the name of a division: official, short, one letter, old, colloquial."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from zhike.fields.region.divisions import Division, rows, tree


class Strength(IntEnum):
    """How far a spelling can be trusted to mean the place."""

    LETTER = 1  # 粤: only before a place within it
    SHORT = 2  # 深圳, 南山: may be part of another word
    ZONE = 3  # 雄安新区: tells where it is, but stays part of the address
    FULL = 4  # 深圳市, 恩施州, 闸北区


class Form(NamedTuple):
    """A spelling: the divisions it may mean, and its strength."""

    strength: Strength
    codes: tuple[str, ...]


_LETTERS = (
    "京110000 津120000 冀130000 晋140000 蒙150000 辽210000 吉220000 黑230000 沪310000 苏320000 "
    "浙330000 皖340000 闽350000 赣360000 鲁370000 豫410000 鄂420000 湘430000 粤440000 桂450000 "
    "琼460000 渝500000 川510000 蜀510000 贵520000 黔520000 滇530000 云530000 藏540000 陕610000 "
    "秦610000 甘620000 陇620000 青630000 宁640000 新650000 港810000 澳820000 台710000"
)
# Spellings no rule gives. Old names with another stem are in data/old-names.tsv.
_FULL = (
    "内蒙古省150000 广西省450000 西藏省540000 宁夏省640000 新疆省650000 香港特区810000 "
    "澳门特区820000 中国香港810000 中国澳门820000 中国台湾710000 巴州652800 博州652700 "
    "克州653000 伊犁州654000 锡盟152500 阿盟152900 达茂旗150223 莫旗150722 前郭县220721 "
    "杜蒙县230624 喀左县211324 阜蒙县210921 东乡县622926 鄂温克旗150724 塔县653131 "
    "和丰县654226"
)
_SHORT = "内蒙150000 锡林郭勒152500 巴彦淖尔150800 浦东310115"
# Zones that are no official division, with the division that surely holds them.
_ZONES = (
    "雄安新区130000 江北新区320100 苏州工业园区320500 舟山群岛新区330900 福州新区350100 "
    "平潭综合实验区350128 赣江新区360000 西海岸新区370211 郑东新区410100 郑州航空港区410100 "
    "湘江新区430100 横琴新区440400 大鹏新区440300 横琴粤澳深度合作区440400 天府新区510000 "
    "贵安新区520000 滇中新区530100 西咸新区610000 兰州新区620100 哈尔滨新区230100 "
    "长春新区220100 金普新区210200 临港新片区310000 洋浦经济开发区460400 杨凌示范区610400 "
    "大亚湾开发区441300 加格达奇区232700 松岭区232700 新林区232700 呼中区232700 台北市710000 "
    "新北市710000 桃园市710000 台中市710000 台南市710000 高雄市710000 基隆市710000 "
    "新竹市710000"
)
_PEOPLES = (
    "各族|蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|"
    "哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|"
    "土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|普米族|塔吉克族?|怒族|裕固族|"
    "保安族|独龙族"
)
_AUTONOMOUS = re.compile(rf"^(.+?)(?:{_PEOPLES})*自治([州县旗区])$")
_SUFFIX = re.compile(r"(?:特别行政区|地区|新区|林区|特区|矿区|省|市|盟|区|县|旗)$")
# 余杭市 is 余杭区 today, 增城县 was 增城市: the suffix changed, the stem stayed.
_SUFFIXES = {"city": ("市", "地区", "盟"), "district": ("区", "县", "市")}
# Too common in streets: only directly behind the city they belong to.
NEEDS_PARENT = frozenset(("城区", "郊区", "矿区", "东区", "西区"))
# Short forms that mean several places equally, although one of them ranks higher.
AMBIGUOUS = frozenset(("吉林", "朝阳", "兴安"))
# 县级 places known by their short name to everyone: 昆山花桥, 浦东张江.
_KNOWN = (
    "昆山 义乌 江阴 张家港 常熟 太仓 晋江 慈溪 余姚 诸暨 宜兴 石狮 胶州 乐清 瑞安 温岭 海宁 "
    "桐乡 丹阳 泰兴 如皋 启东 福清 浏阳 龙口 荣成 迁安 都江堰 仁怀 寿光 诸城 巩义 库尔勒 "
    "石河子 仙桃 潜江 济源 浦东 海淀 徐汇 闵行 顺德 番禺 萧山 余杭"
)
WELL_KNOWN = frozenset(_KNOWN.split())


def stem(one: Division) -> str:
    """The name without what it is: 深圳 for 深圳市, 恩施 for 恩施土家族苗族自治州."""
    if one.code == "150000":
        return "内蒙古"  # 蒙古 is no people's name here
    found = _AUTONOMOUS.match(one.name)
    return found[1] if found else _SUFFIX.sub("", one.name)


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(word[:-6], word[-6:]) for word in text.split()]


class Forms(NamedTuple):
    """All spellings, and for each first character the lengths to try, longest first."""

    spellings: dict[str, Form]
    lengths: dict[str, tuple[int, ...]]


@cache
def forms() -> Forms:
    """The spellings, built once (some 20 ms)."""
    found: dict[str, dict[Strength, list[str]]] = {}

    def add(spelling: str, strength: Strength, code: str) -> None:
        codes = found.setdefault(spelling, {}).setdefault(strength, [])
        if code not in codes:
            codes.append(code)

    everyone = tree().all
    for one in everyone.values():
        add(one.name, Strength.FULL, one.code)
        short = stem(one)
        kind = _AUTONOMOUS.match(one.name)
        if kind and one.level != "province":
            for suffix in ("自治" + kind[2], kind[2]):
                add(short + suffix, Strength.FULL, one.code)
        if len(short) > 1:
            add(short, Strength.SHORT, one.code)
    for text, strength in (
        (_FULL, Strength.FULL),
        (_SHORT, Strength.SHORT),
        (_ZONES, Strength.ZONE),
        (_LETTERS, Strength.LETTER),
    ):
        for spelling, code in _pairs(text):
            add(spelling, strength, code)
    for spelling, codes in rows("old-names.tsv"):
        for code in codes.split():
            add(spelling, Strength.FULL, code)
    _add_other_suffixes(found)
    return _indexed(found)


def _add_other_suffixes(found: dict[str, dict[Strength, list[str]]]) -> None:
    missing: dict[str, list[str]] = {}
    for one in tree().all.values():
        short = stem(one)
        if one.level == "province" or len(short) < 2 or _AUTONOMOUS.match(one.name):
            continue
        for suffix in _SUFFIXES[one.level]:
            if short + suffix not in found:
                missing.setdefault(short + suffix, []).append(one.code)
    for spelling, codes in missing.items():
        found[spelling] = {Strength.FULL: codes}


def _indexed(found: dict[str, dict[Strength, list[str]]]) -> Forms:
    spellings: dict[str, Form] = {}
    lengths: dict[str, set[int]] = {}
    for spelling, ways in found.items():
        # A spelling that is an official name somewhere is read as that: 沙县 is no short form.
        best = max(ways)
        spellings[spelling] = Form(best, tuple(ways[best]))
        lengths.setdefault(spelling[0], set()).add(len(spelling))
    longest = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
    return Forms(spellings, longest)
