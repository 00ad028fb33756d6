"""What a day is for: the contact that happened, the next one, or neither.

A day that can be read both ways follows the words after it: 了, 过, 收到 tell of the past; 再, 要,
约, 前 plan. Among planned days a further contact goes before other dates, the earliest first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhike.care.understanding.clocks import Clock
from zhike.care.understanding.days import Mention
from zhike.care.understanding.folding import Clause, clause_at

_DONE = re.compile(
    r"(?<![为除])了(?!解|[吗么])|(?<![经通超不])过(?![来去年几段两户程审会完一期]|"
    r"[0-9])|已经?(?!定于)|以经|完(?![成善工整再就])|"
    r"[寄发签报送聊谈见约访下提买定开交到拍装修订打做给]的|收到(?![没吗]|了[没吗])|接到[^，。；,;]{0,6}电话|来访|来电|来过|"
    r"[没未][接回来见有通人]|"
    "(?<![收等要给交催问])反馈|拜访完|到访|刚|当时|done|met|called"
)
_PLAN = re.compile(
    "再(?!三)|要(?!求)|将|准备|打算|计划|(?<![签合续节大])约(?![的过0-9])|定在|定于|改到|推到|延到|"
    "安排(?!了)|让|说好|之前|务必|记得|得(?=给|去|把)|想|预计|争取|最晚|最迟|希望|"
    "需(?!求)|等(?!级)|提醒|要求|承诺|答应"
)
_GOING = re.compile("(?:去|来(?![电访])|给|到(?!访)|补(?!贴|充|课))(?![了过的])")
_LET = re.compile("让(?![^，。；,;]*(?:把|再))[^，。；,;]{1,8}[了过]")
"""让客户看了样 is done, unlike 让他把合同签了."""
_CAME = re.compile(
    "[到来](?:我们?)?(?:店里?|门店|公司|厂里?|展厅)[，, ]?(?:[他她]们?|客户|对方)?"
    "(?:说|问|聊|咨询|嫌|觉得|反馈|投诉|抱怨|看[中上])"
)
"""今天到店，说要订12桌: who says so has been here."""
_SAID_TO_COME = re.compile("(?:说|讲|约|定|答应|可能|估计|大概|要|会|等|好)[^，。；,;]{0,3}$")
_BY_THEN = re.compile("[^，。；,;]{0,6}(?:[点时半刻]|下班)之?前")
_TOLD_AT_ONCE = re.compile(
    "(?:[跟和与找给][^，。；,;]{1,6})?[提谈聊说见][的了过]|就?已经?|(?:拜访|联系|沟通|[寄发签报送聊谈见约访提买交拍装修打做给去])[的了过]"
)
_FAILED = re.compile(
    "(?:都|也|又|但|电话)*(?:没|未|无)(?:人)?(?:接|在|通|打通|见到|回)|不在|占线|关机"
)
_TOLD = re.compile("^[^，。]{0,6}(?:说|表示|反馈)")
_FULL = (
    "(?:都|已经?|最后|[一两三四五六七0-9]天|[一两]周|全|就|预(?=约满)|档期|名额|房间?(?=都|全))*"
    "(?:[订约排爆客住]满|满[了房员座]|没(?:位|房|票|档期|名额)|被[^，。；,;]{0,3}[订定约占抢])"
)
_NOT_THEN = re.compile(
    "^(?:[都也还又他她]|肯定|应该|可能|恐怕|估计|大概|怕是|看来)*(?:不(?!见不散|要忘)|没(?:空|时间|法|戏|"
    f"希望|指望|可能|机会|预算|钱|货)|定不|来不及|无法)|^[^，。；,;]{{1,3}}不(?:上|到|通|了|成)|^{_FULL}|^最后一[次趟](?:拜访|见|上门|去)"
)
_ONLY_THEN = re.compile("(?:只[能好]|最[快早]|那就)(?:等|是|到)?$")
_TAKEN = re.compile(_FULL)
"""周五满了, 清明三天订满了: a day asked for that cannot be had, none of a contact made."""
_HOUR = re.compile("(?:上午|下午|早上?|晚上?|中午|[0-9])")
_NOT_YET = re.compile("^了|没联系|没有联系|没动静|没消息|没进展|没回复?$|没顾上")
_CONTACT = re.compile(
    "再|联系|回访|拜访|打(?:电话|给|过去)|电话|约|见(?!证)|谈|聊|沟通|跟(?!他|她|"
    "客户确)|碰|面|演示|上门|回(?:复|[他她您](?![^，。]{0,3}了))|答复|去|找|开会|会议|培训|催|问|微信|复|试|"
    "看[样房厂车铺场货一]|参观|到访|过来|下厂|路演|follow|visit|call|meeting|demo",
    re.IGNORECASE,
)
_EXPIRY = re.compile(
    r"^.{0,4}(?:到期|过期|生日|截止|满|期满|开业|到货|回国|休假|出差|放假|连休|不休|休息|停工|停产|盘点|入住|上线|"
    r"交付|交货|验收|启动|投产|开学|开工)"
)
_AGREED_ON = re.compile("约(?:[了好在到定]|的是)*$")
_DEMANDED = re.compile("[他她]们?要求(?:我们)?(?:在|必须)?$")
_AWAY = re.compile(
    "(?:我|[他她]们?|都|一直|还|要)*"
    "(?:在(?:外地|外面|出差|国外|老家|家)|不在|出[去国]玩|出[去门]?旅游)"
)
_STATE = re.compile("[^，。；,;]{0,5}(?:都|很|太|比较|挺|最)(?:紧|忙|淡|旺|乱|冷清)")
_DUE_HEAD = re.compile("(?:到期|过期|生日|交期|期限|有效期|截止)[^，。]{0,4}$")
_DESCRIBES = re.compile(
    "[^，。；,;]{2,10}?(?:的那|那(?:家人?|户|位|批|拨|单|几[位个家户单])[^，。；,;]{0,3}的)"
)
"""国庆去云南那家人的尾款: the day only tells which one is meant."""
_THAT_ONE = re.compile(
    "的?那[一几两三]?[批单笔票](?![^，。；,;]*(?<![没未])[到发出交送寄装](?![了货]))"
)
"""中秋那批月饼, 国庆那单: the day only tells which goods are meant."""
_KEPT_AWAY = re.compile(
    "(?:我|[他她]们?|都|一直|还|要|又|会|得|在|去|人)*(?:出差|休假|请假|外地|国外|老家|才回[国来]|忙|没空|不在|没时间)"
)
"""Absent then: the day of no contact."""
_EVENT = re.compile("(?:意向|档期|婚期|日子)[是在定:]*$")
_NEED_AT = re.compile("(?:[问想]|有没有|有无|档期|预订)")
_HAD_AGREED = re.compile("(?:(?:约[好了的]|说好|本来|原[定本]|定好|答应)(?:在|是|说)?|没有?|不是)$")
MOVED = re.compile(
    r"(?:改|换|推|延|挪|调|拖|补|移|提前|顺)(?:迟|期|后|整|延)?(?:到|成|至|为|在)了?\s?$|改[期约]?\s?$"
)
"""Before a day that takes the place of those agreed before."""
_SEPARATOR = re.compile(r"^[\s、和及与到至\-~]*$")


class Days(NamedTuple):
    """The chosen days and where they stand; None where the sentence does not say."""

    contact: Mention | None
    contact_on: date | None
    following: Mention | None
    following_on: date | None
    clock: Clock | None
    vague: Mention | None


class _Read(NamedTuple):
    mention: Mention
    head: str
    tail: str
    planned: bool
    day: date | None


def tail_of(
    mention: Mention, mentions: Sequence[Mention], parts: Sequence[Clause], folded: str
) -> tuple[str, str]:
    """What stands before and after a mention in its clause, up to the neighbouring mentions."""
    part = parts[clause_at(parts, mention.start)] if parts else Clause(0, len(folded))
    start, end = part.start, max(part.end, mention.end)
    for other in mentions:
        if other.vague or other.coarse:
            continue
        if start < other.end <= mention.start:
            start = other.end
        if mention.end <= other.start < end:
            end = other.start
    return folded[start : mention.start], folded[mention.end : end]


def _planned(
    mention: Mention, head: str, tail: str, after: str, rest: str, today: date, evening: bool
) -> bool:
    if mention.lean != "either":
        return mention.lean == "future"
    if mention.past is None or _TAKEN.match(tail) or _ONLY_THEN.search(head) or MOVED.search(head):
        return not (mention.vague and _DONE.search(tail))
    if mention.future is None:
        return False
    done, plan = _DONE.search(tail), _PLAN.search(tail)
    came = not evening and _CAME.match(rest) and not _SAID_TO_COME.search(head)
    if mention.before:
        return not (done and _TOLD_AT_ONCE.match(tail))
    if done and (plan is None or done.start() < plan.start() or _LET.match(tail)):
        return False
    today_s = mention.past == today == mention.future
    if today_s and (came or (plan and plan[0] == "再" and _TOLD.search(after))):
        return False
    if plan or re.search(
        "(?:约[了好在到]|定[在了到]|改到?|推到|延到|说好|约|[想要]订|等|[让叫派][^，。；,;]{1,6})$",
        head.rstrip(" 是为"),
    ):
        return True
    if today_s:
        ahead = evening or _GOING.search(tail) or _BY_THEN.match(tail)
        return bool(ahead) and not _DONE.search(rest)
    if (today - mention.past).days > 200:
        return True
    # A bare weekday or day of the month plans; a month and day already gone is told of the past.
    if _FAILED.match(after):
        return False
    opening = mention.start < 3 and not _PLAN.search(after) and not _GOING.search(tail)
    opening = opening and not _HOUR.match(tail)
    if opening and _DONE.search(after):
        return False
    bare = (mention.future - mention.past).days <= 31
    return bare or (mention.future - today).days < (today - mention.past).days


def _read(
    mentions: Sequence[Mention],
    parts: Sequence[Clause],
    clocks: Sequence[Clock],
    folded: str,
    today: date,
) -> list[_Read]:
    found: list[_Read] = []
    for mention in reversed(mentions):
        head, tail = tail_of(mention, mentions, parts, folded)
        stop = mention.end + len(tail)
        after = folded[stop + 1 : stop + 9].lstrip()
        evening = any(0 <= one.start - mention.end <= 1 and one.evening for one in clocks)
        evening = evening or folded[mention.start : mention.end].endswith("晚")
        if found and not mention.vague and _SEPARATOR.match(tail) and mention.lean == "either":
            gap = folded[mention.end : found[-1].mention.start]
            planned = (
                found[-1].planned
                if len(gap) < 3 and gap.strip() in ("、", "和", "及", "到", "至", "-", "~")
                else (_planned(mention, head, tail, after, folded[mention.end :], today, evening))
            )
        else:
            planned = _planned(mention, head, tail, after, folded[mention.end :], today, evening)
        if found and tail.strip() in ("到", "至", "-", "~", "或", "或者", "还是", "和", "、"):
            tail = found[-1].tail  # 1号到3号都在外地: what is told of the end holds of the start
        found.append(
            _Read(mention, head, tail, planned, mention.future if planned else mention.past)
        )
    return found[::-1]


_THESE_DAYS = re.compile("这[一两三几]{1,2}天")
_UNDER_WAY = re.compile("(?:[他她]们?|都|还|也|就|正|一直)*在(?![家外])[^，。；,;]{2}")
"""这两天在走流程，周四打款: what goes on meanwhile."""
_MONTH_ONLY = re.compile("下+一?个?月")
_WE_HAND = re.compile(
    "(?:我们?|先|要|得|会|再|必须)*(?:给(?![我你]|钱)|报[价个]|[送寄发交出](?![货款]))"
)
"""4月10号前给他报价: our own deed by a day named."""
_WE_GO = re.compile("去|来|上门|签|过[来去]|送|给|装|发")


def _without_asides(coming: list[_Read], folded: str) -> list[_Read]:
    """The days left when those go that only tell what else is the customer's, if any are."""
    ours = any(one.mention.before and _WE_HAND.match(one.tail) for one in coming)

    def aside(one: _Read) -> bool:
        place = one.mention.start, one.mention.end
        if _THESE_DAYS.fullmatch(folded, *place):
            return bool(_UNDER_WAY.match(one.tail))
        theirs = not _CONTACT.search(one.tail) and not _WE_GO.search(one.tail)
        return ours and theirs and bool(_MONTH_ONLY.fullmatch(folded, *place))

    return [one for one in coming if not aside(one)] or coming


