"""The story of a customer (R20): from the first contact on, year by year, with key nodes marked.

Told from the time line, so that it shows a reader exactly what the time line shows them, and from
the purchases. What happens every week is folded: the routine follow-ups of a month are one line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.customers import history, queries
from zhike.customers.models import Customer, Purchase
from zhike.fields import choices
from zhike.fields.groups import level_of

MOST = 5000  # of what happened with one customer; who has more is told from the last ones
FOLD_FROM = 3  # so many follow-ups of a month become one line
LONGEST_BODY = 120
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_ANNIVERSARIES = (1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50)
_COMPLAINT = 2  # a score of 1 or 2
# What costs nothing, as people write it where they write no amount; 样品柜 is furniture.
_FREE = re.compile(r"样品(?![柜架册间室])|赠送|赠品|免费|试用")
_QUIET = ("reveal",)  # who looked at a number is no part of the customer's story
_GRADES = [choice.value for choice in choices.GRADE.entries]
_TIERS = [choice.value for choice in choices.TIER.entries]


@dataclass
class Node:
    """Something that happened on a day. `kind` is one of the time line's or `milestone`."""

    on: date
    kind: str
    title: str
    body: str = ""
    is_key: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what the API shows and the printed story prints."""
        return {
            "on": self.on,
            "kind": self.kind,
            "title": self.title,
            "body": self.body,
            "is_key": self.is_key,
        }


def story(actor: Person, customer: Customer, *, today: date) -> dict[str, Any]:
    """Return the story of a customer `actor` may see: chapters of years, and a few numbers.

    `{"chapters": [{"year", "nodes": [...]}], "facts": {...}}`; plain values only, days as dates.
    """
    items, more = history.timeline(actor, customer.pk, kind=None, cursor=None, limit=MOST)
    bought = _purchases(actor, customer)
    talks = [one for one in items if one["kind"] == "follow_up"]
    nodes = [
        *_beginning(actor, customer, talks),
        *_talks(talks),
        *(
            node
            for one in items
            if one["kind"] not in ("follow_up", *_QUIET)
            for node in _node(one)
        ),
        *_bought(bought),
        *_anniversaries(actor, customer, today),
    ]
    nodes.sort(key=lambda node: node.on)
    chapters: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        chapters[node.on.year].append(node.as_json())
    return {
        "chapters": [{"year": year, "nodes": found} for year, found in chapters.items()],
        "facts": _facts(actor, customer, talks, bought, nodes, today) | {"is_whole": more is None},
    }


def _purchases(actor: Person, customer: Customer) -> list[Purchase]:
    """What a customer bought, the oldest first; without amounts for who may not read them."""
    found = queries.purchases_visible_to(actor).filter(customer=customer)
    bought = list(found.order_by("bought_on", "id"))
    if not actor.reads("money"):
        for one in bought:
            one.amount = None
    return bought


def _facts(
    actor: Person,
    customer: Customer,
    talks: list[dict[str, Any]],
    bought: list[Purchase],
    nodes: list[Node],
    today: date,
) -> dict[str, Any]:
    first = nodes[0].on if nodes else customer.recorded_on
    reads_dealings = actor.reads("cooperation")
    tells_money = reads_dealings and actor.reads("money")
    return {
        "name": customer.name,
        "code": customer.code,
        "since": first,
        "days": max(0, (today - first).days),
        "follow_ups": len(talks),
        "purchases": len(bought) if reads_dealings else None,
        "bought_amount": sum(one.amount or 0 for one in bought) if tells_money else None,
        "key_nodes": sum(node.is_key for node in nodes),
    }


def _shown(actor: Person, customer: Customer, name: str) -> Any:
    """What a field holds, as far as the reader may read it, in whichever group it is by now."""
    may = level_of(actor, "customer", name) >= Level.READ
    return getattr(customer, name) if may else None


def _beginning(
    actor: Person, customer: Customer, talks: Iterable[dict[str, Any]]
) -> Iterator[Node]:
    """The first contact, whichever of what we know of it came first."""
    days = [_shown(actor, customer, "first_contact_on"), *(one["on"] for one in talks)]
    known = [day for day in days if day is not None]
    if known:
        source = choices.SOURCE.label(_shown(actor, customer, "source"))
        yield Node(min(known), "milestone", "初次接触", f"来自{source}" if source else "", True)


def _talks(talks: Iterable[dict[str, Any]]) -> Iterator[Node]:
    months: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for one in talks:
        months[one["on"].year, one["on"].month].append(one)
    for (_, month), found in months.items():
        if len(found) < FOLD_FROM:
            yield from (_talk(one) for one in found)
            continue
        ways = Counter(one["title"] or "其他" for one in found)
        listed = "、".join(f"{way} {count}" for way, count in ways.most_common())
        title = f"{_MONTHS[month - 1]}月共跟进 {len(found)} 次：{listed}"
        last = max(found, key=lambda one: (one["on"], one["id"]))
        yield Node(last["on"], "follow_up", title, _short(last["body"]))


def _talk(one: dict[str, Any]) -> Node:
    whom = one["detail"].get("contact") or ""
    way = one["title"] or "跟进"
    title = f"{way}，与{whom}" if whom else way
    return Node(one["on"], "follow_up", title, _short(one["body"]))


def _node(one: dict[str, Any]) -> Iterator[Node]:
    """Put an item of the time line into words; one that says nothing to this reader is left out."""
    teller = _TELLERS.get(one["verb"])
    if teller is not None:
        yield from teller(one)


def _created(one: dict[str, Any]) -> Iterator[Node]:
    by = f"由{one['actor']['name']}录入" if one["actor"] else ""
    yield Node(one["on"], "created", "建立档案", by)


def _changed(one: dict[str, Any]) -> Iterator[Node]:
    for change in one["detail"].get("changes", ()):
        teller = _CHANGES.get(change["field"])
        if teller is not None:
            yield from teller(one["on"], change)


def _key_flag(on: date, change: dict[str, Any]) -> Iterator[Node]:
    if change["new"] == "是":
        yield Node(on, "milestone", "成为重点客户", is_key=True)
    elif change["old"] == "是":
        yield Node(on, "change", "不再列为重点客户")


def _moved(label: str, order: list[str], dictionary: choices.Dictionary) -> Any:
    """Tell a change within an ordered dictionary, its best value first, as a rise or a fall."""

    def tell(on: date, change: dict[str, Any]) -> Iterator[Node]:
        old, new = (dictionary.match(change[name]) for name in ("old", "new"))
        if not change["new"]:
            return
        if not change["old"]:
            yield Node(on, "change", f"{label}定为{change['new']}")
        elif old in order and new in order:
            up = order.index(str(new)) < order.index(str(old))
            word = "上升" if up else "下降"
            yield Node(on, "milestone", f"{label}{word}", _from_to(change), True)
        else:
            yield Node(on, "change", f"{label}有变化", _from_to(change))

    return tell


def _turned(label: str, *, is_key: bool) -> Any:
    def tell(on: date, change: dict[str, Any]) -> Iterator[Node]:
        if change["new"] and change["old"]:
            kind = "milestone" if is_key else "change"
            yield Node(on, kind, f"{label}变为{change['new']}", _from_to(change), is_key)
        elif change["new"]:
            yield Node(on, "change", f"{label}：{change['new']}")

    return tell


def _owner(on: date, change: dict[str, Any]) -> Iterator[Node]:
    taker = change["new"]
    title = f"由{taker}接手" if taker else "放回公海"
    before = f"之前由{change['old']}负责" if change["old"] else ""
    yield Node(on, "milestone", title, before, True)


def _care(one: dict[str, Any]) -> Iterator[Node]:
    yield Node(one["on"], "care", one["title"] or "维护", _short(one["body"]))


def _feedback(one: dict[str, Any]) -> Iterator[Node]:
    score = one["detail"].get("score")
    low = score is not None and score <= _COMPLAINT
    title = "客户不满意" if low else "客户反馈"
    words = (f"{title} {score} 分" if score is not None else title) + (
        f"（{one['title']}）" if one["title"] else ""
    )
    yield Node(one["on"], "milestone" if low else "feedback", words, _short(one["body"]), low)


def _done(one: dict[str, Any]) -> Iterator[Node]:
    if one["body"]:
        yield Node(one["on"], "task", f"完成：{_short(one['body'])}")


def _completed(one: dict[str, Any]) -> Iterator[Node]:
    yield Node(one["on"], "checklist", f"{one['title']}：完成“{one['body']}”")


def _put_away(title: str) -> Any:
    def tell(one: dict[str, Any]) -> Iterator[Node]:
        detail = one["detail"]
        until = detail.get("look_again_on")
        words = [detail.get("reason"), detail.get("note"), f"{until} 再看" if until else ""]
        body = "，".join(word for word in words if word)
        yield Node(one["on"], "milestone", title, _short(body), True)

    return tell


def _shared(one: dict[str, Any]) -> Iterator[Node]:
    name = one["detail"].get("name")
    if name:
        yield Node(one["on"], "change", f"请{name}一起跟进")


def _contact(one: dict[str, Any]) -> Iterator[Node]:
    name = one["detail"].get("name")
    word = "新增联系人" if one["verb"] == "contact.added" else "移除联系人"
    if name:
        yield Node(one["on"], "change", f"{word}{name}")


_CHANGES: dict[str, Any] = {
    "is_key": _key_flag,
    "grade": _moved("客户等级", _GRADES, choices.GRADE),
    "tier": _moved("客户分层", _TIERS, choices.TIER),
    "type": _turned("客户类型", is_key=True),
    "cooperation_stage": _turned("合作阶段", is_key=False),
    "need_status": _turned("需求状态", is_key=False),
    "deal_stage": _turned("成交阶段", is_key=False),
    "renewal_intent": _turned("续约意向", is_key=False),
    "owner": _owner,
}
_TELLERS: dict[str, Any] = {
    "customer.created": _created,
    "customer.changed": _changed,
    "customer.tiered": _changed,
    "customer.handed_over": _changed,
    "customer.fell_to_pool": _changed,
    "customer.given_back": _changed,
    "customer.claimed": _changed,
    "customer.paused": _put_away("暂停跟进"),
    "customer.archived": _put_away("归档"),
    "customer.resumed": _put_away("恢复跟进"),
    "customer.shared": _shared,
    "contact.added": _contact,
    "contact.removed": _contact,
    "care.logged": _care,
    "feedback.recorded": _feedback,
    "task.done": _done,
    "checklist.completed": _completed,
}


def _bought(bought: list[Purchase]) -> Iterator[Node]:
    """What was bought: the first time and the largest are turns, samples and gifts are neither."""
    paid = [one for one in bought if not _is_free(one)]
    biggest = max(
        (one for one in paid if one.amount), key=lambda one: one.amount or 0, default=None
    )
    for one in bought:
        title = f"购买{one.product}" + (f"，{_yuan(one.amount)}" if one.amount else "")
        is_first = bool(paid) and one is paid[0]
        is_biggest = len(paid) > 1 and one is biggest
        if _is_free(one):
            title = f"样品或赠品：{one.product}"
        elif is_first:
            title = f"首次{title}"
        elif is_biggest:
            title = f"最大一单：{title}"
        key = is_first or is_biggest
        yield Node(one.bought_on, "milestone" if key else "purchase", title, _short(one.note), key)


def _is_free(one: Purchase) -> bool:
    """Tell whether nothing was paid; from its words where there is no amount, or none to read."""
    return one.amount == 0 or (one.amount is None and bool(_FREE.search(one.product)))


def _anniversaries(actor: Person, customer: Customer, today: date) -> Iterator[Node]:
    since = _shown(actor, customer, "cooperation_since")
    if since is None or since > today:
        return
    yield Node(since, "milestone", "开始合作", _shown(actor, customer, "products") or "", True)
    end = min(_shown(actor, customer, "cooperation_until") or today, today)
    for years in _ANNIVERSARIES:
        leap = since.month == 2 and since.day == 29
        day = date(since.year + years, since.month, 28 if leap else since.day)
        if day > end:
            return
        yield Node(day, "milestone", f"合作 {years} 周年", is_key=True)


def _from_to(change: dict[str, Any]) -> str:
    return f"从{change['old']}到{change['new']}"


def _short(words: str | None) -> str:
    line = " ".join((words or "").split())
    return line if len(line) <= LONGEST_BODY else line[: LONGEST_BODY - 1] + "…"


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}".removesuffix(".00") + " 元"
