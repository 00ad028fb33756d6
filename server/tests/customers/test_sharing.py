"""Sharing, handing over, the pool and the trash."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, Api, hire, wrong_fields
from zhike.access.models import Organisation
from zhike.base import clock, jobs
from zhike.care.models import FollowUp, Task
from zhike.customers.models import Contact, Customer
from zhike.trail.models import Event


@pytest.fixture
def made(mei: Api) -> dict[str, Any]:
    return mei.customer(contact_name="李女士", mobile="13800138000")


def share(by: Api, with_: Api, customer_id: int, *, edit: bool = False) -> None:
    by.call("PUT", f"/customers/{customer_id}/collaborators/{with_.id}", {"may_edit": edit})


def test_a_reader_sees_but_changes_nothing(mei: Api, lin: Api, made: dict[str, Any]) -> None:
    path = f"/customers/{made['id']}"
    lin.get(path, 404)
    share(mei, lin, made["id"])
    seen = lin.get(path)
    assert seen["access"] == "shared_read"
    assert {name for name, may in seen["can"].items() if may} == {"reveal"}
    assert "edit" not in seen["fields"].values()
    assert lin.get("/customers")["items"][0]["id"] == made["id"]
    assert lin.get("/search", q="华为")["items"][0]["id"] == made["id"]
    lin.patch(path, {"version": seen["version"], "grade": "A"}, 403)
    lin.post(f"{path}/follow-ups", {"way": "phone", "content": "x"}, 403)
    lin.post(f"{path}/contacts", {"name": "王经理"}, 403)
    lin.delete(path, 403)
    contact = made["contacts"][0]["id"]
    assert lin.post(f"/contacts/{contact}/reveals", {"field": "mobile"}, 200)["value"]


def test_an_editor_works_but_gives_nothing_away(
    boss: Api, mei: Api, lin: Api, made: dict[str, Any]
) -> None:
    path = f"/customers/{made['id']}"
    share(mei, lin, made["id"], edit=True)
    changed = lin.patch(path, {"version": made["version"], "grade": "A"})
    assert changed["grade"] == "A"
    lin.post(f"{path}/follow-ups", {"way": "phone", "content": "聊了续约"})
    lin.delete(path, 403)
    share(lin, boss, made["id"])
    assert [one["id"] for one in mei.get(path)["collaborators"]] == [lin.id]
    told = [one["verb"] for one in mei.story(made["id"], kind="change")]
    assert told == ["customer.changed", "customer.shared"]


def test_sharing_ends(mei: Api, lin: Api, made: dict[str, Any]) -> None:
    share(mei, lin, made["id"])
    mei.delete(f"/customers/{made['id']}/collaborators/{lin.id}")
    lin.get(f"/customers/{made['id']}", 404)
    assert lin.get("/search", q="华为")["items"] == []
    mei.delete(f"/customers/{made['id']}/collaborators/{lin.id}", 404)


def test_an_owner_loses_a_customer_with_being_its_owner(
    boss: Api, mei: Api, lin: Api, made: dict[str, Any]
) -> None:
    path = f"/customers/{made['id']}"
    share(mei, lin, made["id"], edit=True)
    for owner in (lin, mei):
        version = boss.get(path)["version"]
        boss.patch(path, {"version": version, "owner_id": owner.id})
        assert boss.get(path)["collaborators"] == []
    lin.get(path, 404)
    assert lin.get("/search", q="华为")["items"] == []


def test_who_cares_is_told_and_no_more(mei: Api, lin: Api, made: dict[str, Any]) -> None:
    body = lin.get("/search", q=made["name"])
    assert body == {"items": [], "in_care": [{"owner": "王小梅", "department": None}]}
    assert lin.get("/search", q="华为")["in_care"] == []  # a part of a name is no name
    twin = lin.get("/customers/similar", name=made["name"])["items"][0]
    assert (twin["owner"], twin["name"], twin["id"]) == ("王小梅", None, None)
    Organisation.objects.update(tells_who_cares=False)
    assert lin.get("/search", q=made["name"])["in_care"] == []
    assert lin.get("/customers/similar", name=made["name"])["items"][0]["owner"] is None


def test_the_pool_is_read_only(boss: Api, mei: Api) -> None:
    made = mei.customer(contact_name="李晓梅", contact_title="女士", mobile="13800138000")
    boss.patch(f"/customers/{made['id']}", {"version": made["version"], "owner_id": None})
    seen = mei.get(f"/customers/{made['id']}")
    assert seen["access"] == "pool"
    assert not any(seen["can"].values())
    assert (seen["contact"]["name"], seen["contacts"][0]["name"]) == ("李女士", "李女士")
    assert "李晓梅" not in str(mei.get("/customers")) + str(mei.get("/search", q="华为"))
    mei.patch(f"/customers/{made['id']}", {"version": seen["version"], "grade": "A"}, 403)
    mei.post(f"/contacts/{made['contacts'][0]['id']}/reveals", {"field": "mobile"}, 403)
    mei.post(f"/customers/{made['id']}/follow-ups", {"way": "phone", "content": "x"}, 403)


def test_a_leaver_hands_everything_over(boss: Api, mei: Api, lin: Api) -> None:
    mine = [mei.customer(f"客户{n}") for n in range(3)]
    for one in mine:
        follow = {"way": "phone", "content": "谈妥", "next": {"on": "2026-11-25", "matter": "报价"}}
        mei.post(f"/customers/{one['id']}/follow-ups", follow)
    mei.post("/tasks", {"title": "写周报", "due_on": "2026-11-20"})
    mei.delete(f"/customers/{mine[2]['id']}")
    others = lin.customer("别人的")
    share(lin, mei, others["id"])
    assert boss.get(f"/people/{mei.id}/belongings") == {
        "customers": 2,
        "tasks": 4,
        "collaborations": 1,
    }
    boss.dismiss(mei, successor=lin)
    mei.get("/me", 401)
    jobs.run_due(clock.now())
    (handed,) = boss.get("/hand-overs", giver=mei.id)["items"]
    assert (handed["state"], handed["done"], handed["total"]) == ("done", 3, 3)
    assert Customer.objects.filter(owner=mei.id).count() == 0
    assert Task.objects.filter(assignee=mei.id).count() == 0
    first = lin.get(f"/customers/{mine[0]['id']}")
    assert first["next_follow_up_on"] == "2026-11-25"
    (follow_up,) = lin.story(mine[0]["id"], kind="follow_up")
    assert follow_up["actor"]["name"] == "王小梅"
    (change,) = lin.story(mine[0]["id"], kind="change")
    assert change["detail"]["changes"][0]["new"] == "林冲"
    assert lin.get(f"/customers/{others['id']}")["collaborators"] == []
    assert {one["name"] for one in lin.get("/customers")["items"]} == {"客户0", "客户1", "别人的"}
    assert lin.get("/search", q="客户0")["items"][0]["owner_name"] == "林冲"


def test_chosen_customers_change_hands(boss: Api, mei: Api, lin: Api) -> None:
    chosen = [mei.customer(f"客户{n}") for n in range(3)]
    ids = [one["id"] for one in chosen[:2]]
    begun = boss.post("/hand-overs", {"customer_ids": ids, "taker_id": lin.id, "note": "调区"})
    jobs.run_due(clock.now())
    assert boss.get(f"/hand-overs/{begun['id']}")["state"] == "done"
    assert {one["id"] for one in lin.get("/customers")["items"]} == set(ids)
    begun = boss.post("/hand-overs", {"filters": {"owner": str(mei.id)}, "taker_id": None})
    jobs.run_due(clock.now())
    assert mei.get(f"/customers/{chosen[2]['id']}")["access"] == "pool"
    mei.get(f"/hand-overs/{begun['id']}", 404)


def test_only_who_may_hands_over_what_is_in_reach(boss: Api, mei: Api, lin: Api) -> None:
    theirs = lin.customer("林冲的")
    mei.post("/hand-overs", {"customer_ids": [theirs["id"]], "taker_id": mei.id}, 404)
    own = mei.customer("自己的")
    mei.post("/hand-overs", {"customer_ids": [own["id"]], "taker_id": lin.id}, 403)
    lead = Api(hire("陈主管", "chen", "sales_lead"))
    share(lin, lead, theirs["id"], edit=True)
    lead.post("/hand-overs", {"customer_ids": [theirs["id"]], "taker_id": lead.id}, 403)
    boss.post("/hand-overs", {"customer_ids": [], "taker_id": lin.id}, 422)
    boss.post("/hand-overs", {"filters": {"ownr": str(mei.id)}, "taker_id": lin.id}, 422)
    boss.post("/hand-overs", {"customer_ids": [own["id"], 999_999], "taker_id": lin.id}, 404)
    assert wrong_fields(
        boss.post("/hand-overs", {"customer_ids": [own["id"]], "taker_id": 999_999}, 422)
    ) == {"taker_id"}


def test_the_trash_keeps_for_thirty_days(
    boss: Api, mei: Api, lin: Api, made: dict[str, Any], frozen: Any
) -> None:
    follow = {"way": "phone", "content": "记错了"}
    logged = mei.post(f"/customers/{made['id']}/follow-ups", follow)
    mei.delete(f"/follow-ups/{logged['id']}")
    mei.delete(f"/contacts/{made['contacts'][0]['id']}")
    other = mei.customer("删掉的")
    mei.delete(f"/customers/{other['id']}")
    items = mei.get("/trash")["items"]
    assert [one["kind"] for one in items] == ["customer", "contact", "follow_up"]
    assert {one["deleted_by"]["name"] for one in items} == {"王小梅"}
    first = mei.get("/trash", limit=2)
    second = mei.get("/trash", limit=2, cursor=first["next"])
    assert first["items"] + second["items"] == items
    assert second["next"] is None
    assert lin.get("/trash")["items"] == []
    assert len(boss.get("/trash", kind="customer")["items"]) == 1
    frozen.move_to(NOW + timedelta(days=29))
    mei, boss = Api(mei.person), Api(boss.person)
    mei.post(f"/contacts/{made['contacts'][0]['id']}/restoration", status=200)
    frozen.move_to(NOW + timedelta(days=31))
    mei, boss = Api(mei.person), Api(boss.person)
    assert boss.get("/trash")["items"] == []
    boss.post(f"/customers/{other['id']}/restoration", status=404)
    boss.post(f"/follow-ups/{logged['id']}/restoration", status=404)


def test_what_nobody_restored_goes_for_good(
    boss: Api, mei: Api, made: dict[str, Any], frozen: Any
) -> None:
    kept = mei.customer("留下的", contact_name="王经理")
    logged = [
        mei.post(f"/customers/{one['id']}/follow-ups", {"way": "phone", "content": "记错了"})
        for one in (made, kept)
    ]
    mei.delete(f"/follow-ups/{logged[1]['id']}")
    mei.delete(f"/contacts/{kept['contacts'][0]['id']}")
    mei.delete(f"/customers/{made['id']}")
    frozen.move_to(NOW + timedelta(days=25))
    late = Api(mei.person).customer("后来删的")
    Api(mei.person).delete(f"/customers/{late['id']}")
    frozen.move_to(NOW + timedelta(days=30, hours=20))
    assert [one.kind for one in jobs.plan_days(clock.now())].count("trash.empty") == 1
    jobs.run_due(clock.now())
    assert set(Customer.objects.values_list("name", flat=True)) == {"留下的", "后来删的"}
    assert not FollowUp.objects.exists()
    assert not Contact.objects.exists()
    assert Api(boss.person).get("/search", q="华为")["items"] == []
    told = Event.objects.filter(verb="trash.emptied").values_list("data", flat=True)
    assert {(one["kind"], one["records"]) for one in told} == {
        ("customer", 1),
        ("contact", 1),
        ("follow_up", 1),
    }


def test_reveals_are_counted_by_person_and_day(
    mei: Api, lin: Api, made: dict[str, Any], frozen: Any
) -> None:
    path = f"/contacts/{made['contacts'][0]['id']}/reveals"
    Organisation.objects.update(reveals_per_day=2, reveal_needs_reason=True)
    assert wrong_fields(mei.post(path, {"field": "mobile"}, 422)) == {"reason"}
    body = {"field": "mobile", "reason": "回访客户"}
    mei.post(path, body, 200)
    mei.post(path, body, 200)
    assert mei.post(path, body, 429)["code"] == "reveal_limit"
    share(mei, lin, made["id"])
    lin.post(path, body, 200)
    frozen.move_to(NOW + timedelta(days=1))
    Api(mei.person).post(path, body, 200)
    told = Api(mei.person).story(made["id"], kind="reveal")
    assert told[0]["detail"]["reason"] == "回访客户"