def _score(one: _Read, delegated: Sequence[tuple[int, int]]) -> int:
    if any(start <= one.mention.start < end for start, end in delegated):
        return 1
    if _STATE.match(one.tail):
        return 1
    if one.mention.lean == "either" and _DESCRIBES.match(one.tail):
        return 1
    if _DUE_HEAD.search(one.head) or (_EXPIRY.search(one.tail) and "再" not in one.tail):
        return 2
    if one.mention.coarse or _AWAY.match(one.tail):
        return 2
    if _AGREED_ON.search(one.head) or _DEMANDED.search(one.head):
        return 4
    if _CONTACT.search(one.tail) or (not one.tail.strip(" 的，,") and _CONTACT.search(one.head)):
        return 4
    return 3


def _counts(one: _Read, today: date) -> bool:
    """Whether a planned day can be the next one."""
    if not one.planned or one.mention.vague or one.day is None or one.day < today:
        return False
    if _NOT_THEN.search(one.tail) or _THAT_ONE.match(one.tail):
        return False
    if one.mention.coarse and not MOVED.search(one.head):
        asked = _NEED_AT.search(one.head)
        return (
            bool(_PLAN.search(one.tail) or _CONTACT.search(one.tail) or one.tail.strip())
            and not asked
        )
    return True


