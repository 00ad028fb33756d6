"""Nobody is shown more than the role says: planted values are looked for in everything we answer.

Every GET of the API, every export, every refusal is read by many roles; what a role may not read
must not stand there in any form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.canaries import SEALED, leaks, needles, readable
from tests.attacks.planting import Story, told
from tests.attacks.readers import (
    EDIT,
    HIDDEN,
    MASKED,
    READ,
    Reader,
    operations,
    read_all,
    readers,
    rights,
)
from tests.doors import fixtures
from tests.doors.conftest import upload, worked
from tests.people import NOW, Api, frozen, hire
from zhike.access.models import Department, Organisation, Person, Role
from zhike.access.rights import (
    ACTIONS,
    ADMINISTRATOR,
    GROUPS,
    KINDS,
    Level,
    Rights,
    Scope,
)
from zhike.base import clock, jobs
from zhike.customers.criteria import SORTS
from zhike.customers.models import Customer
from zhike.doors.views import VIEWS

__all__ = ["frozen"]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def story(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    """The story is told once; what the tests do after it is undone after each of them."""
    around = transaction.atomic()
    around._from_testcase = True
    folder = override_settings(ZHIKE_DATA=tmp_path_factory.mktemp("canaries"))
    with django_db_blocker.unblock(), folder, around:
        with time_machine.travel(NOW, tick=True):
            Organisation.objects.create(id=Organisation.THE, name="晨星贸易", created_at=NOW)
            house = Department.objects.create(name="华东")
            Department.objects.filter(pk=house.pk).update(path=f"/{house.pk}/")
            house.refresh_from_db()
            mei, lin = (Api(hire(name, name, department=house)) for name in ("王小梅", "林冲"))
            boss = Api(hire("周管理", "zhou", ADMINISTRATOR))
            story = told(mei, boss, lin)
        yield story
        transaction.set_rollback(True)


def test_no_answer_shows_more_than_the_role_may_see(story: Story) -> None:
    found: list[str] = []
    answered: set[str] = set()
    for reader in readers():
        read_all(reader, story)
        answered |= reader.answered
        found += reader.leaked(story.nest.planted)
    assert not found, "\n".join(found[:40])
    # The looking can find: the administrator reads amounts and names, the masked see masks.
    assert answered >= {path for path, _ in operations("get")} - {
        *("/setup", "/exports/{export_id}", "/exports/{export_id}/file"),
        *("/imports/{import_id}", "/imports/{import_id}/result", "/imports/{import_id}/rows"),
        *("/roles/{role_id}",),
    }


def test_the_looking_finds_what_is_shown(story: Story) -> None:
    """Under levels lower than those of the reader every group of canaries is found."""
    reader = Reader("能看", rights(rest=READ))
    read_all(reader, story)
    nothing, planted = dict.fromkeys(GROUPS, HIDDEN), story.nest.planted
    shown = {
        group
        for group in GROUPS
        if group != "basic"
        and any(
            leaks(
                reader.seen,
                needles([one for one in planted if one.group == group], nothing, plain=False),
            )
        )
    }
    assert shown == set(GROUPS) - {"basic"}


def test_no_file_holds_more_than_the_role_may_see(story: Story) -> None:
    found: list[str] = []
    files = 0
    for number, reader in enumerate(readers()):
        for plain in (False, True):
            person = reader.person
            if not person.may("export") or (plain and not person.may("export_plain")):
                body = {"view": "list", "plain": plain}
                answer = reader.keep("refused", reader.api.call("POST", "/exports", body))
                assert answer.status_code == 403
                continue
            forms = ("xlsx", "csv") if number < 10 else ("csv",)
            files += len(exported(reader, plain=plain, forms=forms))
            found += reader.leaked(story.nest.planted, plain=plain)
            reader.seen.clear()
    assert not found, "\n".join(found[:40])
    assert files > 100


def exported(reader: Reader, *, plain: bool, forms: tuple[str, ...]) -> list[int]:
    """Have every view made, whole and by chosen columns, and read the files."""
    made = []
    for view in VIEWS:
        for form in forms:
            body = {"view": view, "format": form, "plain": plain}
            answer = reader.keep(f"POST {body}", reader.api.call("POST", "/exports", body))
            if answer.status_code == 201:
                made.append(json.loads(answer.content)["id"])
    columns = [header for header, _ in VIEWS["list"].columns]
    body = {"view": "list", "format": "csv", "plain": plain, "columns": columns[-18:]}
    made.append(json.loads(reader.api.call("POST", "/exports", body).content)["id"])
    jobs.run_due(clock.now())
    for pk in made:
        state = json.loads(reader.get(f"/exports/{pk}").content)["state"]
        assert state == "done"
        assert reader.get(f"/exports/{pk}/file").status_code == 200
    return made


def test_refusals_tell_nothing(story: Story) -> None:
    """Stale versions, wrong values, numbers that are taken, what may not be changed or revealed."""
    found: list[str] = []
    codes: set[int] = set()
    for reader in readers():
        with transaction.atomic():
            for method, path, body in attempts(story):
                answer = reader.api.call(method, path, body)
                if not (path.endswith("/reveals") and answer.status_code == 200):
                    reader.keep(f"{method} {path} {body}", answer)
                codes.add(answer.status_code)
            transaction.set_rollback(True)
        found += reader.leaked(story.nest.planted)
    assert not found, "\n".join(found[:40])
    assert codes >= {403, 404, 409, 422}


def attempts(story: Story) -> Iterator[tuple[str, str, dict[str, Any]]]:
    ids, nest = story.ids, story.nest
    fields: dict[str, Any] = dict.fromkeys(("identity", "address", "remark", "first_need"))
    fields |= {"contract_amount": None, "products": "", "kind": "company"}
    for pk in ids["customer_id"][:2]:
        for name, value in fields.items():
            yield "PATCH", f"/customers/{pk}", {"version": 1, name: value}
        yield "PATCH", f"/customers/{pk}", {"version": 99, "region": "x"}
        for name in ("identity", "address"):
            yield "POST", f"/customers/{pk}/reveals", {"field": name}
        yield "POST", f"/customers/{pk}/contacts", {"name": "新人", "mobile": "1"}
    for pk in ids["contact_id"][::2]:
        for name in ("name", "title", "mobile", "email", "wechat"):
            yield "PATCH", f"/contacts/{pk}", {"version": 1, name: "钱多"}
        for name in ("mobile", "landline", "email", "wechat"):
            yield "POST", f"/contacts/{pk}/reveals", {"field": name}
        yield "POST", f"/contacts/{pk}/restoration", {}
    taken = {"kind": "person", "identity": nest.of("identity")[-1]}
    for one in nest.of("identity")[:2]:
        yield "POST", "/customers", {"name": "重复", "kind": "person", "identity": one}
        yield "POST", "/customers", {"name": "重复", "kind": "company", "identity": one}
    yield "POST", "/customers", {"name": "", **taken}
    yield "POST", "/hand-overs", {"filters": {"q": "客"}, "taker_id": None, "note": "x" * 600}


def test_searching_confirms_nothing_that_may_not_be_read(story: Story) -> None:
    nest = story.nest
    cases: list[tuple[str, Level, list[str]]] = [
        ("phone", MASKED, [*nest.of("mobile")[:6], *nest.of("landline")[:3]]),
        ("email", MASKED, nest.of("email")[:6]),
        ("contact", MASKED, [one for name in nest.of("name")[:6] for one in (name, name[1:])]),
        ("phone", HIDDEN, [one[-4:] for one in nest.of("mobile")[:6]]),
    ]
    for number, (group, level, typed) in enumerate(cases):
        everything = Reader(f"见者{number}", rights(rest=EDIT)).api
        poor = Reader(f"探子{number}", rights(**{"rest": EDIT, group: level})).api
        hits = 0
        for word in typed:
            hits += len(everything.get("/search", q=word)["items"])
            assert poor.get("/search", q=word)["items"] == [], word
            assert poor.get("/customers", q=word)["items"] == [], word
            assert poor.get("/customers/summary", q=word)["count"] == 0, word
        assert hits, group


def test_numbers_are_not_confirmed_as_duplicates(story: Story) -> None:
    nest = story.nest
    asked = {"phone": nest.of("mobile"), "email": nest.of("email"), "identity": nest.of("identity")}
    for name, values in asked.items():
        everything = Reader(f"录入{name}", rights(rest=EDIT)).api
        assert any(everything.get("/customers/similar", **{name: one})["items"] for one in values)
        for level in (HIDDEN, MASKED):
            poor = Reader(f"打听{name}{level}", rights(**{"rest": EDIT, name: level})).api
            for one in values[:6]:
                assert poor.get("/customers/similar", **{name: one})["items"] == []


def test_an_import_confirms_no_identity_that_may_not_be_read(story: Story) -> None:
    """A row with somebody's number looks like a row with nobody's."""
    own = Api(Person.objects.get(username="王小梅"))
    here = next(one for one in own.get("/customers")["items"] if one["name"] == "阳春客")
    reveal = f"/customers/{here['id']}/reveals"
    number = own.post(reveal, {"field": "identity"}, 200)["value"]
    nobody = story.nest.customer()["identity"]
    for level in (HIDDEN, MASKED, READ):
        api = Reader(f"导入{level.name}", rights(rest=EDIT, identity=level)).api
        looks = []
        for one in (number, nobody):
            rows = [["客户名称", "客户类别", "证件号码"], ["陌生人", "个人", one]]
            of = upload(api, fixtures.xlsx(rows))
            (row,) = api.get(f"/imports/{of['id']}/rows", only="all")["items"]
            looks.append((of["counts"], row["action"], row["problems"]))
            api.patch(f"/imports/{of['id']}", {"on_match": "new"})
            looks[-1] += (worked(api, of["id"])["counts"],)
        assert looks[0] == looks[1], level


def test_the_pool_keeps_its_numbers(story: Story) -> None:
    """Whoever must claim a customer before a reveal gets no whole number out by an export."""
    pool = dict.fromkeys(KINDS, Scope("own", pool=True))
    full = rights(frozenset(ACTIONS), rest=EDIT)
    reader = Reader("公海", Rights(pool, full.fields, full.actions))
    made = json.loads(reader.api.call("POST", "/exports", {"view": "list", "plain": True}).content)
    jobs.run_due(clock.now())
    text = readable(
        b"".join(reader.api.call("GET", f"/exports/{made['id']}/file").streaming_content)  # type: ignore[attr-defined]
    )
    assert "公海客" in text
    sealed_ones = [one for one in story.nest.planted if one.kind in SEALED]
    forbidden = needles(sealed_ones, dict.fromkeys(GROUPS, MASKED), plain=False)
    assert not list(leaks({"公海": text}, forbidden))


def test_order_and_filters_tell_nothing_that_may_not_be_read(story: Story) -> None:
    """No sorting or filtering by what is hidden, nor does any other order depend on it."""
    poor = Reader("无金额", rights(rest=READ, money=HIDDEN, needs=HIDDEN, cooperation=HIDDEN)).api
    rich = Reader("见金额", rights(rest=READ)).api
    cursor = rich.get("/customers", sort="-contract_amount", limit="2")["next"]
    assert cursor
    for query in (
        {"sort": "contract_amount"},
        {"sort": "-contract_amount"},
        {"sort": "-contract_amount", "cursor": cursor},
        {"need_status": "clear"},
        {"cooperation_stage": "running"},
    ):
        poor.get("/customers", status=403, **query)
        if "sort" not in query:
            poor.get("/customers/summary", status=403, **query)
            body = {"view": "list", "filters": query}
            assert poor.call("POST", "/exports", body).status_code == 403
            given = {"filters": query, "taker_id": None}
            assert poor.call("POST", "/hand-overs", given).status_code == 403

    def orders() -> dict[str, list[int]]:
        given = {}
        for sort in ["key_first", *(f"{sign}{one}" for one in SORTS for sign in ("", "-"))]:
            answer = poor.call("GET", "/customers", sort=sort)
            if answer.status_code == 200:
                given[sort] = [one["id"] for one in json.loads(answer.content)["items"]]
        return given

    before = orders()
    assert len(before) > 6
    for place, pk in enumerate(before["name"]):
        Customer.objects.filter(pk=pk).update(contract_amount=(place * 7919) % 13 * 1_000)
    assert orders() == before
    assert poor.get("/customers/summary")["contract_amount"] is None


@pytest.fixture
def ask(story: Story) -> Callable[..., Reader]:
    """A colleague of the owner's department whose role is changed again and again."""
    reader = Reader("多变", rights())
    Person.objects.filter(pk=reader.api.id).update(department=Department.objects.get())

    def ask_as(granted: Rights) -> Reader:
        Role.objects.filter(key="of-多变").update(granted=granted.stored())
        reader.seen.clear()
        return reader

    return ask_as


