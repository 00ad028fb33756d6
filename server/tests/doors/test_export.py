"""Taking data out: whose, which columns, with which masks, and that it is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.doors import fixtures
from tests.doors.conftest import brought_in, table, taken_out
from tests.people import NOW, Api
from zhike.base import jobs
from zhike.doors import errands, exporting, queries
from zhike.doors.models import Export
from zhike.doors.views import VIEWS
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db


def test_sales_people_take_out_their_own_masked(boss: Api, mei: Api) -> None:
    brought_in(mei, fixtures.xlsx(fixtures.standard(3)))
    boss.customer("别人的客户有限公司", contact_name="赵总", mobile="13712345678")
    header, *rows = table(taken_out(mei, "standard-21"))
    assert header == fixtures.STANDARD
    assert [row[0] for row in rows] == ["C001", "C002", "C003"]
    assert rows[0][6] == "138****0001"
    mei.post("/exports", {"view": "standard-21", "plain": True}, status=403)
    assert len(table(taken_out(boss, "standard-21"))) == 5


def test_records_of_others_do_not_leak(boss: Api, mei: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(3)))
    for view in ("standard-21", "maintenance", "satisfaction", "collection", "list"):
        assert len(table(taken_out(mei, view))) == 1, view


def test_of_records_in_part_out_of_sight_the_last_seen_goes_out(boss: Api, mei: Api) -> None:
    """A later talk of a colleague does not hide the reader's own."""
    scopes = {"customer": {"reach": "all"}, "follow_up": {"reach": "own"}}
    role = {"name": "只看自己的跟进", "scopes": scopes, "actions": ["log", "export"]}
    mei.person.role_id = boss.post("/roles", role)["id"]
    mei.person.save()
    made = boss.customer("甲公司")
    talk = {"way": "phone", "content": "小梅谈的", "contacted_on": "2026-11-10"}
    mei.post(f"/customers/{made['id']}/follow-ups", talk)
    later = talk | {"content": "主管后来谈的", "contacted_on": "2026-11-16"}
    boss.post(f"/customers/{made['id']}/follow-ups", later)
    header, row = table(taken_out(mei, "standard-21"))
    assert row[header.index("跟进内容")] == "小梅谈的"
    header, row = table(taken_out(boss, "standard-21"))
    assert row[header.index("跟进内容")] == "主管后来谈的"


def test_filters_and_columns(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(20)))
    wanted = boss.get("/customers/summary", is_key="true")["count"]
    out = table(taken_out(boss, "list", filters={"is_key": True}, columns=["客户名称", "重点客户"]))
    assert out[0] == ["客户名称", "重点客户"]
    assert len(out) == wanted + 1
    assert {row[1] for row in out[1:]} == {"是"}


def test_a_number_one_filters_by_is_kept_sealed_and_told_masked(boss: Api) -> None:
    body = {"of": "customer", "label": "备用电话", "type": "phone", "group": "phone"}
    key = boss.post("/fields", body)["key"]
    boss.customer("有备用电话的公司", custom={key: "13712345678"})
    boss.customer("没有的公司")
    filters = {"field": [f"{key}:eq:13712345678"]}
    rows = table(taken_out(boss, "list", filters=filters, columns=["客户名称"]))
    assert [row[0] for row in rows[1:]] == ["有备用电话的公司"]
    assert "13712345678" not in str(list(Export.objects.values()))
    told = Event.objects.get(verb="export.made").data["filters"]["field"]
    assert told == [f"{key}:eq:137****5678"]


def test_every_view_has_its_columns(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    offered = {one["name"]: one for one in boss.get("/exports/views")["items"]}
    assert set(offered) == set(VIEWS)
    for name, view in offered.items():
        rows = table(taken_out(boss, name))
        if name != "tool-card":
            assert rows[0] == view["columns"]


def test_who_and_when_stand_in_the_file_and_in_the_trail(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(1)))
    text = taken_out(boss, "standard-21", format="csv").decode("utf-8-sig")
    assert "周管理（zhou）于 2026-11-18" in text.splitlines()[-1]
    mark = table(taken_out(boss, "standard-21", plain=True), -1)
    assert "完整号码" in mark[0][0]
    told = Event.objects.filter(verb="export.made").order_by("id").last()
    assert told is not None
    assert told.actor_id == boss.id
    assert told.data["plain"] is True


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"view": "everything"}, "view"),
        ({"view": "list", "format": "pdf"}, "format"),
        ({"view": "tool-card", "format": "csv"}, "format"),
        ({"view": "list", "columns": ["密码"]}, "columns"),
        ({"view": "list", "filters": {"created_from": "昨天"}}, "filters"),
        ({"view": "list", "filters": {"ownr": "me"}}, "filters"),
    ],
)
def test_wrong_wishes_are_told(boss: Api, body: dict[str, object], field: str) -> None:
    assert boss.post("/exports", body, status=422)["field"] == field
    assert not Export.objects.exists()


def test_files_are_for_who_made_them(boss: Api, mei: Api) -> None:
    made = boss.post("/exports", {"view": "list"})
    boss.get(f"/exports/{made['id']}/file", status=404)
    jobs.run_due(NOW + timedelta(minutes=1))
    mei.get(f"/exports/{made['id']}", status=404)
    mei.get(f"/exports/{made['id']}/file", status=404)
    assert boss.call("GET", f"/exports/{made['id']}/file").status_code == 200


def test_files_are_forgotten_after_a_day(boss: Api) -> None:
    made = boss.post("/exports", {"view": "list"})
    jobs.run_due(NOW + timedelta(minutes=1))
    path = queries.export_path(Export.objects.get(pk=made["id"]))
    assert path.exists()
    assert path.stat().st_mode & 0o077 == 0
    exporting.forget_old(NOW + timedelta(days=2))
    assert not path.exists()
    assert not boss.get(f"/exports/{made['id']}")["ready"]


def test_statements_do_not_grow_with_customers(boss: Api) -> None:
    from tests.people import queries_of

    def count() -> int:
        made = Export(view="list", format="csv", created_by=boss.person, created_at=NOW)
        path = queries.spool.folder("exports") / "x.csv"
        return queries_of(lambda: exporting.write(path, made, boss.person))

    brought_in(boss, fixtures.xlsx(fixtures.standard(3)))
    few = count()
    brought_in(boss, fixtures.xlsx([fixtures.STANDARD, *map(fixtures.standard_row, range(4, 60))]))
    assert count() == few


def test_export_straight_to_a_path(boss: Api, tmp_path) -> None:  # type: ignore[no-untyped-def]
    brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    report = errands.export_file(boss.person, "standard-21", tmp_path / "out.csv", NOW)
    assert report == {"rows": 2, "plain": True, "view": "standard-21"}
    assert "13800000001" in (tmp_path / "out.csv").read_text("utf-8-sig")
