"""Contacts two people touch at the same moment: nobody waits for ever, nothing is torn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.customers.test_merging_at_once import at_once, chief, merge
from tests.people import Api, frozen
from zhike.customers.models import Contact

__all__ = ["chief", "frozen"]
pytestmark = pytest.mark.django_db(transaction=True)


def call(api: Api, method: str, path: str, body: Any = None) -> Callable[[], int]:
    mine = Api(api.person)  # a browser is not for several threads
    return lambda: mine.call(method, path, body).status_code


def link(api: Api, one: int, other: int) -> Callable[[], int]:
    return call(api, "PUT", f"/contacts/{one}/individual", {"contact_id": other})


def places(api: Api, names: str) -> list[int]:
    made = [api.customer(f"{name}公司", contact_name="李女士") for name in names]
    return [one["contacts"][0]["id"] for one in made]


def test_links_that_cross_each_other(chief: Api) -> None:
    for _ in range(3):
        a, b, c, d = places(chief, "甲乙丙丁")
        calls = (link(chief, a, b), link(chief, b, a), link(chief, c, b), link(chief, d, c))
        assert at_once(*calls) == [200] * 4
        assert set(Contact.objects.filter(pk__in=(a, b, c, d)).values_list("individual")) == {(a,)}


def test_two_that_come_back_and_both_would_be_the_first(chief: Api) -> None:
    for _ in range(3):
        file = chief.customer("甲公司", contact_name="李女士")
        other = chief.post(f"/customers/{file['id']}/contacts", {"name": "王强"})
        ids = [file["contacts"][0]["id"], other["id"]]
        for pk in ids:
            chief.delete(f"/contacts/{pk}")
        calls = [call(chief, "POST", f"/contacts/{pk}/restoration") for pk in ids]
        assert at_once(*calls) == [200, 200]
        assert Contact.objects.filter(pk__in=ids, is_primary=True).count() == 1


def test_one_who_is_changed_while_the_customer_is_merged(chief: Api) -> None:
    for _ in range(3):
        first, second = (
            chief.customer(name, contact_name="李女士", mobile="13812345678")
            for name in ("甲公司", "乙公司")
        )
        at = second["contacts"][0]["id"]
        body = {"version": 1, "title": "经理"}
        calls = (
            merge(chief, first["id"], second["id"]),
            call(chief, "PATCH", f"/contacts/{at}", body),
        )
        assert at_once(*calls) in ([200, 201], [201, 404])
