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
# 845 sentences in twelve rounds; what the rules read of each at first sight stands in the README.
LATER_FLOOR = {
    "date": 0.99,
    "way": 0.99,
    "person": 0.99,
    "next_date": 0.99,
    "next_time": 0.99,
    "amounts": 0.99,
    "budget": 0.99,
    "need": 0.98,
    "response": 0.99,
    "todos": 0.99,
    "next_matter": 0.98,
    "vague": 0.99,
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
        ("他说已经签了别人", "refused"),
        ("客户最后选了隔壁那家", "refused"),
        ("别家都满了才找我们", None),
        ("我们找了同行调货", None),
        ("做不到就另找别家", None),
        ("觉得我们价格太贵", "doubtful"),
        ("样品挺好，但要和合伙人商量一下", "doubtful"),
        ("商量好了，定A款", "accepted"),
        ("还在对比另外三家", "doubtful"),
        ("发了三家比价表给采购", None),
        ("孩子感冒，这节课先不上了", None),
        ("定了15、16号两天", "accepted"),
        ("货到付款", None),
        ("电话催了一下预付款", None),
        ("问了下付款进度，还没走完", None),
        ("催了三次，终于付款了", "accepted"),
        ("付完尾款了", "accepted"),
        ("付完尾款才发货", None),
        ("不考虑了，已经签了别家", "refused"),
        ("对方不满意交货期", "doubtful"),
        ("不满意可以退", None),
        ("对车满意，说回家跟老婆商量下", "doubtful"),
        ("爸爸很满意，妈妈嫌贵", None),
        ("场地定了，要跟爸妈商量下", "doubtful"),
        ("时间定了，下周三", None),
        ("方案定了", "accepted"),
        ("要跟别的两家比一下", "doubtful"),
        ("跟去年比一下", None),
        ("觉得提成3个点偏高", "doubtful"),
        ("单价36块还是有点高", "doubtful"),
        ("觉得性价比太高了", None),
        ("觉得金色的太高级了", None),
        ("对方小李已经确认，周五来", "accepted"),
        ("我跟王总已经确认，周五去", None),
        ("工厂已经确认，周五发货", None),
        ("他说价格没问题就按这个走", "accepted"),
        ("样品没问题就按合同打款", None),
        ("现在那家供应商挺好，以后不用再联系", "refused"),
        ("现在合作得挺好，想加量", "accepted"),
        ("6mm的不要了，换8mm", None),
        ("不要了，换了一家", "refused"),
        ("不要了，换个颜色", None),
        ("不要了，要退款", "refused"),
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
        ("客户让我们28日前交样", "2026-11-28"),
        ("两周后来复诊", "2026-12-02"),
        ("周六排满了，改约周日", "2026-11-22"),
        ("5号被人订走了，只能6号", "2026-12-06"),
        ("15日前已经把货发了", None),
        ("晚上给我回话", "2026-11-18"),
        ("晚上给我回了话", None),
        ("12月24到28号参展", "2026-12-24"),
        ("样品排到1月3、4号装", "2027-01-03"),
        ("今天让客户看了样", None),
        ("12.3上午10:30讲方案", "2026-12-03"),
        ("版本2.1下午上线", None),
        ("开卡日期12.1", "2026-12-01"),
        ("利率2.15她嫌低", None),
        ("25日把计划书发她", "2026-11-25"),
        ("工期20日交付", None),
        ("等明年3月年报出来再申请", "2027-03-01"),
        ("等3月忙完再聊", None),
        ("等五一放完假再说", None),
        ("元旦后再约，刘伟这两天出差", None),
        ("明年这时候提醒续保", "2027-11-18"),
        ("国庆那批货还没结", None),
        ("周五那批货到港", "2026-11-20"),
        ("月底前提交方案", "2026-11-30"),
        ("3天前提供过资料", None),
        ("今天下午补发，明天电话确认收到没", "2026-11-19"),
        ("9月31号再聊", None),
        ("2028年2月29日交货", "2028-02-29"),
        ("12.3去东莞看厂", "2026-12-03"),
        ("单价 12.3去年才11.8", None),
        ("报价 12.3去掉运费", None),
        ("下个月还有一批货要做，12月20号前给他报价", "2026-12-20"),
        ("下个月我们要去送货，12月20号前给他报价", "2026-12-01"),
        ("这两天在开会，下周一再约", "2026-11-23"),
        ("这两天在走流程", "2026-11-19"),
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
        ("客户要的是316不是304", [], None),
        ("要316L的法兰50个", [], None),
        ("狗粮320一袋", [320], None),
        ("工资九千到一万", [9000, 10000], None),
        ("冰红茶20件*36", [36], None),
        ("600*600的砖", [], None),
        ("尾款还差8600", [8600], None),
        ("库存还差两百", [], None),
        ("24节课9600", [9600], None),
        ("尾款1万6千8", [16800], None),
        ("来了1万6千人", [], None),
        ("报价还是25万，他们只肯出23", [250000, 230000], None),
        ("总价5万，最多给300", [50000, 300], None),
        ("房东要485万，最多能出到470", [4850000, 4700000], [None, 4700000]),
        ("预算一共不能超过三万", [30000], [None, 30000]),
        ("全车6800给打八折", [6800], None),
        ("要3台，单台4999，下周下单", [4999], None),
        ("单箱24包", [], None),
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
        ("布丁妈妈买了猫粮", "布丁妈妈"),
        ("车主海哥还在犹豫", "海哥"),
        ("租客陈晨想续租", "陈晨"),
        ("跟越南的Nguyen开了视频会", "Nguyen"),
        ("阿KEN下单20箱啤酒", "阿KEN"),
        ("吕导那边30人", "吕导"),
        ("班上家长都说好", None),
        ("店长小鹿要换豆子", "小鹿"),
        ("采购小样寄了", None),
        ("租客阿强月租3200", "阿强"),
        ("女生叫安琪，想减肥", "安琪"),
        ("老板叫停了项目", None),
        ("财务小林答应31号打款", "小林"),
        ("让财务小林查一下到账", None),
        ("刘伟这两天出差", "刘伟"),
        ("苏州明天出差", None),
        ("数据都导进系统了", None),
        ("给周设计师送了色卡", "周设计师"),
        ("让李设计师周五出图", None),
        ("园林设计师说可以", None),
    ):
        assert read(text)["person"] == wanted, text


