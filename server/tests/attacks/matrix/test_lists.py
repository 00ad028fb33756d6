"""What the matrix cannot see cell by cell: lists, counts, search and hints tell all that is one's
to know and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.attacks.matrix.asking import Secrets, told_in
from tests.attacks.matrix.expectations import (
    ACTORS,
    LIVING,
    READ,
    in_reach,
    reads_record,
    reads_task,
    way,
)
from tests.attacks.matrix.world import File, World
from tests.people import answer
from zhike.care.models import FollowUp

pytestmark = pytest.mark.django_db
READERS = sorted(name for name, actor in ACTORS.items() if not actor.stopped)


def get(world: World, who: str, path: str, status: int = 200, **query: Any) -> Any:
    response = world.actors[who].caller.call("GET", f"/api/v1{path}", None, query)
    return answer(response, status)


def _alive(world: World, name: str) -> Iterator[tuple[str, File]]:
    """Every living customer and how it stands to somebody."""
    for other, seen in world.actors.items():
        if other != "nobody":
            yield ("own" if other == name else "team"), seen.files[0]
    yield from world.shared.items()
    yield "foreign", world.far


def _seen(world: World, name: str) -> list[File]:
    grants = ACTORS[name].grants
    return [file for relation, file in _alive(world, name) if way(grants, relation)]


@pytest.mark.parametrize("name", READERS)
def test_the_list_holds_those_in_sight(world: World, name: str) -> None:
    files = _seen(world, name)
    names = {file.words["basic"][0] for file in files}
    for sort in ("key_first", "created_at", "-code", "name", "-next_follow_up_on"):
        page = get(world, name, "/customers", sort=sort, limit=200)
        assert {one["name"] for one in page["items"]} == names
        assert len(page["items"]) == len(names)
    totals = get(world, name, "/customers/summary")
    assert totals["count"] == len(names)
    knows = ACTORS[name].grants.levels["money"] >= READ
    amount = sum(int(file.words["money"][0]) for file in files)
    assert totals["contract_amount"] == (amount if knows else None)
    counts = get(world, name, "/today")["counts"]
    assert counts["customers"] == 1
    assert counts["due"] == 2  # of the own customer, and the one given


@pytest.mark.parametrize("name", READERS)
def test_pages_end_where_sight_ends(world: World, name: str) -> None:
    """Page by page as in one, also from a place in the list of somebody who sees more."""
    names = {file.words["basic"][0] for file in _seen(world, name)}
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = get(world, name, "/customers", limit=3, sort="-code", **cursor)
        found += [one["name"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert sorted(found) == sorted(names)
    widest = get(world, "administrator", "/customers", limit=3, sort="-code")
    page = get(world, name, "/customers", limit=200, sort="-code", cursor=widest["next"])
    assert {one["name"] for one in page["items"]} <= names


@pytest.mark.parametrize("name", READERS)
def test_filters_find_nobody_out_of_sight(world: World, secrets: Secrets, name: str) -> None:
    names = {file.words["basic"][0] for file in _seen(world, name)}
    owners = [*(seen.person.pk for seen in world.actors.values()), world.other.pk, "none", "me"]
    for owner in owners:
        page = get(world, name, "/customers", owner=owner, limit=200)
        assert {one["name"] for one in page["items"]} <= names
        count = get(world, name, "/customers/summary", owner=owner)["count"]
        assert count == len(page["items"])
        assert not told_in(str(page), secrets.of(name))


@pytest.mark.parametrize("name", READERS)
def test_search_finds_those_in_sight(world: World, name: str) -> None:
    actor = ACTORS[name]
    for relation, file in _alive(world, name):
        sees = way(actor.grants, relation) is not None
        word, code = file.words["basic"][0], file.words["basic"][-1]
        for q, finds in (
            (word, sees),
            (code, sees),
            (file.words["contact"][0], sees and actor.grants.levels["contact"] >= READ),
            (file.words["phone"][0], sees and actor.grants.levels["phone"] >= READ),
            (file.words["email"][0], sees and actor.grants.levels["email"] >= READ),
        ):
            told = get(world, name, "/search", q=q)
            hits = [one for one in told["items"] if one["name"] == word]
            assert bool(hits) == finds, (relation, q)
            listed = get(world, name, "/customers", q=q)
            assert (word in str(listed)) == finds, (relation, q)
            cared = not sees and q in (word, code) and relation != "pool"
            assert bool(told["in_care"]) == cared, (relation, q)
            assert all(set(one) == {"owner", "department"} for one in told["in_care"])


@pytest.mark.parametrize("name", ["sales", "sales_lead", "administrator"])
def test_hints_of_twins_tell_that_and_no_more(world: World, name: str) -> None:
    grants = ACTORS[name].grants
    for relation, file in _alive(world, name):
        sees = way(grants, relation) is not None
        for query in (
            {"name": file.words["basic"][0]},
            {"phone": file.words["phone"][0]},
            {"email": file.words["email"][0]},
            {"identity": file.words["identity"][0]},
        ):
            (twin,) = get(world, name, "/customers/similar", **query)["items"]
            if sees:
                assert twin["id"] == file.ids["customer"]
            else:
                assert (twin["id"], twin["name"], twin["code"]) == (None, None, None)


@pytest.mark.parametrize("name", READERS)
def test_the_time_line_tells_the_kinds_in_reach(world: World, name: str) -> None:
    grants = ACTORS[name].grants
    for relation in LIVING:
        if way(grants, relation) is None:
            continue
        pk = world.actors[name].ids["customer", relation]
        file = next(world.files(name, relation))
        whole = str(get(world, name, f"/customers/{pk}/timeline", limit=100))
        for kind in ("follow_up", "care", "feedback"):
            told = str(get(world, name, f"/customers/{pk}/timeline", kind=kind))
            reads = reads_record(grants, kind, relation)
            word = file.words[kind][0]
            assert (word in told, word in whole) == (reads, reads), (relation, kind)
        done = str(get(world, name, f"/customers/{pk}/timeline", kind="task"))
        assert (file.words["task"][0] in done) == reads_task(grants, relation), relation


@pytest.mark.parametrize("name", READERS)
def test_late_records_are_those_one_may_read(world: World, name: str) -> None:
    FollowUp.objects.update(is_late=True, import_id=None)
    for relation in LIVING:
        file = next(world.files(name, relation))
        (author,) = FollowUp.objects.filter(pk=file.ids["follow_up"]).values_list(
            "author_id", flat=True
        )
        page = get(world, name, "/late-follow-ups", person=author, limit=200)
        told = file.words["follow_up"][0] in str(page)
        assert told == reads_record(ACTORS[name].grants, "follow_up", relation), relation


@pytest.mark.parametrize("name", READERS)
def test_tasks_are_those_in_reach(world: World, name: str) -> None:
    grants = ACTORS[name].grants
    for relation in LIVING:
        pk = world.actors[name].ids["customer", relation]
        word = next(world.files(name, relation)).words["task"][0]
        for scope in ("open", "done"):
            told = get(world, name, "/tasks", customer=pk, scope=scope)["items"]
            assert ([one["title"] for one in told] == [word]) == reads_task(grants, relation)
    mine = get(world, name, "/tasks")["items"]
    assert {one["assignee"]["id"] for one in mine} == {world.actors[name].person.pk}
    (given,) = (one for one in mine if one["title"] == "别人的客户，我的事")
    sees = way(grants, "foreign") is not None
    named = sees and given["customer"]["contact_name"] != ""
    assert named == sees
    assert (given["customer"]["phone"] != "") == sees


@pytest.mark.parametrize("name", READERS)
def test_the_trash_holds_what_one_may_bring_back(world: World, name: str) -> None:
    grants = ACTORS[name].grants
    if "delete" not in grants.actions:
        get(world, name, "/trash", 403)
        return
    told = get(world, name, "/trash", kind="customer", limit=200)["items"]
    files = [
        ("own" if other == name else "team", seen.files[1])
        for other, seen in world.actors.items()
        if other != "nobody"
    ]
    files += list(world.gone.items())
    wish = {file.words["basic"][0] for relation, file in files if in_reach(grants, relation)}
    assert {one["name"] for one in told} == wish
    for kind in ("contact", "follow_up"):
        rows = get(world, name, "/trash", kind=kind, limit=200)["items"]
        seen = {file.words["basic"][0] for file in _seen(world, name)}
        assert {one["customer"]["name"] for one in rows} <= seen


@pytest.mark.parametrize("name", READERS)
def test_the_queue_holds_what_one_decides_or_asked(world: World, name: str) -> None:
    grants = ACTORS[name].grants
    reviews = "review" in grants.actions
    wish = {
        file.words["basic"][0]
        for relation, file in _alive(world, name)
        if way(grants, relation) and (reviews or relation == "own")
    }
    told = get(world, name, "/reviews", limit=100)["items"]
    assert {one["customer"]["name"] for one in told} == wish
    decidable = {one["customer"]["name"] for one in told if one["can_decide"]}
    within = {
        file.words["basic"][0]
        for relation, file in _alive(world, name)
        if reviews and in_reach(grants, relation)
    }
    assert decidable == within
    counts = {"pending": len(within), "mine": 1, "used": True}
    assert get(world, name, "/reviews/waiting") == counts


@pytest.mark.parametrize("name", READERS)
def test_lists_of_ones_own(world: World, name: str) -> None:
    """Imports, hand-overs and tokens: one's own, or everybody's for who manages."""
    actor, seen = ACTORS[name], world.actors[name]
    manages = "manage_people" in actor.grants.actions
    imports = {one["created_by"]["id"] for one in get(world, name, "/imports")["items"]}
    if "import" not in actor.grants.actions:
        assert imports == set()
    elif not manages:
        assert imports == {seen.person.pk}
    passed = {one["note"] for one in get(world, name, "/hand-overs")["items"]}
    assert manages or passed == set(seen.words["own"])
    if actor.by_token:
        return
    for of in ("me", "all"):
        told = get(world, name, "/tokens", of=of)["items"]
        owners = {one["person"]["id"] for one in told}
        everybody = of == "all" and (manages or actor.viewing)  # one's own, whoever one views as
        assert owners == {seen.person.pk} or everybody
        assert "plain" not in str(told)
