"""One line of Chinese into a follow-up: accuracy on the labelled sentences, and what never fails.

What the labels mean is written in sentences/README.md. The floors lie a little below what is
reached, so that a change that loses sentences is seen.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import Api
from zhike.base.clock import SHANGHAI
from zhike.care.understanding.reading import Known, Reading, understand

SENTENCES = Path(__file__).parent / "sentences"
WEDNESDAY = date(2026, 11, 18)
KNOWN_FLOOR = {
    "date": 0.98,
    "way": 0.98,
    "person": 0.98,
    "next_date": 0.98,
    "next_time": 0.98,
    "amounts": 0.98,
    "budget": 0.98,
    "need": 0.92,
    "response": 0.97,
    "todos": 0.97,
    "next_matter": 0.93,
    "vague": 0.98,
}
# Scored once when the rules were written, then: date 97.8 %, way 92.5 %, person 93.5 %, next_date
# 94.6 %, next_time 98.9 %, amounts 97.8 %, budget 98.9 %, need 86.0 %, response 82.8 %, todos
# 93.5 %, next_matter 84.9 %, vague 95.7 %: what to expect of a stranger's sentence. Some kinds of
# failure were mended afterwards, so the file is no measure any more, only a guard.
UNSEEN_FLOOR = {
    "date": 0.97,
    "way": 0.94,
    "person": 0.94,
    "next_date": 0.95,
    "next_time": 0.97,
    "amounts": 0.95,
    "budget": 0.97,
    "need": 0.83,
    "response": 0.92,
    "todos": 0.91,
    "next_matter": 0.88,
    "vague": 0.97,
}


def read(text: str, today: date = WEDNESDAY, **more: Any) -> dict[str, Any]:
    return understand(text, today=today, **more).as_json()


def same_text(found: str | None, wanted: str | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return found in wanted or wanted in found


def same_todos(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> bool:
    """As many, for the same people and days, their titles about the same."""

    def order(one: dict[str, Any]) -> tuple[str, str]:
        return (one["due"] or "", one["who"] or "")

    if len(found) != len(wanted):
        return False
    for ours, theirs in zip(sorted(found, key=order), sorted(wanted, key=order), strict=True):
        shared = set(ours["title"]) & set(theirs["title"])
        shorter = min(len(set(ours["title"])), len(set(theirs["title"])))
        if order(ours) != order(theirs) or 2 * len(shared) < shorter:
            return False
    return True


def judged(label: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each field of a labelled sentence, and whether it was read right."""
    found = read(label["text"], date.fromisoformat(label["today"]))

    def one_of(name: str) -> list[Any]:
        return label.get(f"{name}_any_of") or [label[name]]

    yield "date", found["date"] in (label.get("when_any_of") or [label["when"]])
    yield "way", found["way"] in one_of("way")
    yield "person", found["person"] in one_of("who")
    yield "next_date", found["next_date"] in (label["next_date_any_of"] or [None])
    yield "next_time", found["next_time"] == label["next_time"]
    amounts = label["amounts_any_of"]
    got = found["amounts"]
    yield "amounts", any(one in amounts for one in got) if amounts else not got
    yield "budget", found["budget"] == label["budget"]
    yield "need", same_text(found["need"], label["need"])
    yield "response", found["response"] == label["response"]
    yield "todos", same_todos(found["todos"], label["todos"])
    yield "next_matter", same_text(found["next_matter"], label["next_matter"])
    yield "vague", (found["vague"] is None) == (label["vague"] is None)


