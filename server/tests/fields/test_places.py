"""Regions and industries over HTTP, and the finer classes an installation brings along."""

from __future__ import annotations

import pytest

from tests.people import Api, wrong_fields
from zhike.fields import industry, registry
from zhike.fields.models import Word
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db

FINER = """C351 采矿、冶金、建筑专用设备制造
c3511　矿山机械制造

C3512,石油钻采专用设备制造
I6513 应用软件开发
"""


def codes(who: Api, path: str, **query: str) -> list[str]:
    return [one["code"] for one in who.get(path, **query)["items"]]


@pytest.mark.parametrize("typed", ["南山", "nanshan", "ns", "深圳南山", "440305"])
def test_a_region_is_found_as_it_is_typed(mei: Api, typed: str) -> None:
    assert "440305" in codes(mei, "/regions", q=typed)


def test_regions_step_by_step(mei: Api) -> None:
    assert len(codes(mei, "/regions/children")) == 34
    assert "440300" in codes(mei, "/regions/children", code="440000")
    assert codes(mei, "/regions/children", code="440305") == []
    assert codes(mei, "/regions/children", code="nothing") == []
    assert codes(mei, "/regions", q="南山", within="440000") == ["440305"]
    assert codes(mei, "/regions") == []
    (found,) = mei.get("/regions", q="440305")["items"]
    assert found == {"code": "440305", "name": "南山区", "label": "广东省深圳市南山区"}


def test_a_pasted_address_is_read_or_asked_for(mei: Api) -> None:
    read = mei.post("/regions/reading", {"text": "地址：广东深圳南山区科技园科苑路15号"}, 200)
    assert (read["code"], read["street"], read["sure"]) == ("440305", "科技园科苑路15号", True)
    asked = mei.post("/regions/reading", {"text": "南山区科苑路15号"}, 200)
    assert (asked["code"], asked["sure"]) == ("", False)
    assert {"code": "440305", "label": "广东省深圳市南山区"} in asked["candidates"]
    mei.post("/regions/reading", {"text": "字" * 1001}, 422)


@pytest.mark.parametrize("typed", ["互联网", "hulianwang", "I64"])
def test_an_industry_is_found_as_it_is_typed(mei: Api, typed: str) -> None:
    assert codes(mei, "/industries", q=typed)[0] == "I64"


def test_without_a_word_the_sections_are_listed(mei: Api) -> None:
    assert len(codes(mei, "/industries")) == 20


def test_finer_classes_are_known_everywhere(boss: Api, mei: Api) -> None:
    made = boss.post("/industries/finer", {"lines": FINER, "edition": "国标 2017 版"}, 200)
    assert made == {"classes": 4, "edition": "国标 2017 版"}
    assert codes(mei, "/industries", q="矿山")[0] == "C3511"
    assert codes(mei, "/industries", q="kuangshan")[0] == "C3511"
    assert industry.label("C3511") == "制造业-专用设备制造业-矿山机械制造"
    for text in ("C3511", "3511", "矿山机械制造", "制造业-专用设备制造业-矿山机械制造"):
        assert industry.find(text) == "C3511"
    assert industry.codes()["C351"] == "采矿、冶金、建筑专用设备制造"
    assert industry.find("专用设备") == "C35"
    assert len(mei.get("/choices")["industry"]) == 117
    customer = mei.customer(industry="矿山机械制造")
    assert customer["industry"].endswith("矿山机械制造")
    assert boss.get("/industries/finer") == made
    assert Event.objects.get(verb="industry.refined").data["classes"] == 4
    # Another process knows them as well.
    registry.forget()
    assert industry.find("矿山机械制造") is None
    registry.current()
    assert industry.find("矿山机械制造") == "C3511"


def test_new_finer_classes_replace_the_old(boss: Api) -> None:
    boss.post("/industries/finer", {"lines": FINER}, 200)
    made = boss.post("/industries/finer", {"lines": "I6513 应用软件开发"}, 200)
    assert made == {"classes": 1, "edition": industry.EDITION}
    boss.get("/industries")
    assert industry.find("C3511") is None
    made = boss.post("/industries/finer", {"lines": ""}, 200)
    assert made == {"classes": 0, "edition": ""}
    assert not Word.objects.exists()
    boss.get("/industries")
    assert industry.find("应用软件开发") is None


@pytest.mark.parametrize(
    "line",
    [
        "矿山机械制造",
        "C35 专用设备制造业",
        "Z3511 矿山",
        "C9911 矿山",
        "C3511",
        "C3511 " + "字" * 41,
    ],
)
def test_a_line_that_is_no_class_is_told_by_its_number(boss: Api, line: str) -> None:
    answer = boss.post("/industries/finer", {"lines": f"I6513 应用软件开发\n{line}"}, 422)
    assert wrong_fields(answer) == {"lines"}
    assert "第 2 行" in answer["title"]
    assert not Word.objects.exists()


def test_a_code_of_two_names_is_refused(boss: Api) -> None:
    lines = "C3511 矿山机械制造\nC3511 矿山设备"
    assert "第 2 行" in boss.post("/industries/finer", {"lines": lines}, 422)["title"]


def test_only_who_looks_after_the_settings_refines(mei: Api) -> None:
    mei.post("/industries/finer", {"lines": FINER}, 403)
    mei.get("/industries/finer", 403)
