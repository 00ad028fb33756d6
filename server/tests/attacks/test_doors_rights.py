"""Imports and exports by people who want what is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.doors import fixtures
from tests.doors.conftest import (
    brought_in,
    confirmed,
    own_folder,
    problems,
    table,
    taken_out,
    upload,
    worked,
)
from tests.people import Api, answer, boss, digest, frozen, hire, lin, mei, organisation, role_of
from zhike.base import clock, jobs
from zhike.care.models import Task
from zhike.site.api import description
from zhike.trail.models import Event

__all__ = ["boss", "digest", "frozen", "lin", "mei", "organisation", "own_folder"]
pytestmark = pytest.mark.django_db
MISSING = 999_999


def sheet(*rows: dict[str, Any]) -> bytes:
    """A workbook with the columns the rows name."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return fixtures.xlsx([headers, *([row.get(name, "") for name in headers] for row in rows)])


DOORS = [
    ("GET", "/imports/{import}", None),
    ("PATCH", "/imports/{import}", {"on_match": "skip"}),
    ("PATCH", "/imports/{import}", {"mapping": {"0": None}}),
    ("GET", "/imports/{import}/rows", None),
    ("GET", "/imports/{import}/rows?only=all", None),
    ("POST", "/imports/{import}/confirmation", {}),
    ("POST", "/imports/{import}/cancellation", {}),
    ("POST", "/imports/{import}/undo", {}),
    ("GET", "/imports/{import}/result", None),
    ("GET", "/exports/{export}", None),
    ("GET", "/exports/{export}/file", None),
]


def test_every_operation_of_the_doors_is_tried() -> None:
    import json

    here = {f"{method} {path.partition('?')[0]}" for method, path, _ in DOORS}
    for path, methods in json.loads(description())["paths"].items():
        if "{import_id}" in path or "{export_id}" in path:
            short = path.removeprefix("/api/v1").replace("_id}", "}")
            assert {f"{method.upper()} {short}" for method in methods} <= here


@pytest.mark.parametrize(("method", "path", "body"), DOORS)
@pytest.mark.parametrize("state", ["ready", "done", "cancelled"])
def test_doors_of_others_are_not_there(
    mei: Api, lin: Api, digest: Callable[[], str], method: str, path: str, body: Any, state: str
) -> None:
    rows = [{"客户编号": "K1", "客户名称": "绝密公司", "联系方式": "123"}]
    of = upload(lin, sheet(*rows), "绝密.xlsx")
    if state == "done":
        confirmed(lin, of["id"])
    elif state == "cancelled":
        lin.post(f"/imports/{of['id']}/cancellation", status=200)
    made = lin.post("/exports", {"view": "list"})
    jobs.run_due(clock.now())
    before = digest()
    target = path.format(**{"import": of["id"], "export": made["id"]})
    refused = answer(mei.call(method, target, body), 404)
    assert "绝密" not in str(refused)
    missing = path.format(**{"import": MISSING, "export": MISSING})
    assert answer(mei.call(method, missing, body), 404) == refused
    for odd in (0, -1, 2**63, 10**30):
        numbers = {"import": odd, "export": odd}
        assert mei.call(method, path.format(**numbers), body).status_code in (404, 422)
    assert mei.get("/imports")["items"] == []
    assert digest() == before


def test_foreign_people_in_the_body(mei: Api, lin: Api, digest: Callable[[], str]) -> None:
    of = upload(mei, sheet({"客户名称": "甲公司", "备注": ""}))
    before = digest()
    for owner in (lin.id, None, MISSING, 0):
        mei.patch(f"/imports/{of['id']}", {"owner_id": owner}, status=403)
    mei.patch(f"/imports/{of['id']}", {"owner_id": 2**63}, status=403)
    mei.patch(f"/imports/{of['id']}", {"mapping": {"0": "customer.owner_id"}}, status=422)
    mei.patch(f"/imports/{of['id']}", {"mapping": {"9": None}}, status=422)
    assert digest() == before


