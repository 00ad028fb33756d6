"""Somebody with the database but without the keys moves, cuts and edits sealed bytes.

A sealed value opens only where it was sealed. What was tampered with is shown as 无法解密, takes
nothing else away, and can be typed in anew.
"""

from __future__ import annotations

import base64
import json
import logging
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction

from tests.access.door import Visitor, code_of, with_password
from tests.doors import fixtures
from tests.doors.conftest import brought_in, own_folder, table, taken_out, upload
from tests.people import Api, assert_problem, boss, frozen, lin, mei, organisation
from zhike.access import sessions
from zhike.base import keyring
from zhike.care.models import FollowUp
from zhike.customers.models import Contact, Customer
from zhike.doors.intake import seal_row
from zhike.doors.models import ImportRow
from zhike.fields import sealed

__all__ = ["boss", "frozen", "lin", "mei", "organisation", "own_folder"]
pytestmark = pytest.mark.django_db
TIMES = 10_000
UNREADABLE = sealed.UNREADABLE
FIELDS = Contact.SEALED


class Place(NamedTuple):
    """Where sealed bytes lie."""

    table: str
    field: str
    row: int

    def open(self, data: bytes) -> str:
        return keyring.unseal(data, table=self.table, field=self.field, row=self.row)


@pytest.fixture
def second_key(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A ring of two keys, so that another known key can be named."""
    place = tmp_path / "keys.json"
    shutil.copy(django_settings.ZHIKE_KEYS_FILE, place)
    settings.ZHIKE_KEYS_FILE = str(place)
    keyring.add_key(place)
    keyring.forget()
    yield
    keyring.forget()


def value_of(field: str, n: int) -> str:
    return {
        "mobile": f"138{n:04}{7000 + n}",
        "landline": f"0755-2671{2000 + n}",
        "email": f"rehbock{n}@canary.example",
        "wechat": f"wx_rehbock_{n}",
        "address": f"广东省深圳市南山区鹿鸣路{n}号902室",
        "identity": f"4401011990{n:04}123X",
    }[field]


def places() -> dict[Place, tuple[str, bytes]]:
    """Everything that is sealed, in rows enough to be mixed up."""
    found: dict[Place, str] = {}
    for n in range(1, 8):
        for field in FIELDS:
            found[Place("zhike_contact", field, n)] = value_of(field, n)
        for field in ("identity", "address"):
            found[Place("zhike_customer", field, n)] = value_of(field, n)
        for name in ("zhike_customer", "zhike_contact", "zhike_followup"):
            for key, field in (("x1", "mobile"), ("x2", "mobile"), ("x3", "email")):
                found[Place(name, f"custom.{key}", n)] = value_of(field, n)
        for field in ("cells", "before"):
            found[Place("import_row", field, n)] = json.dumps(value_of("mobile", n))
        found[Place("import", f"rows.{n}", n)] = value_of("email", n)
        found[Place("import", "upload.0", n)] = value_of("wechat", n)
        found[Place("mfa", "secret", n)] = f"JBSWY3DPEHPK3PX{n}"
        found[Place("export", "q", n)] = value_of("mobile", n)
    found[Place("session", "data", 0)] = '{"_auth_user_id": "1"}'
    return {
        place: (plain, keyring.seal(plain, table=place.table, field=place.field, row=place.row))
        for place, plain in found.items()
    }


Attack = Callable[[random.Random, bytes, bytes], bytes]
ATTACKS: dict[str, Attack] = {
    "copied": lambda dice, own, other: other,
    "cut": lambda dice, own, other: own[: dice.randrange(len(own))],
    "beheaded": lambda dice, own, other: own[dice.randrange(1, len(own)) :],
    "lengthened": lambda dice, own, other: own + dice.randbytes(dice.randrange(1, 9)),
    "one bit": lambda dice, own, other: flipped(own, dice.randrange(len(own) * 8)),
    "another key": lambda dice, own, other: own[:1] + bytes([own[1] % 2 + 1]) + own[2:],
    "unknown key": lambda dice, own, other: own[:1] + bytes([dice.randrange(3, 256)]) + own[2:],
    "another version": lambda dice, own, other: bytes([dice.randrange(2, 256)]) + own[1:],
    "another nonce": lambda dice, own, other: own[:2] + other[2:14] + own[14:],
    "another body": lambda dice, own, other: own[:14] + other[14:],
    "another tag": lambda dice, own, other: own[:-16] + other[-16:],
    "parts turned": lambda dice, own, other: own[:14] + own[14:][::-1],
    "only zeros": lambda dice, own, other: bytes(len(own)),
}


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_sealed_bytes_open_only_where_they_were_sealed(second_key: None) -> None:
    held = places()
    dice = random.Random(20261118)
    every = list(held)
    # Half of the swaps are between the same field of two rows: nothing but the row tells them.
    opened = []
    for number in range(TIMES):
        name = list(ATTACKS)[number % len(ATTACKS)]
        place = dice.choice(every)
        near = [one for one in every if one[:2] == place[:2] and one != place]
        other = dice.choice(near if near and dice.random() < 0.5 else every)
        own = held[place][1]
        made = ATTACKS[name](dice, own, held[other][1])
        if made == own:
            continue
        try:
            opened.append((name, place, other, place.open(made)))
        except keyring.Tampered:
            continue
    assert not opened
    assert all(place.open(data) == plain for place, (plain, data) in held.items())


def put(model: Any, row: int, **columns: Any) -> None:
    """Write columns as somebody with the database does."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {names} WHERE id = %s", [*columns.values(), row]
        )


