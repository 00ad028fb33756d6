"""From the dropped file to the customers, over HTTP, as the wizard does it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.doors import fixtures
from tests.doors.conftest import brought_in, confirmed, problems, table, upload, worked
from tests.people import Api, answer
from zhike.base import clock, jobs
from zhike.base.errors import Problem
from zhike.doors import spool

pytestmark = pytest.mark.django_db


def count(api: Api) -> int:
    return int(api.get("/customers/summary")["count"])


def find(api: Api, code: str) -> dict[str, object]:
    (hit,) = api.get("/customers", q=code)["items"]
    return dict(api.get(f"/customers/{hit['id']}"))


def test_preview_then_confirm(boss: Api) -> None:
    of = upload(boss, fixtures.xlsx(fixtures.standard(20), title="客户信息管理表"))
    assert of["state"] == "ready"
    assert of["sheet"] == "standard-21"
    assert of["counts"] == {
        "rows": 20,
        "new": 20,
        "update": 0,
        "skip": 0,
        "refused": 0,
        "warnings": 0,
        "done": 0,
    }
    assert of["columns"][1]["field"] == "customer.name"
    assert len(of["columns"][1]["sample"]) == 3
    assert count(boss) == 0, "nothing is written before the confirmation"
    done = confirmed(boss, of["id"])
    assert done["state"] == "done"
    assert done["counts"]["done"] == 20
    assert done["can_undo"]
    assert count(boss) == 20
    assert not spool.rows_path(of["id"]).exists()
    assert not spool.upload_path(of["id"]).exists()


def test_an_imported_customer_is_like_one_entered_by_hand(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx([fixtures.STANDARD, fixtures.standard_row(7)]))
    customer = find(boss, "C007")
    assert customer["owner"] == {"id": boss.id, "name": "周管理"}
    assert customer["last_follow_up_on"] == "2026-10-08"
    assert customer["next_follow_up_on"] == "2026-12-08"
    (contact,) = customer["contacts"]  # type: ignore[misc]
    assert contact["mobile"]["masked"] == "138****0007"
    assert contact["is_primary"]
    kinds = [item["kind"] for item in boss.story(customer["id"])]  # type: ignore[arg-type]
    assert sorted(kinds) == ["care", "created", "feedback", "follow_up"]
    for words in ("0007", "maoyi", customer["name"][2:6]):  # type: ignore[index]
        assert [hit["id"] for hit in boss.get("/search", q=words)["items"]] == [customer["id"]]


def test_dirty_sheet_in_gbk(boss: Api) -> None:
    of = upload(boss, fixtures.csv_bytes(fixtures.dirty(), "gb18030"), "老系统.csv")
    assert problems(boss, of["id"]) == fixtures.DIRTY_LEVELS
    assert (of["counts"]["new"], of["counts"]["refused"]) == (13, 2)
    done = confirmed(boss, of["id"])
    assert count(boss) == 13
    assert problems(boss, done["id"]) == fixtures.DIRTY_LEVELS
    assert find(boss, "C010")["type"] == "prospect"
    assert find(boss, "C006")["contract_amount"] == 50_000_000


def test_result_workbook_holds_the_refused_rows_with_reasons(boss: Api) -> None:
    done = brought_in(boss, fixtures.csv_bytes(fixtures.dirty()), "老系统.csv")
    response = boss.call("GET", f"/imports/{done['id']}/result")
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    refused = table(data)
    assert refused[0] == [*fixtures.STANDARD, "原因", "原表行号"]
    assert [row[-1] for row in refused[1:]] == [7, 8]
    assert refused[2][0] == "C002"
    assert "第 2 行" in refused[2][-2]
    partly = table(data, 1)
    assert [row[-1] for row in partly[1:]] == [5, 10, 11, 14, 16, 17]
    # Mended there, the rows come in.
    refused[1][1], refused[2][0] = "补上的名称", "C800"
    again = brought_in(boss, fixtures.xlsx(refused))
    assert again["counts"]["new"] == 2


def test_second_import_updates_skips_or_adds(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(5)))
    changed = fixtures.standard(6)
    for row in changed[1:]:
        row[20] = "新的备注"
    data = fixtures.xlsx(changed)
    done = brought_in(boss, data, on_match="skip")
    assert (done["counts"]["new"], done["counts"]["skip"]) == (1, 5)
    assert find(boss, "C001")["remark"] == "需关注竞品动态"
    done = brought_in(boss, data, on_match="update")
    assert done["counts"]["update"] == 6
    assert find(boss, "C001")["remark"] == "新的备注"
    story = boss.story(find(boss, "C001")["id"])  # type: ignore[arg-type]
    assert [item["kind"] for item in story].count("follow_up") == 1
    of = upload(boss, data)
    boss.patch(f"/imports/{of['id']}", {"on_match": "new"})
    of = worked(boss, of["id"])
    assert of["counts"]["refused"] == 6, "codes are taken"
    boss.post(f"/imports/{of['id']}/confirmation", status=422)


def test_own_columns_are_mapped_by_hand(boss: Api) -> None:
    rows = [["单位", "暗号", "手机"], ["晨星贸易有限公司", "内部备注", "13812345678"]]
    of = upload(boss, fixtures.xlsx(rows))
    assert of["sheet"] == "unknown"
    assert of["columns"][1]["field"] is None
    twice = boss.patch(f"/imports/{of['id']}", {"mapping": {"1": "contact.mobile"}}, status=422)
    assert twice["field"] == "mapping"
    boss.patch(f"/imports/{of['id']}", {"mapping": {"1": "customer.background"}})
    of = worked(boss, of["id"])
    assert of["state"] == "ready"
    confirmed(boss, of["id"])
    (hit,) = boss.get("/customers")["items"]
    assert boss.get(f"/customers/{hit['id']}")["background"] == "内部备注"


def test_a_sheet_without_a_name_column_waits_for_one(boss: Api) -> None:
    rows = [["甲方", "手机", "邮箱"], ["晨星贸易有限公司", "13812345678", ""]]
    of = upload(boss, fixtures.xlsx(rows))
    assert of["state"] == "ready"
    assert "客户名称" in of["message"]
    assert boss.post(f"/imports/{of['id']}/confirmation", status=422)["field"] == "mapping"
    boss.patch(f"/imports/{of['id']}", {"mapping": {"0": "customer.name"}})
    of = worked(boss, of["id"])
    assert (of["message"], of["counts"]["new"]) == ("", 1)
    confirmed(boss, of["id"])
    assert count(boss) == 1


def test_codes_given_by_the_system_keep_clear_of_those_in_the_sheet(boss: Api) -> None:
    rows = [["客户编号", "客户名称"], ["", "没有编号"], ["CRM-202611001", "有编号"], ["", "也没有"]]
    done = brought_in(boss, fixtures.xlsx(rows))
    assert done["counts"]["new"] == 3
    codes = {one["name"]: one["code"] for one in boss.get("/customers")["items"]}
    assert codes["有编号"] == "CRM-202611001"
    assert len(set(codes.values())) == 3


def test_imports_nobody_confirmed_are_forgotten(boss: Api) -> None:
    from zhike.doors import actions

    of = upload(boss, fixtures.xlsx(fixtures.standard(1)))
    actions.forget_stale(now=clock.now() + timedelta(days=6))
    assert spool.rows_path(of["id"]).exists()
    actions.forget_stale(now=clock.now() + timedelta(days=8))
    assert not spool.rows_path(of["id"]).exists()
    assert boss.get(f"/imports/{of['id']}")["state"] == "cancelled"


def test_follow_ups_and_feedback_find_their_customers_by_code(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    rows = [
        fixtures.MAINTENANCE,
        ["C001", "2026-11-10", "上门拜访", "聊了预算", "有增购意向", "钱经理", "2026-11-30 发方案"],
        ["C001", "2026-11-01", "电话", "更早的电话", "", "钱经理", "2026-11-20 再电话"],
        ["C999", "2026-11-01", "电话", "不存在", "", "钱经理", ""],
    ]
    data = fixtures.xlsx(rows, title="表2:客户关系维护跟进表")
    done = brought_in(boss, data)
    assert done["sheet"] == "maintenance"
    assert (done["counts"]["new"], done["counts"]["refused"]) == (2, 1)
    assert problems(boss, done["id"]) == {5: [("refused", "客户编号")]}
    customer = find(boss, "C001")
    assert customer["last_follow_up_on"] == "2026-11-10"
    tasks = boss.get("/tasks", customer=customer["id"], scope="open")["items"]
    assert [(task["due_on"], task["title"]) for task in tasks] == [("2026-11-30", "发方案")]
    again = upload(boss, data)
    assert again["counts"]["skip"] == 2
    rows = [
        fixtures.SATISFACTION,
        ["C002", "2026-05-10", 4, "服务响应速度", "及时", "多培训", "孙主管", "处理中"],
    ]
    done = brought_in(boss, fixtures.csv_bytes(rows), "满意度.csv")
    assert done["sheet"] == "satisfaction"
    assert done["counts"]["new"] == 1


def test_cards_one_customer_a_sheet(boss: Api) -> None:
    cards = [fixtures.card(f"晨星{number}教育有限公司") for number in range(3)]
    done = brought_in(boss, fixtures.xlsx(*cards))
    assert done["sheet"] == "tool-card"
    assert done["counts"]["new"] == 3
    (hit, *_) = boss.get("/customers", q="晨星1")["items"]
    assert boss.get(f"/customers/{hit['id']}")["expected_close"] == "2026年12月底"


def test_sales_people_meet_only_their_own(boss: Api, mei: Api, lin: Api) -> None:
    brought_in(mei, fixtures.xlsx(fixtures.standard(3)))
    assert count(lin) == 0
    of = upload(lin, fixtures.xlsx(fixtures.standard(3)))
    assert of["counts"]["refused"] == 3, "the codes belong to customers lin may not see"
    for row in lin.get(f"/imports/{of['id']}/rows")["items"]:
        assert "王小梅" not in str(row)
    lin.get(f"/imports/{of['id'] - 1}", status=404)
    lin.post(f"/imports/{of['id'] - 1}/undo", status=404)
    lin.patch(f"/imports/{of['id']}", {"owner_id": mei.id}, status=403)
    assert count(boss) == 3


def test_owner_column_and_owner_of_the_import(boss: Api, mei: Api, lin: Api) -> None:
    rows = [["客户名称", "负责人"], ["甲公司", "林冲"], ["乙公司", "没有这人"], ["丙公司", ""]]
    of = upload(boss, fixtures.xlsx(rows))
    boss.patch(f"/imports/{of['id']}", {"owner_id": mei.id})
    worked(boss, of["id"])
    done = confirmed(boss, of["id"])
    owners = {one["name"]: one["owner"]["id"] for one in boss.get("/customers")["items"]}
    assert owners == {"甲公司": lin.id, "乙公司": mei.id, "丙公司": mei.id}
    assert problems(boss, done["id"]) == {3: [("warning", "")]}


def test_deleted_customers_are_not_revived(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(1)))
    boss.delete(f"/customers/{find(boss, 'C001')['id']}")
    of = upload(boss, fixtures.xlsx(fixtures.standard(1)))
    assert of["counts"]["refused"] == 1


def test_same_identity_is_one_customer(boss: Api) -> None:
    header = ["客户名称", "统一社会信用代码"]
    brought_in(boss, fixtures.xlsx([header, ["晨星", "91350211M000100Y46"]]))
    rows = [
        header,
        ["晨星贸易", "91350211M000100Y46"],
        ["又一个", "91350211M000100Y46"],
        ["错的", "91350211M000100Y47"],
    ]
    of = upload(boss, fixtures.xlsx(rows))
    assert (of["counts"]["update"], of["counts"]["refused"], of["counts"]["new"]) == (1, 1, 1)
    confirmed(boss, of["id"])
    assert count(boss) == 2


def test_cancelled_before_it_is_written(boss: Api) -> None:
    of = upload(boss, fixtures.xlsx(fixtures.standard(2)))
    assert boss.post(f"/imports/{of['id']}/cancellation", status=200)["state"] == "cancelled"
    assert not spool.rows_path(of["id"]).exists()
    boss.post(f"/imports/{of['id']}/confirmation", status=409)
    boss.post(f"/imports/{of['id']}/undo", status=409)
    assert count(boss) == 0


def test_a_file_that_cannot_be_read_fails_in_words(boss: Api) -> None:
    of = upload(boss, b"%PDF-1.7", "客户.pdf")
    assert of["state"] == "failed"
    assert "xlsx" in of["message"]
    of = upload(boss, fixtures.xlsx([["a", "b"], ["c", "d"]]))
    assert of["state"] == "failed"
    assert "表头" in of["message"]
    assert not spool.upload_path(of["id"]).exists()


def test_uploads_are_sealed_on_disk(boss: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "run_due", lambda now: 0)
    data = fixtures.csv_bytes(fixtures.standard(3), "utf-8")
    of = upload(boss, data, "x.csv")
    held = spool.upload_path(of["id"]).read_bytes()
    assert "采购总监".encode() not in held
    assert b"13800000001" not in held
    assert spool.uploaded(of["id"]).read() == data


def test_sealed_pieces_cannot_be_swapped(boss: Api) -> None:
    first = upload(boss, fixtures.xlsx(fixtures.standard(2)))
    second = upload(boss, fixtures.xlsx(fixtures.standard(3)))
    spool.rows_path(second["id"]).write_bytes(spool.rows_path(first["id"]).read_bytes())
    from zhike.base.keyring import Tampered

    with pytest.raises(Tampered):
        list(spool.pieces(second["id"]))


def test_rights_lost_meanwhile_stop_the_import(boss: Api, mei: Api) -> None:
    of = upload(mei, fixtures.xlsx(fixtures.standard(2)))
    mei.post(f"/imports/{of['id']}/confirmation", status=200)
    mei.person.is_active = False
    mei.person.save()
    stopped = worked(boss, of["id"])
    assert stopped["state"] == "failed"
    assert count(boss) == 0


def test_uploads_without_a_file_or_a_session(boss: Api) -> None:
    answer(boss.client.post("/api/v1/imports", {}, headers={"X-CSRFToken": boss.csrf}), 422)
    from django.test import Client

    response = Client().post("/api/v1/imports", {"file": SimpleUploadedFile("x.csv", b"x")})
    assert response.status_code == 401


def test_problems_are_told_to_nobody_without_the_right(boss: Api) -> None:
    from zhike.access.models import Person
    from zhike.doors import taking_out

    nobody = Person(name="离职", username="gone", is_active=False)
    with pytest.raises(Problem):
        taking_out.take_out(actor=nobody, now=clock.now(), view="standard-21")