def test_rows_about_customers_of_others_change_nothing(
    mei: Api, lin: Api, digest: Callable[[], str]
) -> None:
    """By code, by identity, by name, of the living and of the deleted."""
    number = "91350211M000100Y46"
    brought_in(
        lin,
        sheet(
            {
                "客户编号": "K1",
                "客户名称": "万科绝密",
                "统一社会信用代码": number,
                "联系人": "郁亮",
            },
            {"客户编号": "K2", "客户名称": "旧绝密"},
        ),
    )
    gone = lin.get("/customers", q="K2")["items"][0]["id"]
    lin.delete(f"/customers/{gone}")
    before = digest()
    rows = [
        {"客户编号": "K1", "客户名称": "改名一", "联系人": "坏人", "统一社会信用代码": ""},
        {"客户编号": "K2", "客户名称": "改名二"},
        {"客户编号": "", "客户名称": "改名三", "统一社会信用代码": number},
    ]
    of = upload(mei, sheet(*rows))
    assert of["counts"]["refused"] == 3
    told = str(mei.get(f"/imports/{of['id']}/rows"))
    assert not any(word in told for word in ("绝密", "郁亮", "林冲", "回收站"))
    mei.post(f"/imports/{of['id']}/confirmation", status=422)
    mei.post(f"/imports/{of['id']}/cancellation", status=200)
    assert lin.get("/customers/summary")["count"] == 1
    # A name alone is no secret and no key: mei gets a customer of her own.
    done = brought_in(mei, sheet({"客户名称": "万科绝密", "联系人": "坏人"}))
    assert (done["counts"]["new"], done["counts"]["update"]) == (1, 0)
    assert len(lin.get(f"/customers/{of['id']}", status=404)) > 0
    assert before != digest()  # the digest itself can tell


def test_records_for_customers_of_others_are_refused(mei: Api, lin: Api) -> None:
    brought_in(lin, sheet({"客户编号": "K1", "客户名称": "万科绝密"}))
    rows = [
        fixtures.MAINTENANCE,
        ["K1", "2026-11-10", "电话", "混进来", "", "", "2026-12-01 混"],
        ["K9", "2026-11-10", "电话", "没有这位", "", "", ""],
    ]
    of = upload(mei, fixtures.xlsx(rows))
    assert of["counts"]["refused"] == 2
    items = mei.get(f"/imports/{of['id']}/rows")["items"]
    first, second = (one["problems"][0]["message"] for one in items)
    assert first.replace("K1", "K9") == second, "foreign and absent look the same"


def test_handed_over_between_check_and_writing(mei: Api, lin: Api, boss: Api) -> None:
    brought_in(mei, sheet({"客户编号": "K1", "客户名称": "甲公司", "备注": "原来的"}))
    of = upload(mei, sheet({"客户编号": "K1", "客户名称": "甲公司", "备注": "抢回来"}))
    assert of["counts"]["update"] == 1
    pk = boss.get("/customers")["items"][0]["id"]
    boss.patch(f"/customers/{pk}", {"version": 1, "owner_id": lin.id})
    done = confirmed(mei, of["id"])
    assert (done["state"], done["counts"]["refused"]) == ("done", 1)
    assert lin.get(f"/customers/{pk}")["remark"] == "原来的"


def test_undo_leaves_alone_whose_customer_it_is_by_now(mei: Api, lin: Api, boss: Api) -> None:
    brought_in(mei, sheet({"客户编号": "K1", "客户名称": "甲公司", "备注": "原来的"}))
    done = brought_in(mei, sheet({"客户编号": "K1", "客户名称": "甲公司", "备注": "导入的"}))
    pk = boss.get("/customers")["items"][0]["id"]
    boss.patch(f"/customers/{pk}", {"version": 2, "owner_id": lin.id})
    mei.post(f"/imports/{done['id']}/undo", status=200)
    assert "1 位客户" in worked(mei, done["id"])["message"]
    assert lin.get(f"/customers/{pk}")["remark"] == "导入的"


def test_the_trail_names_who_confirmed_and_who_undid(mei: Api, boss: Api) -> None:
    brought_in(mei, sheet({"客户编号": "K1", "客户名称": "甲公司", "备注": "原来的"}))
    of = upload(mei, sheet({"客户编号": "K1", "客户名称": "甲公司", "备注": "导入的"}))
    boss.post(f"/imports/{of['id']}/confirmation", status=200)
    assert worked(boss, of["id"])["state"] == "done"
    boss.post(f"/imports/{of['id']}/undo", status=200)
    assert worked(boss, of["id"])["state"] == "undone"
    by = {
        verb: Event.objects.filter(verb=verb).latest("id").actor_id
        for verb in ("import.confirmed", "import.undone", "customer.changed")
    }
    assert by == dict.fromkeys(by, boss.id)