def choose(
    mentions: Sequence[Mention],
    clocks: Sequence[Clock],
    parts: Sequence[Clause],
    folded: str,
    today: date,
    *,
    ways_at: Sequence[int],
    delegated: Sequence[tuple[int, int]],
) -> Days:
    """Give every day its use.

    `ways_at`: where a contact made is told; `delegated`: the tasks of others.
    """
    read = _read(mentions, parts, clocks, folded, today)
    contact = _contact(_told(read, today), parts, ways_at, today)
    coming = _without_asides(_coming(read, today), folded)
    following = min(
        coming,
        key=lambda one: (
            -_score(one, delegated),
            one.day or today,
            _clock(one.mention, clocks, mentions) is None,
            one.mention.start,
        ),
        default=None,
    )
    if following is None and (hour := _today_at(clocks, read, parts, folded)) is not None:
        day = Mention(hour.start, hour.end, None, today, "future")
        following = _Read(day, "", "", True, today)
    vague = _left_open(read, folded)
    if following and vague and _beside_the_contact(following, vague):
        following = None
    return Days(
        contact.mention if contact else None,
        contact.day if contact else None,
        following.mention if following else None,
        following.day if following else None,
        _clock(following.mention, clocks, mentions) if following else None,
        vague.mention if vague and following is None else None,
    )


