"""Readings of Chinese names: per character, per phrase, and of surnames.

One name has up to a few readings, because people type what they think is right: 重庆 is found by
chongqing and by zhongqing. ü is written v; lu and lyu are readings of their own.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from zhike.base.text import legal_form_start, letters_only

_UNITS = re.compile(r"[a-z0-9]+|[^a-z0-9]")

# Surnames that read otherwise than the character alone (通用规范 and common usage of names).
SURNAMES: dict[str, str] = {
    "单": "shan",
    "曾": "zeng",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "朴": "piao",
    "区": "ou",
    "覃": "qin",
    "翟": "zhai",
    "缪": "miao",
    "黑": "he",
    "牟": "mu",
    "员": "yun",
    "盖": "ge",
    "洗": "xian",
    "冼": "xian",
    "尉": "wei",
    "任": "ren",
    "宁": "ning",
    "华": "hua",
    "纪": "ji",
    "葛": "ge",
    "召": "shao",
    "折": "she",
    "能": "nai",
    "乜": "nie",
    "石": "shi",
    "晁": "chao",
    "种": "chong",
    "重": "chong",
    "秘": "bi",
    "逄": "pang",
    "繁": "po",
    "曲": "qu",
    "卜": "bu",
    "车": "che",
    "薄": "bo",
    "万": "wan",
    "沈": "shen",
    "贾": "jia",
    "郇": "xun",
    "谌": "chen",
    "幺": "yao",
    "隗": "wei",
    "句": "gou",
    "过": "guo",
    "郗": "xi",
    "乐": "yue",
    "颉": "xie",
    "褚": "chu",
    "祭": "zhai",
    "藏": "zang",
    "长": "zhang",
    "行": "xing",
    "柏": "bai",
    "角": "jue",
    "么": "yao",
    "撒": "sa",
    "佴": "nai",
    "瞿": "qu",
    "燕": "yan",
    "应": "ying",
    "占": "zhan",
    "尹": "yin",
    "适": "kuo",
    "鲍": "bao",
    "费": "fei",
    "哈": "ha",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "单于": "chan yu",
    "令狐": "ling hu",
    "欧阳": "ou yang",
    "司马": "si ma",
    "诸葛": "zhu ge",
    "宇文": "yu wen",
    "夏侯": "xia hou",
    "皇甫": "huang fu",
    "呼延": "hu yan",
    "鲜于": "xian yu",
    "闾丘": "lv qiu",
    "亓官": "qi guan",
    "太史": "tai shi",
    "申屠": "shen tu",
    "公冶": "gong ye",
    "宗政": "zong zheng",
    "濮阳": "pu yang",
    "赫连": "he lian",
    "钟离": "zhong li",
}

Reading = tuple[str, ...]


class _Tables(NamedTuple):
    characters: dict[str, str]
    phrases: dict[str, Reading]
    begins: dict[str, int]  # first character of a phrase → length of the longest one


@cache
def tables() -> _Tables:
    """The readings, loaded once (about 40 ms, 7 MB)."""
    text = (files(__package__) / "data" / "pinyin.txt").read_text(encoding="utf-8")
    _, character_lines, phrase_lines = text.split("\n\n")
    characters: dict[str, str] = {}
    for line in character_lines.splitlines():
        reading, _, members = line.partition(" ")
        for character in members:
            characters[character] = reading
    phrases: dict[str, Reading] = {}
    begins: dict[str, int] = {}
    for line in phrase_lines.splitlines():
        phrase, *said = line.split()
        phrases[phrase] = tuple(said)
        begins[phrase[0]] = max(begins.get(phrase[0], 0), len(phrase))
    return _Tables(characters, phrases, begins)


def units_of(letters: str, *, person: bool = False) -> list[str]:
    """The characters of a name given by `letters_only`, runs of Latin letters and digits as one.

    The legal form of a company is left out.
    """
    return _UNITS.findall(letters if person else letters[: legal_form_start(letters)])


def sequences(units: list[str], *, person: bool = False) -> list[list[str]]:
    """All readings of a row of units; a unit is one character, or a run of letters kept as it is.

    The best reading comes first: with surname for a person, by phrase, then by character.
    """
    characters, phrases, begins = tables()
    single = [characters.get(unit, unit) for unit in units]
    best = single
    text = None
    at, count = 0, len(units)
    while at < count:
        longest = begins.get(units[at])
        if longest is None:
            at += 1
            continue
        if text is None:  # letter runs must not shift the places of characters
            text = "".join([unit if len(unit) == 1 else "\0" for unit in units])
        step = 1
        for length in range(min(longest, count - at), 1, -1):
            said = phrases.get(text[at : at + length])
            if said is not None:
                if best is single:
                    best = single.copy()
                best[at : at + length] = said
                step = length
                break
        at += step
    found = [best]
    if person:
        named = _with_surname(units, best)
        if named is not None:
            found.insert(0, named)
    if best != single:
        found.append(single)
    for one in list(found):
        if any("v" in syllable for syllable in one):
            found += _without_umlaut(units, one)
    return found


def _with_surname(units: list[str], said: list[str]) -> list[str] | None:
    for length in (2, 1):
        surname = SURNAMES.get("".join(units[:length]))
        if surname is not None:
            named = [*surname.split(), *said[length:]]
            return named if named != said else None
    return None


def _without_umlaut(units: list[str], said: list[str]) -> list[list[str]]:
    plain, passport = said.copy(), said.copy()
    for at, (unit, syllable) in enumerate(zip(units, said, strict=True)):
        if "v" in syllable and unit != syllable:  # not a v somebody wrote in Latin letters
            plain[at] = syllable.replace("v", "u")
            passport[at] = syllable.replace("v", "yu")
    return [plain, passport] if plain != said else []


def readings(name: str, *, person: bool = False) -> tuple[str, str]:
    """Full pinyin and initials of a name, the likeliest reading: 华为 → ("huawei", "hw").

    The legal form of a company is left out; letters and digits stay.
    """
    said = sequences(units_of(letters_only(name), person=person), person=person)[0]
    return "".join(said), "".join([one[0] for one in said])