def accuracy(file: str) -> dict[str, float]:
    labels = json.loads((SENTENCES / file).read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    for label in labels:
        for field, well in judged(label):
            right[field] += well
    print(f"\n{file}: {len(labels)} 句")
    for field, count in right.items():
        print(f"  {field:12} {count}/{len(labels)} = {count / len(labels):.1%}")
    return {field: count / len(labels) for field, count in right.items()}


def test_known_sentences_are_read_as_well_as_before() -> None:
    found = accuracy("known.json")
    assert {name: found[name] for name, floor in KNOWN_FLOOR.items() if found[name] < floor} == {}


def test_unseen_sentences_are_read_as_well_as_before() -> None:
    found = accuracy("unseen.json")
    assert {name: found[name] for name, floor in UNSEEN_FLOOR.items() if found[name] < floor} == {}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "今天电话张经理,对云服务感兴趣,下周三发报价,预算50万",
            {"date": "2026-11-18", "way": "电话", "person": "张经理", "next_date": "2026-11-25"}
            | {"need": "云服务", "budget": [500000, 500000], "next_matter": "发报价"},
        ),
        (
            "昨天下午电话沟通了周经理，下周二上午9点半上门演示，预算20-30万",
            {"date": "2026-11-17", "way": "电话", "person": "周经理", "next_date": "2026-11-24"}
            | {"next_time": "09:30", "amounts": [200000, 300000]},
        ),
        (
            "上午去拜访欧阳总，合同基本谈妥，金额88万，本周五签约",
            {"date": None, "way": "拜访", "person": "欧阳总", "next_date": "2026-11-20"}
            | {"amounts": [880000]},
        ),
        (
            "11/16 腾讯会议和黄总监对需求，月底前出方案",
            {"date": "2026-11-16", "way": "线上会议", "person": "黄总监"}
            | {"next_date": "2026-11-30"},
        ),
        (
            "跟客户王建国电话沟通，首批采购500套，每套260元，后天签合同",
            {"way": "电话", "person": "王建国", "next_date": "2026-11-20", "amounts": [260]},
        ),
        (
            "早上打电话给尹主任，说领导在外开会，让我下午两点半再打",
            {"way": "电话", "person": "尹主任", "next_date": "2026-11-18", "next_time": "14:30"},
        ),
        ("客户没空，改天再约", {"next_date": None, "vague": "改天", "way": None}),
        ("崔总电话里拒绝了，说已经跟别家签了", {"way": "电话", "response": "refused"}),
        ("黎总三个月内不会启动，明年2月底再看", {"next_date": "2027-02-28", "person": "黎总"}),
        ("汤总讲价从15万谈到13.5万，礼拜五付定金", {"amounts": [135000]}),
        ("顾总的订单号20261105001已发货，电话021-61234567", {"amounts": [], "way": None}),
        ("星期一给范总打电话，没接；星期三再打", {"date": "2026-11-16", "next_date": "2026-11-25"}),
        ("12月3日-5日上海展会，邀请兰总参加", {"way": None, "next_date": "2026-12-03"}),
        ("国庆放假完第一天找田总", {"next_date": "2027-10-08"}),
        ("腊月二十三给秦阿姨送年货", {"next_date": "2027-01-30"}),
        ("三个工作日内给石工回复", {"next_date": "2026-11-23"}),
    ],
)
def test_sentences_of_many_kinds(text: str, wanted: dict[str, Any]) -> None:
    found = read(text)
    assert {name: found[name] for name in wanted} == wanted


def test_a_vague_day_becomes_a_question() -> None:
    found = read("客户说节后再谈")
    assert found["next_date"] is None
    assert found["questions"] == ["“节后”具体是哪天？"]


def test_the_customers_contacts_are_recognised() -> None:
    contacts = [Known(7, "张伟"), Known(8, "李娜", "李姐"), Known(9, "王强"), Known(10, "王芳")]
    for text, wanted in (
        ("电话张总谈续约", 7),
        ("李姐说下周签", 8),
        ("今天拜访王芳", 10),
        ("今天拜访王经理", None),  # two of that name
        ("今天拜访赵经理", None),
    ):
        assert read(text, contacts=contacts)["contact_id"] == wanted, text


def test_colleagues_are_not_taken_for_the_customer() -> None:
    found = read("让小王明天发合同，李总下周三签", colleagues=["林晓"])
    assert found["person"] == "李总"
    assert found["todos"] == [{"title": "发合同", "due": "2026-11-19", "who": "小王"}]
    assert read("和林晓一起拜访客户", colleagues=["林晓"])["person"] is None


def test_hours_ahead_need_the_time_of_day() -> None:
    late = datetime(2026, 11, 18, 23, 10, tzinfo=SHANGHAI)
    found = read("两小时后给邵总回电话", now=late)
    assert (found["next_date"], found["next_time"]) == ("2026-11-19", "01:10")


def spelled(reading: Reading) -> None:
    """Every span lies in the text and spells what was found there."""
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(reading.text), span
        told = reading.text[span.start : span.end]
        whole = getattr(reading, span.field)
        if span.field in ("person", "next_matter", "need", "vague"):
            assert told == whole
        if span.field == "todos":
            assert told in [one.title for one in reading.todos]