def _beside_the_contact(one: _Read, vague: _Read) -> bool:
    """元旦后再约，他这两天出差; 婚期3月8号，节后来看场地: the day of the contact is open."""
    contact = _PLAN.search(vague.tail) or _CONTACT.search(vague.tail)
    return bool(contact and (_KEPT_AWAY.match(one.tail) or _EVENT.search(one.head)))


def _told(read: Sequence[_Read], today: date) -> list[_Read]:
    """The days that can be the contact's: gone, exact, and not merely agreed or waited for."""
    return [
        one
        for one in read
        if not one.planned
        and one.day
        and one.day <= today
        and not one.mention.vague
        and not one.mention.coarse
        and not _NOT_YET.search(one.tail.rstrip())
        and not _HAD_AGREED.search(one.head)
        and not _THAT_ONE.match(one.tail)
    ]


def _coming(read: Sequence[_Read], today: date) -> list[_Read]:
    """The days that can be the next: not refused, and a day put off to before those given up."""
    refused = {one.day for one in read if one.planned and _NOT_THEN.search(one.tail)}
    coming = [one for one in read if _counts(one, today) and one.day not in refused]
    return [one for one in coming if MOVED.search(one.head)] or coming


_SOON = re.compile(
    r"^.{0,3}(?:再|约|回电|回访|要(?!求)|去(?![了过的])|给他|给她|"
    r"(?:回|给)(?:我|个?(?:话|信|消息|答复|结果))(?![^，。；,;]{0,4}了)|打电话(?=[，。]|$))"
)


