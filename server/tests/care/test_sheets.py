"""Record templates, phrases and check lists (R31)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.customers.readers import share
from tests.people import NOW, Api, hire, wrong_fields
from zhike.base import jobs
from zhike.care.models import Checklist, Phrase, Template
from zhike.care.sheets.laying import lay_shipped
from zhike.care.sheets.objections import KNOWN, meant
from zhike.fields import choices
from zhike.trail.models import Event

SCENES = [
    "首次电话",
    "首次拜访",
    "需求调研",
    "方案汇报",
    "报价跟进",
    "商务谈判",
    "签约回访",
    "投诉回访",
]
OBJECTIONS = [
    "价格高",
    "再考虑考虑",
    "已有供应商",
    "没预算",
    "不是我决定",
    "效果不确定",
    "交期",
    "服务",
]


@pytest.fixture(autouse=True)
def _shipped(db: None) -> None:
    """Laid by the migration; tests that empty all tables empty these, too."""
    lay_shipped(Template, Phrase, Checklist)


# What is shipped


def test_every_installation_begins_with_sheets(mei: Api) -> None:
    templates = mei.get("/templates")["items"]
    assert set(SCENES) <= {one["scene"] for one in templates}
    phrases = mei.get("/phrases")["items"]
    assert len(phrases) >= 24
    assert {one["objection"] for one in phrases} >= set(OBJECTIONS)
    stages = {one["stage"] for one in mei.get("/checklists")["items"]}
    assert stages == set(choices.DEAL_STAGE.values)
    assert {one["stage"] for one in phrases} == set(choices.DEAL_STAGE.values)


def test_laying_twice_adds_nothing_and_keeps_changes(boss: Api) -> None:
    counts = [one.objects.count() for one in (Template, Phrase, Checklist)]
    template = boss.get("/templates")["items"][0]
    boss.patch(f"/templates/{template['id']}", {"version": template["version"], "body": "我们的"})
    gone = boss.get("/phrases")["items"][0]
    boss.delete(f"/phrases/{gone['id']}")
    lay_shipped(Template, Phrase, Checklist)
    assert [one.objects.count() for one in (Template, Phrase, Checklist)] == counts
    assert boss.get("/templates")["items"][0]["body"] == "我们的"
    assert gone["id"] not in {one["id"] for one in boss.get("/phrases")["items"]}


def test_what_is_shipped_could_be_entered(boss: Api) -> None:
    """Every shipped text keeps the limits a person has to keep."""
    for kind in ("templates", "phrases", "checklists"):
        for one in boss.get(f"/{kind}")["items"]:
            known = {"id", "used", "fits"}
            body = {name: value for name, value in one.items() if name not in known}
            boss.patch(f"/{kind}/{one['id']}", body)


# Templates


def test_a_template_is_made_changed_and_removed(boss: Api, mei: Api) -> None:
    made = boss.post("/templates", {"scene": "展会接待", "way": "event", "body": "来自＿＿"})
    assert (made["way"], made["version"]) == ("event", 1)
    assert mei.get("/templates")["items"][-1] == made
    path = f"/templates/{made['id']}"
    changed = boss.patch(path, {"version": 1, "body": "展位＿＿", "way": None})
    assert (changed["body"], changed["way"], changed["version"]) == ("展位＿＿", "", 2)
    assert boss.patch(path, {"version": 1, "body": "x"}, 409)["code"] == "stale"
    boss.delete(path)
    boss.delete(path, 404)
    boss.patch(path, {"version": 2, "body": "x"}, 404)
    again = boss.post("/templates", {"scene": "展会接待", "body": "又来了"})
    assert (again["id"], again["version"], again["body"]) == (made["id"], 3, "又来了")
    events = Event.objects.filter(record_type="template").order_by("id")
    verbs = list(events.values_list("verb", flat=True))
    assert verbs == [f"template.{word}" for word in ("added", "changed", "removed", "added")]


def test_of_a_scene_there_is_one_template(boss: Api) -> None:
    told = boss.post("/templates", {"scene": "首次电话", "body": "x"}, 422)
    assert wrong_fields(told) == {"scene"}
    made = boss.post("/templates", {"scene": "展会接待", "body": "x"})
    told = boss.patch(f"/templates/{made['id']}", {"version": 1, "scene": "首次电话"}, 422)
    assert wrong_fields(told) == {"scene"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scene": " "}, "scene"),
        ({"scene": "长" * 41}, "scene"),
        ({"body": ""}, "body"),
        ({"body": "长" * 2001}, "body"),
        ({"way": "pigeon"}, "way"),
        ({"position": -1}, "position"),
        ({"secret": 1}, "secret"),
    ],
)
def test_wrong_templates_name_the_field(
    boss: Api, digest: Callable[[], str], body: dict[str, Any], field: str
) -> None:
    before = digest()
    told = boss.post("/templates", {"scene": "展会", "body": "x", **body}, 422)
    assert wrong_fields(told) == {field}
    assert digest() == before


def sheet(boss: Api, kind: str, name: str) -> dict[str, Any]:
    bodies: dict[str, dict[str, Any]] = {
        "templates": {"scene": name, "body": "来自＿＿"},
        "phrases": {"title": name, "body": "您好", "stage": "needs"},
        "checklists": {"stage": "needs", "title": name, "items": [{"text": "问"}]},
    }
    return boss.post(f"/{kind}", bodies[kind])


KINDS = ("templates", "phrases", "checklists")


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_removed_comes_back_as_it_was(boss: Api, mei: Api, kind: str) -> None:
    made = sheet(boss, kind, "展会接待")
    path = f"/{kind}/{made['id']}"
    boss.delete(path)
    assert made["id"] not in {one["id"] for one in mei.get(f"/{kind}")["items"]}
    mei.post(f"{path}/restoration", status=403)
    for _ in range(2):
        assert boss.post(f"{path}/restoration", status=200) == made
    assert made in mei.get(f"/{kind}")["items"]
    boss.post(f"/{kind}/999999/restoration", status=404)
    verbs = list(
        Event.objects.filter(record_type=kind[:-1]).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == [f"{kind[:-1]}.{word}" for word in ("added", "removed", "restored")]


def test_the_ticks_of_a_list_are_there_again_with_it(boss: Api, mei: Api) -> None:
    made, file = a_list(boss, "问", "记"), mei.customer()
    put(mei, f"/customers/{file['id']}/checklists/{made['id']}/items/{made['items'][0]['key']}")
    boss.delete(f"/checklists/{made['id']}")
    boss.post(f"/checklists/{made['id']}/restoration", status=200)
    assert lists(mei, file["id"])[made["id"]]["done"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_some_change_places_among_themselves(boss: Api, mei: Api, kind: str) -> None:
    made = [sheet(boss, kind, name)["id"] for name in ("甲", "乙", "丙", "丁")]
    before = [one["id"] for one in mei.get(f"/{kind}")["items"]]
    wanted = [made[3], made[0], made[1]]
    assert put_body(boss, f"/{kind}/order", {"ids": wanted}) == 204
    after = [one["id"] for one in mei.get(f"/{kind}")["items"]]
    # The third keeps its place, and so does everything else.
    assert after == [*before[:-4], made[3], made[0], made[2], made[1]]
    assert mei.get(f"/{kind}")["items"][-1]["version"] == 1
    (event,) = Event.objects.filter(verb=f"{kind[:-1]}.ordered")
    assert event.data == {"names": "丁、甲、乙"}
    # The same again changes nothing; what is gone, named twice or out of reach is refused.
    assert put_body(boss, f"/{kind}/order", {"ids": wanted}) == 204
    assert Event.objects.filter(verb=f"{kind[:-1]}.ordered").count() == 1
    boss.delete(f"/{kind}/{made[1]}")
    assert put_body(boss, f"/{kind}/order", {"ids": wanted}) == 422
    assert put_body(boss, f"/{kind}/order", {"ids": [made[0], made[0]]}) == 422
    assert put_body(mei, f"/{kind}/order", {"ids": [made[3], made[0]]}) == 403


def put_body(api: Api, path: str, body: dict[str, Any]) -> int:
    return int(api.call("PUT", path, body).status_code)


def test_only_who_looks_after_the_settings_changes_sheets(mei: Api) -> None:
    for kind, body in (
        ("templates", {"scene": "展会", "body": "x"}),
        ("phrases", {"title": "话", "body": "x", "stage": "needs"}),
        ("checklists", {"stage": "needs", "title": "单", "items": [{"text": "问"}]}),
    ):
        one = mei.get(f"/{kind}")["items"][0]
        mei.post(f"/{kind}", body, 403)
        mei.patch(f"/{kind}/{one['id']}", {"version": one["version"], "position": 5}, 403)
        mei.delete(f"/{kind}/{one['id']}", 403)
    assert not Event.objects.filter(record_type__in=("template", "phrase", "checklist")).exists()


# Phrases


def phrase(boss: Api, title: str, **more: Any) -> dict[str, Any]:
    body = {"title": title, "body": f"{title}的话", "stage": "needs", **more}
    return boss.post("/phrases", body)


def titles(api: Api, **query: Any) -> list[str]:
    return [one["title"] for one in api.get("/phrases", **query)["items"]]


@pytest.fixture
def few(boss: Api) -> None:
    Phrase.objects.all().delete()


def test_phrases_by_stage_and_objection(mei: Api) -> None:
    found = mei.get("/phrases", stage="lost")["items"]
    assert found
    assert {one["stage"] for one in found} == {"lost"}
    found = mei.get("/phrases", objection="价格高")["items"]
    assert {one["objection"] for one in found} == {"价格高"}
    by_words = mei.get("/phrases", objection="客户嫌报价太贵，还说领导没批预算")["items"]
    assert {one["objection"] for one in by_words} >= {"价格高", "没预算", "不是我决定"}
    assert mei.get("/phrases", objection="天气不错")["items"] == []


def test_the_customers_tags_and_roles_come_first_then_use(boss: Api, mei: Api, few: None) -> None:
    plain, used = phrase(boss, "平常"), phrase(boss, "常用")
    tagged = phrase(boss, "合标签", tags=["老乡", "外贸"])
    to_roles = phrase(boss, "合角色", roles=["buys"])
    both = phrase(boss, "都合", tags=["外贸"], roles=["buys"])
    phrase(boss, "给别人", roles=["decides"])
    for _ in range(2):
        mei.post(f"/phrases/{used['id']}/use", status=200)
    assert titles(mei)[:2] == ["常用", "平常"]
    tag = boss.post("/tags", {"name": "外贸"})
    file = mei.customer(tags=[tag["id"]], contact_name="钱采购")
    (contact,) = mei.get(f"/customers/{file['id']}")["contacts"]
    mei.patch(f"/contacts/{contact['id']}", {"version": contact["version"], "role": "buys"})
    order = titles(mei, customer=file["id"])
    assert order[0] == "都合"
    assert set(order[1:3]) == {"合标签", "合角色"}
    assert order[3:] == ["常用", "平常", "给别人"]
    fits = {one["title"]: one["fits"] for one in mei.get("/phrases", customer=file["id"])["items"]}
    assert fits["都合"] == ["外贸", "采购"]
    assert fits["合标签"] == ["外贸"]
    assert fits["平常"] == []
    assert {plain["used"], tagged["used"], to_roles["used"], both["used"]} == {0}


def test_roles_of_contacts_one_may_not_read_choose_nothing(boss: Api, mei: Api, few: None) -> None:
    phrase(boss, "平常")
    phrase(boss, "合角色", roles=["buys"])
    file = mei.customer(contact_name="钱采购")
    (contact,) = mei.get(f"/customers/{file['id']}")["contacts"]
    mei.patch(f"/contacts/{contact['id']}", {"version": contact["version"], "role": "buys"})
    assert titles(mei, customer=file["id"]) == ["合角色", "平常"]
    blind = Api(hire("莫市场", "mo", "marketing"))
    assert titles(blind, customer=file["id"]) == ["平常", "合角色"]


def test_of_customers_out_of_sight_nothing_is_chosen(boss: Api, mei: Api, lin: Api) -> None:
    file = mei.customer()
    lin.get("/phrases", 404, customer=file["id"])
    one = lin.get("/phrases")["items"][0]
    lin.post(f"/phrases/{one['id']}/use", {"customer_id": file["id"]}, 404)
    assert Phrase.objects.get(pk=one["id"]).used == 0


def test_using_a_phrase_is_told_with_its_customer(mei: Api) -> None:
    file, one = mei.customer(), mei.get("/phrases")["items"][0]
    told = mei.post(f"/phrases/{one['id']}/use", {"customer_id": file["id"]}, 200)
    assert told == {"used": one["used"] + 1}
    event = Event.objects.get(verb="phrase.used")
    assert (event.customer_id, event.data) == (file["id"], {"title": one["title"]})
    mei.post("/phrases/999999/use", status=404)
    auditor = Api(hire("看审计", "kan", "auditor"))
    auditor.post(f"/phrases/{one['id']}/use", status=403)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": ""}, "title"),
        ({"body": " "}, "body"),
        ({"stage": "nowhere"}, "stage"),
        ({"stage": "", "objection": ""}, "stage"),
        ({"roles": ["king"]}, "roles"),
        ({"tags": ["长" * 31]}, "tags"),
        ({"tags": [f"标签{n}" for n in range(21)]}, "tags"),
        ({"objection": "长" * 61}, "objection"),
    ],
)
def test_wrong_phrases_name_the_field(boss: Api, body: dict[str, Any], field: str) -> None:
    whole = {"title": "话", "body": "x", "stage": "needs", **body}
    assert wrong_fields(boss.post("/phrases", whole, 422)) == {field}


def test_a_phrase_is_changed_as_it_was_seen(boss: Api) -> None:
    made = phrase(boss, "开场", objection="包装不好看")
    path = f"/phrases/{made['id']}"
    assert boss.patch(path, {"version": 1, "title": "换个开场"})["version"] == 2
    assert boss.patch(path, {"version": 1, "title": "又换"}, 409)["code"] == "stale"
    told = boss.patch(path, {"version": 2, "stage": "", "objection": ""}, 422)
    assert wrong_fields(told) == {"stage"}
    assert titles(boss, objection="嫌包装不太好看") == ["换个开场"]
    (item,) = boss.get("/audit", q="", group="system")["items"][:1]
    assert (item["label"], item["summary"]) == ("修改话术", "换个开场：标题")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("觉得太贵了，能不能便宜点", "价格高"),
        ("报价比另一家高两成", "价格高"),
        ("说回去想想再说", "再考虑考虑"),
        ("现在用着别家的，换起来麻烦", "已有供应商"),
        ("今年预算用完了", "没预算"),
        ("要老板点头才行，他做不了主", "不是我决定"),
        ("担心上了以后效果不好", "效果不确定"),
        ("交期太长，赶不上旺季", "交期"),
        ("怕售后没人管", "服务"),
    ],
)
def test_objections_are_known_by_their_words(words: str, expected: str) -> None:
    assert expected in meant(words)


def test_what_is_no_objection_is_none() -> None:
    for words in ("", "  ", "很满意，下周签", "聊得愉快", "客户认可方案"):
        assert meant(words) == [], words
    assert set(KNOWN) == set(OBJECTIONS)


# Check lists


def a_list(boss: Api, *steps: str, stage: str = "needs") -> dict[str, Any]:
    body = {"stage": stage, "title": "三步走", "items": [{"text": one} for one in steps]}
    return boss.post("/checklists", body)


def lists(api: Api, customer_id: int, stage: str = "needs") -> dict[int, dict[str, Any]]:
    items = api.get(f"/customers/{customer_id}/checklists")["items"]
    (found,) = [one for one in items if one["stage"] == stage]
    return {one["id"]: one for one in found["lists"]}


def put(api: Api, path: str, status: int = 204) -> Any:
    answer = api.call("PUT", path)
    assert answer.status_code == status, answer.content.decode()


def test_steps_are_ticked_and_the_last_one_is_told(boss: Api, mei: Api) -> None:
    made, file = a_list(boss, "问", "记"), mei.customer()
    first, second = (item["key"] for item in made["items"])
    path = f"/customers/{file['id']}/checklists/{made['id']}/items"
    put(mei, f"{path}/{first}")
    put(mei, f"{path}/{first}")
    shown = lists(mei, file["id"])[made["id"]]
    assert (shown["done"], shown["total"]) == (1, 2)
    assert shown["items"][0]["done_by"] == {"id": mei.id, "name": "王小梅"}
    assert shown["items"][1]["done"] is False
    assert mei.story(file["id"], kind="checklist") == []
    put(mei, f"{path}/{second}")
    (told,) = mei.story(file["id"], kind="checklist")
    assert (told["title"], told["body"]) == ("需求确认", "三步走")
    mei.delete(f"{path}/{first}")
    mei.delete(f"{path}/{first}")
    assert lists(mei, file["id"])[made["id"]]["done"] == 1
    verbs = list(
        Event.objects.filter(record_type="checklist", customer_id=file["id"])
        .order_by("id")
        .values_list("verb", flat=True)
    )
    words = ("ticked", "ticked", "completed", "unticked")
    assert verbs == [f"checklist.{word}" for word in words]


def test_the_stage_a_customer_is_in_stands_out(mei: Api) -> None:
    file = mei.customer(deal_stage="proposal")
    items = mei.get(f"/customers/{file['id']}/checklists")["items"]
    assert [one["stage"] for one in items] == list(choices.DEAL_STAGE.values)
    assert [one["stage"] for one in items if one["is_current"]] == ["proposal"]


def test_changed_steps_keep_their_ticks_by_key(boss: Api, mei: Api) -> None:
    made, file = a_list(boss, "问", "记"), mei.customer()
    first, second = (item["key"] for item in made["items"])
    put(mei, f"/customers/{file['id']}/checklists/{made['id']}/items/{first}")
    items = [{"key": second, "text": "记"}, {"key": first, "text": "问清"}, {"text": "约"}]
    items.append({"key": "foreign", "text": "谢"})
    changed = boss.patch(f"/checklists/{made['id']}", {"version": 1, "items": items})
    keys = [item["key"] for item in changed["items"]]
    assert keys[:2] == [second, first]
    assert len(set(keys)) == 4
    assert "foreign" not in keys
    shown = lists(mei, file["id"])[made["id"]]
    assert [item["done"] for item in shown["items"]] == [False, True, False, False]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"stage": ""}, "stage"),
        ({"stage": "nowhere"}, "stage"),
        ({"title": ""}, "title"),
        ({"items": []}, "items"),
        ({"items": [{"text": " "}]}, "items"),
        ({"items": [{"text": "长" * 121}]}, "items"),
        ({"items": [{"text": "步"}] * 51}, "items"),
    ],
)
def test_wrong_lists_name_the_field(boss: Api, body: dict[str, Any], field: str) -> None:
    whole = {"stage": "needs", "title": "单", "items": [{"text": "问"}], **body}
    assert wrong_fields(boss.post("/checklists", whole, 422)) == {field}


def test_ticking_asks_for_the_right_way_to_the_customer(boss: Api, mei: Api, lin: Api) -> None:
    made, file = a_list(boss, "问"), mei.customer()
    path = f"/customers/{file['id']}/checklists/{made['id']}/items"
    key = made["items"][0]["key"]
    put(lin, f"{path}/{key}", 404)
    share(mei, file, lin, may_edit=False)
    put(lin, f"{path}/{key}", 403)
    assert lists(lin, file["id"])[made["id"]]["done"] == 0
    put(mei, f"{path}/nothing", 404)
    put(mei, f"/customers/{file['id']}/checklists/999999/items/{key}", 404)
    boss.delete(f"/checklists/{made['id']}")
    put(mei, f"{path}/{key}", 404)
    assert made["id"] not in lists(mei, file["id"])


def test_after_a_merge_the_ticks_of_both_count(boss: Api) -> None:
    made = a_list(boss, "问", "记")
    first, second = (item["key"] for item in made["items"])
    one, other = boss.customer("杭州云启软件"), boss.customer("杭州云启")
    put(boss, f"/customers/{one['id']}/checklists/{made['id']}/items/{first}")
    put(boss, f"/customers/{other['id']}/checklists/{made['id']}/items/{second}")
    body = {"survivor_id": one["id"], "absorbed_ids": [other["id"]]}
    merge = boss.post("/merges", body)
    assert lists(boss, one["id"])[made["id"]]["done"] == 2
    boss.post(f"/merges/{merge['id']}/undo", status=200)
    assert lists(boss, one["id"])[made["id"]]["done"] == 1
    assert lists(boss, other["id"])[made["id"]]["done"] == 1


def test_a_completed_list_is_part_of_the_customers_story(boss: Api, mei: Api) -> None:
    made, file = a_list(boss, "问", stage="won"), mei.customer()
    path = f"/customers/{file['id']}/checklists/{made['id']}/items"
    put(mei, f"{path}/{made['items'][0]['key']}")
    (chapter,) = mei.get(f"/customers/{file['id']}/story")["chapters"]
    assert "成交：完成“三步走”" in [node["title"] for node in chapter["nodes"]]


def test_words_that_give_way_are_replaced_in_sheets_too(boss: Api, few: None) -> None:
    one = phrase(boss, "谈价", stage="negotiation", roles=["buys", "decides"])
    made = a_list(boss, "问", stage="negotiation")
    template = boss.post("/templates", {"scene": "展会", "body": "x", "way": "event"})
    for words, value, instead in (
        ("deal_stage", "negotiation", "proposal"),
        ("contact_role", "buys", "decides"),
        ("way", "event", "visit"),
    ):
        path = f"/dictionaries/{words}/entries/{value}/retirement"
        boss.post(path, {"replace_by": instead}, 200)
    jobs.run_due(NOW + timedelta(minutes=5))
    (found,) = boss.get("/phrases")["items"]
    assert (found["id"], found["stage"], found["roles"]) == (one["id"], "proposal", ["decides"])
    stages = {each["id"]: each["stage"] for each in boss.get("/checklists")["items"]}
    assert stages[made["id"]] == "proposal"
    ways = {each["id"]: each["way"] for each in boss.get("/templates")["items"]}
    assert ways[template["id"]] == "visit"
    told = Event.objects.filter(verb="word.replaced", record_type="phrase", record_id=one["id"])
    assert told.count() == 2