def test_spans_spell_what_was_found() -> None:
    for file in ("known.json", "unseen.json"):
        for label in json.loads((SENTENCES / file).read_text(encoding="utf-8")):
            reading = understand(label["text"], today=date.fromisoformat(label["today"]))
            spelled(reading)
            values = reading.as_json()
            marked = {one.field for one in reading.spans}
            wanted = ("date", "way", "person", "next_date", "next_time", "need", "response")
            assert {name for name in wanted if values[name] is not None} <= marked


_WORDS = (
    "今天 明 后天 上 下 周 一 三 月 日 号 底 前 后 年 初 十 二 3 12 25 . / - : ， 。 （ ） 万 "
    "亿 千 元 ¥ 到 预算 50 张 总 王 经理 小 老 让 给 电话 微信 拜访 邮件 了 过 再 约 要 的 "
    "说 点 半 下午 春节 国庆 农历 正月 等 回来 节后 季度 Q Lisa @ 1. 每 两 个 小时 "
    "内 天 工作日 中旬 w k 9999 "
    "00 0 31 \x00 😀 ２ \n"
)
WORDS = st.sampled_from(_WORDS.split(" "))
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join), DAYS)
def test_no_order_of_words_is_too_much(text: str, today: date) -> None:
    spelled(understand(text, today=today))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), DAYS)
def test_no_text_is_too_much(text: str, today: date) -> None:
    reading = understand(text, today=today)
    spelled(reading)
    json.dumps(reading.as_json()).encode()


def test_only_the_first_two_thousand_characters_are_read() -> None:
    found = understand("啊" * 2000 + "下周三再联系张总", today=WEDNESDAY)
    assert (found.next_date, found.person, len(found.content)) == (None, None, 2000)


@pytest.mark.parametrize(
    "piece", ["王总", "下周", "1", "一万", "1号", "等", "让我们", "100,", "今天电话了张总，"]
)
def test_a_long_text_is_read_to_the_end(piece: str) -> None:
    """A pattern that goes back over its steps would hang here; the times are told, not judged."""
    text = (piece * 2000)[:2000]
    start = time.perf_counter()
    spelled(understand(text, today=WEDNESDAY))
    print(f"{piece} ×{2000 // len(piece)}: {(time.perf_counter() - start) * 1000:.1f} ms")


def test_speed_is_told() -> None:
    labels = json.loads((SENTENCES / "known.json").read_text(encoding="utf-8"))
    read("春节前签")  # the almanac is imported at the first festival
    start = time.perf_counter()
    for label in labels:
        understand(label["text"], today=date.fromisoformat(label["today"]))
    each = (time.perf_counter() - start) / len(labels)
    print(f"\n{each * 1000:.2f} ms 一句（目标 ≤ 10 ms）")


def test_the_command_prints_one_object() -> None:
    call = [sys.executable, "-m", "zhike.site.command", "understand", "昨天拜访王经理，后天给方案"]
    told = subprocess.run(
        [*call, "--today", "2026-11-18"],
        capture_output=True,
        text=True,
        check=True,
        cwd=SENTENCES.parents[2],
    )
    found = json.loads(told.stdout)
    assert (found["date"], found["way"], found["person"]) == ("2026-11-17", "拜访", "王经理")
    assert (found["next_date"], found["amounts"]) == ("2026-11-20", [])


def test_over_http_the_contact_is_matched(mei: Api) -> None:
    customer = mei.customer("听写公司", contact_name="张伟")
    contact = mei.get(f"/customers/{customer['id']}")["contacts"][0]["id"]
    body = {"text": "今天电话张总，预算50万", "customer_id": customer["id"]}
    found = mei.post("/follow-ups/understanding", body, 200)
    assert (found["contact_id"], found["budget"]) == (contact, [500000, 500000])
    assert {one["field"] for one in found["spans"]} >= {"date", "way", "person", "budget"}
    assert mei.get(f"/customers/{customer['id']}/timeline")["items"][0]["kind"] != "follow_up"


def test_over_http_a_foreign_customer_is_absent(mei: Api, lin: Api) -> None:
    customer = mei.customer("别人的公司", contact_name="张伟")
    body = {"text": "电话张总", "customer_id": customer["id"]}
    lin.post("/follow-ups/understanding", body, 404)
    lin.post("/follow-ups/understanding", {"text": "字" * 2001}, 422)
