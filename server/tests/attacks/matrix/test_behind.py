"""What happens after the answer: jobs and files go by the rights of whoever asked for them, as
these are when it happens."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.attacks.matrix.asking import Secrets, taken_back, told_in
from tests.attacks.matrix.expectations import ACTORS, ROLES, in_reach, way
from tests.attacks.matrix.test_lists import _alive, _seen
from tests.attacks.matrix.world import World
from tests.doors import fixtures
from tests.people import answer
from zhike.access.actions import change_person
from zhike.access.models import Person
from zhike.base import clock, jobs
from zhike.customers.models import Collaborator, Contact, Customer, HandOver
from zhike.doors.models import Export, Import

pytestmark = pytest.mark.django_db
EXPORTERS = sorted(name for name in ROLES if "export" in ROLES[name].actions)
IMPORTERS = sorted(name for name in ROLES if "import" in ROLES[name].actions)


@pytest.fixture(autouse=True)
def undone(world: World) -> Iterator[None]:
    with taken_back():
        yield


def call(
    world: World, who: str, method: str, path: str, body: Any = None, status: int = 200
) -> Any:
    return answer(world.actors[who].caller.call(method, f"/api/v1{path}", body), status)


def work() -> None:
    jobs.run_due(clock.now())


def _cells(raw: bytes) -> str:
    """Everything a workbook or a csv says, as one text."""
    if not raw.startswith(b"PK"):
        return raw.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


def _file(world: World, who: str, export_id: int) -> str:
    told = world.actors[who].caller.call("GET", f"/api/v1/exports/{export_id}/file")
    assert told.status_code == 200, told.content
    return _cells(b"".join(told.streaming_content))


VIEWS = ("standard-21", "collection", "maintenance", "satisfaction", "list", "tool-card")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_holds_what_one_sees(
    world: World, secrets: Secrets, name: str, view: str
) -> None:
    for filters in ({}, {"owner": str(world.other.pk)}, {"owner": "none"}, {"tag": world.tag.pk}):
        made = call(world, name, "POST", "/exports", {"view": view, "filters": filters}, 201)
        work()
        text = _file(world, name, made["id"])
        assert not told_in(text, secrets.of(name))
        if filters or view in ("maintenance", "satisfaction"):
            continue
        for file in _seen(world, name):
            assert file.words["basic"][0] in text


def test_whole_numbers_only_for_who_may(world: World) -> None:
    for name in EXPORTERS:
        status = 201 if name == "administrator" else 403
        call(world, name, "POST", "/exports", {"view": "list", "plain": True}, status)


def _becomes(world: World, name: str, role: str) -> None:
    person = Person.objects.get(pk=world.actors[name].person.pk)
    change_person(actor=world.chief, now=clock.now(), person=person, role=role)


def test_an_export_runs_with_the_rights_of_its_hour(world: World, secrets: Secrets) -> None:
    made = call(world, "administrator", "POST", "/exports", {"view": "standard-21"}, 201)
    _becomes(world, "administrator", "sales")
    work()
    pk = made["id"]
    stored = (Export.objects.get(pk=pk), world.spool.parent / "exports" / f"{pk}.xlsx")
    assert stored[0].state == "done"
    text = _cells(stored[1].read_bytes())
    assert world.actors["administrator"].files[0].words["basic"][0] in text
    assert world.far.words["basic"][0] not in text
    made = call(world, "sales", "POST", "/exports", {"view": "list"}, 201)
    _becomes(world, "sales", "auditor")
    work()
    assert Export.objects.get(pk=made["id"]).state == "failed"


def test_a_file_made_with_wider_rights_is_gone_with_them(world: World) -> None:
    made = call(world, "administrator", "POST", "/exports", {"view": "list"}, 201)
    work()
    _file(world, "administrator", made["id"])
    _becomes(world, "administrator", "sales")
    call(world, "administrator", "GET", f"/exports/{made['id']}/file", status=404)


def _sheet(*rows: dict[str, Any]) -> bytes:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return fixtures.xlsx([headers, *([row.get(name, "") for name in headers] for row in rows)])


def _import(world: World, who: str, *rows: dict[str, Any]) -> dict[str, Any]:
    caller = world.actors[who].caller
    caller.call("GET", "/api/v1/me")
    made = caller.client.post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile("表.xlsx", _sheet(*rows))},
        headers=caller.headers,
    )
    of = answer(made, 201)
    work()
    ready: dict[str, Any] = call(world, who, "GET", f"/imports/{of['id']}")
    return ready


def _write(world: World, who: str, import_id: int) -> dict[str, Any]:
    call(world, who, "POST", f"/imports/{import_id}/confirmation", {})
    work()
    done: dict[str, Any] = call(world, who, "GET", f"/imports/{import_id}")
    assert done["state"] == "done", done
    return done


@pytest.mark.parametrize("name", IMPORTERS)
def test_an_import_changes_whom_one_may_change(world: World, secrets: Secrets, name: str) -> None:
    """By code and by name: those of others are left out and tell nothing."""
    grants = ACTORS[name].grants
    files = [(relation, file) for relation, file in _alive(world, name)]
    rows = [
        {
            "客户编号": file.words["basic"][-1],
            "客户名称": file.words["basic"][0],
            "所在地区": "新地区",
            "备注": "新备注",
        }
        for _, file in files
    ]
    of = _import(world, name, *rows)
    told = str(call(world, name, "GET", f"/imports/{of['id']}/rows?only=all&limit=200"))
    typed = {str(value) for row in rows for value in row.values()}
    hidden = {word: about for word, about in secrets.of(name).items() if word not in typed}
    assert not told_in(told, hidden)
    _write(world, name, of["id"])
    for relation, file in files:
        changed = Customer.objects.get(pk=file.ids["customer"]).region == "新地区"
        mine = way(grants, relation) in ("own", "scope", "shared_edit")
        assert changed == mine, relation


@pytest.mark.parametrize("name", IMPORTERS)
def test_an_import_gives_away_only_what_is_ones_to_give(world: World, name: str) -> None:
    """The column 负责人 is a hand-over: by right, and of none that is only shared."""
    grants = ACTORS[name].grants
    files = [(one, next(world.files(name, one))) for one in ("own", "shared_edit")]
    rows = [
        {
            "客户编号": file.words["basic"][-1],
            "客户名称": file.words["basic"][0],
            "负责人": world.guest.name,
        }
        for _, file in files
    ]
    of = _import(world, name, *rows)
    of = call(world, name, "PATCH", f"/imports/{of['id']}", {"on_match": "update"})
    work()
    _write(world, name, of["id"])
    for relation, file in files:
        given = Customer.objects.get(pk=file.ids["customer"]).owner_id == world.guest.pk
        right = "hand_over" in grants.actions and way(grants, relation) in ("own", "scope")
        assert given == right, relation


def test_an_import_stops_when_its_right_is_gone(world: World) -> None:
    of = _import(world, "sales", {"客户名称": "新来的公司", "备注": "x"})
    call(world, "sales", "POST", f"/imports/{of['id']}/confirmation", {})
    _becomes(world, "sales", "service")
    work()
    assert not Customer.objects.filter(name="新来的公司").exists()
    assert Import.objects.get(pk=of["id"]).state == "failed"


def _handed(world: World, ids: list[int]) -> dict[str, Any]:
    body = {"customer_ids": ids, "taker_id": world.guest.pk}
    begun: dict[str, Any] = call(world, "sales_lead", "POST", "/hand-overs", body, 201)
    return begun


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda world, pk: _becomes(world, "sales_lead", "sales"),
        lambda world, pk: Customer.objects.filter(pk=pk).update(owner=world.other),
    ],
    ids=["the right is gone", "it went to somebody out of reach"],
)
def test_a_hand_over_goes_by_the_rights_of_its_hour(
    world: World, meanwhile: Callable[[World, int], Any]
) -> None:
    pk = world.shared["team"].ids["customer"]
    begun = _handed(world, [pk])
    meanwhile(world, pk)
    work()
    assert Customer.objects.get(pk=pk).owner_id != world.guest.pk
    assert HandOver.objects.get(pk=begun["id"]).state in ("failed", "done")


def test_a_hand_over_reaches_its_taker(world: World) -> None:
    pk = world.shared["below"].ids["customer"]
    begun = _handed(world, [pk])
    work()
    assert Customer.objects.get(pk=pk).owner_id == world.guest.pk
    assert HandOver.objects.get(pk=begun["id"]).state == "done"


def test_a_filter_hands_over_nothing_that_is_not_in_reach(world: World) -> None:
    """What a filter also finds, shared ones and the pool, stays where it is."""
    for filters in ({"owner": "none"}, {"owner": str(world.other.pk)}):
        body = {"filters": filters, "taker_id": world.guest.pk}
        call(world, "sales_lead", "POST", "/hand-overs", body, 422)
    files = list(_alive(world, "sales_lead"))
    mine = [file for one, file in files if in_reach(ROLES["sales_lead"], one)]
    body = {"filters": {}, "taker_id": world.guest.pk}
    begun = call(world, "sales_lead", "POST", "/hand-overs", body, 201)
    assert begun["total"] == len(mine)
    work()
    given = Customer.objects.filter(owner=world.guest).values_list("pk", flat=True)
    assert set(given) == {file.ids["customer"] for file in mine}


def test_sharing_to_read_is_not_sharing_on(world: World) -> None:
    """Neither kind of collaborator lets a third one in, or throws one out, themselves included."""
    me = world.actors["sales"].person.pk
    for relation in ("shared_read", "shared_edit"):
        place = f"/customers/{world.shared[relation].ids['customer']}/collaborators"
        for whom in (me, world.guest.pk, world.stranger.pk):
            call(world, "sales", "PUT", f"{place}/{whom}", {"may_edit": True}, 403)
            call(world, "sales", "DELETE", f"{place}/{whom}", status=403)


def test_what_was_shared_is_out_of_sight_once_it_is_not(world: World) -> None:
    pk = world.shared["shared_edit"].ids["customer"]
    word = world.shared["shared_edit"].words["basic"][0]
    call(world, "sales", "GET", f"/customers/{pk}")
    owner = Customer.objects.get(pk=pk)
    Collaborator.objects.filter(customer=owner, person=world.actors["sales"].person).delete()
    call(world, "sales", "GET", f"/customers/{pk}", status=404)
    for path in (f"/search?q={word}", "/customers?limit=200", f"/customers?q={word}"):
        assert word not in str(call(world, "sales", "GET", path))


def test_viewing_as_a_colleague(world: World, secrets: Secrets) -> None:
    """One sees what the colleague sees and writes nothing; tokens stay one's own."""
    mei = world.actors["sales"]
    call(world, "administrator", "POST", "/view-as", {"person_id": mei.person.pk})
    caller = world.actors["administrator"].caller
    kept = dict(caller.cookies)
    caller.keep()
    try:
        listed = call(world, "administrator", "GET", "/customers?limit=200")
        assert listed == call(world, "sales", "GET", "/customers?limit=200")
        assert not told_in(str(listed), secrets.of("sales"))
        pk = mei.ids["customer", "own"]
        body = {"version": 1, "region": "x"}
        assert (
            call(world, "administrator", "PATCH", f"/customers/{pk}", body, 403)["code"]
            == "viewing"
        )
        tokens = call(world, "administrator", "GET", "/tokens")["items"]
        assert {one["person"]["id"] for one in tokens} == {caller_id(world, "administrator")}
        call(world, "administrator", "DELETE", "/view-as")
        call(world, "administrator", "PATCH", f"/customers/{pk}", body)
    finally:
        caller.cookies = kept