def _today_at(
    clocks: Sequence[Clock], read: Sequence[_Read], parts: Sequence[Clause], folded: str
) -> Clock | None:
    """A time of the day with a plan and no day (晚上8点再打) is today's."""
    moved = [
        one for one in clocks if one.at and MOVED.search(folded, max(one.start - 6, 0), one.start)
    ]
    if moved and not read:
        return moved[-1]
    for one in clocks:
        part = parts[clause_at(parts, one.start)]
        days_here = [r for r in read if part.start <= r.mention.start < part.end]
        if not days_here and _SOON.match(folded[one.end : part.end]):
            return one
    return None


def _left_open(read: Sequence[_Read], folded: str) -> _Read | None:
    """The words that leave the day open: those with a plan (节后再议) before others.

    到时候 only points back to what was said before.
    """
    several = [one for one in read if one.mention.vague and _open(one)]
    several = [one for one in several if folded[one.mention.start] != "到"] or several
    return next((one for one in several if _PLAN.search(one.tail)), next(iter(several), None))


def _open(one: _Read) -> bool:
    done = _DONE.search(one.tail)
    plan = _PLAN.search(one.tail)
    return not done or bool(plan and plan.start() < done.start())


def _contact(
    told: list[_Read], parts: Sequence[Clause], ways_at: Sequence[int], today: date
) -> _Read | None:
    if not told:
        return None
    in_clause = {clause_at(parts, place) for place in ways_at}
    with_way = [one for one in told if clause_at(parts, one.mention.start) in in_clause]
    of_today = [one for one in told if one.day == today]
    return (of_today or sorted(with_way or told, key=lambda one: one.day or today))[-1]


def _clock(mention: Mention, clocks: Sequence[Clock], mentions: Sequence[Mention]) -> Clock | None:
    """The time said with a day: right after it, before the next day is named."""
    following = min(
        (other.start for other in mentions if other.start >= mention.end), default=10**6
    )
    return next(
        (
            one
            for one in clocks
            if mention.start <= one.start < following
            and one.at is not None
            and one.start - mention.end < 15
        ),
        None,
    )


def planned_at(
    mentions: Sequence[Mention],
    parts: Sequence[Clause],
    clocks: Sequence[Clock],
    folded: str,
    today: date,
) -> list[tuple[int, int]]:
    """Where a plan is told: each planned day with the words that follow it in its clause."""
    return [
        (one.mention.start, one.mention.end + len(one.tail))
        for one in _read(mentions, parts, clocks, folded, today)
        if one.planned
    ]
