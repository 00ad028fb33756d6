"""Taking customers out of the pool, and giving them back: rights and limits (R33)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, Api, hire, wrong_fields
from zhike.care.models import PoolEntry, Task
from zhike.customers.models import Customer
from zhike.trail.models import Event


def give_back(by: Api, customer: dict[str, Any], status: int = 204, reason: str = "没空") -> Any:
    return by.post(f"/customers/{customer['id']}/pool", {"reason": reason}, status)


def claim(by: Api, *customers: dict[str, Any], status: int = 200) -> Any:
    return by.post("/pool/claims", {"customer_ids": [one["id"] for one in customers]}, status)


@pytest.fixture
def pool(boss: Api) -> list[dict[str, Any]]:
    """Four customers nobody owns."""
    made = [boss.customer(f"公海{n}") for n in range(4)]
    for one in made:
        give_back(boss, one)
    return made


def test_who_claims_owns_and_has_a_plan(mei: Api, pool: list[dict[str, Any]]) -> None:
    one = pool[0]
    assert claim(mei, one) == {"claimed": [one["id"]], "refused": []}
    file = mei.get(f"/customers/{one['id']}")
    assert file["owner"]["id"] == mei.id
    (task,) = mei.get("/tasks")["items"]
    assert file["next_follow_up_on"] == task["due_on"] >= "2026-11-18"
    kept = Task.objects.get()
    assert (kept.assignee_id, kept.why[:6]) == (mei.id, "从公海领取。")
    assert kept.rule_id
    assert kept.remind_at
    assert mei.story(one["id"])[0]["verb"] == "customer.claimed"
    entry = PoolEntry.objects.get(customer_id=one["id"])
    assert (entry.claimed_by_id, str(entry.claimed_on)) == (mei.id, "2026-11-18")
    assert one["id"] not in [item["id"] for item in mei.get("/pool")["items"]]


def test_the_first_contact_is_when_it_suits_the_contact(boss: Api, mei: Api) -> None:
    one = boss.customer(contact_name="王建国")
    (contact,) = boss.get(f"/customers/{one['id']}")["contacts"]
    body = {"version": contact["version"], "convenient_time": "周三下午", "convenient_way": "visit"}
    boss.patch(f"/contacts/{contact['id']}", body)
    give_back(boss, one)
    claim(mei, one)
    task = Task.objects.get()
    assert (task.due_on.isoweekday(), str(task.due_time)) == (3, "14:30:00")
    assert "周三联系人方便" in task.why


def test_what_the_former_owner_promised_goes_along(mei: Api, lin: Api) -> None:
    one = mei.customer()
    mei.post("/tasks", {"title": "寄样品", "due_on": "2026-11-10", "customer_id": one["id"]})
    plan = {"kind": "follow_up", "customer_id": one["id"]}
    mei.post("/tasks", {"title": "早该做的", "due_on": "2026-11-10", **plan})
    give_back(mei, one)
    assert set(Task.objects.values_list("assignee", flat=True)) == {None}
    claim(lin, one)
    open_ones = Task.objects.filter(done_at=None)
    assert set(open_ones.values_list("assignee", flat=True)) == {lin.id}
    assert "早该做的" not in set(open_ones.values_list("title", flat=True))
    assert "寄样品" in set(open_ones.values_list("title", flat=True))


def test_the_limits_of_a_day(boss: Api, mei: Api, pool: list[dict[str, Any]], frozen: Any) -> None:
    boss.patch("/pool-rules", {"claims_per_day": 2})
    done = claim(mei, *pool)
    assert done["claimed"] == [one["id"] for one in pool[:2]]
    assert [one["id"] for one in done["refused"]] == [one["id"] for one in pool[2:]]
    assert done["refused"][0]["why"] == "今天已领取 2 位，每天最多 2 位"
    page = mei.get("/pool")
    assert page["limits"] == {
        "held": 2,
        "capacity": 0,
        "claimed_today": 2,
        "claims_per_day": 2,
    }
    assert {(item["claimable"], item["why_not"]) for item in page["items"]} == {
        (False, "今天已领取 2 位，每天最多 2 位")
    }
    frozen.move_to(NOW + timedelta(hours=14))  # midnight in Shanghai
    assert claim(mei, *pool[2:])["claimed"] == [one["id"] for one in pool[2:]]


def test_nobody_holds_more_than_the_capacity(
    boss: Api, mei: Api, pool: list[dict[str, Any]]
) -> None:
    boss.patch("/pool-rules", {"capacity": 2})
    mei.customer("自己的")
    away = mei.customer("归档的")
    mei.post(f"/customers/{away['id']}/archive", {"reason": "won"}, 200)
    done = claim(mei, *pool[:2])
    assert done["claimed"] == [pool[0]["id"]]
    assert done["refused"][0]["why"] == "你名下已有 2 位客户，到了上限 2 位"


def test_who_lost_one_waits(boss: Api, mei: Api, lin: Api, frozen: Any) -> None:
    one = mei.customer()
    give_back(mei, one)
    (item,) = mei.get("/pool")["items"]
    why = "11月18日才从你这里回到公海，12月3日起可以再领"
    assert (item["claimable"], item["why_not"]) == (False, why)
    assert claim(mei, one)["refused"] == [{"id": one["id"], "why": why}]
    assert lin.get("/pool")["items"][0]["claimable"]
    frozen.move_to(NOW + timedelta(days=15))
    mei.client.force_login(mei.person)
    assert claim(mei, one)["claimed"] == [one["id"]]


def test_an_assignment_is_no_claim(boss: Api, mei: Api, pool: list[dict[str, Any]]) -> None:
    version = boss.get(f"/customers/{pool[0]['id']}")["version"]
    boss.patch(f"/customers/{pool[0]['id']}", {"version": version, "owner_id": mei.id})
    assert mei.get("/pool")["limits"]["claimed_today"] == 0
    entry = PoolEntry.objects.get(customer_id=pool[0]["id"])
    assert (entry.claimed_by_id, entry.claimed_on) == (mei.id, None)


def test_who_is_refused_is_named(mei: Api, lin: Api, pool: list[dict[str, Any]]) -> None:
    taken, hidden, gone = pool[0], lin.customer("林冲的"), {"id": 987_654}
    claim(lin, taken)
    mine = mei.customer("我的")
    refused = {one["id"]: one["why"] for one in claim(mei, taken, hidden, gone, mine)["refused"]}
    lost = "没有找到这位客户，可能已被别人领走或删除"
    assert refused[hidden["id"]] == refused[taken["id"]] == refused[gone["id"]] == lost
    assert refused[mine["id"]] == "已经是你的客户了"
    assert Customer.objects.get(pk=hidden["id"]).owner_id == lin.id


def test_who_may_not_claim(mei: Api, pool: list[dict[str, Any]]) -> None:
    service = Api(hire("客服甲", "service", "service"))
    claim(service, pool[0], status=403)
    assert not service.get("/pool")["items"][0]["claimable"]
    assert wrong_fields(claim(mei, status=422)) == {"customer_ids"}
    assert not Event.objects.filter(verb="customer.claimed").exists()


def test_giving_back(boss: Api, mei: Api, lin: Api) -> None:
    one, kept = mei.customer("甲公司"), mei.customer("乙公司", cooperation_until="2027-01-01")
    assert wrong_fields(give_back(mei, one, 422, reason=" ")) == {"reason"}
    give_back(lin, one, 404)
    mei.call("PUT", f"/customers/{one['id']}/collaborators/{lin.id}", {"may_edit": True})
    give_back(lin, one, 403)
    give_back(mei, one)
    give_back(mei, one, 403)  # it is in the pool
    assert Customer.objects.get(pk=one["id"]).owner_id is None
    assert mei.story(one["id"])[0]["detail"]["reason"] == "没空"
    (there,) = lin.get("/pool")["items"]
    assert (there["why"], there["former"]["name"]) == ("放回：没空", "王小梅")
    claim(lin, one)
    version = boss.get(f"/customers/{one['id']}")["version"]
    boss.patch(f"/customers/{one['id']}", {"version": version, "owner_id": None})
    (again,) = boss.get("/pool")["items"]
    assert (again["why"], again["former"]["name"]) == ("主动放回", "林冲")
    assert give_back(mei, kept, 409)["code"] == "under_contract"
    give_back(boss, kept)
    assert give_back(boss, kept, 409)["code"] == "in_pool"


def test_the_pool_shows_what_may_be_seen(boss: Api, mei: Api) -> None:
    one = mei.customer("张三", kind="person", mobile="13812345678", region="浙江省杭州市")
    give_back(mei, one)
    (there,) = boss.get("/pool")["items"]
    assert there["name"] == "张三"
    assert "138" not in str(there)
    blind = Api(hire("看不见", "blind", "sales"))
    role = blind.person.role
    role.granted["scopes"]["customer"]["pool"] = False
    role.save()
    assert Api(type(blind.person).objects.get(pk=blind.id)).get("/pool")["items"] == []