def caller_id(world: World, who: str) -> int:
    return int(world.actors[who].person.pk)


def test_the_last_numbers_of_the_day(world: World) -> None:
    """Reveals of customers in the pool or shared count for nothing where they are refused."""
    pool = world.shared["pool"].ids["contact"]
    refused = call(world, "sales", "POST", f"/contacts/{pool}/reveals", {"field": "mobile"}, 403)
    assert not told_in(str(refused), secrets_of(world))
    contact = Contact.objects.get(pk=world.shared["shared_read"].ids["contact"])
    body = {"field": "mobile"}
    told = call(world, "sales", "POST", f"/contacts/{contact.pk}/reveals", body)
    assert told["value"] == world.shared["shared_read"].words["phone"][0]


def secrets_of(world: World) -> dict[str, str]:
    return Secrets(world).every


def test_roles_are_shipped_as_written_here(world: World) -> None:
    """The table restates the shipped roles by hand; each person's `me` agrees with it."""
    names = ("hidden", "masked", "read", "edit")
    for name, grants in ROLES.items():
        me = call(world, name, "GET", "/me")
        assert {one for one, granted in me["rights"].items() if granted} == grants.actions
        assert me["fields"] == {group: names[level] for group, level in grants.levels.items()}
        for kind, scope in me["scopes"].items():
            reach, *more = getattr(grants, kind).split()
            everything = reach == "all"
            assert scope["reach"] == reach
            assert everything or scope["shared"] == ("shared" in more)
            assert everything or scope["pool"] == ("pool" in more)
