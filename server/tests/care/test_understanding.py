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
    "date": 0.98,
    "way": 0.96,
    "person": 0.97,
    "next_date": 0.98,
    "next_time": 0.98,
    "amounts": 0.97,
    "budget": 0.98,
    "need": 0.91,
    "response": 0.95,
    "todos": 0.95,
    "next_matter": 0.94,
    "vague": 0.98,
}
# 385 sentences in six rounds; what the rules read of each at first sight stands in the README.
LATER_FLOOR = {
    "date": 0.99,
    "way": 0.98,
    "person": 0.98,
    "next_date": 0.98,
    "next_time": 0.99,
    "amounts": 0.98,
    "budget": 0.99,
    "need": 0.98,
    "response": 0.97,
    "todos": 0.98,
    "next_matter": 0.97,
    "vague": 0.98,
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

    yield "date", found["date"] in one_of("when")
    yield "way", found["way"] in one_of("way")
    yield "person", found["person"] in one_of("who")
    yield "next_date", found["next_date"] in (label["next_date_any_of"] or [None])
    yield "next_time", found["next_time"] in one_of("next_time")
    yield "amounts", amounts_fit(found["amounts"], label)
    yield "budget", found["budget"] in one_of("budget")
    yield "need", any(same_text(found["need"], one) for one in one_of("need"))
    yield "response", found["response"] in one_of("response")
    yield "todos", any(same_todos(found["todos"], one) for one in one_of("todos"))
    yield "next_matter", any(same_text(found["next_matter"], one) for one in one_of("next_matter"))
    yield "vague", (found["vague"] is None) in [one is None for one in one_of("vague")]


def amounts_fit(found: list[float], label: dict[str, Any]) -> bool:
    wanted = label["amounts_any_of"]
    if not found:
        return not wanted or label.get("amounts_optional", False)
    return any(one in wanted for one in found)


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


def test_later_sentences_are_read_as_well_as_before() -> None:
    found = accuracy("later.json")
    assert {name: found[name] for name, floor in LATER_FLOOR.items() if found[name] < floor} == {}


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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("客户比较担心数据安全", "doubtful"),
        ("客户比较满意，准备下单", "accepted"),
        ("比较急，下周就要", None),
        ("他们还在比较几家", "doubtful"),
        ("不是没兴趣，就是今年没钱了", None),
        ("没同意也没拒绝", None),
        ("没说不买", None),
        ("已经和别的厂家签了合同", "refused"),
        ("在别家买了", "refused"),
        ("约好的面谈取消了", None),
        ("贵是贵了点，还是签了", "accepted"),
        ("怎么可能不签，合同都盖好章了", "accepted"),
        ("付了通知我", None),
        ("下周一过去把合同签了", None),
    ],
)
def test_an_answer_is_heard_with_its_negation(text: str, wanted: str | None) -> None:
    assert read(text)["response"] == wanted


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("这周五下班前给他答复", "2026-11-20"),
        ("下周三或者周四去一趟", "2026-11-25"),
        ("下周一到周三都在外地，周四回来送合同", "2026-11-26"),
        ("本来定周四上门，他临时改到下周二", "2026-11-24"),
        ("约周三，周三他没空，周四吧", "2026-11-19"),
        ("车险12月3号到期，提前两周联系", "2026-11-19"),
        ("12月第一周安排试驾", "2026-12-01"),
        ("十一月销量下滑", None),
        ("双11数据复盘", None),
        ("过完元旦再约", None),
        ("试用后再说", None),
    ],
)
def test_days_that_hang_on_other_words(text: str, day: str | None) -> None:
    assert read(text)["next_date"] == day


@pytest.mark.parametrize(
    ("text", "amounts", "budget"),
    [
        ("预算最多20w", [200000], [None, 200000]),
        ("预算不到100万", [1000000], [None, 1000000]),
        ("集采预算不低于800万", [8000000], [8000000, None]),
        ("预算砍了一半只剩四十万", [400000], [400000, 400000]),
        ("预算不高，撑死两万", [20000], [None, 20000]),
        ("预算两千块钱一个人", [2000], None),
        ("物业费涨到2块8", [2.8], None),
        ("一平米680，一共120平", [680], None),
        ("冷链车4米2的每天650", [650], None),
        ("想租2000平冷库", [], None),
        ("十万八万的小单子", [], None),
    ],
)
def test_amounts_and_budgets(
    text: str, amounts: list[float], budget: list[float | None] | None
) -> None:
    found = read(text)
    assert (found["amounts"], found["budget"]) == (amounts, budget)


def test_people_named_on_the_way_are_not_the_customer() -> None:
    for text, wanted in (
        ("通过钱会长介绍认识了孙总", "孙总"),
        ("李总的秘书小方回的电话", "小方"),
        ("带着研发部王工一起拜访客户宋总", "宋总"),
        ("拜访金蝶的田经理", "田经理"),
        ("谢谢刘姐介绍", "刘姐"),
        ("华南区总经理没空，秘书接的", None),
    ):
        assert read(text)["person"] == wanted, text


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
    for file in ("known.json", "unseen.json", "later.json"):
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
    """In time of the processor, so that a busy machine does not count."""
    read("春节前签")  # the almanac is imported at the first festival
    spent = []
    for file in ("known.json", "unseen.json", "later.json"):
        for label in json.loads((SENTENCES / file).read_text(encoding="utf-8")):
            start = time.process_time()
            understand(label["text"], today=date.fromisoformat(label["today"]))
            spent.append((time.process_time() - start) * 1000)
    spent.sort()
    p50, p95 = spent[len(spent) // 2], spent[len(spent) * 95 // 100]
    told = f"中位 {p50:.2f} ms，p95 {p95:.2f} ms，最慢 {spent[-1]:.2f} ms（目标 ≤ 10 ms）"
    print(f"\n{len(spent)} 句：{told}")


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
