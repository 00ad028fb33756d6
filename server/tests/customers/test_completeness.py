"""How complete a file is (R18): per customer with what is missing, per person and department."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import NOW, Api, hire, queries_of
from zhike.base import clock, jobs
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.customers import completeness, standing
from zhike.customers.models import Attachment, Contact, Customer, derived_from_name
from zhike.fields import registry
from zhike.fields.models import Field

FULL: dict[str, Any] = {
    "type": "prospect",
    "grade": "B",
    "identity": "91350211M000100Y46",
    "industry": "制造业",
    "region": "浙江省杭州市西湖区",
    "address": "文三路 1 号",
    "source": "referral",
    "background": "做设备的",
    "need_status": "clear",
    "core_need": "要一套设备",
    "budget": "五十万",
    "products": "设备",
    "cooperation_stage": "running",
    "cooperation_since": "2025-01-01",
    "contract_amount": 1_000_000,
    "contact_name": "李晓梅",
    "contact_title": "经理",
    "mobile": "13800138000",
    "email": "li@example.com",
}


def percent_of(one: dict[str, Any]) -> int:
    return Customer.objects.get(pk=one["id"]).completeness


def missing(one: dict[str, Any], by: Api) -> list[str]:
    customer = Customer.objects.get(pk=one["id"])
    contacts = list(customer.contacts.filter(deleted_at=None))
    told = completeness.missing(customer, contacts, by.person)
    return [f"{part['of']}.{part['field']}" for part in told]


def test_a_file_fills_up(mei: Api) -> None:
    bare = mei.customer()
    assert 5 < percent_of(bare) < 20
    full = mei.customer("样样齐全有限公司", **FULL)
    Customer.objects.filter(pk=full["id"]).update(scale="small", main_business="设备")
    standing.settle_many([full["id"]], NOW)
    assert (percent_of(full), missing(full, mei)) == (100, [])


def test_what_weighs_most_is_told_first(mei: Api) -> None:
    told = missing(mei.customer(), mei)
    assert told[:2] == ["contact.mobile", "customer.industry"]
    weights = {one.definition.name: one.weight for one in completeness.counted("company")}
    assert [weights[name] for name in told] == sorted((weights[n] for n in told), reverse=True)


def test_a_person_is_asked_for_other_things(mei: Api) -> None:
    company, person = (
        missing(mei.customer(), mei),
        missing(mei.customer("王五", kind="person"), mei),
    )
    assert "customer.main_business" in company and "customer.main_business" not in person
    assert "customer.occupation" in person and "customer.occupation" not in company


def test_a_landline_is_as_good_as_a_mobile(mei: Api) -> None:
    one = mei.customer(contact_name="李女士", landline="0571-87654321")
    other = mei.customer("另一家", contact_name="李女士", mobile="13800138000")
    assert percent_of(one) == percent_of(other)
    assert "contact.mobile" not in missing(one, mei)


def test_it_follows_the_contacts(mei: Api) -> None:
    made = mei.customer()
    before = percent_of(made)
    added = mei.post(
        f"/customers/{made['id']}/contacts", {"name": "李女士", "mobile": "13800138000"}
    )
    assert percent_of(made) > before
    mei.delete(f"/contacts/{added['id']}")
    assert percent_of(made) == before


def test_it_is_no_change_of_the_customer(mei: Api) -> None:
    made = mei.customer()
    held = Customer.objects.values("version", "updated_at").get(pk=made["id"])
    Customer.objects.filter(pk=made["id"]).update(completeness=0, tier="", tier_points=None)
    standing.settle_many([made["id"]], NOW)
    assert percent_of(made) > 0
    assert Customer.objects.values("version", "updated_at").get(pk=made["id"]) == held


def test_only_what_a_reader_may_know_is_missing(mei: Api) -> None:
    made = mei.customer()
    clerk = Api(hire("客服甲", "clerk", "service"))  # neither amounts nor identities
    told = missing(made, clerk)
    assert not {"customer.contract_amount", "customer.identity"} & set(told)
    assert {"customer.contract_amount", "customer.identity"} <= set(missing(made, mei))


def own_field(**fields: Any) -> Field:
    row = Field.objects.create(
        **{"of": "customer", "key": "new", "label": "年检日期", "type": "text", "created_at": NOW}
        | fields
    )
    row.key = f"x{row.pk}"
    row.save()
    registry.touch()
    return row


def test_own_fields_with_a_weight_count(mei: Api) -> None:
    made = mei.customer()
    before = percent_of(made)
    field = own_field(weight=50)
    standing.settle_many([made["id"]], NOW)
    assert percent_of(made) < before
    assert missing(made, mei)[0] == f"customer.{field.key}"
    Customer.objects.filter(pk=made["id"]).update(custom={field.key: "明年"})
    standing.settle_many([made["id"]], NOW)
    assert percent_of(made) > before
    Field.objects.filter(pk=field.pk).update(archived_at=NOW)
    registry.touch()
    standing.settle_many([made["id"]], NOW)
    assert percent_of(made) == before


def test_a_required_field_without_a_weight_counts_a_little(mei: Api) -> None:
    made = mei.customer()
    field = own_field(need="required")
    assert f"customer.{field.key}" in missing(made, mei)


def test_an_own_field_may_be_filled_by_a_file(mei: Api) -> None:
    made = mei.customer()
    field = own_field(type="attachment", weight=30)
    standing.settle_many([made["id"]], NOW)
    before = percent_of(made)
    of = {"customer_id": made["id"], "record_id": made["id"], "field": field.key}
    Attachment.objects.create(
        **of, name="执照.pdf", media_type="application/pdf", size=1, digest="x", uploaded_at=NOW
    )
    standing.settle_many([made["id"]], NOW)
    assert percent_of(made) > before
    assert f"customer.{field.key}" not in missing(made, mei)


def test_other_weights_reach_everybody_by_a_job(boss: Api, mei: Api) -> None:
    made = [mei.customer(f"第{n}家") for n in range(3)]
    before = percent_of(made[0])
    version = registry.definition("customer", "name").version  # type: ignore[union-attr]
    boss.patch("/fields/customer/name", {"version": version, "weight": 100})
    jobs.run_due(clock.now())
    assert {percent_of(one) for one in made} == {percent_of(made[0])}
    assert percent_of(made[0]) > before


FILLED = st.dictionaries(
    st.sampled_from(["name", "grade", "industry", "region", "budget", "products", "scale"]),
    st.sampled_from(["", "x"]),
)


@pytest.mark.django_db
@given(FILLED, FILLED)
def test_more_is_never_less(some: dict[str, str], more: dict[str, str]) -> None:
    kind = {"kind": "company"}
    both = some | {name: value for name, value in more.items() if value}
    less, grown = (completeness.percent(kind | one, None) for one in (some, both))
    assert 0 <= less <= grown < 100


def test_statements_do_not_grow_with_customers(mei: Api) -> None:
    def made(count: int) -> list[int]:
        ids = reserve(Customer, count)
        common = {"kind": "company", "type": "new", "recorded_on": NOW.date()}
        Table(Customer, "id").insert(
            [
                {
                    **common,
                    "id": pk,
                    "code": f"T{pk}",
                    "created_at": NOW,
                    "updated_at": NOW,
                    "name": f"客户{pk}",
                    **derived_from_name(f"客户{pk}"),
                }
                for pk in ids
            ]
        )
        Table(Contact).insert(
            [{"customer": pk, "name": "李", "is_primary": True, "created_at": NOW} for pk in ids]
        )
        return list(ids)

    few, many = made(3), made(300)
    registry.current()  # read once per process
    counts = [queries_of(lambda ids=ids: standing.settle_many(ids, NOW)) for ids in (few, many)]
    assert counts[0] == counts[1] <= 6
    again = queries_of(lambda: standing.settle_many(many, NOW))
    assert again == counts[1] - 1  # nothing is written again