def test_a_vague_day_becomes_a_question() -> None:
    found = read("客户说节后再谈")
    assert found["next_date"] is None
    assert found["questions"] == ["“节后”具体是哪天？"]


@pytest.mark.parametrize("day", ["11月31日", "2月30号", "2027年2月29日", "11/31", "2月29日"])
def test_a_day_that_does_not_exist_becomes_a_question(day: str) -> None:
    found = read(f"{day}再联系王总")
    assert (found["next_date"], found["vague"]) == (None, day)
    assert found["questions"] == [f"“{day}”具体是哪天？"]
    assert read(f"{day}拜访了王总")["vague"] is None


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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("要把仓库腾出来，让老吴周五前搞定", [("把仓库腾出来", "2026-11-20", "老吴")]),
        ("小刘明天去量尺，我后天给客户看方案", [("量尺", "2026-11-19", "小刘")]),
        ("小李明天把钱转过来，我后天去送货", []),
        ("我这边周五前出图，下周三去现场", [("出图", "2026-11-20", None)]),
        ("客户让我们出两套方案，下周二给", []),
        ("说明年的货都给我们做", []),
        ("我们报的价比别人低", []),
        ("让阿强后天去送货", [("送货", "2026-11-20", "阿强")]),
        ("我让工长老苏这周五前把单子给我", [("把单子给我", "2026-11-20", "老苏")]),
        ("让设计师小何明天出图", [("出图", "2026-11-19", "小何")]),
        ("让我们补个资料，我让实施的小高下周一前整理出来", [("补个资料", "2026-11-23", "小高")]),
        ("这次招标我们报268万排第二", []),
        ("同事小李带着我们一起拜访了王总", []),
        ("让小陈带我见一下许总", [("带我见一下许总", None, "小陈")]),
        ("周五前给她报价，下周一拜访", [("给她报价", "2026-11-20", None)]),
        ("周五前给我们答复，下周一拜访", []),
        ("周五前把款打过来，下周三发货", []),
        ("下周二上门，明天我先把资料发他", [("把资料发他", "2026-11-19", None)]),
    ],
)
def test_who_promised_what(text: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    found = [(one["title"], one["due"], one["who"]) for one in read(text)["todos"]]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("饭店要土鸡20只 单价45", "土鸡20只"),
        ("瓷砖要3000平", "瓷砖要3000平"),
        ("还要再订50箱", "订50箱"),
        ("想找个会做饭的阿姨", "会做饭的阿姨"),
        ("要做小程序的陆老板嫌贵", "小程序"),
        ("微信问她考虑得怎么样", None),
        ("去年要了10箱", None),
        ("要找个时间聊", None),
        ("下月要出3000本画册", "3000本画册"),
        ("我们要出3本样册", None),
        ("想去日本，五个人", "日本"),
        ("想去北京出差", None),
    ],
)
def test_what_the_customer_wants(text: str, wanted: str | None) -> None:
    assert read(text)["need"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("样品5公斤我周五寄", "样品5公斤我周五寄"),
        ("保险1月20日到期，去年5200一年", "到期"),
        ("要4周内，做不到就换人", None),
        ("原定22号上门改到29号", "上门"),
        ("周一早上送到学校", "送到学校"),
    ],
)
def test_what_the_next_day_is_for(text: str, wanted: str | None) -> None:
    assert read(text)["next_matter"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("黄总把货款打过来了", None),
        ("客户打过来问交期", "电话"),
        ("合同发王经理邮箱了", "邮件"),
        ("报价单发过去了", None),
        ("昨天过去了一趟", "拜访"),
        ("今天聊了报价，礼拜四下午跟他们老板视频会议", None),
        ("礼拜四下午跟他们老板视频会议", "线上会议"),
        ("公司年会15桌", None),
        ("公司年会想订10桌", None),
        ("年会上认识了李总", "活动"),
        ("参加年会订了合作意向", "活动"),
        ("今天到店，说想看样机", "拜访"),
        ("今天到店，准备好样品", None),
        ("昨天去苏州给陈总装了机器", "拜访"),
        ("去仓库给他们找了样品", None),
    ],
)
def test_what_only_looks_like_a_contact(text: str, wanted: str | None) -> None:
    assert read(text)["way"] == wanted


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
    "piece",
    ["王总", "下周", "1", "一万", "1号", "等", "让我们", "100,", "今天电话了张总，", "去跟王总"],
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
