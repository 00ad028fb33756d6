"""Whose customers a role reaches: lists, totals, search and pages must all agree with one table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import NOW, TODAY, Api, hire, role_of
from zhike.access.models import Department, Person, Role
from zhike.access.rights import Rights, Scope
from zhike.customers import listing, search
from zhike.customers.criteria import SORTS, Criteria
from zhike.customers.models import Collaborator, Customer
from zhike.customers.queries import changeable_by, visible_to

REACHES = ("none", "own", "team", "below", "all")


def department(name: str, parent: Department | None = None) -> Department:
    made = Department.objects.create(name=name, parent=parent)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save()
    return made


def with_rights(person: Person, **granted: Any) -> Person:
    """The person, holding a role of exactly these rights."""
    rights = Rights(**granted)
    role, _ = Role.objects.update_or_create(
        key=f"of-{person.pk}", defaults={"name": f"角色{person.pk}", "granted": rights.stored()}
    )
    person.role = role
    person.save()
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def town(boss: Api) -> dict[str, Any]:
    """Six people in a tree of departments, with customers each, shared ones and a pool."""
    east = department("华东")
    shanghai, north = department("上海", east), department("华北")
    people = {
        "lead": hire("陈主管", "chen", department=east),
        "peer": hire("同部门", "peer", department=east),
        "below": hire("下级", "xia", department=shanghai),
        "other": hire("外部门", "wai", department=north),
        "alone": hire("没部门", "alone"),
    }
    for number, (name, person) in enumerate(people.items()):
        api = Api(person)
        for n in range(3):
            made = api.customer(f"{name}的第{n}家", is_key=n == 0)
            Customer.objects.filter(pk=made["id"]).update(
                next_follow_up_on=TODAY + timedelta(days=number * 2 + n) if n else None,
                contract_amount=(number * 7 + n) * 100 if n != 1 else None,
            )
    for name in ("公海一", "公海二"):
        made = boss.customer(name)
        Customer.objects.filter(pk=made["id"]).update(owner=None)
    shared = Customer.objects.get(name="other的第1家")
    Collaborator.objects.create(customer=shared, person=people["lead"], added_at=NOW)
    editable = Customer.objects.get(name="alone的第2家")
    Collaborator.objects.create(
        customer=editable, person=people["lead"], may_edit=True, added_at=NOW
    )
    for one in (shared, editable):
        search.refresh(one)
    gone = Customer.objects.get(name="lead的第2家")
    Customer.objects.filter(pk=gone.pk).update(deleted_at=NOW)
    return people


def expected(town: dict[str, Any], scope: Scope, *, to_change: bool = False) -> set[str]:
    """What the scope means, said in plain words rather than in SQL."""
    whose = {
        "none": (),
        "own": ("lead",),
        "team": ("lead", "peer"),
        "below": ("lead", "peer", "below"),
        "all": tuple(town),
    }[scope.reach]
    found = {f"{name}的第{n}家" for name in whose for n in range(3)} - {"lead的第2家"}
    if scope.reach == "all":
        found |= {"公海一", "公海二"}
    if scope.shared:
        found |= {"alone的第2家"} if to_change else {"alone的第2家", "other的第1家"}
    if scope.pool and not to_change:
        found |= {"公海一", "公海二"}
    return found


scopes = st.builds(Scope, reach=st.sampled_from(REACHES), shared=st.booleans(), pool=st.booleans())


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    scope=scopes,
    sort=st.sampled_from([*SORTS, *(f"-{name}" for name in SORTS), "key_first"]),
    limit=st.integers(1, 20),
    key=st.sampled_from([None, True]),
)
def test_pages_totals_and_reads_agree(
    town: dict[str, Any], scope: Scope, sort: str, limit: int, key: bool | None
) -> None:
    lead = with_rights(
        town["lead"], scopes={"customer": scope}, fields=role_of("sales").rights.fields
    )
    wanted = expected(town, scope)
    assert {one.name for one in visible_to(lead)} == wanted
    assert {one.name for one in changeable_by(lead)} == expected(town, scope, to_change=True)
    criteria = Criteria(is_key=key)
    if key:
        wanted = {name for name in wanted if name.endswith("第0家")}
    seen: list[str] = []
    cursor = None
    while True:
        rows, cursor = listing.page(
            lead, criteria, sort=sort, cursor=cursor, limit=limit, today=TODAY
        )
        seen += [row[3] for row in rows]
        if cursor is None:
            break
    assert sorted(seen) == sorted(wanted), (scope, sort)
    assert listing.summary(lead, criteria, today=TODAY)["count"] == len(wanted)
    whole, _ = listing.page(
        with_rights(town["other"], scopes={"customer": Scope("all")}, fields=lead.rights.fields),
        criteria,
        sort=sort,
        cursor=None,
        limit=200,
        today=TODAY,
    )
    assert seen == [row[3] for row in whole if row[3] in wanted], "the order is that of the whole"


@pytest.mark.django_db
@pytest.mark.parametrize("reach", REACHES)
def test_search_finds_what_the_role_reaches(town: dict[str, Any], reach: str) -> None:
    for shared in (False, True):
        scope = Scope(reach, shared=shared)  # type: ignore[arg-type]
        fields = role_of("sales").rights.fields
        lead = Api(with_rights(town["lead"], scopes={"customer": scope}, fields=fields))
        Api(town["alone"]).get("/me")  # the others still work
        found = {one["name"] for one in lead.get("/search", q="第", limit=50)["items"]}
        assert found == {name for name in expected(town, scope) if "第" in name}


@pytest.mark.django_db
def test_many_owners_are_reached_in_one_part(
    town: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond so many owners the list asks otherwise, and finds the same."""
    monkeypatch.setattr("zhike.customers.queries.APART", 1)
    scope = Scope("below", shared=True, pool=True)
    lead = with_rights(
        town["lead"], scopes={"customer": scope}, fields=role_of("sales").rights.fields
    )
    for sort in ("next_follow_up_on", "-name", "key_first"):
        rows, _ = listing.page(lead, Criteria(), sort=sort, cursor=None, limit=50, today=TODAY)
        assert {row[3] for row in rows} == expected(town, scope)


@pytest.mark.django_db
def test_a_cursor_cannot_shift_the_condition_of_whose_it_is(town: dict[str, Any]) -> None:
    """The list puts whose it is where a mark stands; a forged id equal to it is no mark."""
    scope = Scope("own", pool=True)
    lead = with_rights(
        town["lead"], scopes={"customer": scope}, fields=role_of("sales").rights.fields
    )
    from zhike.base import paging

    forged = paging.pack("name", 0, "a", -7)
    rows, _ = listing.page(lead, Criteria(), sort="name", cursor=forged, limit=50, today=TODAY)
    assert {row[3] for row in rows} <= expected(town, scope)