LEVELS = {
    group: st.sampled_from([one for one in Level if one != MASKED or GROUPS[group].maskable])
    for group in GROUPS
}
SCOPES = st.builds(
    Scope, st.sampled_from(["none", "own", "team", "below", "all"]), st.booleans(), st.booleans()
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    levels=st.fixed_dictionaries(LEVELS),
    scopes=st.fixed_dictionaries(dict.fromkeys(KINDS, SCOPES)),
    actions=st.frozensets(st.sampled_from(sorted(ACTIONS))),
)
def test_nothing_above_the_level_is_shown(
    ask: Callable[..., Reader],
    story: Story,
    levels: dict[str, Level],
    scopes: dict[str, Scope],
    actions: frozenset[str],
) -> None:
    """Any role at all: the list, every file, every time line, and an export if it may."""
    reader = ask(Rights(scopes, levels | {"basic": max(levels["basic"], READ)}, actions))
    listed = json.loads(reader.get("/customers", limit="200").content)["items"]
    for row in listed[:6]:
        page = json.loads(reader.get(f"/customers/{row['id']}").content)
        reader.get(f"/customers/{row['id']}/timeline", limit="100")
        assert_within(page, reader.levels())
    assert not reader.leaked(story.nest.planted)
    if "export" in actions:
        for plain in {False, "export_plain" in actions}:
            reader.seen.clear()
            body = {"view": "list", "format": "csv", "plain": plain}
            made = json.loads(reader.api.call("POST", "/exports", body).content)
            jobs.run_due(clock.now())
            assert reader.get(f"/exports/{made['id']}/file").status_code == 200
            assert not reader.leaked(story.nest.planted, plain=plain)


_FIELDS = {
    "identity": ("identity",),
    "address": ("address",),
    "needs": ("first_need", "core_need", "need_status", "budget", "expected_term"),
    "cooperation": (
        *("products", "cooperation_since", "cooperation_until", "cooperation_stage"),
        *("project_code", "deal_stage", "expected_close"),
    ),
    "money": ("contract_amount", "deal_amount"),
    "notes": ("special_needs", "risk", "competition", "remark"),
}


def assert_within(page: dict[str, Any], levels: dict[str, Level]) -> None:
    """Hidden fields are empty, choices too, which no canary can be planted in."""
    for group, names in _FIELDS.items():
        if levels[group] == HIDDEN:
            assert not any(page[name] for name in names), group
    for contact in page["contacts"]:
        if levels["phone"] == HIDDEN:
            assert not contact["mobile"]
            assert not contact["landline"]
        if levels["email"] == HIDDEN:
            assert not contact["email"]
            assert not contact["wechat"]
        if levels["contact"] < READ:
            hidden = ("title", "role", "preferences", "convenient_time")
            assert not any(contact[name] for name in hidden)
    if levels["contact"] == HIDDEN:
        assert page["contacts"] == []
        assert page["contact"] is None
