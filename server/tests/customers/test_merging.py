"""Merging customers with everything that hangs on them, and undoing it (R19)."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.customers.files import Maker, alive_counts, everything, own_fields
from tests.people import NOW, Api, hire, role_of, wrong_fields
from zhike.access.models import Organisation, Role
from zhike.base import clock, jobs
from zhike.care.models import FollowUp, Task
from zhike.customers import actions, bulk, custom, emptying, merging, search
from zhike.customers.models import (
    Attachment,
    Collaborator,
    Contact,
    Customer,
    CustomValue,
    Merge,
    Purchase,
)
from zhike.fields import sealed

pytestmark = pytest.mark.django_db
IDENTITY, OTHER_IDENTITY = "91440300708461136T", "91350211M000100Y46"
PHONE = "13800138000"


def planned(api: Api, survivor: dict, *absorbed: dict, status: int = 200) -> dict:
    body = {"survivor_id": survivor["id"], "absorbed_ids": [one["id"] for one in absorbed]}
    return api.post("/merges/plan", body, status)


def merged(api: Api, survivor: dict, *absorbed: dict, status: int = 201, **chosen: dict) -> dict:
    body = {
        "survivor_id": survivor["id"],
        "absorbed_ids": [one["id"] for one in absorbed],
        "chosen": {name: one["id"] for name, one in chosen.items()},
    }
    return api.post("/merges", body, status)


def undone(api: Api, done: dict, status: int = 200) -> dict:
    return api.post(f"/merges/{done['id']}/undo", {}, status)


def field(plan: dict, name: str) -> dict:
    return next(one for one in plan["fields"] if one["field"] == name)


def with_own(api: Api, name: str, **fields: object) -> dict:
    """A customer with fields of the customers' own."""
    made = actions.create_customer(actor=api.person, now=clock.now(), name=name, **fields)
    return {"id": made.pk}


def file(api: Api, customer: dict, status: int = 200) -> dict:
    return api.get(f"/customers/{customer['id']}", status)


# ---------------------------------------------------------------- the plan


def test_the_plan_suggests_what_is_filled_and_marks_what_clashes(mei):
    one = mei.customer("上海晨星教育科技有限公司", grade="A", identity=IDENTITY)
    other = mei.customer("晨星教育", grade="B", region="上海市", is_key=True)
    plan = planned(mei, one, other)
    assert plan["survivor"]["code"] == one["code"]
    assert [side["id"] for side in plan["absorbed"]] == [other["id"]]
    grade, region = field(plan, "grade"), field(plan, "region")
    assert (grade["chosen"], grade["clash"]) == (one["id"], True)
    assert [value["shown"][0] for value in grade["values"]] == ["A", "B"]
    assert (region["chosen"], region["clash"]) == (other["id"], False)
    assert field(plan, "is_key")["chosen"] == other["id"]
    assert field(plan, "identity")["values"][0]["shown"] == sealed.masking.mask(
        "identity", IDENTITY
    )


def test_the_plan_writes_nothing_and_shows_no_sealed_value(mei, digest):
    one = mei.customer("甲公司", identity=IDENTITY, contact_name="李红", mobile=PHONE)
    other = mei.customer("乙公司", identity=OTHER_IDENTITY)
    before = digest()
    plan = planned(mei, one, other)
    assert digest() == before
    said = json.dumps(plan, ensure_ascii=False)
    assert not any(plain in said for plain in (IDENTITY, OTHER_IDENTITY, PHONE))
    assert any("很可能不是同一位" in note["message"] for note in plan["notes"])


def test_of_several_the_one_written_last_fills_the_gap(mei, frozen):
    one, older = mei.customer("甲公司"), mei.customer("乙公司", region="上海市")
    frozen.shift(60)
    newer = mei.customer("丙公司", region="杭州市")
    assert field(planned(mei, one, older, newer), "region")["chosen"] == newer["id"]


def test_the_plan_counts_what_would_move(mei):
    one = mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    other = mei.customer("乙公司", contact_name="李红", mobile=PHONE)
    mei.post(f"/customers/{other['id']}/contacts", {"name": "王强"})
    mei.post(f"/customers/{other['id']}/follow-ups", {"way": "phone", "content": "谈过"})
    moves = {move["kind"]: move["count"] for move in planned(mei, one, other)["moves"]}
    assert moves["contact"] == 1  # 李红 is there twice
    assert moves["follow_up"] == 1
    assert moves["feedback"] == 0
    done = {move["kind"]: move["count"] for move in merged(mei, one, other)["moves"]}
    assert done == {kind: count for kind, count in moves.items() if count}