def stored(model: Any, row: int, *columns: str) -> list[Any]:
    (found,) = model._default_manager.filter(pk=row).values_list(*columns)
    return [bytes(one) if one is not None else None for one in found]


@pytest.fixture
def herd(mei: Api) -> list[dict[str, Any]]:
    """Customers whose every sealed field is filled; the last one is left alone."""
    return [
        mei.customer(
            f"鹿{n}",
            kind="person",
            contact_name=f"鹿主{n}",
            address=value_of("address", n),
            **{field: value_of(field, n) for field in FIELDS},
        )
        for n in range(1, 13)
    ]


def contact_of(one: dict[str, Any]) -> int:
    return int(one["contacts"][0]["id"])


def test_pages_show_their_own_values_or_none(
    mei: Api, herd: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    """The last customer keeps what it has; all others hold bytes of somewhere else."""
    dice = random.Random(7)
    *broken, whole = herd
    held = [
        (model, field, row)
        for one in broken
        for model, row, fields in (
            (Contact, contact_of(one), FIELDS),
            (Customer, one["id"], ("address",)),
        )
        for field in fields
    ]
    bytes_of = {place: stored(place[0], place[2], place[1])[0] for place in held}
    for number, (model, field, row) in enumerate(held):
        own = bytes_of[(model, field, row)]
        other = dice.choice([data for place, data in bytes_of.items() if data != own])
        name = list(ATTACKS)[number % len(ATTACKS)]
        made = ATTACKS[name](dice, own, other) or other
        put(model, row, **{field: made if made != own else other})
    with caplog.at_level(logging.ERROR, "zhike.sealed"):
        rows = {one["id"]: one for one in mei.get("/customers", limit="200")["items"]}
        for one in broken:
            assert rows[one["id"]]["contact"]["phone"] == UNREADABLE
            assert rows[one["id"]]["contact"]["email"] == UNREADABLE
            page = mei.get(f"/customers/{one['id']}")
            assert page["address"] == UNREADABLE
            shown = [page["contacts"][0][field] for field in FIELDS]
            assert shown == [{"masked": UNREADABLE, "valid": False}] * 4
        hits = mei.get("/search", q="鹿", limit="50")["items"]
        assert sum(one["phone"] == UNREADABLE for one in hits) == len(broken)
        cells = table(taken_out(mei, "list"))
    at = cells[0].index("联系方式")
    assert sum(f"{UNREADABLE}/{UNREADABLE}" == row[at] for row in cells) == len(broken)
    # Whoever was left alone is shown as ever.
    assert rows[whole["id"]]["contact"] == whole["contact"]
    assert mei.get(f"/customers/{whole['id']}")["contacts"] == whole["contacts"]
    assert any(row[at] == "138****7012/0755-****2012" for row in cells)
    assert mei.story(whole["id"])
    # What went wrong is told, where, and without a value.
    told = caplog.text
    assert f"table=Contact field=mobile row={contact_of(broken[0])}" in told
    assert "rehbock" not in told


def test_a_reveal_of_foreign_bytes_is_refused(
    mei: Api, boss: Api, herd: list[dict[str, Any]]
) -> None:
    first, second = herd[:2]
    for field in FIELDS:
        put(Contact, contact_of(first), **{field: stored(Contact, contact_of(second), field)[0]})
    put(Customer, first["id"], address=stored(Customer, second["id"], "address")[0])
    asked = [(f"/contacts/{contact_of(first)}/reveals", field) for field in FIELDS]
    asked.append((f"/customers/{first['id']}/reveals", "address"))
    for path, field in asked:
        told = mei.post(path, {"field": field}, 409)
        assert told["code"] == "unreadable"
        assert "无法解密" in told["title"]
        assert not any(part in str(told) for part in ("138", "rehbock", "鹿鸣", "2671"))
    assert not [one for one in mei.story(first["id"]) if one["kind"] == "reveal"]
    told = mei.post(f"/contacts/{contact_of(second)}/reveals", {"field": "mobile"}, 200)
    assert told == {"value": value_of("mobile", 2)}
    whole = table(taken_out(boss, "list", plain=True))
    assert sum(UNREADABLE in str(row) for row in whole) == 1


OWN_TABLES = {"customer": Customer, "contact": Contact, "follow_up": FollowUp}


@pytest.fixture
def own_keys(boss: Api) -> dict[str, list[str]]:
    """Two own numbers and an address of mail of every kind of record."""
    types = ("phone", "phone", "email")
    return {
        of: [
            boss.post("/fields", {"of": of, "type": type_, "label": f"自备{place}"})["key"]
            for place, type_ in enumerate(types)
        ]
        for of in OWN_TABLES
    }


def own_values(keys: list[str], n: int) -> dict[str, str]:
    return dict(
        zip(
            keys,
            (f"136{n:04}{5000 + n}", f"137{n:04}{6000 + n}", f"reh{n}@canary.example"),
            strict=True,
        )
    )


@pytest.fixture
def own_records(mei: Api, own_keys: dict[str, list[str]]) -> list[dict[str, int]]:
    """Three customers with all of them, on a contact and a follow-up too: the ids."""
    found = []
    for n in range(1, 4):
        asked = {of: {"custom": own_values(keys, n)} for of, keys in own_keys.items()}
        made = mei.customer(f"鹿{n}", contact_name=f"鹿主{n}", **asked["customer"])
        contact = contact_of(made)
        mei.patch(f"/contacts/{contact}", {"version": 1, **asked["contact"]})
        said = {"way": "phone", "content": "谈过", **asked["follow_up"]}
        talk = mei.post(f"/customers/{made['id']}/follow-ups", said)
        found.append({"customer": made["id"], "contact": contact, "follow_up": talk["id"]})
    return found


def own_of(of: str, row: int) -> dict[str, str]:
    kept = OWN_TABLES[of]._default_manager.values_list("custom", flat=True).get(pk=row)
    return dict(kept)


def put_own(of: str, row: int, kept: dict[str, Any]) -> None:
    put(OWN_TABLES[of], row, custom=json.dumps(kept))


def own_shown(api: Api, ids: dict[str, int]) -> dict[str, dict[str, Any]]:
    page = api.get(f"/customers/{ids['customer']}")
    (talk,) = api.story(ids["customer"], kind="follow_up")
    return {
        "customer": page["custom"],
        "contact": page["contacts"][0]["custom"],
        "follow_up": talk["detail"]["custom"],
    }


def test_own_values_open_in_no_other_row_field_or_table(
    mei: Api,
    boss: Api,
    own_keys: dict[str, list[str]],
    own_records: list[dict[str, int]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Between rows, between two fields of a row, between tables, cut, and no sealed text at all."""
    first, second, whole = own_records
    before = own_shown(mei, whole)
    for of, keys in own_keys.items():
        other = next(one for one in own_keys if one != of)
        here, there = own_of(of, first[of]), own_of(of, second[of])
        foreign = own_of(other, first[other])
        a, b, c = keys
        far = foreign[own_keys[other][0]]
        for changed in (
            {a: there[a], b: there[b], c: there[c]},
            {a: here[b], b: here[a], c: here[a]},
            {a: far, b: far, c: foreign[own_keys[other][2]]},
            {a: here[a][:-4], b: here[b][4:], c: ""},
            {a: "13600011111", b: 13600011111, c: ["x"]},
        ):
            put_own(of, first[of], changed)
            with caplog.at_level(logging.ERROR, "zhike.sealed"):
                shown = own_shown(mei, first)[of]
            assert set(shown.values()) == {UNREADABLE}, (of, changed)
            for key in keys if of != "follow_up" else ():
                path = f"/{of}s/{first[of]}/reveals"
                assert mei.post(path, {"field": key}, 409)["code"] == "unreadable"
            if of == "customer":
                (row,) = mei.get("/customers", q="鹿1", show=",".join(keys))["items"]
                assert set(row["more"].values()) == {UNREADABLE}
        assert f"field=custom.{a} row={first[of]}" in caplog.text
    assert "canary.example" not in caplog.text
    assert not [one for one in mei.story(first["customer"]) if one["kind"] == "reveal"]
    # The sheet with everything in plain shows of the damaged customer nothing of another's.
    cells = table(taken_out(boss, "list", plain=True))
    (row_of,) = [row for row in cells if "鹿1" in row]
    assert not any(part in str(row_of) for part in ("1360002", "1370002", "reh2@"))
    assert own_shown(mei, whole) == before
    # It is typed in anew like any other value.
    version = mei.get(f"/customers/{first['customer']}")["version"]
    fresh = {"version": version, "custom": {own_keys["customer"][0]: "13912345678"}}
    mended = mei.patch(f"/customers/{first['customer']}", fresh)
    assert mended["custom"][own_keys["customer"][0]] == "139****5678"


def test_what_was_damaged_is_typed_in_anew(mei: Api, herd: list[dict[str, Any]]) -> None:
    one, other = herd[:2]
    pk = contact_of(one)
    put(Contact, pk, mobile=stored(Contact, contact_of(other), "mobile")[0], email=b"?" * 40)
    put(Customer, one["id"], identity=b"\1" * 60, address=b"")
    # Something else can be changed, the damaged itself too, and taken away.
    mei.patch(f"/customers/{one['id']}", {"version": 1, "kind": "company"})
    mei.patch(f"/customers/{one['id']}", {"version": 2, "identity": "91350211M000100Y46"})
    mei.patch(f"/contacts/{pk}", {"version": 1, "title": "店长"})
    new = mei.patch(f"/contacts/{pk}", {"version": 2, "mobile": "13912345678", "email": None})
    assert new["mobile"] == {"masked": "139****5678", "valid": True}
    assert new["email"] is None
    assert mei.get(f"/customers/{one['id']}")["identity"] == "9135**********0Y46"
    changes = [item["detail"].get("changes", []) for item in mei.story(one["id"])]
    pairs = [(one["old"], one["new"]) for told in changes for one in told]
    assert (UNREADABLE, "139****5678") in pairs
    assert (UNREADABLE, "") in pairs


def test_an_import_mends_what_was_damaged(mei: Api, herd: list[dict[str, Any]]) -> None:
    one, other = herd[:2]
    put(Contact, contact_of(one), mobile=stored(Contact, contact_of(other), "mobile")[0])
    rows = [["客户编号", "客户名称", "联系方式"], [one["code"], "鹿1", "13912345678"]]
    assert brought_in(mei, fixtures.xlsx(rows))["counts"]["update"] == 1
    assert mei.get(f"/customers/{one['id']}")["contact"]["phone"] == "139****5678"


def test_what_is_no_bytes_at_all_is_damaged_or_refused(
    mei: Api, herd: list[dict[str, Any]]
) -> None:
    """SQLite takes anything into any column; PostgreSQL keeps its columns to their types."""
    takes_all = connection.vendor == "sqlite"
    for value in ("13912345678", 13912345678, 1.5):
        if takes_all or isinstance(value, str):  # a text is taken for the bytes it is written with
            put(Contact, contact_of(herd[0]), mobile=value)
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                put(Contact, contact_of(herd[0]), mobile=value)
        phones = {one["id"]: one["contact"]["phone"] for one in mei.get("/customers")["items"]}
        assert phones[herd[0]["id"]] == UNREADABLE
        assert phones[herd[1]["id"]] == "138****7002"


def test_an_index_that_was_moved_finds_nobody(
    mei: Api, lin: Api, herd: list[dict[str, Any]]
) -> None:
    """Indexes are bound to no row: what they find is looked at again."""
    one, other = herd[:2]
    for field in ("mobile", "landline", "email"):
        names = [f"{field}_index", *([f"{field}_tail"] if field != "email" else [])]
        columns = dict(zip(names, stored(Contact, contact_of(one), *names), strict=True))
        put(Contact, contact_of(other), **columns)
    for field in ("mobile", "landline", "email"):
        typed = value_of(field, 1)
        assert [hit["id"] for hit in mei.get("/search", q=typed)["items"]] == [one["id"]]
        assert [hit["id"] for hit in mei.get("/customers", q=typed)["items"]] == [one["id"]]
        asked = {"email" if field == "email" else "phone": typed}
        twins = mei.get("/customers/similar", **asked)["items"]
        assert [twin["id"] for twin in twins] == [one["id"]]
    tail = value_of("mobile", 1)[-4:]
    assert [hit["id"] for hit in mei.get("/search", q=tail)["items"]] == [one["id"]]


def test_an_import_follows_no_moved_index(mei: Api) -> None:
    number = "91350211M000100Y46"
    right = mei.customer("真主", identity=number)
    wrong = mei.customer("假主", identity="914403001922038216")
    own, taken = (stored(Customer, one["id"], "identity_index")[0] for one in (right, wrong))
    put(Customer, right["id"], identity_index=None)
    put(Customer, wrong["id"], identity_index=own)
    put(Customer, right["id"], identity_index=taken)
    rows = [["客户名称", "统一社会信用代码", "备注"], ["改名", number, "混进来"]]
    assert upload(mei, fixtures.xlsx(rows))["counts"]["refused"] == 1
    assert mei.get("/customers/similar", identity=number)["items"] == []
    assert mei.get(f"/customers/{wrong['id']}")["remark"] == ""


def test_rows_of_an_import_do_not_take_each_other_away(mei: Api) -> None:
    head = ["客户编号", "客户名称", "联系方式", "备注"]
    rows = [head, ["K1", "甲", "138", "一"], ["K2", "乙", "139", "二"], ["K3", "丙", "137", "三"]]
    of = brought_in(mei, fixtures.xlsx(rows))
    kept = list(ImportRow.objects.filter(of_id=of["id"]).order_by("row"))
    assert len(kept) == 3
    put(ImportRow, kept[0].pk, cells=bytes(kept[1].cells or b""))
    put(ImportRow, kept[1].pk, cells=seal_row("before", kept[1].pk, ["混"]))
    items = mei.get(f"/imports/{of['id']}/rows")["items"]
    shown = [next(iter(one["values"].values())) for one in items]
    assert shown == [UNREADABLE, UNREADABLE, "K3"]
    assert mei.call("GET", f"/imports/{of['id']}/result").status_code == 200


def test_secrets_of_second_factors_open_for_their_owner_only(boss: Api, frozen: Any) -> None:
    people = {}
    for name in ("mei", "lin"):
        person = with_password(boss.person, name)
        visitor = Visitor()
        visitor.sign_in(name)
        people[name] = (person, visitor.enrol())
    frozen.shift(timedelta(minutes=2))
    theirs, own = (
        Authenticator.objects.get(user=people[name][0], type="totp") for name in ("mei", "lin")
    )
    own.data = {**own.data, "secret": theirs.data["secret"]}
    own.save()
    visitor = Visitor()
    visitor.client.raise_request_exception = False
    visitor.sign_in("lin")
    answer = visitor.ask("POST", "/auth/2fa/authenticate", {"code": code_of(people["mei"][1])})
    assert answer.status_code == 500
    assert_problem(answer)
    assert people["mei"][1] not in answer.content.decode()
    assert visitor.me() == 401
    visitor = Visitor()
    visitor.sign_in("mei")
    code = {"code": code_of(people["mei"][1])}
    assert visitor.ask("POST", "/auth/2fa/authenticate", code).status_code == 200


def test_session_rows_take_no_foreign_bytes(mei: Api) -> None:
    """What is no session, or was changed, holds nothing: nobody is signed in by it."""
    dice = random.Random(3)
    store = sessions.SessionStore()
    own = base64.b64decode(store.encode({"_auth_user_id": str(mei.id)}))
    other = keyring.seal('{"_auth_user_id": "1"}', table="mfa", field="secret", row=0)
    for number in range(500):
        name = list(ATTACKS)[number % len(ATTACKS)]
        made = ATTACKS[name](dice, own, other)
        if made != own:
            assert store.decode(base64.b64encode(made).decode()) == {}, name
    for odd in ("", "{}", "eyJfYXV0aF91c2VyX2lkIjoiMSJ9", "不是", "*" * 99):
        assert store.decode(odd) == {}
    assert mei.get("/me")["id"] == mei.id
