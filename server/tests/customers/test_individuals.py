"""One human being at several customers: linked, suggested, and nothing told of what is hidden."""

from __future__ import annotations

from typing import Any

import pytest

from tests.customers.readers import reader, role_with, share, turned
from tests.people import Api, queries_of
from zhike.access.models import Organisation
from zhike.customers import individuals
from zhike.customers.models import Contact
from zhike.trail.models import Event

NUMBER = "13812345678"


def place(api: Api, name: str, **contact: Any) -> dict[str, Any]:
    """A customer with one contact; `at` is the contact's id."""
    made = api.customer(name, **{"contact_name": "李女士", **contact})
    return {**made, "at": made["contacts"][0]["id"]}


def link(api: Api, one: int, other: int | None, status: int = 200) -> Any:
    response = api.call("PUT", f"/contacts/{one}/individual", {"contact_id": other})
    assert response.status_code == status, response.content.decode()
    return response.json()


def asked(api: Api, contact_id: int) -> Any:
    return api.get(f"/contacts/{contact_id}/individual")


def individual(*ids: int) -> list[int | None]:
    found = dict(Contact.objects.values_list("pk", "individual"))
    return [found[pk] for pk in ids]


def test_two_contacts_are_one_human_being(mei: Api) -> None:
    one, two = place(mei, "甲公司"), place(mei, "乙公司")
    told = link(mei, two["at"], one["at"])
    assert [seen["name"] for seen in told["also_at"]] == ["甲公司"]
    assert individual(one["at"], two["at"]) == [one["at"]] * 2
    (back,) = asked(mei, one["at"])["also_at"]
    assert (back["customer_id"], back["name"], back["contact_id"]) == (
        two["id"],
        "乙公司",
        two["at"],
    )
    assert link(mei, two["at"], one["at"])["also_at"] == told["also_at"]
    events = Event.objects.filter(verb="contact.linked")
    assert sorted(events.values_list("customer_id", flat=True)) == [one["id"], two["id"]]
    version = mei.get(f"/customers/{one['id']}")["version"]
    assert version == one["version"]


def test_links_join_and_part(mei: Api) -> None:
    a, b, c, d = (place(mei, f"{name}公司") for name in "甲乙丙丁")
    link(mei, c["at"], d["at"])
    link(mei, a["at"], b["at"])
    link(mei, b["at"], d["at"])
    ids = [one["at"] for one in (a, b, c, d)]
    assert individual(*ids) == [a["at"]] * 4
    assert len(asked(mei, d["at"])["also_at"]) == 3
    assert link(mei, a["at"], None)["also_at"] == []
    assert individual(*ids) == [None, b["at"], b["at"], b["at"]]
    link(mei, b["at"], None)
    link(mei, c["at"], None)
    assert individual(*ids) == [None] * 4  # one alone is linked with nobody
    assert link(mei, c["at"], None)["also_at"] == []
    assert Event.objects.filter(verb="contact.unlinked").count() == 3


def test_contacts_of_one_customer_are_two_people(mei: Api) -> None:
    file = place(mei, "甲公司")
    second = mei.post(f"/customers/{file['id']}/contacts", {"name": "王先生"})
    link(mei, file["at"], second["id"], 422)
    link(mei, file["at"], file["at"], 422)
    assert individual(file["at"]) == [None]


def test_what_cannot_be_seen_cannot_be_linked(boss: Api, mei: Api, lin: Api) -> None:
    mine, theirs = place(mei, "甲公司"), place(lin, "乙公司")
    for wrong in (theirs["at"], 999_999, 0, -1, 2**63, 10**30):
        link(mei, mine["at"], wrong, 404)
    link(mei, theirs["at"], mine["at"], 404)
    mei.get(f"/contacts/{theirs['at']}/individual", 404)
    boss.patch(f"/customers/{theirs['id']}", {"version": theirs["version"], "owner_id": None})
    link(mei, mine["at"], theirs["at"], 403)  # in the pool
    assert individual(mine["at"], theirs["at"]) == [None, None]


def test_reading_is_not_linking(mei: Api) -> None:
    one, two = place(mei, "甲公司"), place(mei, "乙公司")
    reads = reader("只读", "reads", contact="read")
    share(mei, one, reads, may_edit=True)
    share(mei, two, reads, may_edit=True)
    link(reads, one["at"], two["at"], 403)
    link(reads, one["at"], None, 403)