# ---------------------------------------------------------------- what becomes of it


def test_everything_goes_to_the_survivor(mei):
    one = mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    other = mei.customer("乙公司", contact_name="王强", background="老客户")
    logged = mei.post(
        f"/customers/{other['id']}/follow-ups",
        {"way": "phone", "content": "谈过价格", "next": {"on": "2026-11-25"}},
    )
    merged(mei, one, other)
    now = file(mei, one)
    assert now["background"] == "老客户"
    assert [(c["name"], c["is_primary"]) for c in now["contacts"]] == [
        ("李红", True),
        ("王强", False),
    ]
    assert (now["last_follow_up_on"], now["next_follow_up_on"]) == ("2026-11-18", "2026-11-25")
    talk = FollowUp.objects.get(pk=logged["id"])
    assert (talk.author, talk.version, talk.recorded_at.date()) == (mei.person, 1, NOW.date())
    assert [task["customer"]["id"] for task in mei.get("/tasks", scope="open")["items"]] == [
        one["id"]
    ]


def test_the_time_line_tells_of_both(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    mei.post(f"/customers/{other['id']}/follow-ups", {"way": "phone", "content": "谈过价格"})
    done = merged(mei, one, other)
    story = mei.story(one["id"])
    assert [item["verb"] for item in story] == [
        *("customer.merged", "follow_up.logged", "customer.created", "customer.created"),
    ]
    assert other["code"] in story[0]["detail"]["names"]
    undone(mei, done)
    assert [item["verb"] for item in mei.story(other["id"])] == [
        *("customer.unmerged", "follow_up.logged", "customer.created"),
    ]
    assert [item["verb"] for item in mei.story(one["id"])] == [
        *("customer.unmerged", "customer.merged", "customer.created"),
    ]


def test_fields_are_as_chosen(mei):
    one = mei.customer("甲公司", grade="A", identity=IDENTITY, industry="教育")
    other = mei.customer("乙公司", grade="B", identity=OTHER_IDENTITY, industry="软件")
    merged(mei, one, other, grade=other, identity=other, name=other, industry=other)
    now = Customer.objects.get(pk=one["id"])
    was = Customer.objects.get(pk=other["id"])
    assert (now.grade, now.name, now.name_key) == ("B", "乙公司", was.name_key)
    assert (now.industry, now.industry_code) == (was.industry, was.industry_code)
    assert sealed.read(now, "identity") == OTHER_IDENTITY
    assert now.identity_index == was.identity_index
    assert bytes(now.identity) != bytes(was.identity)  # sealed anew for its row
    (hint,) = mei.get("/customers/similar", identity=OTHER_IDENTITY)["items"]
    assert hint["id"] == one["id"]


def test_own_fields_go_along_sealed_and_indexed(mei):
    keys = own_fields()
    one = with_own(mei, "甲公司", custom={keys["text"]: "甲"})
    other = with_own(mei, "乙公司", custom={keys["text"]: "乙", keys["phone"]: PHONE})
    before = everything()
    done = merged(mei, one, other, **{keys["text"]: other})
    now = Customer.objects.get(pk=one["id"])
    assert custom.opened("customer", now) == {keys["text"]: "乙", keys["phone"]: PHONE}
    words = CustomValue.objects.filter(customer=now).values_list("word", flat=True)
    taken = CustomValue.objects.filter(customer=other["id"]).values_list("word", flat=True)
    assert sorted(words) == sorted(taken)
    undone(mei, done)
    assert everything() == before


def test_tags_and_collaborators_are_united(mei, lin, boss):
    tags = [mei.post("/tags", {"name": name})["id"] for name in ("甲", "乙")]
    one = mei.customer("甲公司", tags=tags[:1])
    other = mei.customer("乙公司", tags=tags)
    mei.call("PUT", f"/customers/{one['id']}/collaborators/{lin.id}", {"may_edit": False})
    mei.call("PUT", f"/customers/{other['id']}/collaborators/{lin.id}", {"may_edit": True})
    mei.call("PUT", f"/customers/{other['id']}/collaborators/{boss.id}", {"may_edit": False})
    before = everything()
    done = merged(mei, one, other)
    now = file(mei, one)
    assert {tag["id"] for tag in now["tags"]} == set(tags)
    assert {(c["id"], c["may_edit"]) for c in now["collaborators"]} == {
        (lin.id, True),
        (boss.id, False),
    }
    undone(mei, done)
    assert everything() == before


def test_a_contact_that_is_there_twice_stays_once(mei):
    one = mei.customer("甲公司", contact_name="李红", mobile=PHONE, email="li@example.com")
    other = mei.customer("乙公司", contact_name="李红", mobile=PHONE)
    kept, twin = (Contact.objects.get(customer=each["id"]) for each in (one, other))
    talk = mei.post(
        f"/customers/{other['id']}/follow-ups",
        {"way": "phone", "content": "谈过", "contact_id": twin.pk},
    )
    before = everything()
    done = merged(mei, one, other)
    assert [contact["id"] for contact in file(mei, one)["contacts"]] == [kept.pk]
    assert FollowUp.objects.get(pk=talk["id"]).contact_id == kept.pk
    undone(mei, done)
    assert everything() == before


def test_a_contact_who_says_more_is_kept(mei):
    one = mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    other = mei.customer("乙公司", contact_name="李红", mobile=PHONE, contact_title="经理")
    merged(mei, one, other)
    assert len(file(mei, one)["contacts"]) == 2


def test_what_was_in_the_trash_can_be_restored_at_the_survivor(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司", contact_name="王强")
    contact = Contact.objects.get(customer=other["id"])
    mei.delete(f"/contacts/{contact.pk}")
    merged(mei, one, other)
    mei.post(f"/contacts/{contact.pk}/restoration", {}, 200)
    assert [c["name"] for c in file(mei, one)["contacts"]] == ["王强"]


def test_purchases_add_up(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    for customer, amount in ((one, 100), (other, 250)):
        Purchase.objects.create(
            customer_id=customer["id"],
            bought_on="2026-11-01",
            product="课程",
            amount=amount,
            recorded_at=NOW,
        )
    done = merged(mei, one, other)
    totals = Customer.objects.values_list("bought_count", "bought_amount")
    assert totals.get(pk=one["id"]) == (2, 350)
    undone(mei, done)
    assert totals.get(pk=one["id"]) == (1, 100)


def test_files_of_the_customer_itself_go_along(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    made = Attachment.objects.create(
        customer_id=other["id"],
        record_id=other["id"],
        name="合同.pdf",
        media_type="application/pdf",
        size=1,
        digest="0" * 64,
        uploaded_at=NOW,
    )
    done = merged(mei, one, other)
    made.refresh_from_db()
    assert (made.customer_id, made.record_id) == (one["id"], one["id"])
    undone(mei, done)
    made.refresh_from_db()
    assert (made.customer_id, made.record_id) == (other["id"], other["id"])


# ---------------------------------------------------------------- where the absorbed is found


def test_the_absorbed_is_in_no_list_and_no_trash_and_leads_to_the_survivor(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    merged(mei, one, other)
    assert [row["id"] for row in mei.get("/customers")["items"]] == [one["id"]]
    assert mei.get("/trash")["items"] == []
    mei.post(f"/customers/{other['id']}/restoration", {}, 404)
    gone = file(mei, other, 404)
    assert gone["code"] == "merged"
    assert gone["moved_to"] == {"id": one["id"], "code": one["code"], "name": "甲公司"}
    (hit,) = mei.get("/search", q=other["code"])["items"]
    assert hit["id"] == one["id"]


def test_whom_a_stranger_merged_is_not_told(mei, lin):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    merged(mei, one, other)
    assert file(lin, other, 404)["code"] == "not_found"
    assert lin.get("/search", q=other["code"])["items"] == []


def test_an_import_that_brings_the_old_code_means_the_survivor(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    merged(mei, one, other)
    assert bulk.known_by_code(mei.person, [other["code"]])[other["code"]].id == one["id"]


def test_the_nightly_emptying_spares_what_can_be_undone(mei):
    one, other = (
        mei.customer("甲公司", contact_name="李红", mobile=PHONE),
        mei.customer("乙公司", contact_name="李红", mobile=PHONE),
    )
    done = merged(mei, one, other)

    def emptied(days: int) -> None:
        jobs.enqueue("trash.empty", {}, now=NOW)
        jobs.run_due(clock.now() + timedelta(days=days))

    emptied(179)
    assert Customer.objects.filter(pk=other["id"]).exists()
    emptied(181)
    assert not Customer.objects.filter(pk=other["id"]).exists()
    assert file(mei, one)["name"] == "甲公司"
    assert [item["verb"] for item in mei.story(one["id"])].count("customer.created") == 2
    assert undone(mei, done, 409)["code"] == "too_late"
    assert mei.get(f"/customers/{one['id']}/merges")["items"][0]["id"] == done["id"]


def test_what_left_the_trash_for_good_stands_in_no_undos_way(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    gone = mei.post(f"/customers/{other['id']}/contacts", {"name": "王强"})
    stays = mei.post(f"/customers/{other['id']}/contacts", {"name": "李红"})
    mei.delete(f"/contacts/{gone['id']}")
    done = merged(mei, one, other)
    jobs.enqueue("trash.empty", {}, now=NOW)
    jobs.run_due(clock.now() + timedelta(days=31))
    assert not Contact.objects.filter(pk=gone["id"]).exists()
    undone(mei, done)
    assert [one["id"] for one in file(mei, other)["contacts"]] == [stays["id"]]


def test_with_the_survivor_goes_what_it_took_in(mei):
    one, other, third = (mei.customer(name) for name in ("甲公司", "乙公司", "丙公司"))
    merged(mei, other, third)
    merged(mei, one, other)
    mei.delete(f"/customers/{one['id']}")
    emptying._customers(clock.now() + timedelta(days=1), 10)
    assert not Customer.objects.exists()


# ---------------------------------------------------------------- who may


def test_merging_asks_for_the_right_and_for_both(mei, lin, boss):
    one, other = mei.customer("甲公司"), lin.customer("乙公司")
    assert merged(mei, one, other, status=404)["code"] == "not_found"
    Collaborator.objects.create(
        customer_id=other["id"], person=mei.person, may_edit=True, added_at=NOW
    )
    merged(mei, one, other, status=403)
    service = Api(hire("客服", "kefu", "service"))
    merged(service, one, other, status=403)
    done = merged(boss, one, other)
    undone(mei, done, 403)  # 乙公司 was not hers
    undone(boss, done)


def test_what_the_role_may_not_change_no_merge_changes(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司", contract_amount=100)
    granted = role_of("sales").granted
    fields = granted["fields"] | {"money": "hidden"}
    mei.person.role = Role.objects.create(
        key="poor", name="看不到金额", granted=granted | {"fields": fields}
    )
    mei.person.save()
    assert "contract_amount" not in json.dumps(planned(mei, one, other)["fields"])
    wrong = merged(mei, one, other, status=403)
    assert wrong["field"] == "contract_amount"
    merged(mei, one, other, contract_amount=one)


def test_no_merge_goes_round_a_review(mei, boss):
    Organisation.objects.update(reviewed_fields=["name", "region"])
    one, other = mei.customer("甲公司"), mei.customer("乙公司", region="上海市")
    plan = planned(mei, one, other)
    assert [note["level"] for note in plan["notes"]].count("refusal") == 1
    assert merged(mei, one, other, status=403)["field"] == "chosen.region"
    mei.patch(f"/customers/{other['id']}", {"version": 1, "name": "新名字"})
    assert merged(boss, one, other, status=409)["code"] == "review_pending"


def test_what_is_no_merge_is_refused(mei):
    one, other = mei.customer("甲公司"), mei.customer("张三", kind="person")
    assert wrong_fields(merged(mei, one, one, status=422)) == {"absorbed_ids"}
    assert wrong_fields(merged(mei, one, other, status=422)) == {"absorbed_ids"}
    third = mei.customer("丙公司")
    assert wrong_fields(merged(mei, one, third, status=422, nothing=one)) == {"chosen.nothing"}
    assert wrong_fields(merged(mei, one, third, status=422, grade=other)) == {"chosen.grade"}
    since = mei.customer("丁公司", cooperation_since="2025-01-01")
    until = mei.customer("戊公司", cooperation_until="2024-01-01")
    assert wrong_fields(merged(mei, since, until, status=422)) == {"chosen.cooperation_until"}


def test_twice_is_refused(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    merged(mei, one, other)
    again = merged(mei, one, other, status=409)
    assert (again["code"], again["moved_to"]["id"]) == ("merged", one["id"])
    assert Merge.objects.count() == 1


# ---------------------------------------------------------------- undoing


def test_undoing_twice_or_out_of_order_is_refused(mei):
    one, other, third = (mei.customer(name) for name in ("甲公司", "乙公司", "丙公司"))
    first = merged(mei, other, third)
    second = merged(mei, one, other)
    assert undone(mei, first, 404)["code"] == "not_found"  # its survivor is asleep
    third_merge = merged(mei, one, mei.customer("丁公司"))
    assert undone(mei, second, 409)["code"] == "merged_later"
    undone(mei, third_merge)
    undone(mei, second)
    undone(mei, first)
    assert undone(mei, first, 409)["code"] == "undone"


def test_undo_names_what_contradicts_and_touches_nothing(mei):
    one = mei.customer("甲公司")
    other = mei.customer("乙公司", region="上海市", contact_name="王强")
    talk = mei.post(f"/customers/{other['id']}/follow-ups", {"way": "phone", "content": "谈过"})
    done = merged(mei, one, other)
    mei.patch(f"/customers/{one['id']}", {"version": 2, "region": "杭州市"})
    mei.delete(f"/follow-ups/{talk['id']}")
    before = everything()
    told = undone(mei, done, 409)
    assert told["code"] == "contradicts"
    assert {one["field"] for one in told["contradictions"]} == {"region", "follow_up"}
    assert "所在地区" in told["title"]
    assert everything() == before


def test_what_came_since_stays_with_the_survivor(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司", contact_name="王强")
    done = merged(mei, one, other)
    mei.post(f"/customers/{one['id']}/contacts", {"name": "新人"})
    mei.post(f"/customers/{one['id']}/follow-ups", {"way": "phone", "content": "后来谈的"})
    mei.patch(f"/customers/{one['id']}", {"version": 2, "budget": "五万"})
    undone(mei, done)
    now = file(mei, one)
    assert [(c["name"], c["is_primary"]) for c in now["contacts"]] == [("新人", True)]
    assert now["budget"] == "五万"
    assert now["last_follow_up_on"] == "2026-11-18"
    back = file(mei, other)
    assert [(c["name"], c["is_primary"]) for c in back["contacts"]] == [("王强", True)]
    assert back["last_follow_up_on"] is None


def test_an_identity_given_away_meanwhile_stands_in_the_way(mei):
    one, other = (
        mei.customer("甲公司", identity=IDENTITY),
        mei.customer("乙公司", identity=OTHER_IDENTITY),
    )
    done = merged(mei, one, other)
    mei.customer("丙公司", identity=OTHER_IDENTITY)
    told = undone(mei, done, 409)
    assert [one["field"] for one in told["contradictions"]] == ["identity"]


def test_swapped_identities_come_back(mei):
    one, other = (
        mei.customer("甲公司", identity=IDENTITY),
        mei.customer("乙公司", identity=OTHER_IDENTITY),
    )
    before = everything()
    done = merged(mei, one, other, identity=other)
    undone(mei, done)
    assert everything() == before


def test_nothing_sealed_is_kept_in_plain(mei, boss):
    keys = own_fields()
    one = with_own(
        mei, "甲公司", identity=IDENTITY, address="秘密路一号", custom={keys["phone"]: PHONE}
    )
    other = with_own(mei, "乙公司", identity=OTHER_IDENTITY, custom={keys["phone"]: "13900139111"})
    done = merged(mei, one, other, identity=other, **{keys["phone"]: other})
    row = Merge.objects.values().get()
    kept = json.dumps(row, default=str, ensure_ascii=False)
    events = json.dumps(boss.get("/audit")["items"] + mei.story(one["id"]), ensure_ascii=False)
    for plain in (IDENTITY, OTHER_IDENTITY, PHONE, "13900139111", "秘密路一号"):
        assert plain not in kept
        assert plain not in events
        assert base64.b64encode(plain.encode()).decode()[:12] not in kept
        assert plain not in json.dumps(done, ensure_ascii=False)
    undone(mei, done)
    assert sealed.read(Customer.objects.get(pk=one["id"]), "identity") == IDENTITY
    assert custom.opened("customer", Customer.objects.get(pk=one["id"])) == {keys["phone"]: PHONE}


def test_somebody_who_edits_sees_what_the_merge_changed(mei):
    one, other = mei.customer("甲公司"), mei.customer("乙公司", region="上海市")
    merged(mei, one, other)
    stale = mei.patch(f"/customers/{one['id']}", {"version": 1, "region": "杭州市"}, 409)
    assert stale["changed"]["region"]["by"] == "王小梅"
    mei.patch(f"/customers/{one['id']}", {"version": 1, "budget": "五万"})


def test_the_merge_is_told_of_each(mei, boss):
    one, other = mei.customer("甲公司"), mei.customer("乙公司", region="上海市")
    done = merged(mei, one, other)
    undone(mei, done)
    told = {}
    for item in boss.get("/audit", limit=100)["items"]:
        told.setdefault(item["verb"], []).append(item["customer"]["id"] if item["customer"] else 0)
    assert told["customer.merged"] == [one["id"]]
    assert told["customer.absorbed"] == [other["id"]]
    assert sorted(told["customer.unmerged"]) == sorted([one["id"], other["id"]])
    (shown,) = mei.get(f"/customers/{one['id']}/merges")["items"]
    assert (shown["fields"], shown["can_undo"]) == (["所在地区"], False)
    assert shown["undone_by"]["name"] == "王小梅"


# ---------------------------------------------------------------- by chance


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chance=st.randoms(use_true_random=False))
def test_undoing_restores_everything_whatever_was_merged(mei, lin, chance):
    with transaction.atomic():
        maker = Maker(chance, mei.person, [lin.person])
        alive = [maker.customer() for _ in range(chance.randrange(2, 6))]
        states, merges = [], []
        while len(alive) > 1 and chance.random() < 0.8:
            states.append(everything())
            counts = alive_counts()
            count = chance.randrange(2, min(4, len(alive)) + 1)
            survivor, *absorbed = chance.sample(alive, count)
            fields = [*("region", "background", "address", "grade", "name"), *maker.own.values()]
            chosen = {
                name: chance.choice([survivor, *absorbed]).pk
                for name in fields
                if chance.random() < 0.4
            }
            held = {
                pk: {name: _held(pk, name) for name in fields}
                for pk in (survivor.pk, *(one.pk for one in absorbed))
            }
            done = merging.merge(
                actor=mei.person,
                now=NOW,
                survivor_id=survivor.pk,
                absorbed_ids=[one.pk for one in absorbed],
                chosen=chosen,
            )
            for name, pk in chosen.items():
                assert _held(survivor.pk, name) == held[pk][name]
            counts["Contact"] -= len(done.moved["twins"])
            assert alive_counts() == counts
            assert not search_finds_nothing(survivor.pk)
            merges.append(done)
            alive = [one for one in alive if one.pk not in done.absorbed_ids]
        while merges:
            merging.undo(actor=mei.person, now=NOW, merge_id=merges.pop().pk)
            after, before = everything(), states.pop()
            for name in before:
                assert after[name] == before[name], name
        transaction.set_rollback(True)


def _held(pk: int, name: str) -> object:
    customer = Customer.objects.get(pk=pk)
    if name.startswith("x"):
        return custom.opened("customer", customer, [name]).get(name)
    return sealed.held(customer, name) if name == "address" else getattr(customer, name)


def search_finds_nothing(pk: int) -> bool:
    customer = Customer.objects.get(pk=pk)
    return pk not in search.candidates(customer.name, marks=None, limit=100)


def test_open_tasks_of_others_go_along(mei, lin, boss):
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    task = Task.objects.create(
        customer_id=other["id"],
        kind="todo",
        title="寄样品",
        due_on="2026-11-20",
        assignee=lin.person,
        created_at=NOW,
    )
    merged(mei, one, other)
    task.refresh_from_db()
    assert (task.customer_id, task.assignee, task.version) == (one["id"], lin.person, 1)