def test_exports_reach_no_further_than_the_person(mei: Api, lin: Api, boss: Api) -> None:
    brought_in(lin, sheet({"客户编号": "K1", "客户名称": "万科绝密", "联系方式": "13800138000"}))
    done = lin.get("/imports")["items"][0]["id"]
    brought_in(mei, sheet({"客户编号": "M1", "客户名称": "我的"}))
    for filters in (
        {"owner": lin.id},
        {"owner": "none"},
        {"q": "万科"},
        {"q": "13800138000"},
        {"import_id": done},
    ):
        rows = table(taken_out(mei, "list", filters=filters))
        assert "绝密" not in str(rows), filters
    for hostile in (
        {"owner": "1 OR 1=1"},
        {"q": {"a": 1}},
        {"type": ["x"] * 100_000},
        {"tag": -1},
        {"actor": boss.id, "hand_over": True},
    ):
        mei.post("/exports", {"view": "list", "filters": hostile}, status=422)
    mei.post("/exports", {"view": "list", "plain": True}, status=403)
    mei.post("/exports", {"view": "../list"}, status=422)
    mei.post("/exports", {"view": "list", "format": "../../x"}, status=422)


def test_files_are_withheld_once_the_right_or_the_day_is_over(boss: Api, frozen: Any) -> None:
    brought_in(boss, sheet({"客户名称": "甲公司", "联系方式": "13800138000"}))
    made = boss.post("/exports", {"view": "list", "plain": True})
    masked = boss.post("/exports", {"view": "list"})
    jobs.run_due(clock.now())
    assert boss.call("GET", f"/exports/{made['id']}/file").status_code == 200
    boss.person.role = role_of("sales")
    boss.person.save()
    assert boss.call("GET", f"/exports/{made['id']}/file").status_code == 404
    assert boss.call("GET", f"/exports/{masked['id']}/file").status_code == 200
    frozen.shift(timedelta(days=1, minutes=1))
    assert boss.call("GET", f"/exports/{masked['id']}/file").status_code == 404


def test_an_owner_nobody_knows_takes_no_customer_away(boss: Api, mei: Api, lin: Api) -> None:
    brought_in(mei, sheet({"客户编号": "K1", "客户名称": "甲公司"}))
    rows = {"客户编号": "K1", "客户名称": "甲公司", "备注": "新"}
    done = brought_in(boss, sheet(rows | {"负责人": "查无此人"}))
    assert problems(boss, done["id"]) == {2: [("warning", "")]}
    (one,) = boss.get("/customers")["items"]
    assert one["owner"]["id"] == mei.id
    brought_in(boss, sheet(rows | {"负责人": "林冲"}))
    assert boss.get("/customers")["items"][0]["owner"]["id"] == lin.id


def test_a_service_account_is_no_owner(boss: Api, mei: Api) -> None:
    """It never signs in: nobody would look after the customer."""
    robot = hire("机器人", "robot")
    robot.is_service = True
    robot.save()
    made = brought_in(boss, sheet({"客户编号": "K1", "客户名称": "甲公司", "负责人": "机器人"}))
    assert problems(boss, made["id"]) == {2: [("warning", "")]}
    assert boss.get("/customers")["items"][0]["owner"]["id"] == boss.id


def test_plans_go_along_when_an_import_changes_the_owner(boss: Api, mei: Api, lin: Api) -> None:
    rows = {"客户编号": "K1", "客户名称": "甲公司", "下次跟进时间": "2026-12-01"}
    brought_in(mei, sheet(rows))
    done = brought_in(boss, sheet({"客户编号": "K1", "客户名称": "甲公司", "负责人": "林冲"}))
    assert set(Task.objects.values_list("assignee", flat=True)) == {lin.id}
    boss.post(f"/imports/{done['id']}/undo", status=200)
    worked(boss, done["id"])
    assert set(Task.objects.values_list("assignee", flat=True)) == {mei.id}


def test_uploading_asks_for_the_right(boss: Api) -> None:
    boss.person.role = role_of("auditor")
    boss.person.save()
    response = boss.client.post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile("x.csv", b"x")},
        headers={"X-CSRFToken": boss.csrf},
    )
    answer(response, 403)
    boss.post("/exports", {"view": "list"}, status=403)
