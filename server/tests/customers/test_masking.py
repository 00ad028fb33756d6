"""Protected values come out by a reveal and nowhere else: answers, trail and disk hold none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.people import Api, stored
from zhike.trail.models import Event

CANARIES = {
    "mobile": "13798761234",
    "landline": "0755-26712345",
    "email": "kanarienvogel@canary.example",
    "wechat": "wx_kanarienvogel",
    "identity": "44010119900307123X",
    "address": "天河区体育东路77号902室",
}
# What of each must never be seen: the part that the mask hides.
SECRETS = ("9876", "8761", "26712345", "0755-2671", "kanarienvogel", "anarienvoge", "19900307")
HOME = ("体育东路", "902室")


@pytest.fixture
def person(mei: Api) -> dict[str, Any]:
    return mei.customer("赵敏", kind="person", **CANARIES)


def assert_clean(text: str) -> None:
    text = re.sub(r"\d{2}:\d{2}:\d{2}\.\d+", "", text)  # microseconds hold any four digits
    for secret in (*SECRETS, *HOME):
        assert secret not in text, secret


def test_no_answer_holds_a_protected_value(mei: Api, boss: Api, person: dict[str, Any]) -> None:
    pk, contact = person["id"], person["contacts"][0]["id"]
    follow_up = {"way": "phone", "content": "谈了", "contact_id": contact}
    follow_up["next"] = {"on": "2026-11-18", "matter": "再谈"}
    mei.post(f"/customers/{pk}/follow-ups", follow_up)
    mei.patch(f"/contacts/{contact}", {"version": 1, "mobile": "13798760000"})
    mei.patch(f"/contacts/{contact}", {"version": 2, "mobile": CANARIES["mobile"], "wechat": None})
    mei.patch(f"/contacts/{contact}", {"version": 3, "wechat": CANARIES["wechat"]})
    mei.patch(f"/customers/{pk}", {"version": 1, "identity": None, "address": "北京市朝阳区1号"})
    mei.patch(
        f"/customers/{pk}",
        {"version": 2, "identity": CANARIES["identity"], "address": CANARIES["address"]},
    )
    seen = []
    for api in (mei, boss):
        for path, query in (
            ("/customers", {}),
            ("/customers", {"q": "1234"}),
            (f"/customers/{pk}", {}),
            (f"/customers/{pk}/timeline", {"limit": "100"}),
            ("/search", {"q": CANARIES["mobile"]}),
            ("/search", {"q": "1234"}),
            ("/search", {"q": CANARIES["email"]}),
            ("/search", {"q": "zm"}),
            ("/customers/similar", {"phone": CANARIES["mobile"], "email": CANARIES["email"]}),
            ("/customers/similar", {"identity": CANARIES["identity"], "name": "赵敏"}),
            ("/tasks", {}),
            ("/tasks", {"customer": str(pk)}),
            ("/today", {}),
            ("/customers/summary", {}),
        ):
            seen.append(str(api.get(path, **query)))
    stale = mei.call("PATCH", f"/customers/{pk}", {"version": 1, "identity": None})
    assert stale.status_code == 409
    seen.append(stale.content.decode())
    taken = mei.call("POST", "/customers", {"name": "赵敏二", "kind": "person", **CANARIES})
    assert taken.status_code == 409
    seen.append(taken.content.decode())
    wrong = {"name": "x", "mobile": "13798761234999", "email": "kanarienvogel@", "kind": "person"}
    wrong["identity"] = "440101199003071230"
    refused = mei.call("POST", "/customers", wrong)
    assert refused.status_code == 422
    seen.append(refused.content.decode())
    assert any("137****1234" in one for one in seen)
    for one in seen:
        assert_clean(one)


def test_the_trail_holds_no_protected_value(mei: Api, person: dict[str, Any]) -> None:
    pk, contact = person["id"], person["contacts"][0]["id"]
    for field in ("mobile", "landline", "email", "wechat"):
        mei.post(f"/contacts/{contact}/reveals", {"field": field}, 200)
        mei.patch(f"/contacts/{contact}", {"version": version_of(mei, pk), field: None})
    mei.patch(f"/customers/{pk}", {"version": 1, "identity": None, "address": None})
    mei.delete(f"/customers/{pk}")
    events = list(Event.objects.values_list("data", flat=True))
    assert len(events) > 8
    for data in events:
        assert_clean(str(data))


def version_of(api: Api, customer_id: int) -> int:
    return int(api.get(f"/customers/{customer_id}")["contacts"][0]["version"])


def test_the_database_holds_no_protected_value(mei: Api, person: dict[str, Any]) -> None:
    company = mei.customer("华为", address="科技园1号", identity="914403001922038216")
    mei.patch(f"/customers/{company['id']}", {"version": 1, "remark": "公开的备注"})
    everything = str(stored())
    assert "赵敏" in everything
    assert "公开的备注" in everything
    assert_clean(everything)
    for value in (*CANARIES.values(), "科技园", "1922038216"):
        assert value not in everything
        assert value.encode("utf-8").decode("latin-1") not in everything


@pytest.mark.django_db(transaction=True)
def test_the_file_on_disk_holds_no_protected_value(mei: Api) -> None:
    mei.customer("赵敏在盘上", kind="person", **CANARIES)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        files = [Path(str(connection.settings_dict["NAME"]))]
    else:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute(
                "SELECT current_setting('data_directory'), oid FROM pg_database"
                " WHERE datname = current_database()"
            )
            folder, number = cursor.fetchone()
        # Its own files: in the others' tests tables come and go meanwhile.
        files = [one for one in (Path(folder) / "base" / str(number)).iterdir() if one.is_file()]
    content = b"".join(one.read_bytes() for one in files)
    assert "赵敏在盘上".encode() in content
    for value in (*CANARIES.values(), *SECRETS, *HOME):
        if len(value) > 4:  # four digits stand in many a time stamp
            assert value.encode() not in content, value
    assert settings.ZHIKE_KEYS_FILE not in [str(one) for one in files]


def test_a_companys_address_is_no_secret_but_a_persons_is(mei: Api) -> None:
    company = mei.customer("华为", address="深圳市龙岗区坂田华为基地")
    assert company["address"] == "深圳市龙岗区坂田华为基地"
    person = mei.customer("赵敏", kind="person", address="深圳市龙岗区坂田1号")
    assert person["address"] == "深圳市龙岗区***"
