"""The preparation card, on screen and on paper, and the history of a follow-up (R30, R23)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.customers.readers import reader, share
from tests.people import NOW, TODAY, Api, hire, queries_of
from zhike.base.commit import do_now
from zhike.care.models import Checklist, FollowUp, Phrase, Template
from zhike.care.preparing import card
from zhike.care.sheets.laying import lay_shipped
from zhike.customers.models import Customer
from zhike.trail.actions import record
from zhike.trail.models import Event


@pytest.fixture(autouse=True)
def _shipped(db: None) -> None:
    lay_shipped(Template, Phrase, Checklist)


def a_file(api: Api, **more: Any) -> dict[str, Any]:
    """A customer of whom there is something to know."""
    file = api.customer(
        "杭州云启软件有限公司",
        background="做制造业软件，三十人",
        core_need="要一套库存系统",
        budget="20–30 万",
        contract_amount=12_000_000,
        cooperation_until="2027-03-31",
        deal_stage="negotiation",
        risk="付款拖",
        **{"contact_name": "王建国", "contact_title": "总经理", "mobile": "13800138000"} | more,
    )
    (contact,) = api.get(f"/customers/{file['id']}")["contacts"]
    body = {
        "version": contact["version"],
        "role": "decides",
        "preferences": "爱喝龙井，不喜欢绕弯",
        "convenient_time": "周三下午",
        "birthday": "5-20",
    }
    api.patch(f"/contacts/{contact['id']}", body)
    return file | {"contact_id": contact["id"]}


def talk(api: Api, file: dict[str, Any], content: str, on: str, **more: Any) -> dict[str, Any]:
    body = {"way": "phone", "content": content, "contacted_on": on, "agreed": True, **more}
    return api.post(f"/customers/{file['id']}/follow-ups", body)


def card_of(api: Api, file: dict[str, Any]) -> dict[str, Any]:
    return api.get(f"/customers/{file['id']}/preparation")


# The card


def test_the_card_tells_what_to_know(mei: Api) -> None:
    file = a_file(mei)
    talk(mei, file, "初次介绍", "2026-11-02")
    talk(mei, file, "看了方案", "2026-11-10", objection="觉得报价太贵", response="doubtful")
    following = {"on": "2026-11-20", "matter": "谈价格", "materials": "成本表"}
    more = {"next": following, "todos": [{"title": "发案例", "due_on": "2026-11-19"}]}
    more["contact_id"] = file["contact_id"]
    talk(mei, file, "约了周五谈", "2026-11-17", **more)
    mei.post(f"/customers/{file['id']}/problems", {"description": "财务换人", "solution": "先拜访"})
    found = card_of(mei, file)
    assert found["background"]["text"] == "做制造业软件，三十人"
    facts = {one["label"]: one["value"] for one in found["background"]["facts"]}
    assert facts["成交阶段"] == "商务谈判"
    assert facts["风险提示"] == "付款拖"
    assert {one["field"] for one in found["needs"]} == {"core_need", "budget"}
    assert [one["content"] for one in found["last_talks"]] == ["约了周五谈", "看了方案", "初次介绍"]
    assert found["last_talks"][0]["with"] == "王建国"
    assert [(one["title"], one["is_overdue"]) for one in found["promises"]] == [("发案例", False)]
    assert (found["next"]["matter"], found["next"]["materials"]) == ("谈价格", "成本表")
    (person,) = found["preferences"]
    assert (person["role"], person["preferences"]) == ("决策", "爱喝龙井，不喜欢绕弯")
    (objection,) = found["objections"]
    assert (objection["kind"], objection["text"]) == ("价格高", "觉得报价太贵")
    assert {one["objection"] for one in objection["answers"]} == {"价格高"}
    assert objection["answers"][0]["roles"] == ["decides"], "the one for who decides comes first"
    assert [one["description"] for one in found["problems"]] == ["财务换人"]
    assert {one["stage"] for one in found["wording"]} == {"negotiation"}
    assert [one["kind"] for one in found["key_dates"]] == ["contract_end", "birthday"]


def test_an_empty_file_gives_an_empty_card(mei: Api) -> None:
    found = card_of(mei, mei.customer("新来的"))
    for part in ("last_talks", "promises", "preferences", "objections", "problems", "key_dates"):
        assert found[part] == [], part
    assert found["next"] is None
    assert {one["stage"] for one in found["wording"]} == {"contact"}


def test_an_objection_that_was_settled_says_how(mei: Api) -> None:
    file = a_file(mei)
    talk(mei, file, "太贵", "2026-11-02", objection="太贵了")
    talk(mei, file, "怕交期", "2026-11-03", objection="交期赶不上")
    talk(mei, file, "谈妥", "2026-11-10", response="accepted", solution="分两期付款")
    talk(mei, file, "又问", "2026-11-12", objection="担心售后没人管")
    found = card_of(mei, file)["objections"]
    assert [(one["kind"], one["settled_on"]) for one in found] == [
        ("服务", None),
        ("交期", "2026-11-10"),
        ("价格高", "2026-11-10"),
    ]
    assert found[1]["settled_by"] == "分两期付款"


def test_what_was_said_in_doubt_counts_as_an_objection(mei: Api) -> None:
    file = a_file(mei)
    talk(mei, file, "老板说要再考虑考虑", "2026-11-02", response="doubtful")
    talk(mei, file, "聊得不多", "2026-11-03", response="doubtful")
    assert "再考虑考虑" in [one["kind"] for one in card_of(mei, file)["objections"]]
    assert len(card_of(mei, file)["objections"]) == 1


def test_it_stays_one_screenful(mei: Api) -> None:
    file = a_file(mei)
    for n in range(12):
        talk(
            mei,
            file,
            f"第{n}次" + "长" * 500,
            f"2026-11-{n + 1:02}",
            todos=[{"title": f"事{n}", "due_on": "2026-11-19"}],
            objection=["太贵", "没预算", "交期长", "怕售后"][n % 4],
        )
        mei.post(f"/customers/{file['id']}/problems", {"description": f"问题{n}"})
    found = card_of(mei, file)
    assert len(found["last_talks"]) == 3
    assert all(len(one["content"]) <= 120 for one in found["last_talks"])
    assert len(found["promises"]) == 5
    assert len(found["objections"]) == 3
    assert len(found["problems"]) == 3
    assert len(found["wording"]) == 3


def test_ten_statements_for_a_page_however_much_there_is(mei: Api) -> None:
    file = a_file(mei)
    for n in range(12):
        talk(mei, file, f"第{n}次", f"2026-11-{n + 1:02}", objection="太贵")
    card_of(mei, file)
    assert queries_of(lambda: card_of(mei, file)) <= 10
    Phrase.objects.filter(stage="needs").update(tags=["外贸"])
    assert queries_of(lambda: card.card(mei.person, file["id"], today=TODAY)) <= 8


def test_everything_by_the_readers_rights(mei: Api) -> None:
    file = a_file(mei)
    talk(mei, file, "雀谈", "2026-11-02", contact_id=file["contact_id"])
    mei.post(f"/customers/{file['id']}/problems", {"description": "雀患"})
    shy = Api(hire("莫市场", "mo", "marketing"))
    found = card_of(shy, file)
    told = str(found)
    for secret in ("王建国", "龙井", "付款拖", "120000", "12 万", "雀患", "雀谈", "13800138000"):
        assert secret not in told, secret
    assert found["preferences"][0]["name"].startswith("王")
    assert [one["kind"] for one in found["key_dates"]] == ["contract_end"]
    blind = reader("沈无", "shen", "service_lead", contact="hidden", needs="hidden")
    found = card_of(blind, file)
    assert (found["preferences"], found["needs"]) == ([], [])
    assert found["last_talks"][0]["with"] == ""
    no_stage = reader("沈约", "shenyue", "service_lead", cooperation="hidden")
    found = card_of(no_stage, file)
    assert "商务谈判" not in str(found["background"])
    assert {one["stage"] for one in found["wording"]} == {"needs"}
    assert found["key_dates"] == [one for one in found["key_dates"] if one["kind"] == "birthday"]


def test_of_the_pool_and_out_of_sight(mei: Api, lin: Api) -> None:
    file = a_file(mei)
    lin.get(f"/customers/{file['id']}/preparation", 404)
    share(mei, file, lin, may_edit=False)
    assert card_of(lin, file)["preferences"][0]["name"] == "王建国"
    Customer.objects.filter(pk=file["id"]).update(owner=None)
    boss = Api(hire("周二", "zhou2", "sales"))
    found = card_of(boss, file)
    assert "王建国" not in str(found)
    assert "龙井" not in str(found)
    # With whom it is shared reads it as its file.
    assert lin.get(f"/customers/{file['id']}")["contacts"][0]["name"] == "王建国"
    assert card_of(lin, file)["preferences"][0]["preferences"] == "爱喝龙井，不喜欢绕弯"


# On paper


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_card_prints_on_a_page_and_is_recorded(mei: Api) -> None:
    file = a_file(mei)
    hostile = '谈了报价 #import "x" $y$ *粗* 𠮷'
    talk(mei, file, hostile, "2026-11-02", objection="嫌贵")
    answer = mei.call("GET", f"/customers/{file['id']}/preparation.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    told = text_of(answer.content)
    for words in (
        "准备卡",
        "杭州云启软件有限公司",
        "上次谈到",
        "顾虑与回应",
        "可以这样说",
        "王小梅",
    ):
        assert words in told, words
    assert '#import "x"' in told
    event = Event.objects.get(verb="preparation.printed")
    assert (event.customer_id, event.actor) == (file["id"], mei.person)


def test_a_full_card_still_fits_one_page(mei: Api) -> None:
    much = "这家公司去年新建了第三座工厂，今年要把仓库、采购和生产全部打通，" * 4
    file = a_file(mei, competition=much, first_need=much, special_needs=much)
    for day, words in ((2, "报价太贵"), (3, "交期赶不上"), (4, "担心售后没人管")):
        on = f"2026-11-{day:02}"
        talk(mei, file, much, on, objection=words, customer_feedback=much, result=much)
    for number in range(4):
        todo = {"title": f"答应的第{number}件事，" + much[:60], "due_on": TODAY.isoformat()}
        mei.post("/tasks", {**todo, "customer_id": file["id"]})
        problem = {"description": much, "cause": much, "solution": much}
        mei.post(f"/customers/{file['id']}/problems", problem)
    found = card_of(mei, file)
    assert [len(found[part]) for part in ("last_talks", "objections", "problems")] == [3, 3, 3]
    answer = mei.call("GET", f"/customers/{file['id']}/preparation.pdf")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1


def test_an_empty_card_prints_too(mei: Api) -> None:
    file = mei.customer("新来的")
    answer = mei.call("GET", f"/customers/{file['id']}/preparation.pdf")
    assert "新来的" in text_of(answer.content)


def test_nobody_prints_what_they_may_not_see(mei: Api, lin: Api) -> None:
    file = a_file(mei)
    assert lin.call("GET", f"/customers/{file['id']}/preparation.pdf").status_code == 404
    assert not Event.objects.filter(verb="preparation.printed").exists()


# The history of a follow-up


def history(api: Api, follow_up: dict[str, Any], status: int = 200) -> Any:
    found = api.get(f"/follow-ups/{follow_up['id']}/history", status)
    return found["items"] if status == 200 else found


def test_every_correction_is_told_the_last_first(mei: Api, boss: Api) -> None:
    file = a_file(mei)
    made = talk(mei, file, "谈价格", "2026-11-02")
    assert history(mei, made) == []
    path = f"/follow-ups/{made['id']}"
    mei.patch(path, {"version": 1, "content": "谈了价格和交期", "way": "visit"})
    boss.patch(path, {"version": 2, "contact_id": file["contact_id"], "response": "accepted"})
    boss.patch(path, {"version": 3, "contacted_on": "2026-11-03"})
    moved, named, worded = history(mei, made)
    assert worded["by"] == {"id": mei.id, "name": "王小梅"}
    assert {one["label"]: (one["from"], one["to"]) for one in worded["changes"]} == {
        "跟进内容": ("谈价格", "谈了价格和交期"),
        "跟进方式": ("电话", "拜访"),
    }
    assert {one["label"]: (one["from"], one["to"]) for one in named["changes"]} == {
        "联系人": ("", "王建国"),
        "客户响应": ("", "认可"),
    }
    assert [(one["label"], one["to"]) for one in moved["changes"]] == [("跟进日期", "2026-11-03")]


def test_it_is_masked_as_the_reader_reads(mei: Api, boss: Api) -> None:
    field = boss.post("/fields", {"of": "follow_up", "label": "回拨电话", "type": "phone"})
    secret = boss.post(
        "/fields", {"of": "follow_up", "label": "成本", "type": "text", "group": "money"}
    )
    file = a_file(mei)
    made = talk(mei, file, "谈", "2026-11-02", custom={field["key"]: "13900139000"})
    body = {
        "version": 1,
        "contact_id": file["contact_id"],
        "custom": {field["key"]: "13700137000", secret["key"]: "八折"},
    }
    mei.patch(f"/follow-ups/{made['id']}", body)
    (item,) = history(mei, made)
    told = {one["label"]: one for one in item["changes"]}
    assert told["成本"]["to"] == "八折"
    assert "13700137000" not in str(item)
    assert told["回拨电话"]["to"].startswith("137")
    shy = reader("沈无", "shen", "service_lead", contact="masked", money="hidden")
    (item,) = history(shy, made)
    assert "成本" not in {one["label"] for one in item["changes"]}
    assert "王建国" not in str(item)
    audit = boss.get("/audit", customer=file["id"], group="dealing")["items"]
    assert [one for one in audit if "联系人" in str(one["changes"])]


def test_older_entries_name_contacts_by_number(mei: Api) -> None:
    file = a_file(mei)
    made = talk(mei, file, "谈", "2026-11-02")
    pair = ["", f"Contact object ({file['contact_id']})"]
    record(
        "follow_up.changed",
        actor=mei.person,
        now=NOW,
        customer_id=file["id"],
        record=("follow_up", made["id"]),
        data={"changes": {"contact": pair}},
    )
    do_now()
    assert history(mei, made)[0]["changes"] == [{"label": "联系人", "from": "", "to": "王建国"}]


def test_of_follow_ups_one_may_not_read_there_is_none(mei: Api, lin: Api) -> None:
    file = a_file(mei)
    made = talk(mei, file, "谈", "2026-11-02")
    history(lin, made, 404)
    history(Api(hire("莫市场", "mo", "marketing")), made, 404)
    history(mei, {"id": 999_999}, 404)
    FollowUp.objects.filter(pk=made["id"]).update(deleted_at=NOW)
    history(mei, made, 404)


def test_after_a_merge_it_is_still_there(boss: Api) -> None:
    one, other = boss.customer("杭州云启软件"), boss.customer("杭州云启")
    made = talk(boss, other, "谈", "2026-11-02")
    boss.patch(f"/follow-ups/{made['id']}", {"version": 1, "content": "谈过"})
    boss.post("/merges", {"survivor_id": one["id"], "absorbed_ids": [other["id"]]})
    assert [item["changes"][0]["to"] for item in history(boss, made)] == ["谈过"]


def test_of_the_pool_its_names_are_masked(mei: Api, lin: Api) -> None:
    file = mei.customer(contact_name="王建国", contact_title="总经理")
    made = talk(mei, file, "谈", "2026-11-02")
    fixed = {"version": 1, "contact_id": file["contacts"][0]["id"]}
    mei.patch(f"/follow-ups/{made['id']}", fixed)
    assert "王建国" in str(history(mei, made))
    mei.post(f"/customers/{file['id']}/pool", {"reason": "没空"}, 204)
    for one in (mei, lin):
        assert "王建国" not in str(history(one, made))
