"""Hints while a customer is entered: who may be the same, and what is not told (R19)."""

import time

import pytest
from django.db import connection

from tests.people import Api, hire, role_of
from zhike.access.models import Organisation, Role
from zhike.base.company import blocks
from zhike.customers import likeness
from zhike.customers.models import Customer, NameKey

pytestmark = pytest.mark.django_db
IDENTITY = "91440300708461136T"


def hints(api: Api, **typed) -> list[dict]:
    return api.get("/customers/similar", **typed)["items"]


def keys(customer_id: int) -> set[str]:
    return set(NameKey.objects.filter(customer_id=customer_id).values_list("key", flat=True))


def entered(api: Api, name: str, **more) -> dict:
    made = api.customer(name, **more)
    likeness.lay_keys(Customer.objects.get(pk=made["id"]))
    return made


def test_keys_are_those_of_the_name(mei):
    made = Customer.objects.get(pk=mei.customer("上海晨星教育科技有限公司")["id"])
    likeness.lay_keys(made)
    assert keys(made.pk) == blocks(made.name) | {"=晨星教育科技"}
    before = set(NameKey.objects.values_list("pk", flat=True))
    likeness.lay_keys(made)
    assert set(NameKey.objects.values_list("pk", flat=True)) == before
    made.rename("北京大学")
    likeness.lay_keys(made)
    assert keys(made.pk) == likeness.keys_of("北京大学")


def test_a_person_has_the_whole_name_as_key(mei):
    made = Customer.objects.get(pk=mei.customer("王小梅", kind="person")["id"])
    likeness.lay_many([(made.pk, made.name)], new=not NameKey.objects.exists())
    assert keys(made.pk) == {"王小梅"}


def test_like_names_are_told_the_likest_first(mei):
    near = entered(mei, "上海晨星教育科技有限公司")
    far = entered(mei, "晨星乳业有限公司")
    entered(mei, "晨光文具股份有限公司")
    found = hints(mei, name="晨星教育")
    assert [one["id"] for one in found] == [near["id"], far["id"]]
    first = found[0]
    assert first["reason"] == "like_name"
    assert first["certain"] is False
    assert first["strength"] > found[1]["strength"]
    assert "简称" in first["why"]


def test_several_reasons_weigh_more_than_one(mei):
    made = entered(mei, "华信科技", contact_name="李红", mobile="13800138000", wechat="li-hong-88")
    name = hints(mei, name="华信科技")[0]
    both = hints(mei, name="华信科技", phone="13800138000", wechat="li-hong-88")[0]
    assert name["strength"] < both["strength"] < 100
    assert both["id"] == made["id"]
    assert both["reasons"] == ["name", "wechat", "phone"]
    assert both["why"] == "名称相同；微信相同；电话相同"


def test_only_the_identity_is_certain(mei):
    entered(mei, "华为技术有限公司", identity=IDENTITY)
    (one,) = hints(mei, identity=IDENTITY)
    assert (one["certain"], one["strength"], one["reason"]) == (True, 100, "identity")


def test_a_customer_is_no_double_of_itself(mei):
    made = entered(mei, "晨星教育科技", contact_name="李红", mobile="13800138000")
    typed = {"name": "晨星教育科技", "phone": "13800138000", "except_id": made["id"]}
    assert hints(mei, **typed) == []
    assert hints(mei, name="上海晨星教育科技", except_id=made["id"]) == []


def test_of_a_strangers_customer_only_that_it_is_there(mei, lin):
    entered(lin, "上海晨星教育科技有限公司")
    entered(lin, "晨星乳业有限公司")  # not like enough to be told of
    (one,) = hints(mei, name="晨星教育科技")
    assert (one["id"], one["name"], one["code"], one["owner"]) == (None, None, None, "林冲")
    assert one["why"] == "名称相近"  # nothing of how
    other = hints(mei, name="上海晨星教育科技公司")[0]
    assert other["strength"] == one["strength"]
    Organisation.objects.update(tells_who_cares=False)
    assert hints(mei, name="晨星教育科技")[0]["owner"] is None


def test_what_a_role_may_not_read_is_not_compared(boss, organisation):
    entered(boss, "甲公司", contact_name="李红", mobile="13800138000", wechat="li-hong-88")
    blind = Role.objects.create(
        key="blind",
        name="只录入",
        granted={**role_of("sales").granted, "fields": {"basic": "edit", "phone": "masked"}},
    )
    someone = Api(hire("录入员", "typist"))
    someone.person.role = blind
    someone.person.save()
    assert hints(someone, phone="13800138000", wechat="li-hong-88") == []


def test_deleted_customers_are_no_doubles(mei):
    made = entered(mei, "晨星教育科技")
    mei.delete(f"/customers/{made['id']}")
    assert hints(mei, name="上海晨星教育科技有限公司") == []


def namesakes(first: int, count: int) -> None:
    Customer.objects.bulk_create(
        (
            Customer(
                code=f"H-{n}",
                name=f"华信{n}号贸易有限公司",
                name_key=f"华信{n}号贸易有限公司",
                kind="company",
                type="prospect",
                recorded_on="2026-11-18",
                created_at="2026-11-18T02:00Z",
                updated_at="2026-11-18T02:00Z",
            )
            for n in range(first, first + count)
        ),
        batch_size=500,
    )


def test_a_name_that_thousands_bear_does_not_hold_up_the_answer(boss):
    namesakes(0, 3_000)
    wanted = boss.customer("深圳华信精密机械有限公司")
    namesakes(3_000, 3_000)
    likeness.lay_many(Customer.objects.values_list("pk", "name"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database does by itself once so many rows have come
    begun = time.perf_counter()
    found = hints(boss, name="华信精密机械")
    assert time.perf_counter() - begun < 0.5  # the bench measures it closer, among a million
    assert found[0]["id"] == wanted["id"]


def test_in_a_crowd_how_a_name_was_typed_does_not_matter(boss):
    trades = ("贸易", "物流", "食品", "服装", "建材", "传媒", "旅游", "家具", "包装", "化工")
    wanted = entered(boss, "ＨＵＡＸＩＮ（杭州）精密机械有限公司")
    for n in range(70):
        entered(boss, f"huaxin{trades[n % 10]}{n}有限公司")
    found = hints(boss, name="huaxin精密机械有限公司")
    assert found[0]["id"] == wanted["id"]