def test_others_are_named_only_to_who_sees_them(mei: Api, lin: Api, boss: Api) -> None:
    mine, theirs = place(mei, "甲公司"), place(lin, "乙公司", mobile=NUMBER)
    link(boss, mine["at"], theirs["at"])
    Organisation.objects.update(tells_who_cares=False)
    assert asked(mei, mine["at"])["also_at"] == []
    Organisation.objects.update(tells_who_cares=True)
    (hidden,) = asked(mei, mine["at"])["also_at"]
    assert hidden == {
        "customer_id": None,
        "name": None,
        "contact_id": None,
        "birthday_shown": "",
        "do_not_contact": False,
    }
    share(lin, theirs, mei, may_edit=False)
    assert asked(mei, mine["at"])["also_at"][0]["name"] == "乙公司"


def test_a_pool_customer_is_none_of_ours(mei: Api, boss: Api) -> None:
    mine, pooled = place(mei, "甲公司"), place(boss, "乙公司", mobile=NUMBER)
    link(boss, mine["at"], pooled["at"])
    Organisation.objects.update(tells_who_cares=False)
    boss.patch(f"/customers/{pooled['id']}", {"version": pooled["version"], "owner_id": None})
    assert asked(mei, mine["at"])["also_at"] == []
    assert asked(mei, pooled["at"]) == {
        "contact_id": pooled["at"],
        "also_at": [],
        "suggestions": [],
    }


def test_hints_come_along(mei: Api) -> None:
    one, two = place(mei, "甲公司"), place(mei, "乙公司")
    link(mei, one["at"], two["at"])
    Contact.objects.filter(pk=two["at"]).update(birthday="L1990-04-26", do_not_contact=True)
    (hint,) = asked(mei, one["at"])["also_at"]
    assert hint["birthday_shown"] == "农历1990年四月廿六"
    assert hint["do_not_contact"]
    masked = turned(mei, role_with(contact="masked"))
    assert asked(masked, one["at"])["also_at"] == []


def test_removed_contacts_and_customers_are_nowhere(mei: Api) -> None:
    one, two = place(mei, "甲公司"), place(mei, "乙公司")
    link(mei, one["at"], two["at"])
    mei.delete(f"/contacts/{two['at']}")
    assert asked(mei, one["at"])["also_at"] == []
    mei.post(f"/contacts/{two['at']}/restoration", status=200)
    assert len(asked(mei, one["at"])["also_at"]) == 1
    mei.delete(f"/customers/{two['id']}")
    assert asked(mei, one["at"])["also_at"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("mobile", NUMBER), ("landline", "010-62345678"), ("email", "li@example.com")],
)
def test_the_same_number_elsewhere_is_suggested(mei: Api, field: str, value: str) -> None:
    one, two = place(mei, "甲公司", **{field: value}), place(mei, "乙公司", **{field: value})
    place(mei, "丙公司", mobile="13900000000")
    (told,) = asked(mei, one["at"])["suggestions"]
    assert (told["contact_id"], told["customer_name"]) == (two["at"], "乙公司")
    assert told["reasons"] == [field]
    assert value not in str(told)
    link(mei, one["at"], two["at"])
    assert asked(mei, one["at"])["suggestions"] == []


def test_suggestions_tell_nothing_of_what_is_hidden(mei: Api, lin: Api) -> None:
    mine, theirs = place(mei, "甲公司", mobile=NUMBER), place(lin, "乙公司", mobile=NUMBER)
    assert asked(mei, mine["at"])["suggestions"] == []
    share(lin, theirs, mei, may_edit=False)
    assert len(asked(mei, mine["at"])["suggestions"]) == 1
    # Who may not read numbers is not told that two are the same.
    masked = turned(mei, role_with(phone="masked"))
    assert asked(masked, mine["at"])["suggestions"] == []


def test_a_contact_without_numbers_is_like_nobody(mei: Api) -> None:
    one = place(mei, "甲公司")
    place(mei, "乙公司")
    assert asked(mei, one["at"])["suggestions"] == []


def test_many_contacts_take_one_query(mei: Api) -> None:
    first = place(mei, "甲公司")
    for number in range(5):
        mei.post(f"/customers/{first['id']}/contacts", {"name": f"联系人{number}"})
    people = list(Contact.objects.filter(customer_id=first["id"]))
    for number, one in enumerate(people):
        link(mei, one.pk, place(mei, f"乙{number}公司")["at"])
    people = list(Contact.objects.filter(customer_id=first["id"]))
    actor = mei.person
    told: dict[int, Any] = {}
    assert queries_of(lambda: told.update(individuals.also_at(actor, people))) <= 3
    assert all(len(told[one.pk]) == 1 for one in people)
    assert queries_of(lambda: individuals.also_at(actor, [])) == 0
