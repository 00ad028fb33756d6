"""A whole import can be taken back, and nobody's later work with it."""

from __future__ import annotations

import pytest

from tests.doors import fixtures
from tests.doors.conftest import brought_in, cells_out, worked
from tests.people import Api
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers.models import Contact, Customer
from zhike.service.models import Feedback
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db


def undone(api: Api, import_id: int) -> dict[str, object]:
    assert api.post(f"/imports/{import_id}/undo", status=200)["state"] == "undoing"
    return worked(api, import_id)


def held() -> list[int]:
    models = (Customer, Contact, FollowUp, Task, CareEntry, Feedback)
    return [model.objects.count() for model in models]


def test_added_customers_go_with_all_they_brought(boss: Api) -> None:
    boss.customer("原有客户有限公司")
    before = held()
    done = brought_in(boss, fixtures.xlsx(fixtures.standard(30)))
    assert held() != before
    state = undone(boss, done["id"])
    assert (state["state"], state["message"]) == ("undone", "")
    assert held() == before
    assert boss.get("/search", q="C001")["items"] == []
    assert Event.objects.filter(verb="import.undone").count() == 1
    boss.post(f"/imports/{done['id']}/undo", status=409)
    again = brought_in(boss, fixtures.xlsx(fixtures.standard(30)))
    assert again["counts"]["new"] == 30, "the codes are free again"


def test_changed_customers_return_to_what_they_were(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(5)))
    before = cells_out(boss)
    counts = held()
    sheet = fixtures.standard(6)
    for row in sheet[1:]:
        row[1], row[6], row[8], row[11] = row[1] + "改", "13999999999", "新地址", 99
        row[13], row[14], row[16], row[18] = "邮件", "新的跟进", "2027-01-01", "又送了礼"
    sheet[2][4] = "新来的李女士"
    done = brought_in(boss, fixtures.xlsx(sheet))
    assert done["counts"]["update"] == 5
    assert cells_out(boss) != before
    assert undone(boss, done["id"])["message"] == ""
    assert cells_out(boss) == before
    assert held() == counts
    assert [hit["code"] for hit in boss.get("/search", q="0001")["items"]][:1] == ["C001"]


def test_what_people_did_since_stays(boss: Api) -> None:
    first = brought_in(boss, fixtures.xlsx(fixtures.standard(4)))
    one, two, *_ = boss.get("/customers", sort="code")["items"]
    boss.patch(f"/customers/{one['id']}", {"version": one["version"], "remark": "我改的"})
    boss.post(f"/customers/{two['id']}/follow-ups", {"way": "phone", "content": "刚打过"})
    state = undone(boss, first["id"])
    assert "2 位客户" in str(state["message"])
    assert {row["code"] for row in boss.get("/customers")["items"]} == {one["code"], two["code"]}


def test_fields_changed_since_are_kept_and_told(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    sheet = fixtures.standard(2)
    for row in sheet[1:]:
        row[9], row[20] = "新产品", "导入的备注"
    done = brought_in(boss, fixtures.xlsx(sheet))
    (one, _) = boss.get("/customers", sort="code")["items"]
    boss.patch(f"/customers/{one['id']}", {"version": one["version"], "remark": "我改的"})
    state = undone(boss, done["id"])
    assert "1 处" in str(state["message"])
    customer = boss.get(f"/customers/{one['id']}")
    assert (customer["remark"], customer["products"]) == ("我改的", "云服务SaaS")


def test_records_go_and_plans_open_again(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    before = [row[16] for row in cells_out(boss)]
    counts = held()
    rows = [
        fixtures.MAINTENANCE,
        ["C001", "2026-11-10", "拜访", "聊预算", "想增购", "钱经理", "2026-11-30 发方案"],
        ["C001", "2026-11-01", "电话", "更早", "", "钱经理", "2026-11-20 再电话"],
    ]
    done = brought_in(boss, fixtures.xlsx(rows))
    assert [row[16] for row in cells_out(boss)][1] == "2026-11-30"
    undone(boss, done["id"])
    assert held() == counts
    assert [row[16] for row in cells_out(boss)] == before


def test_cancelled_while_writing_is_rolled_back(boss: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.doors.conftest import upload
    from zhike.doors import spool

    monkeypatch.setattr(spool, "PIECE", 10)
    of = upload(boss, fixtures.xlsx(fixtures.standard(40)))
    boss.post(f"/imports/{of['id']}/confirmation", status=200)
    from zhike.doors import entering

    write = entering._write_piece
    seen = []

    def cancelling(run, of_, *rest):  # type: ignore[no-untyped-def]
        found = write(run, of_, *rest)
        seen.append(1)
        if len(seen) == 2:
            boss.post(f"/imports/{of['id']}/cancellation", status=200)
        return found

    monkeypatch.setattr(entering, "_write_piece", cancelling)
    worked(boss, of["id"])
    state = worked(boss, of["id"])
    assert state["state"] == "cancelled"
    assert len(seen) == 2
    assert held() == [0, 0, 0, 0, 0, 0]


def test_a_failed_import_leaves_nothing(boss: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.doors.conftest import upload
    from zhike.base.errors import Conflict
    from zhike.doors import entering, spool

    monkeypatch.setattr(spool, "PIECE", 10)
    of = upload(boss, fixtures.xlsx(fixtures.standard(40)))
    boss.post(f"/imports/{of['id']}/confirmation", status=200)
    write = entering._write_piece
    seen = []

    def failing(*args):  # type: ignore[no-untyped-def]
        seen.append(1)
        if len(seen) == 3:
            raise Conflict("磁盘已满，请清理后重试。")
        return write(*args)

    monkeypatch.setattr(entering, "_write_piece", failing)
    state = worked(boss, of["id"])
    assert state["state"] == "failed"
    assert "磁盘已满" in str(state["message"])
    assert held() == [0, 0, 0, 0, 0, 0]
