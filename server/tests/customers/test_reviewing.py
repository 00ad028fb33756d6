"""New customers and changes of chosen fields wait until somebody has decided (R57)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Api, hire, queries_of, wrong_fields
from zhike.access.models import Department, Person, Role
from zhike.access.rights import Level
from zhike.customers.models import Customer, Review
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db


def department(name: str) -> Department:
    made = Department.objects.create(name=name)
    made.path = f"/{made.pk}/"
    made.save()
    return made


class Town:
    """Two departments, each with who sells and who leads; the first sells under review."""

    def __init__(self, boss: Api) -> None:
        east, north = department("华东"), department("华北")
        self.boss = boss
        self.mei = Api(hire("梅姐", "meijie", department=east))
        self.han = Api(hire("韩信", "han", department=east))
        self.lead = Api(hire("陈主管", "chen", "sales_lead", department=east))
        self.far = Api(hire("吴主管", "wu", "sales_lead", department=north))

    def rule(self, *fields: str, new: bool = False) -> None:
        body = {"reviewed_fields": list(fields), "reviews_new_customers": new}
        self.boss.patch("/organisation", body)


@pytest.fixture
def town(boss: Api) -> Town:
    made = Town(boss)
    made.rule("grade", "contract_amount")
    return made


def change(api: Api, customer: dict[str, Any], status: int = 200, **fields: Any) -> Any:
    version = api.get(f"/customers/{customer['id']}")["version"]
    return api.patch(f"/customers/{customer['id']}", {"version": version, **fields}, status)


def waiting(api: Api, **query: Any) -> list[dict[str, Any]]:
    return api.get("/reviews", state="pending", **query)["items"]


def decide(api: Api, review: dict[str, Any], how: str, status: int = 200, **body: Any) -> Any:
    return api.post(f"/reviews/{review['id']}/{how}", body, status)


def said(review: dict[str, Any]) -> dict[str, list[str]]:
    """Old and new by label; a grade by its letter."""
    return {
        one["label"]: [one[side].partition("级(")[0] for side in ("old", "new")]
        for one in review["changes"]
    }


def with_level(api: Api, group: str, level: Level) -> Api:
    """The person, in a role like theirs but for one group of fields."""
    role = api.person.role
    granted = role.rights.stored()
    granted["fields"][group] = level.name.lower()
    api.person.role = Role.objects.create(
        key=f"of-{api.id}-{group}", name=f"角色{api.id}{group}", granted=granted
    )
    api.person.save()
    return Api(Person.objects.get(pk=api.id))


# Asking.


def test_a_chosen_field_waits_and_the_others_count_at_once(town: Town) -> None:
    made = town.mei.customer(grade="C")
    page = change(town.mei, made, grade="A", region="杭州", contract_amount=1_234_567_00)
    assert (page["grade"], page["region"], page["contract_amount"]) == ("C", "杭州", None)
    (asked,) = page["pending_reviews"]
    assert said(asked) == {"客户等级": ["C", "A"], "合同金额": ["", "1,234,567.00 元"]}
    assert asked["asked_by"]["name"] == "梅姐"
    assert not asked["can_decide"]
    (one,) = waiting(town.lead)
    assert (one["kind"], one["state"], one["left_out"]) == ("change", "pending", 0)
    of = {name: made[name] for name in ("id", "code", "name")}
    assert one["customer"] == {**of, "deleted": False}
    assert one["can_decide"]
    assert town.lead.get("/reviews/waiting") == {"pending": 1, "mine": 0, "used": True}
    assert town.mei.get("/reviews/waiting") == {"pending": 0, "mine": 1, "used": True}


def test_who_may_review_never_waits(town: Town) -> None:
    made = town.mei.customer(grade="C")
    assert change(town.lead, made, grade="A")["grade"] == "A"
    assert waiting(town.lead) == []


def test_without_the_rule_nothing_waits(town: Town) -> None:
    town.rule()
    made = town.mei.customer(grade="C")
    page = change(town.mei, made, grade="A")
    assert (page["grade"], page["pending_reviews"]) == ("A", [])


def test_what_is_asked_again_joins_and_the_last_wish_stands(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    (first,) = waiting(town.lead)
    change(town.mei, made, grade="B")
    change(town.mei, made, contract_amount=100)
    (one,) = waiting(town.lead)
    assert said(one) == {"客户等级": ["C", "B"], "合同金额": ["", "1.00 元"]}
    assert one["id"] == first["id"]
    assert one["seen"] != first["seen"]
    events = Event.objects.filter(verb="review.asked").count()
    change(town.mei, made, grade="B")
    assert Event.objects.filter(verb="review.asked").count() == events, "nothing new was asked"


def test_of_two_colleagues_each_keeps_their_own(town: Town) -> None:
    made = town.mei.customer(grade="C")
    town.mei.call("PUT", f"/customers/{made['id']}/collaborators/{town.han.id}", {"may_edit": True})
    change(town.mei, made, grade="A", contract_amount=100)
    change(town.han, made, grade="B")
    assert [said(one) for one in waiting(town.mei)] == [{"合同金额": ["", "1.00 元"]}]
    assert [said(one) for one in waiting(town.han)] == [{"客户等级": ["C", "B"]}]
    assert len(waiting(town.lead)) == 2


def test_asking_for_what_is_stored_takes_the_wish_back(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A", contract_amount=100)
    page = change(town.mei, made, grade="C")
    assert [said(one) for one in page["pending_reviews"]] == [{"合同金额": ["", "1.00 元"]}]
    page = change(town.mei, made, contract_amount=None)
    assert page["pending_reviews"] == []
    assert Review.objects.count() == 0
    assert Event.objects.filter(verb="review.withdrawn").count() == 2


def test_what_the_lead_writes_voids_what_waits_for_it(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A", contract_amount=100)
    page = change(town.lead, made, grade="B")
    assert [said(one) for one in page["pending_reviews"]] == [{"合同金额": ["", "1.00 元"]}]
    change(town.lead, made, contract_amount=5)
    assert waiting(town.lead) == []


def test_days_that_are_checked_together_wait_together(town: Town) -> None:
    town.rule("cooperation_until")
    made = town.mei.customer(cooperation_since="2024-01-01", cooperation_until="2024-12-31")
    page = change(town.mei, made, cooperation_since="2026-01-01", cooperation_until="2026-12-31")
    assert page["cooperation_since"] == "2024-01-01"
    assert set(said(page["pending_reviews"][0])) == {"合作开始时间", "合作到期时间"}
    decide(town.lead, page["pending_reviews"][0], "approval")
    assert town.mei.get(f"/customers/{made['id']}")["cooperation_until"] == "2026-12-31"


def test_a_kind_that_waits_does_not_yet_rule_the_number(town: Town) -> None:
    town.rule("kind")
    made = town.mei.customer("李小红", kind="company")
    card = "11010519491231002X"
    error = change(town.mei, made, 422, kind="person", identity=card)
    assert "identity" in wrong_fields(error)
    assert Review.objects.count() == 0


def test_only_known_fields_can_be_chosen(boss: Api) -> None:
    error = boss.patch("/organisation", {"reviewed_fields": ["grade", "identity"]}, 422)
    assert wrong_fields(error) == {"reviewed_fields"}
    told = boss.patch("/organisation", {"reviewed_fields": ["grade", "name", "grade"]})
    assert told["reviewed_fields"] == ["name", "grade"]
    assert {"name": "grade", "label": "客户等级"} in boss.get("/rights")["reviewable"]
    told = [one for one in boss.get("/audit")["items"] if one["verb"] == "organisation.changed"]
    assert told[0]["changes"][0]["new"] == "客户名称、客户等级"


# Deciding.


def test_an_approved_change_is_made_in_the_reviewers_name(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A", contract_amount=100)
    (one,) = waiting(town.lead)
    done = decide(town.lead, one, "approval", seen=one["seen"])
    assert (done["state"], done["decided_by"]["name"]) == ("approved", "陈主管")
    assert done["decided_at"]
    page = town.mei.get(f"/customers/{made['id']}")
    assert (page["grade"], page["contract_amount"], page["pending_reviews"]) == ("A", 100, [])
    (mine,) = town.mei.get("/reviews", mine="true")["items"]
    assert said(mine)["客户等级"] == ["C", "A"]
    story = town.mei.story(made["id"])
    verbs = [item["verb"] for item in story]
    assert {"review.asked", "review.decided", "customer.changed"} <= set(verbs)
    changed = next(item for item in story if item["verb"] == "customer.changed")
    assert changed["actor"]["name"] == "陈主管"


def test_a_rejected_change_leaves_everything_and_tells_why(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    (one,) = waiting(town.lead)
    for empty in ({}, {"note": "  "}):
        assert wrong_fields(decide(town.lead, one, "rejection", 422, **empty)) == {"note"}
    assert wrong_fields(decide(town.lead, one, "rejection", 422, note="长" * 501)) == {"note"}
    done = decide(town.lead, one, "rejection", note="合作未满一年")
    assert (done["state"], done["note"]) == ("rejected", "合作未满一年")
    assert town.mei.get(f"/customers/{made['id']}")["grade"] == "C"
    (mine,) = town.mei.get("/reviews", mine="true", state="rejected")["items"]
    assert town.lead.get("/reviews", state="decided")["items"][0]["id"] == mine["id"]
    assert town.lead.get("/reviews", state="approved")["items"] == waiting(town.lead) == []
    assert mine["note"] == "合作未满一年"
    decided = next(x for x in town.mei.story(made["id"]) if x["verb"] == "review.decided")
    assert decided["detail"]["note"] == "合作未满一年"
    assert decided["detail"]["changes"][0]["label"] == "客户等级"


def test_twice_is_a_conflict_that_names_who_was_first(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    (one,) = waiting(town.lead)
    decide(town.lead, one, "approval")
    error = decide(town.boss, one, "rejection", 409, note="不行")
    assert error["code"] == "decided"
    assert "陈主管" in error["title"]
    assert town.mei.get(f"/customers/{made['id']}")["grade"] == "A"


def test_nobody_approves_what_they_have_not_seen(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="B")
    (one,) = waiting(town.lead)
    change(town.mei, made, grade="A")
    assert decide(town.lead, one, "approval", 409, seen=one["seen"])["code"] == "stale"
    assert town.mei.get(f"/customers/{made['id']}")["grade"] == "C"
    (now,) = waiting(town.lead)
    decide(town.lead, now, "approval", seen=now["seen"])


def test_a_change_no_longer_possible_is_refused_in_words(town: Town) -> None:
    town.rule("cooperation_until")
    made = town.mei.customer(cooperation_since="2024-01-01")
    change(town.mei, made, cooperation_until="2024-06-30")
    change(town.mei, made, cooperation_since="2025-01-01")
    (one,) = waiting(town.lead)
    assert wrong_fields(decide(town.lead, one, "approval", 422)) == {"cooperation_until"}
    assert [x["state"] for x in town.lead.get("/reviews")["items"]] == ["pending"]


def retire(town: Town, name: str, value: str, by: str | None) -> None:
    path = f"/dictionaries/{name}/entries/{value}/retirement"
    town.boss.post(path, {"replace_by": by}, 200)


def test_a_word_replaced_meanwhile_is_approved_as_the_other(town: Town) -> None:
    town.rule("source", "contract_amount")
    made = town.mei.customer(source="exhibition")
    change(town.mei, made, source="visit", contract_amount=100)
    retire(town, "source", "visit", "self_visit")
    retire(town, "source", "self_visit", "referral")
    (one,) = waiting(town.lead)
    told = {x["label"]: x["new"] for x in one["changes"]}
    assert told["客户来源"] == "转介绍（原选的“线下拜访”已停用）"
    done = decide(town.lead, one, "approval", seen=one["seen"])
    assert said(done)["客户来源"] == ["展会推广", "转介绍"]
    page = town.mei.get(f"/customers/{made['id']}")
    assert (page["source"], page["contract_amount"], page["pending_reviews"]) == (
        *("referral", 100),
        [],
    )
    story = {x["verb"]: x for x in town.mei.story(made["id"])}
    (reworded,) = story["review.reworded"]["detail"]["changes"]
    assert (reworded["label"], reworded["old"], reworded["new"]) == (
        *("客户来源", "线下拜访"),
        "转介绍",
    )
    decided = story["review.decided"]["detail"]["changes"]
    assert {x["label"]: x["new"] for x in decided}["客户来源"] == "转介绍"
    audit = {x["verb"]: x for x in town.boss.get("/audit", verb_group="customer")["items"]}
    assert audit["review.reworded"]["summary"] == "提交时选的已停用：客户来源"


def test_a_word_retired_meanwhile_is_refused_by_its_name(town: Town) -> None:
    town.rule("source", "grade")
    made = town.mei.customer(source="exhibition", grade="C")
    change(town.mei, made, source="visit", grade="A")
    retire(town, "source", "visit", None)
    (one,) = waiting(town.lead)
    told = {x["label"]: x["new"] for x in one["changes"]}
    assert told["客户来源"] == "线下拜访（已停用）"
    events = Event.objects.count()
    error = decide(town.lead, one, "approval", 422)
    assert wrong_fields(error) == {"source"}
    assert all(word in error["title"] for word in ("客户来源", "线下拜访", "停用", "梅姐"))
    assert Event.objects.count() == events
    page = town.mei.get(f"/customers/{made['id']}")
    assert (page["source"], page["grade"]) == ("exhibition", "C")
    # What the lead can do then works.
    decide(town.lead, waiting(town.lead)[0], "rejection", note="换一个来源")
    change(town.mei, made, source="referral")
    decide(town.lead, waiting(town.lead)[0], "approval")
    assert town.mei.get(f"/customers/{made['id']}")["source"] == "referral"


def test_sales_decide_nothing_and_strangers_see_nothing(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    (one,) = waiting(town.mei)
    for how, body in (("approval", {}), ("rejection", {"note": "不"})):
        decide(town.mei, one, how, 403, **body)
        decide(town.far, one, how, 404, **body)
    assert waiting(town.far) == waiting(town.han) == []
    assert town.han.get("/reviews/waiting") == {"pending": 0, "mine": 0, "used": False}
    assert town.far.get("/reviews/waiting") == {"pending": 0, "mine": 0, "used": True}
    town.far.post(f"/reviews/{2**63}/approval", {}, 422)


def test_a_customer_only_shared_is_not_the_guests_to_decide(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    town.mei.call("PUT", f"/customers/{made['id']}/collaborators/{town.far.id}", {"may_edit": True})
    (one,) = waiting(town.far)
    assert not one["can_decide"]
    assert town.far.get("/reviews/waiting")["pending"] == 0
    decide(town.far, one, "approval", 403)


@pytest.mark.parametrize("level", [Level.HIDDEN, Level.READ])
def test_who_may_not_edit_a_field_may_not_approve_it(town: Town, level: Level) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A", contract_amount=100)
    poor = with_level(town.lead, "money", level)
    (one,) = waiting(poor)
    seen = {"客户等级"} if level == Level.HIDDEN else {"客户等级", "合同金额"}
    assert (set(said(one)), one["left_out"]) == (seen, 2 - len(seen))
    assert not one["can_decide"]
    assert poor.get("/reviews/waiting")["pending"] == 0
    assert decide(poor, one, "approval", 403)["field"] == "contract_amount"
    story = next(x for x in poor.story(made["id"]) if x["verb"] == "review.asked")
    assert {x["label"] for x in story["detail"]["changes"]} == seen


def test_the_audit_tells_both(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    decide(town.lead, waiting(town.lead)[0], "rejection", note="再等等")
    told = {x["verb"]: x for x in town.boss.get("/audit", verb_group="customer")["items"]}
    assert told["review.asked"]["summary"] == "客户等级"
    assert told["review.decided"]["summary"].startswith("不通过 再等等")
    assert told["review.decided"]["changes"][0]["new"].startswith("A")


# New customers.


def test_a_new_customer_waits_as_a_whole(town: Town) -> None:
    town.rule("grade", new=True)
    made = town.mei.customer(
        industry="软件", contact_name="李小红", mobile="13800138000", source="exhibition"
    )
    assert [one["kind"] for one in made["pending_reviews"]] == ["new"]
    (one,) = waiting(town.lead)
    facts = said(one)
    assert facts["客户名称"] == ["", made["name"]]
    assert facts["客户类别"][1] != "company"
    assert facts["联系人"][1].endswith("138****8000")
    page = change(town.mei, made, grade="A")
    assert page["grade"] == "A", "while it waits as a whole, its fields do not wait apart"
    assert decide(town.lead, one, "approval", 409, seen=one["seen"])["code"] == "stale"
    decide(town.lead, waiting(town.lead)[0], "approval")
    assert change(town.mei, made, grade="B")["grade"] == "A", "from now on they do"
    assert town.lead.customer("主管的客户")["pending_reviews"] == []


def test_a_rejected_new_customer_goes_and_comes_back_to_wait(town: Town) -> None:
    town.rule(new=True)
    made = town.mei.customer()
    decide(town.lead, waiting(town.lead)[0], "rejection", note="已有这家")
    town.mei.get(f"/customers/{made['id']}", 404)
    (mine,) = town.mei.get("/reviews", mine="true")["items"]
    assert (mine["note"], mine["customer"]["deleted"]) == ("已有这家", True)
    page = town.mei.post(f"/customers/{made['id']}/restoration", {}, 200)
    assert [one["kind"] for one in page["pending_reviews"]] == ["new"]
    decide(town.lead, waiting(town.lead)[0], "approval")


def test_what_lies_in_the_trash_is_not_decided(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    (one,) = waiting(town.lead)
    town.lead.delete(f"/customers/{made['id']}")
    assert waiting(town.lead) == waiting(town.mei) == []
    assert town.lead.get("/reviews/waiting")["pending"] == 0
    decide(town.lead, one, "approval", 404)
    town.lead.post(f"/customers/{made['id']}/restoration", {}, 200)
    decide(town.lead, one, "approval")
    assert town.mei.get(f"/customers/{made['id']}")["grade"] == "A"


# The queue.


def test_the_queue_is_paged_with_as_many_queries_for_many_as_for_few(town: Town) -> None:
    town.rule("grade", new=True)
    made = [town.mei.customer(f"第{n}家公司", contact_name="张三") for n in range(7)]
    found: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = town.lead.get("/reviews", limit=3, **cursor)
        found += [one["customer"]["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == [one["id"] for one in reversed(made)]
    few = queries_of(lambda: town.lead.get("/reviews", limit=2))
    assert queries_of(lambda: town.lead.get("/reviews", limit=7)) == few
    town.lead.get("/reviews", 422, cursor="nonsense")
    assert wrong_fields(town.lead.get("/reviews", 422, state="lost")) == {"state"}


def test_closing_the_account_of_who_asked_loses_nothing(town: Town) -> None:
    made = town.mei.customer(grade="C")
    change(town.mei, made, grade="A")
    town.boss.dismiss(town.mei, town.han)
    decide(town.lead, waiting(town.lead)[0], "approval")
    assert Customer.objects.get(pk=made["id"]).grade == "A"
