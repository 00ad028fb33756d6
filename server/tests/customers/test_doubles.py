"""The clean-up list: pairs found in the background, told by strength, dismissed (R19)."""

import pytest
from django.db import connection

from tests.people import NOW, Api, hire, role_of
from zhike.access.models import Role
from zhike.base import clock, jobs
from zhike.base.models import Job
from zhike.customers import doubles, pairing
from zhike.customers.models import Collaborator, Contact, Customer, Double, NameKey

pytestmark = pytest.mark.django_db
PHONE = "13800138000"


def searched() -> None:
    """Search as the worker does."""
    jobs.enqueue(doubles.JOB, {}, now=NOW)
    jobs.run_due(NOW)
    assert not Job.objects.exclude(state=Job.State.DONE).exists()


def pairs(api: Api, **query) -> list[dict]:
    return api.get("/quality/doubles", **query)["items"]


def ids(item: dict) -> set[int]:
    return {item["first"]["id"], item["second"]["id"]}


def test_pairs_are_told_the_strongest_first(mei):
    one = mei.customer("上海晨星教育科技有限公司", contact_name="李红", mobile=PHONE)
    other = mei.customer("晨星教育科技", contact_name="李红", mobile=PHONE)
    third = mei.customer("晨星 教育科技", contact_name="王强", wechat="wang-qiang-8")
    fourth = mei.customer("张三", kind="person", contact_name="张三", wechat="wang-qiang-8")
    mei.customer("北京大学")
    searched()
    found = pairs(mei)
    assert [(ids(item), item["reasons"]) for item in found] == [
        ({one["id"], other["id"]}, ["phone", "like_name"]),
        ({other["id"], third["id"]}, ["name"]),
        ({third["id"], fourth["id"]}, ["wechat"]),
        ({one["id"], third["id"]}, ["like_name"]),
    ]
    strengths = [item["strength"] for item in found]
    assert strengths == sorted(strengths, reverse=True)
    assert all(60 <= strength < 100 for strength in strengths)
    assert "电话相同" in found[0]["why"]
    assert found[0]["first"]["owner"] == {"id": mei.id, "name": "王小梅"}


def test_a_mobile_here_and_a_landline_there_are_one_number(mei):
    one = mei.customer("甲公司", contact_name="李红", landline="0571-87654321")
    other = mei.customer("乙公司", contact_name="王强", mobile="13900139000")
    Contact.objects.filter(customer=other["id"]).update(
        mobile_index=Contact.objects.get(customer=one["id"]).landline_index
    )
    searched()
    assert [ids(item) for item in pairs(mei)] == [{one["id"], other["id"]}]


def test_what_differs_in_the_register_is_no_pair(mei):
    mei.customer("晨星教育科技", identity="91440300708461136T")
    mei.customer("上海晨星教育科技有限公司", identity="91350211M000100Y46")
    searched()
    assert pairs(mei) == []


def test_searching_again_changes_nothing_and_drops_what_is_over(mei):
    one = mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    other = mei.customer("乙公司", contact_name="王强", mobile=PHONE)
    searched()
    before = list(Double.objects.values())
    searched()
    assert list(Double.objects.values()) == before
    contact = Contact.objects.get(customer=other["id"])
    mei.patch(f"/contacts/{contact.pk}", {"version": 1, "mobile": "13900139000"})
    searched()
    assert not Double.objects.exists()
    mei.patch(f"/contacts/{contact.pk}", {"version": 2, "mobile": PHONE})
    searched()
    mei.delete(f"/customers/{one['id']}")
    assert pairs(mei) == []
    searched()
    assert not Double.objects.exists()


def test_what_was_dismissed_comes_back_only_with_more(mei):
    mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    other = mei.customer("乙公司", contact_name="王强", mobile=PHONE)
    searched()
    (item,) = pairs(mei)
    told = mei.post(f"/quality/doubles/{item['id']}/dismissal", {}, 200)
    assert (told["state"], told["decided_by"]["name"]) == ("dismissed", "王小梅")
    searched()
    assert pairs(mei) == []
    assert [one["id"] for one in pairs(mei, state="dismissed")] == [item["id"]]
    mei.patch(f"/customers/{other['id']}", {"version": 1, "name": "甲公司"})
    searched()
    (again,) = pairs(mei)
    assert again["strength"] > item["strength"]
    assert again["decided_by"] is None


def test_a_dismissal_can_be_taken_back_and_is_told(mei, boss):
    mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    mei.customer("乙公司", contact_name="王强", mobile=PHONE)
    searched()
    (item,) = pairs(mei)
    mei.post(f"/quality/doubles/{item['id']}/dismissal", {}, 200)
    mei.post(f"/quality/doubles/{item['id']}/dismissal", {}, 200)  # twice is once
    assert mei.delete(f"/quality/doubles/{item['id']}/dismissal", 200)["state"] == "open"
    told = [one["label"] for one in boss.get("/audit", verb_group="customer")["items"]]
    assert told.count("标记不是重复") == 1
    assert told.count("重新标记疑似重复") == 1


def test_only_pairs_of_which_both_are_seen(mei, lin, boss):
    one = mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    other = lin.customer("乙公司", contact_name="王强", mobile=PHONE)
    searched()
    (item,) = pairs(boss)
    assert pairs(mei) == pairs(lin) == []
    mei.post(f"/quality/doubles/{item['id']}/dismissal", {}, 404)
    Collaborator.objects.create(customer_id=other["id"], person=mei.person, added_at=NOW)
    assert [ids(item) for item in pairs(mei)] == [{one["id"], other["id"]}]
    mei.post(f"/quality/doubles/{item['id']}/dismissal", {}, 403)


