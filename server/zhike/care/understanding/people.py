"""Who the sentence is about: 张总, 王经理, 李女士, 老陈, 采购小周, Lisa, a contact's own name.

Colleagues (让小王…, 我方老杨, names given) are told apart from the customer's people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zhike.care.understanding import names
from zhike.care.understanding.folding import MOST_OF_A_KIND


class Found(NamedTuple):
    """A person at `start`–`end`."""

    start: int
    end: int
    surname: str
    ours: bool
    formal: bool
    contact: int | None = None


class Known(NamedTuple):
    """A contact of the customer: the name on the card and how the person is addressed."""

    id: int
    name: str
    salutation: str = ""


def _ours(folded: str, start: int, end: int, formal: bool) -> bool:
    before, after = folded[max(start - 8, 0) : start], folded[end : end + 5]
    if names.THEIRS_BEFORE.search(before):
        return False
    if names.NAMED.search(before) and after[:1] in ("", *"，。；,; "):
        return False
    if names.OURS_AFTER.match(after) and not formal:
        return True
    formal = formal and not folded[:end].endswith("设计师")
    if names.ACCOMPANIED.search(before) and names.VISITING.match(after):
        return True
    if not formal and names.WITH_ME.search(before) and names.GOING.match(after):
        return True
    if (not formal or folded[:end].endswith("师傅")) and names.SENT.search(before):
        return True
    begins = not before or before[-1] in "，。；,; "
    if (
        begins
        and not formal
        and (names.HANDED_ON.match(folded, end) or names.SHARED_OUT.match(folded, end))
    ):
        return not names.FROM_OUTSIDE.match(folded, end)
    ours = names.OURS_BEFORE.search(before)
    if ours is None or (ours[0].startswith("财务") and names.PAYS.match(folded, end)):
        return False
    return not formal or bool(re.search("(?:我方的?|我们的?|我司|咱们?的?|同事|@)$", before))


def _titled(folded: str) -> list[Found]:
    """A title with the surname, or the whole name, right before it."""
    found = []
    for title in names.TITLE.finditer(folded):
        end = title.start()
        start = _name_start(folded, end)
        if start is None or folded[start : title.end()] in names.NOT_PEOPLE:
            continue
        if title[0] in "姐哥嫂叔姨" and folded[start - 1 : start] in ("小", "老"):
            start -= 1
        surname = folded[start : start + (2 if folded[start : start + 2] in names.DOUBLES else 1)]
        found.append(
            Found(start, title.end(), surname, _ours(folded, start, title.end(), True), True)
        )
    return found


def _is_surname(folded: str, place: int) -> bool:
    return (
        place >= 0
        and folded[place] in names.BEFORE_TITLE
        and folded[max(place - 1, 0) : place + 1] not in names.NOT_SURNAME
    )


def _name_start(folded: str, end: int) -> int | None:
    """Where the name before a title begins: 欧阳, 王, 刘伟, 王小明."""
    if end >= 2 and folded[end - 2 : end] in names.DOUBLES:
        return end - 2
    last = folded[end - 1 : end]
    if _is_surname(folded, end - 1) and last not in names.ALSO_GIVEN:
        return end - 1
    for length in (2, 3):
        start = end - length
        if start < 0 or folded[start] not in names.USUAL or not _is_surname(folded, start):
            continue
        given = folded[start + 1 : end]
        if (
            not names.NOT_GIVEN.search(given)
            and not names.ROLE.match(folded[start:end])
            and not names.ROLE.match(given)
        ):
            return start
    return end - 1 if _is_surname(folded, end - 1) else None


def _informal(folded: str) -> list[Found]:
    found = [
        Found(match.start(), match.end(), match["n"][0], _ours(folded, *match.span(), False), False)
        for match in (*names.INFORMAL.finditer(folded), *names.NICK.finditer(folded))
        if match[0][:2] not in names.NOT_INFORMAL
    ]
    for match in names.CALLED.finditer(folded):
        start, end = match.span(match.lastgroup or 0)
        if not names.NOT_GIVEN.search(folded, start, end):
            surname = folded[start + (match["a"] is not None)]
            ours = match["a"] is not None and _ours(folded, start, end, False)
            found.append(Found(start, end, surname, ours, False))
    return found


def _parents(folded: str) -> list[Found]:
    """朵朵妈妈, 布丁爸爸: called after the child, which need not be a surname."""
    return [
        Found(start, end, folded[start], _ours(folded, start, end, True), True)
        for start, end in (
            (match.start(match.lastgroup or 0), match.end())
            for match in names.PARENT.finditer(folded)
        )
    ]


_POLITE = re.compile(r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr)\.?\s?$")
_NEAR_LATIN = re.compile(
    "(?:跟|和|与|找|见了?|约了?|给|拜访了?|联系了?|call了|认识的?|叫|客户|采购|老外|@|by|with|from|请|让|"
    "老板娘?|经理|总监|[店厂部]长)\\s?$",
    re.IGNORECASE,
)
_AFTER_LATIN = re.compile(
    "^\\s?(?:说|确认|觉得|表示|回[复邮电了]|想|要|那边|约|反馈|的|、|开了|来[电信找]|发来|发[了邮]|下了?单|[订定]了|催|问|聊|嫌)"
)


_AH = re.compile(
    "阿(?P<n>[一-鿿])(?:(?<=[让叫请派排带跟和给找见约客主友长板购理员生伙师]阿.)|(?=那边|说|讲|要|约|微信|电话|确认|让|想|来|问|下单|"
    "[，。,：:]|$))(?!廷)"
)


def _latin(folded: str) -> list[Found]:
    found = [
        Found(match.start(), match.end(), match["n"], _ours(folded, *match.span(), False), False)
        for match in _AH.finditer(folded)
        if match["n"] not in "姨里胶婆公爸妈迪联斯拉克尔勒坝布司富"
    ]
    for match in names.LATIN.finditer(folded):
        name = match["n"].lower()
        if name in names.NOT_NAMES:
            continue
        before, after = (
            folded[max(match.start() - 6, 0) : match.start()],
            folded[match.end() : match.end() + 4],
        )
        near = _NEAR_LATIN.search(before) or _AFTER_LATIN.match(after)
        if (
            name not in names.GIVEN_NAMES
            and not near
            and not _POLITE.search(before)
            and not match[0].startswith("阿")
        ):
            continue
        start = (
            match.start() - len(polite[0]) if (polite := _POLITE.search(before)) else match.start()
        )
        end = match.end("n") if (match["s"] or "x").lower() in names.NOT_NAMES else match.end()
        title = names.TITLE.match(folded, end)
        end = title.end() if title else end
        formal = names.ENDS_IN_TITLE.search(before) is not None
        found.append(Found(start, end, match["n"], _ours(folded, start, end, False), formal))
    return found


def _full(folded: str) -> list[Found]:
    found = []
    for match in names.FULL.finditer(folded):
        name, start = match["n"], match.start("n")
        if (
            name in names.NOT_PEOPLE
            or names.NOT_GIVEN.search(name[1:])
            or folded[start - 1 : start + 1] in names.NOT_SURNAME
            or names.OF_SOMEONE.match(folded, match.end("n"))
        ):
            continue
        if (
            re.match("[定时安明成都来位于和应向计商台]", name)
            or names.WEEKDAY.match(name)
            or names.ROLE.match(name)
        ):
            continue
        formal = match["cue"] not in ("给",)
        found.append(
            Found(
                start,
                match.end("n"),
                name[0],
                _ours(folded, match.start(), match.end(), formal),
                True,
            )
        )
    for match in (*names.SPEAKS.finditer(folded), *names.LISTED.finditer(folded)):
        if names.WEEKDAY.match(match["n"]) or match["n"] in names.NOT_PEOPLE:
            continue
        if not names.NOT_GIVEN.search(match["n"][1:]) and match["n"][:2] not in names.NOT_SURNAME:
            found.append(Found(*match.span("n"), match["n"][0], False, True))
    return found


def _known(folded: str, contacts: Sequence[Known], colleagues: Sequence[str]) -> list[Found]:
    found = []
    for one in contacts[:500]:
        for name in {one.name.strip(), one.salutation.strip()} - {""}:
            if len(name) > 1 and (place := folded.find(name)) >= 0:
                found.append(Found(place, place + len(name), name[0], False, True, one.id))
    for name in colleagues[:2000]:
        if len(name) > 1 and (place := folded.find(name)) >= 0:
            found.append(Found(place, place + len(name), name[0], True, True))
    return found


def find(
    folded: str, contacts: Sequence[Known] = (), colleagues: Sequence[str] = ()
) -> list[Found]:
    """Every person in order, none overlapping; names that are known go first."""
    kept: list[Found] = []
    for several in (
        _known(folded, contacts, colleagues),
        _parents(folded),
        _titled(folded),
        _full(folded),
        _informal(folded),
        _latin(folded),
    ):
        for one in several[:MOST_OF_A_KIND]:
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
    return sorted(kept)


def contact_of(found: Found, spelled: str, contacts: Sequence[Known]) -> int | None:
    """Which contact is meant: the only one whose name, salutation or surname fits."""
    if found.contact is not None:
        return found.contact
    plain = spelled.casefold()
    exact = [one for one in contacts if plain in (one.name.casefold(), one.salutation.casefold())]
    if len(exact) == 1:
        return exact[0].id
    if not found.surname.isascii():
        full = [one for one in contacts if len(one.name) > 1 and spelled.startswith(one.name)]
        near = full or [one for one in contacts if one.name.startswith(found.surname)]
        return near[0].id if len(near) == 1 else None
    near = [one for one in contacts if found.surname.casefold() in one.name.casefold().split()]
    return near[0].id if len(near) == 1 else None


def _aside(one: Found, folded: str) -> bool:
    return bool(
        names.ASIDE_BEFORE.search(folded, 0, one.start) or names.ASIDE_AFTER.match(folded, one.end)
    )


def main_person(people: Sequence[Found], folded: str) -> Found | None:
    """The one the follow-up is with: the first who is not ours, titles before nicknames."""
    theirs = [one for one in people if not one.ours]
    theirs = [one for one in theirs if not _aside(one, folded)] or theirs
    known = [one for one in theirs if one.contact is not None]
    formal = [one for one in theirs if one.formal]
    return next(iter(known or formal or theirs), None)
