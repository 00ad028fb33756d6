"""What an import or its undo could destroy."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.db import connection

from tests.attacks.test_doors_rights import sheet
from tests.doors import fixtures
from tests.doors.conftest import brought_in, confirmed, own_folder, problems, upload, worked
from tests.people import Api, boss, frozen, lin, mei, organisation
from zhike.base import clock, jobs
from zhike.customers.models import Contact, Customer
from zhike.doors import actions, exporting, spool
from zhike.doors.models import Import

__all__ = ["boss", "frozen", "lin", "mei", "organisation", "own_folder"]
pytestmark = pytest.mark.django_db
FIRST, SECOND = "91350211M000100Y46", "914403001922038216"


def file_of(api: Api, code: str) -> dict[str, Any]:
    (hit,) = [one for one in api.get("/customers", limit=200)["items"] if one["code"] == code]
    return dict(api.get(f"/customers/{hit['id']}"))


def undone(api: Api, import_id: int) -> dict[str, Any]:
    api.post(f"/imports/{import_id}/undo", status=200)
    return worked(api, import_id)


def test_empty_and_masked_cells_say_nothing(boss: Api) -> None:
    full = {
        "客户编号": "K1",
        "客户名称": "王小明",
        "联系人": "王小明",
        "联系方式": "13800138000",
        "邮箱": "wang@example.com",
        "企业地址": "文一路1号",
        "备注": "要紧",
    }
    brought_in(boss, sheet(full))
    before = file_of(boss, "K1")
    empty = dict.fromkeys(full, "") | {"客户编号": "K1", "客户名称": "王小明"}
    blanks = dict.fromkeys(full, "  ") | {"客户编号": "K1", "客户名称": "王**"}
    masked = empty | {
        "联系方式": "138****8000",
        "邮箱": "w***@example.com",
        "企业地址": "文一路***",
    }
    for row in (empty, blanks, masked):
        brought_in(boss, sheet(row))
        after = file_of(boss, "K1")
        assert {**after, "tasks": []} == {**before, "tasks": []}, row


def test_an_identity_of_somebody_else_refuses_the_cell_not_the_import(boss: Api) -> None:
    header = "统一社会信用代码"
    brought_in(
        boss,
        sheet(
            {"客户编号": "K1", "客户名称": "甲公司", header: FIRST},
            {"客户编号": "K2", "客户名称": "乙公司", header: ""},
        ),
    )
    of = upload(boss, sheet({"客户编号": "K2", "客户名称": "乙公司", header: FIRST, "备注": "新"}))
    assert problems(boss, of["id"]) == {2: [("cell_refused", header)]}
    assert confirmed(boss, of["id"])["state"] == "done"
    assert (file_of(boss, "K2")["remark"], file_of(boss, "K2")["identity"]) == ("新", "")


def test_undo_gets_by_when_the_old_identity_is_taken(boss: Api) -> None:
    header = "统一社会信用代码"
    brought_in(boss, sheet({"客户编号": "K1", "客户名称": "甲公司", header: FIRST}))
    done = brought_in(
        boss, sheet({"客户编号": "K1", "客户名称": "甲公司", header: SECOND, "备注": "新"})
    )
    boss.customer("乙公司", identity=FIRST)
    state = undone(boss, done["id"])
    assert (state["state"], "1 处" in state["message"]) == ("undone", True)
    assert file_of(boss, "K1")["remark"] == ""


def test_contacts_somebody_talked_to_since_stay(boss: Api) -> None:
    brought_in(boss, sheet({"客户编号": "K1", "客户名称": "甲公司"}))
    done = brought_in(boss, sheet({"客户编号": "K1", "客户名称": "甲公司", "联系人": "李女士"}))
    file = file_of(boss, "K1")
    (contact,) = file["contacts"]
    body = {"way": "phone", "content": "谈了", "contact_id": contact["id"]}
    boss.post(f"/customers/{file['id']}/follow-ups", body)
    undone(boss, done["id"])
    assert [one["name"] for one in file_of(boss, "K1")["contacts"]] == ["李女士"]


def test_plans_open_again_when_the_chunks_of_the_undo_are_others(
    boss: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhike.doors import undoing

    first = [
        {
            "客户编号": f"K{n}",
            "客户名称": f"第{n}公司",
            "最近跟进时间": "2026-11-01",
            "跟进内容": "旧",
            "下次跟进时间": "2026-11-30",
        }
        for n in range(5)
    ]
    brought_in(boss, sheet(*first))
    later = {"最近跟进时间": "2026-11-10", "跟进内容": "新", "下次跟进时间": "2026-12-31"}
    done = brought_in(boss, sheet(*(row | later for row in first)))
    days = "next_follow_up_on", "last_follow_up_on"
    assert {str(one[0]) for one in Customer.objects.values_list(*days)} == {"2026-12-31"}
    monkeypatch.setattr(undoing, "_CHUNK", 2)
    undone(boss, done["id"])
    found = {tuple(map(str, one)) for one in Customer.objects.values_list(*days)}
    assert found == {("2026-11-30", "2026-11-01")}


def test_somebody_stays_the_primary_contact(boss: Api) -> None:
    brought_in(boss, sheet({"客户编号": "K1", "客户名称": "甲公司"}))
    done = brought_in(boss, sheet({"客户编号": "K1", "客户名称": "甲公司", "联系人": "李女士"}))
    boss.post(f"/customers/{file_of(boss, 'K1')['id']}/contacts", {"name": "张先生"})
    undone(boss, done["id"])
    assert list(Contact.objects.values_list("name", "is_primary")) == [("张先生", True)]


def test_a_customer_named_like_the_watermark_is_no_watermark(boss: Api) -> None:
    rows = [
        {"客户名称": "※导出记录科技有限公司", "备注": "在"},
        {"客户名称": "甲公司", "备注": "在"},
    ]
    assert brought_in(boss, sheet(*rows))["counts"]["new"] == 2


def test_colleagues_work_survives_the_undo(boss: Api, mei: Api) -> None:
    """Follow-ups, tasks, care, feedback, tags, contacts, edits: each alone keeps its customer."""
    rows = [{"客户编号": f"K{n}", "客户名称": f"第{n}公司", "联系人": "李"} for n in range(8)]
    done = brought_in(mei, sheet(*rows))
    ids = {one["code"]: one["id"] for one in boss.get("/customers")["items"]}
    boss.post(f"/customers/{ids['K0']}/follow-ups", {"way": "phone", "content": "x"})
    boss.post("/tasks", {"title": "x", "due_on": "2026-12-01", "customer_id": ids["K1"]})
    boss.post(f"/customers/{ids['K2']}/care-entries", {"way": "gift", "result": "x"})
    boss.post(f"/customers/{ids['K3']}/feedback", {"comment": "x"})
    tag = boss.post("/tags", {"name": "要紧"})["id"]
    boss.patch(f"/customers/{ids['K4']}", {"version": 1, "tags": [tag]})
    boss.post(f"/customers/{ids['K5']}/contacts", {"name": "又一位"})
    boss.patch(f"/customers/{ids['K6']}", {"version": 1, "grade": "A"})
    state = undone(mei, done["id"])
    assert "7 位客户" in state["message"]
    assert set(Customer.objects.values_list("code", flat=True)) == {f"K{n}" for n in range(7)}


def test_two_imports_with_one_new_code(boss: Api, mei: Api) -> None:
    """Both were checked before either was written: the second finds the code taken."""
    data = sheet({"客户编号": "K1", "客户名称": "甲公司"}, {"客户编号": "", "客户名称": "乙公司"})
    one, two = upload(boss, data), upload(mei, data)
    for api, of in ((boss, one), (mei, two)):
        api.post(f"/imports/{of['id']}/confirmation", status=200)
    jobs.run_due(clock.now())
    states = [boss.get(f"/imports/{of['id']}") for of in (one, two)]
    assert [of["state"] for of in states] == ["done", "done"]
    assert [of["counts"]["new"] for of in states] == [2, 1]
    assert states[1]["counts"]["refused"] == 1
    codes = list(Customer.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) == 3


def test_left_over_files_are_swept_and_needed_ones_kept(boss: Api, frozen: Any) -> None:
    """A killed process leaves files whose removal was to come after its last commit."""
    done = brought_in(boss, sheet({"客户名称": "甲公司", "备注": ""}))
    ready = upload(boss, sheet({"客户名称": "乙公司", "备注": ""}))
    made = boss.post("/exports", {"view": "list", "plain": True})
    jobs.run_due(clock.now())
    imports, exports = spool.folder("imports"), spool.folder("exports")
    left = [
        imports / f"{done['id']}.rows",
        imports / f"{ready['id']}.upload",
        imports / "777.upload",
        imports / "778.part",
        exports / f"{made['id']}.3.part",
    ]
    needed = [imports / f"{ready['id']}.rows"]
    for path in left:
        path.write_bytes(b"x")
    fresh = imports / "779.upload"  # of a transaction under way
    fresh.write_bytes(b"x")
    old = (clock.now() - timedelta(days=2)).timestamp()
    for path in (*left, *needed, exports / f"{made['id']}.xlsx"):
        os.utime(path, (old, old))
    os.utime(fresh, (clock.now().timestamp(),) * 2)
    actions.forget_stale(now=clock.now())
    exporting.forget_old(clock.now())
    assert sorted(imports.iterdir()) == sorted([*needed, fresh])
    assert list(exports.iterdir()) == []


def test_sweeping_is_planned_with_every_upload_and_export(boss: Api) -> None:
    made = boss.post("/exports", {"view": "list"})
    jobs.run_due(clock.now())
    path = spool.folder("exports") / f"{made['id']}.xlsx"
    assert path.exists()
    os.utime(path, (clock.now().timestamp(),) * 2)
    of = upload(boss, sheet({"客户名称": "乙公司", "备注": ""}))
    jobs.run_due(clock.now() + timedelta(days=3))
    assert not path.exists(), "though nobody exports again"
    jobs.run_due(clock.now() + timedelta(days=9))
    assert not spool.rows_path(of["id"]).exists()
    assert Import.objects.get(pk=of["id"]).state == "cancelled"


def first_of_indexes(cursor: Any, table: str) -> set[str]:
    """The columns with which an index of the table begins."""
    known = connection.introspection.get_constraints(cursor, table).values()
    laid = [one for one in known if one["columns"]]
    laid = [one for one in laid if one["index"] or one["unique"] or one["primary_key"]]
    return {one["columns"][0] for one in laid}


def test_the_undo_searches_no_table_as_a_whole(boss: Api) -> None:
    """Deleting a row makes the database look for rows that point to it: by an index, please."""
    removed = {"zhike_customer", "zhike_contact", "zhike_followup"}
    with connection.cursor() as cursor:
        pointing = [
            (table, column, first_of_indexes(cursor, table))
            for table in connection.introspection.table_names(cursor)
            for column, (_, to) in connection.introspection.get_relations(cursor, table).items()
            if to in removed
        ]
        assert len(pointing) > 10
        assert [(table, column) for table, column, first in pointing if column not in first] == []
        for table in removed if connection.vendor == "sqlite" else ():
            cursor.execute(f"EXPLAIN QUERY PLAN DELETE FROM {table} WHERE id IN (1, 2)")
            scans = [row[3] for row in cursor.fetchall() if row[3].startswith("SCAN")]
            assert scans == [], table


def test_nothing_personal_is_logged(
    boss: Api, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The dirty sheet through preview, writing, failing and undo, with everything logged."""
    import logging

    caplog.set_level(logging.DEBUG)
    told: list[Any] = []

    def keep(_logger: Any, _name: str, event: Any) -> Any:
        told.append(dict(event))
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, keep],
        wrapper_class=structlog.make_filtering_bound_logger(0),
        cache_logger_on_first_use=False,
    )
    try:
        done = brought_in(boss, fixtures.xlsx(fixtures.standard(20)), "张三丰13811112222.xlsx")
        boss.get("/customers", q="13800000001")
        boss.get("/search", q="晨星")
        boss.call("GET", f"/imports/{done['id']}/result")
        undone(boss, done["id"])
        bad = upload(boss, b"PK\x03\x0413800000001", "张三丰.xlsx")
        assert bad["state"] == "failed"
    finally:
        structlog.configure(**before)
    text = str(told) + caplog.text + "".join(capsys.readouterr())
    queries = [one for one in caplog.records if one.name.startswith("django.db")]
    assert queries == []
    for secret in (
        "1380000",
        "example.com",
        "王经理",
        "欧阳总",
        "晨星",
        "张三丰",
        "文一路",
        "C001",
    ):
        assert secret not in text, secret


def test_spooled_files_are_for_their_owner_only(boss: Api) -> None:
    upload(boss, sheet({"客户名称": "乙公司", "备注": ""}))
    boss.post("/exports", {"view": "list"})
    jobs.run_due(clock.now())
    for name in ("imports", "exports"):
        place: Path = spool.folder(name)
        assert place.stat().st_mode & 0o077 == 0
