"""What a new owner is told of a customer (R32)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import Api, hire
from zhike.base import clock
from zhike.base.jobs import enqueue, run_due
from zhike.customers.models import Customer
from zhike.trail.models import Event, Notice
from zhike.trail.notices.telling import tell

PHONE = "13812345678"


def summary(by: Api, customer: dict[str, Any], status: int = 200) -> Any:
    return by.get(f"/customers/{customer['id']}/handing-over-summary", status)


def test_the_summary_tells_what_matters(boss: Api, mei: Api, lin: Api) -> None:
    one = mei.customer(
        contact_name="李女士",
        mobile=PHONE,
        need_status="clear",
        risk="预算要到三月才批",
        cooperation_until="2026-12-20",
        contract_amount=500_000_00,
    )
    mei.post(
        f"/customers/{one['id']}/follow-ups",
        {
            "way": "phone",
            "content": "谈了价格",
            "objection": "价格高",
            "todos": [{"title": "寄样品", "due_on": "2026-11-20"}],
        },
    )
    mei.post(f"/customers/{one['id']}/problems", {"description": "交期不稳"})
    version = mei.get(f"/customers/{one['id']}")["version"]
    boss.patch(f"/customers/{one['id']}", {"version": version, "owner_id": lin.id})
    told = summary(lin, one)
    assert told["owner"]["id"] == lin.id
    stage = {part["label"]: part["value"] for part in told["stage"]}
    assert stage["合作到期时间"] == "2026-12-20"
    assert "50" in stage["合同金额"]
    assert told["risks"] == [{"field": "risk", "label": "风险提示", "value": "预算要到三月才批"}]
    assert [part["text"] for part in told["problems"]] == ["交期不稳"]
    assert [task["title"] for task in told["promises"]] == ["寄样品"]
    assert told["promises"][0]["assignee"]["id"] == lin.id
    (talk,) = told["last_talks"]
    assert (talk["author"], talk["content"], talk["way"]) == ("王小梅", "谈了价格", "电话")
    assert talk["objection"] == "价格高"
    assert told["contacts"][0]["name"] == "李女士"
    assert [day["kind"] for day in told["key_dates"]] == ["contract_end"]
    assert PHONE not in str(told)
    summary(mei, one, 404)


def test_the_summary_keeps_to_the_rights_of_the_reader(boss: Api, mei: Api) -> None:
    one = mei.customer(
        contact_name="李晓红", risk="要小心", contract_amount=100, contact_title="经理"
    )
    mei.post(f"/customers/{one['id']}/follow-ups", {"way": "phone", "content": "谈了"})
    told = summary(Api(hire("市场甲", "market", "marketing")), one)
    assert told["risks"] == []
    assert "合同金额" not in {part["label"] for part in told["stage"]}
    assert told["contacts"][0]["name"] == "李经理"
    assert told["contacts"][0]["title"] == ""
    assert told["last_talks"] == []


def test_of_the_pool_one_sees_less(mei: Api, lin: Api) -> None:
    one = mei.customer(contact_name="李晓红", contact_title="经理")
    mei.post(f"/customers/{one['id']}/pool", {"reason": "没空"}, 204)
    told = summary(lin, one)
    assert told["contacts"][0]["name"] == "李经理"
    assert told["owner"] is None


def notices(whom: Api) -> list[Notice]:
    return list(Notice.objects.filter(person_id=whom.id, kind="handed_over").order_by("id"))


def test_the_taker_is_told(boss: Api, mei: Api, lin: Api) -> None:
    one, other, third = (mei.customer(f"{name}公司") for name in "甲乙丙")
    boss.patch(f"/customers/{one['id']}", {"version": 1, "owner_id": lin.id})
    (notice,) = notices(lin)
    assert (notice.title, notice.customer_id) == ("周管理把甲公司转交给你", one["id"])
    ids = [other["id"], third["id"]]
    boss.post("/hand-overs", {"customer_ids": ids, "taker_id": lin.id, "note": "多费心"})
    assert len(notices(lin)) == 1  # nothing has come yet
    run_due(clock.now())
    assert (notices(lin)[1].title, notices(lin)[1].body) == (
        "周管理把 2 位客户转交给你",
        "乙公司、丙公司\n多费心",
    )
    assert len(notices(lin)) == 2
    told = summary(lin, other)["handed_over"]
    assert told.pop("at")[:10] == "2026-11-18"
    assert told == {"from": "王小梅", "to": "林冲", "note": "多费心"}
    assert summary(lin, one)["handed_over"]["from"] == "王小梅"
    assert summary(boss, one)["handed_over"] is None
    assert notices(mei) == []


def test_who_takes_over_themselves_needs_no_telling(boss: Api, mei: Api) -> None:
    one = mei.customer()
    boss.patch(f"/customers/{one['id']}", {"version": 1, "owner_id": boss.id})
    boss.post("/hand-overs", {"customer_ids": [one["id"]], "taker_id": None})
    run_due(clock.now())
    assert not Notice.objects.filter(kind="handed_over").exists()


def test_a_notice_of_many_names_three(boss: Api, mei: Api, lin: Api) -> None:
    ids = [mei.customer(f"{name}公司")["id"] for name in "甲乙丙丁戊"]
    boss.post("/hand-overs", {"customer_ids": ids, "taker_id": lin.id})
    run_due(clock.now())
    (one,) = notices(lin)
    assert (one.title, one.customer_id) == ("周管理把 5 位客户转交给你", None)
    assert one.body.splitlines()[0] == "甲公司、乙公司、丙公司等 5 位"


def test_so_does_that_of_a_leaver(boss: Api, mei: Api, lin: Api) -> None:
    own = lin.customer("自己的公司")
    for name in "甲乙丙丁":
        mei.customer(f"{name}公司")
    boss.dismiss(mei, lin)
    run_due(clock.now())
    (one,) = notices(lin)
    assert one.title == "周管理把 4 位客户转交给你"
    assert one.body.splitlines()[0] == "甲公司、乙公司、丙公司等 4 位"
    assert own["name"] not in one.body


def test_who_is_the_takers_already_is_not_counted(boss: Api, mei: Api, lin: Api) -> None:
    had = [lin.customer(f"旧{name}公司")["id"] for name in "甲乙"]
    ids = [mei.customer(f"新{name}公司")["id"] for name in "甲乙丙"]
    begun = boss.post("/hand-overs", {"customer_ids": [*had, *ids], "taker_id": lin.id})
    assert begun["total"] == 3
    run_due(clock.now())
    now = boss.get(f"/hand-overs/{begun['id']}")
    assert (now["state"], now["done"], now["total"]) == ("done", 3, 3)
    (one,) = notices(lin)
    assert one.title == "周管理把 3 位客户转交给你"
    told = Event.objects.filter(verb__startswith="hand_over.").values_list("data", flat=True)
    assert [data["customers"] for data in told] == [3, 3]


def test_where_all_are_the_takers_already_nothing_begins(boss: Api, lin: Api) -> None:
    mine = lin.customer("甲公司")
    wrong = boss.post("/hand-overs", {"customer_ids": [mine["id"]], "taker_id": lin.id}, 422)
    assert "选中的客户已经都在林冲名下了，不用再转交。" in str(wrong)
    lin.post(f"/customers/{mine['id']}/pool", {"reason": "没空"}, 204)
    wrong = boss.post("/hand-overs", {"customer_ids": [mine["id"]], "taker_id": None}, 422)
    assert "选中的客户已经都在公海里了，不用再转交。" in str(wrong)
    assert boss.get("/hand-overs")["items"] == []


def test_no_name_stays_of_who_is_deleted_for_good(boss: Api, mei: Api, lin: Api) -> None:
    ids = [mei.customer(f"{name}公司")["id"] for name in "甲乙"]
    others = [mei.customer(f"{name}公司")["id"] for name in "丙丁"]
    for some in (ids, others):
        boss.post("/hand-overs", {"customer_ids": some, "taker_id": lin.id})
        run_due(clock.now())
    assert len(notices(lin)) == 2
    lin.delete(f"/customers/{ids[1]}")
    empty_the_trash()
    (left,) = notices(lin)
    assert "丙公司、丁公司" in left.body


def test_nor_of_who_is_called_by_a_number(boss: Api, mei: Api, lin: Api) -> None:
    """A notice hides the number, and is found by the rest of the name."""
    ids = [mei.customer(name)["id"] for name in (f"张三{PHONE}", "乙公司")]
    boss.post("/hand-overs", {"customer_ids": ids, "taker_id": lin.id})
    run_due(clock.now())
    (one,) = notices(lin)
    assert "张三" in one.body
    assert PHONE not in one.body
    lin.delete(f"/customers/{ids[0]}")
    empty_the_trash()
    assert notices(lin) == []


def test_what_was_told_since_is_of_somebody_else(mei: Api, lin: Api) -> None:
    gone = mei.customer("李明")
    mei.delete(f"/customers/{gone['id']}")
    since = clock.now() + timedelta(days=20)
    tell(lin.id, "handed_over", "one", "2 位客户", "李明辉、乙公司", now=since)
    empty_the_trash()
    assert not Customer._default_manager.filter(pk=gone["id"]).exists()
    assert len(notices(lin)) == 1


@pytest.mark.parametrize("kind", ["digest", "unplanned", "pool_falling", "pool_fell"])
def test_no_name_stays_where_many_were_told_of(mei: Api, kind: str) -> None:
    file = mei.customer("甲公司")
    tell(mei.id, kind, "one", "2 位客户", "甲公司、乙公司", now=clock.now())
    tell(mei.id, kind, "another", "2 位客户", "乙公司、丙公司", now=clock.now())
    mei.delete(f"/customers/{file['id']}")
    empty_the_trash()
    left = Notice.objects.filter(person_id=mei.id, kind=kind)
    assert list(left.values_list("key", flat=True)) == ["another"]


def empty_the_trash() -> None:
    later = clock.now() + timedelta(days=31)
    enqueue("trash.empty", {}, now=later)
    run_due(later)