def test_a_reason_is_no_way_to_read_what_the_role_hides(boss):
    boss.customer("甲公司", contact_name="李红", mobile=PHONE)
    boss.customer("乙公司", contact_name="王强", mobile=PHONE)
    boss.customer("晨星教育科技", contact_name="周五", mobile="13900139000")
    boss.customer("上海晨星教育科技有限公司", contact_name="周六", mobile="13900139000")
    searched()
    granted = role_of("administrator").granted | {
        "scopes": {"customer": {"reach": "all", "shared": True, "pool": True}},
        "fields": {"basic": "edit", "phone": "masked"},
        "actions": ["delete"],
    }
    blind = Api(hire("看不到电话", "blind"))
    blind.person.role = Role.objects.create(key="blind", name="看不到电话", granted=granted)
    blind.person.save()
    assert len(pairs(boss)) == 2
    (item,) = pairs(blind)
    assert item["reasons"] == ["like_name"]
    assert item["strength"] < pairs(boss)[0]["strength"]
    assert "电话" not in item["why"]


def test_who_may_not_merge_sees_no_list(mei, organisation):
    service = Api(hire("客服", "kefu", "service"))
    service.get("/quality/doubles", 403)
    service.post("/quality/doubles/1/dismissal", {}, 403)


def test_pages_follow_each_other(mei, monkeypatch):
    for n in range(7):
        mei.customer(f"第{n}家", contact_name="李红", mobile=f"1380013800{n // 2}")
    searched()
    whole = [item["id"] for item in pairs(mei)]
    assert len(whole) == 3
    first = mei.get("/quality/doubles", limit=2)
    second = mei.get("/quality/doubles", limit=2, cursor=first["next"])
    assert [item["id"] for item in first["items"] + second["items"]] == whole
    assert second["next"] is None
    mei.get("/quality/doubles", 422, cursor="x")
    mei.get("/quality/doubles", 422, state="x")


def test_only_who_configures_has_all_searched(mei, boss):
    mei.post("/quality/doubles/search", {}, 403)
    first = boss.post("/quality/doubles/search", {}, 202)
    assert boss.post("/quality/doubles/search", {}, 202) == first
    jobs.run_due(clock.now())
    assert Job.objects.get(pk=first["job_id"]).state == Job.State.DONE


def test_it_is_searched_on_the_first_of_the_month(mei, frozen):
    mei.customer("甲公司")
    doubles.search_if_due(now=NOW)
    assert not Job.objects.filter(kind=doubles.JOB).exists()
    NameKey.objects.all().delete()  # as after an upgrade from before there were keys
    mei.customer("后来的公司")
    doubles.search_if_due(now=NOW)
    Job.objects.all().delete()
    searched()
    assert NameKey.objects.exists()
    doubles.search_if_due(now=NOW.replace(day=1, month=12))
    assert Job.objects.filter(kind=doubles.JOB, state=Job.State.QUEUED).exists()


def test_a_search_that_was_interrupted_goes_on_where_it_stopped(mei, monkeypatch):
    monkeypatch.setattr(pairing, "PIECE", 2)
    for n in range(9):
        mei.customer(f"晨星{n}号科技", contact_name="李红", mobile=f"1380013800{n // 3}")
    searched()
    whole = list(Double.objects.order_by("first", "second").values_list("first", "second"))
    assert len(whole) == 9
    Double.objects.all().delete()
    steps = 0
    written = pairing._put_down

    def breaks(*given):
        nonlocal steps
        steps += 1
        if steps == 3:
            raise OSError("the machine went down")
        written(*given)

    monkeypatch.setattr(pairing, "_put_down", breaks)
    jobs.enqueue(doubles.JOB, {}, now=NOW)
    jobs.run_due(NOW)
    assert Job.objects.filter(state=Job.State.QUEUED).count() == 1
    jobs.run_due(NOW.replace(hour=5))
    assert list(Double.objects.order_by("first", "second").values_list("first", "second")) == whole


def test_a_crowd_of_one_number_stays_bounded(mei):
    rows = Customer.objects.bulk_create(
        Customer(
            code=f"C-{n}",
            name=f"{chr(0x4E00 + n)}{chr(0x6000 + n)}厂",
            name_key=f"{n}",
            kind="company",
            type="prospect",
            owner=mei.person,
            recorded_on="2026-11-18",
            created_at=NOW,
            updated_at=NOW,
        )
        for n in range(300)
    )
    made = mei.customer("甲公司", contact_name="李红", mobile=PHONE)
    index = Contact.objects.get(customer=made["id"]).mobile_index
    Contact.objects.bulk_create(
        Contact(customer=one, name="李红", mobile_index=index, created_at=NOW) for one in rows
    )
    searched()
    assert 301 * 10 < Double.objects.count() <= 301 * pairing.CROWD // 2


def test_the_page_reads_the_index_of_the_list(boss):
    found = (
        doubles.doubles_visible_to(boss.person).filter(state="open").order_by("-strength", "-pk")
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # of an empty table it would read all there is
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    plan = found[:31].explain()
    assert "double_by_strength" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
