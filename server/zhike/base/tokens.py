"""Search tokens: one tokeniser for both databases, and the recheck behind it.

The index holds exact tokens; a query is an AND of tokens, some as prefixes, that lets every true
match through and a few false ones, which `matches` takes out. Tokens are lower-case ASCII letters
and digits, or other letters (CJK). ASCII tokens end after 12 characters, and so do query terms.

Of 华为技术 the index holds: 华为 为技 技术 术 (text), huaweijishu weijishu jishu shu (pinyin from
each character on), hwjs wjs js s (initials), 华wei 为ji 技shu (character and the next reading),
h为 w技 j术 (initial and the next character).
"""

from __future__ import annotations

import re

from zhike.base import pinyin
from zhike.base.text import letters_only, normalise

_LONGEST = 12
_QUERY_LENGTH = 40
_QUERY_WORDS = 5
_RUNS = re.compile(r"[a-z0-9]+|[^a-z0-9]+")
_LETTERS = re.compile(r"[a-z0-9]+")

Term = tuple[str, bool]


def name_tokens(name: str, *, person: bool = False) -> set[str]:
    """What the index holds for a name."""
    bare = letters_only(name)
    tokens = {bare[at : at + 2] for at in range(len(bare))}
    units = pinyin.units_of(bare, person=person)
    readings = pinyin.sequences(units, person=person)
    for said in readings:
        _add_readings(tokens, units, said)
        if person and said:  # wangxm
            tokens.add((said[0] + "".join([one[0] for one in said[1:]]))[:_LONGEST])
    for run in _LETTERS.findall(bare):
        tokens.update([run[at : at + _LONGEST] for at in range(len(run))])
    if any(len(unit) > 1 for unit in units):
        _add_whole_runs(tokens, units, readings[0])
    return tokens


def _add_whole_runs(tokens: set[str], units: list[str], said: list[str]) -> None:
    """TCL科技 is also typed tclkj: runs of letters in full, characters as initials."""
    for at in range(len(units)):
        short = [unit if len(unit) > 1 else one[0] for unit, one in zip(units, said, strict=True)]
        tokens.add("".join(short[at:])[:_LONGEST])


def _add_readings(tokens: set[str], units: list[str], said: list[str]) -> None:
    add = tokens.add
    initials = "".join([one[0] for one in said])
    full = "".join(said)
    start = 0
    for at, syllable in enumerate(said):
        add(full[start : start + _LONGEST])
        add(initials[at : at + _LONGEST])
        start += len(syllable)
    for at in range(len(units) - 1):
        unit, following = units[at], units[at + 1]
        if len(unit) == 1:
            add(unit + said[at + 1])
        if len(following) == 1:
            add(initials[at] + following)


def code_tokens(code: str) -> set[str]:
    """What the index holds for a code: every ending of it (CRM-202405001 → 5001 finds it)."""
    bare = letters_only(code)
    return {bare[at : at + _LONGEST] for at in range(len(bare))}


def query_terms(query: str) -> list[Term]:
    """Tokens that must all be present, each exact or as a prefix. Empty: nothing to search for."""
    terms: dict[Term, None] = {}
    for word in _words(query):
        runs = _RUNS.findall(word)
        for at, run in enumerate(runs):
            before = runs[at - 1] if at else ""
            for term in _terms_of(run, before, alone=len(runs) == 1):
                terms[term] = None
    return list(terms)


def _words(query: str) -> list[str]:
    parts = normalise(query).casefold()[:_QUERY_LENGTH].split()[:_QUERY_WORDS]
    return [bare for part in parts if (bare := letters_only(part))]


def _terms_of(run: str, before: str, *, alone: bool) -> list[Term]:
    if run.isascii():
        terms: list[Term] = [(run[:_LONGEST], True)]
        if before:  # 华w…: the letters may be a syllable or initials, so only the first is sure
            terms.append((before[-1] + run[0], True))
        return terms
    if len(run) == 1 and (alone or not before):
        return [(run, True)]
    terms = [(run[at : at + 2], False) for at in range(len(run) - 1)]
    if len(before) == 1:  # h为
        terms.append((before + run[0], False))
    elif len(run) == 1:
        terms.append((run, True))
    return terms


def matches(name: str, code: str, query: str, *, person: bool | None = None) -> bool:
    """Whether every word of the query is found in the name, its readings, or the code.

    `person` adds the reading of a surname; unknown, it is taken for one up to four characters.
    """
    return all(_word_matches(word, name, code, person) for word in _words(query))


def _word_matches(word: str, name: str, code: str, person: bool | None) -> bool:
    bare = letters_only(name)
    if word in bare or (code and word in letters_only(code)):
        return True
    if not any("a" <= letter <= "z" for letter in word):
        return False
    if person is None:
        person = len(bare) <= 4
    units = pinyin.units_of(bare)
    return any(_reads(word, units, said) for said in pinyin.sequences(units, person=person))


def _reads(word: str, units: list[str], said: list[str]) -> bool:
    """Whether the word can be read off consecutive units, each as itself, syllable or initial."""
    starts = {(at, 0) for at in range(len(units))}
    length = len(word)
    while starts:
        following = set()
        for at, used in starts:
            left = word[used:]
            if said[at].startswith(left):
                return True
            for piece in (units[at], said[at], said[at][0]):
                if left.startswith(piece):
                    if used + len(piece) == length:
                        return True
                    if at + 1 < len(units):
                        following.add((at + 1, used + len(piece)))
        starts = following
    return False
