"""The story of a customer (R20): chapters of years, key nodes, as far as a reader may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.people import NOW, Api, hire, queries_of
from zhike.customers.models import Purchase


def nodes(by: Api, customer_id: int, *, key: bool | None = None) -> list[tuple[str, str]]:
    told = by.get(f"/customers/{customer_id}/story")
    return [
        (node["on"], node["title"])
        for chapter in told["chapters"]
        for node in chapter["nodes"]
        if key is None or node["is_key"] == key
    ]


def talk(by: Api, customer_id: int, on: str, way: str = "phone", content: str = "谈过") -> None:
    body = {"contacted_on": on, "way": way, "content": content, "agreed": True}
    by.post(f"/customers/{customer_id}/follow-ups", body)


def buy(customer_id: int, on: str, amount: int, product: str = "设备") -> None:
    Purchase.objects.create(
        customer_id=customer_id, bought_on=on, product=product, amount=amount, recorded_at=NOW
    )


def test_a_story_goes_from_the_first_contact_on(mei: Api) -> None:
    made = mei.customer(source="referral", cooperation_since="2024-06-01", products="设备")
    talk(mei, made["id"], "2023-03-05", "visit", "第一次拜访")
    told = mei.get(f"/customers/{made['id']}/story")
    assert [chapter["year"] for chapter in told["chapters"]] == [2023, 2024, 2025, 2026]
    first = told["chapters"][0]["nodes"]
    assert (first[0]["title"], first[0]["body"], first[0]["is_key"]) == (
        "初次接触",
        "来自转介绍",
        True,
    )
    assert (first[1]["title"], first[1]["body"]) == ("拜访", "第一次拜访")
    assert ("2024-06-01", "开始合作") in nodes(mei, made["id"], key=True)
    assert [title for _, title in nodes(mei, made["id"]) if "周年" in title] == [
        "合作 1 周年",
        "合作 2 周年",
    ]
    facts = told["facts"]
    assert (facts["since"], facts["follow_ups"], facts["is_whole"]) == ("2023-03-05", 1, True)
    assert facts["days"] == (date(2026, 11, 18) - date(2023, 3, 5)).days


def test_what_is_routine_is_folded(mei: Api) -> None:
    made = mei.customer()
    for day, way in (("02", "phone"), ("09", "phone"), ("16", "visit"), ("23", "phone")):
        talk(mei, made["id"], f"2026-03-{day}", way, f"{day}日谈过")
    talk(mei, made["id"], "2026-04-01")
    talk(mei, made["id"], "2026-04-02", "email")
    found = [one for one in nodes(mei, made["id"]) if one[1] not in ("初次接触", "建立档案")]
    assert found == [
        ("2026-03-23", "三月共跟进 4 次：电话 3、拜访 1"),
        ("2026-04-01", "电话"),
        ("2026-04-02", "邮件"),
    ]


def test_what_matters_is_marked(boss: Api, mei: Api, lin: Api) -> None:
    made = mei.customer(grade="B")
    path = f"/customers/{made['id']}"
    version = made["version"]
    for fields in ({"is_key": True, "type": "existing"}, {"grade": "A"}, {"grade": "C"}):
        version = mei.patch(path, {"version": version, **fields})["version"]
    for day, amount in (("2026-01-05", 100_00), ("2026-02-05", 9_000_000), ("2026-03-05", 100_00)):
        buy(made["id"], day, amount)
    mei.post(f"{path}/feedback", {"score": 1, "comment": "交货太慢"})
    mei.post(f"{path}/feedback", {"score": 5, "comment": "很好"})
    pause = {"reason": "budget", "look_again_on": "2027-01-04"}
    mei.post(f"{path}/pause", pause, 200)
    version = boss.get(path)["version"]
    boss.patch(path, {"version": version, "owner_id": lin.id})
    key = [title for _, title in nodes(lin, made["id"], key=True)]
    assert key[:2] == ["首次购买设备，100 元", "最大一单：购买设备，90,000 元"]
    assert {
        "成为重点客户",
        "客户类型变为老客户",
        "客户等级上升",
        "客户等级下降",
        "客户不满意 1 分",
        "暂停跟进",
        "由林冲接手",
    } <= set(key)
    plain = [title for _, title in nodes(lin, made["id"], key=False)]
    assert "购买设备，100 元" in plain
    assert any(title.startswith("客户反馈 5 分") for title in plain)


def test_a_free_sample_is_not_the_first_purchase(mei: Api) -> None:
    made = mei.customer()
    path = f"/customers/{made['id']}/purchases"
    for day, product, amount in (
        ("2026-01-05", "试剂盒样品", 0),
        ("2026-02-05", "赠送的耗材", None),
        ("2026-03-05", "样品柜", None),
        ("2026-04-05", "试剂盒", 5_000_00),
        ("2026-05-05", "样品", 20_00),
        ("2026-06-05", "培训", 0),
    ):
        mei.post(path, {"bought_on": day, "product": product, "amount": amount})
    assert nodes(mei, made["id"], key=True) == [
        ("2026-03-05", "首次购买样品柜"),
        ("2026-04-05", "最大一单：购买试剂盒，5,000 元"),
    ]
    plain = dict(nodes(mei, made["id"], key=False))
    assert plain["2026-01-05"] == "样品或赠品：试剂盒样品"
    assert plain["2026-02-05"] == "样品或赠品：赠送的耗材"
    assert plain["2026-05-05"] == "购买样品，20 元"
    assert plain["2026-06-05"] == "样品或赠品：培训"
    assert mei.get(f"/customers/{made['id']}/story")["facts"]["purchases"] == 6


def test_samples_alone_are_no_purchase(mei: Api) -> None:
    made = mei.customer()
    buy(made["id"], "2026-01-05", 0, "样品")
    assert nodes(mei, made["id"], key=True) == []


def test_who_reads_no_amounts_is_not_told_that_there_was_none(mei: Api) -> None:
    made = mei.customer()
    buy(made["id"], "2026-01-05", 0, "设备")
    buy(made["id"], "2026-02-05", 100_00, "设备")
    marketing = Api(hire("市场甲", "market", "marketing"))
    found = [title for _, title in nodes(marketing, made["id"]) if "设备" in title]
    assert found == ["首次购买设备", "购买设备"]


def test_a_reader_is_told_what_the_time_line_tells(boss: Api, mei: Api) -> None:
    made = mei.customer(contact_name="李晓梅", contact_title="女士", mobile="13800138000")
    contact = made["contacts"][0]["id"]
    body = {"way": "phone", "content": "只有负责人该读到的话", "contact_id": contact}
    mei.post(f"/customers/{made['id']}/follow-ups", body)
    buy(made["id"], "2026-01-05", 123_456_00)
    path = f"/customers/{made['id']}/story"
    assert "只有负责人该读到的话" in str(mei.get(path)) and "李晓梅" in str(mei.get(path))
    assert mei.get(path)["facts"]["bought_amount"] == 123_456_00
    marketing = Api(hire("市场甲", "market", "marketing"))  # masked names, no amounts, no talks
    told = str(marketing.get(path))
    assert not any(word in told for word in ("只有负责人", "李晓梅", "123,456", "12345600"))
    assert marketing.get(path)["facts"]["bought_amount"] is None
    stranger = Api(hire("外人", "other"))
    stranger.get(path, 404)


def test_looking_at_numbers_is_no_part_of_the_story(mei: Api) -> None:
    made = mei.customer(contact_name="李女士", mobile="13800138000")
    contact = made["contacts"][0]["id"]
    before = nodes(mei, made["id"])
    mei.post(f"/contacts/{contact}/reveals", {"field": "mobile"}, 200)
    assert nodes(mei, made["id"]) == before


def test_a_long_story_takes_few_statements(mei: Api) -> None:
    made = mei.customer()
    talk(mei, made["id"], "2026-01-05")
    path = f"/customers/{made['id']}/story"
    short = queries_of(lambda: mei.get(path))
    day = date(2024, 1, 1)
    for _ in range(40):
        talk(mei, made["id"], day.isoformat())
        buy(made["id"], day.isoformat(), 100)
        day += timedelta(days=9)
    assert queries_of(lambda: mei.get(path)) == short <= 20
    told = mei.get(path)
    assert len([one for chapter in told["chapters"] for one in chapter["nodes"]]) < 70


@pytest.mark.parametrize("day", ["2024-02-29", "2026-11-18", "2027-01-01", "2200-01-01"])
def test_any_day_may_be_the_first(mei: Api, day: str) -> None:
    made = mei.customer(cooperation_since=day)
    found = [title for _, title in nodes(mei, made["id"]) if "周年" in title]
    assert found == (["合作 1 周年", "合作 2 周年"] if day == "2024-02-29" else [])


def test_a_customer_without_a_past_has_a_story(mei: Api) -> None:
    made = mei.customer()
    assert nodes(mei, made["id"]) == [("2026-11-18", "建立档案")]
