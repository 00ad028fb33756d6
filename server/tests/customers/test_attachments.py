"""Files of customers and their records: who may have them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.customers.attaching import (
    PDF,
    PNG,
    attach,
    content,
    listed,
    lying,
    note,
    sell,
    upload,
)
from tests.customers.readers import reader, role_with, share, turned
from tests.people import NOW, Api, role_of
from zhike.base import filestore
from zhike.customers import attachments as attaching
from zhike.customers import conditions
from zhike.customers.models import Attachment, Customer, FileRules
from zhike.fields import registry
from zhike.fields.models import Field
from zhike.trail.models import Event

pytestmark = pytest.mark.usefixtures("folder")


def test_a_file_is_attached_and_fetched(mei: Api, file: dict[str, Any]) -> None:
    version = Customer.objects.get(pk=file["id"]).version
    made = attach(mei, file)
    assert (made["name"], made["media_type"], made["size"]) == (
        "合同.pdf",
        "application/pdf",
        len(PDF),
    )
    assert (made["of"], made["record_id"], made["may_edit"]) == ("customer", file["id"], True)
    assert made["uploaded_by"] == {"id": mei.id, "name": "王小梅"}
    assert listed(mei, file) == [made]
    assert content(mei, made)[0] == PDF
    assert Customer.objects.get(pk=file["id"]).version == version
    assert "digest" not in made


def test_a_browser_can_do_nothing_with_it(mei: Api, file: dict[str, Any]) -> None:
    made = attach(mei, file, "合同 (终).pdf")
    _, response = content(mei, made)
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%90%88%E5%90%8C%20%28%E7%BB%88%29.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert response["Content-Length"] == str(len(PDF))
    assert response["Cache-Control"] == "no-store"
    assert response["X-Frame-Options"] == "DENY"


def test_only_pictures_and_pdf_are_shown_in_place(mei: Api, file: dict[str, Any]) -> None:
    picture = attach(mei, file, "名片.png", PNG)
    _, response = content(mei, picture, inline="true")
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"].endswith("sandbox")
    words = attach(mei, file, "说明.txt", "一二三".encode())
    _, response = content(mei, words, inline="true")
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    _, response = content(mei, attach(mei, file), inline="true")
    assert response["Content-Disposition"].startswith("inline")
    assert "script" not in response["Content-Security-Policy"]
    # Everything else keeps the policy of the house.
    assert "sandbox" not in mei.call("GET", "/me")["Content-Security-Policy"]


def test_what_is_too_large_is_refused(mei: Api, file: dict[str, Any], folder: Path) -> None:
    FileRules.objects.update_or_create(pk=1, defaults={"attachment_mb": 1})
    told = attach(mei, file, "大.pdf", PDF + b"x" * (1 << 20), status=422)
    assert told["code"] == "too_large"
    assert "1 MB" in told["title"]
    assert lying(folder) == []
    attach(mei, file, "大.pdf", b"%PDF-".ljust(1 << 20, b"x"))
    over = upload(mei, file, "大.pdf", PDF + b"x" * (2 << 20))
    assert over.status_code == 413
    assert "1 MB" in json.loads(over.content)["title"]


def test_only_so_many_hang_on_one_record(
    mei: Api, file: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MOST", 2)
    first = attach(mei, file)
    attach(mei, file)
    assert attach(mei, file, status=409)["code"] == "too_many_files"
    mei.delete(f"/attachments/{first['id']}")
    attach(mei, file)


def test_the_same_content_lies_there_once_for_all(
    mei: Api, lin: Api, file: dict[str, Any], folder: Path
) -> None:
    attach(mei, file)
    attach(mei, file, "副本.pdf")
    attach(lin, lin.customer("另一家"))
    assert len(lying(folder)) == 1
    assert PDF[:20] not in lying(folder)[0].read_bytes()


def test_files_hang_on_records(mei: Api, file: dict[str, Any]) -> None:
    contact = file["contacts"][0]["id"]
    bought = sell(mei, file)
    problem = note(mei, file)
    talk = mei.post(f"/customers/{file['id']}/follow-ups", {"way": "phone", "content": "聊了"})[
        "id"
    ]
    records = {"contact": contact, "purchase": bought, "problem": problem, "follow_up": talk}
    for of, record in records.items():
        made = attach(mei, file, of=of, record_id=record)
        assert (made["of"], made["record_id"]) == (of, record)
        assert listed(mei, file, of=of, record_id=record) == [made]
        assert content(mei, made)[0] == PDF
    assert len(listed(mei, file)) == 4
    # What hangs on a deleted record is gone with it, and back with it.
    mei.delete(f"/purchases/{bought}")
    assert len(listed(mei, file)) == 3
    mei.post(f"/purchases/{bought}/restoration", status=200)
    assert len(listed(mei, file)) == 4


def test_records_of_others_take_no_files(
    mei: Api, lin: Api, file: dict[str, Any], digest: Callable[[], str], folder: Path
) -> None:
    other = lin.customer("别家", contact_name="王先生")
    mine = mei.customer("自家", contact_name="赵先生")
    theirs = sell(lin, other)
    before = digest()
    for of, record in (
        ("contact", other["contacts"][0]["id"]),
        ("contact", mine["contacts"][0]["id"]),  # one's own, but of another customer
        ("purchase", theirs),
        ("problem", 1),
        ("follow_up", 999),
        ("contact", 2**70),
        ("contact", -1),
        ("customer", mine["id"]),
        ("customer", other["id"]),
    ):
        attach(mei, file, of=of, record_id=record, status=404)
    attach(mei, file, of="contact", status=422)
    attach(mei, file, of="review", record_id=1, status=422)
    attach(mei, file, of="", record_id=1, status=422)
    attach(mei, other, status=404)
    attach(mei, 999_999, status=404)
    assert digest() == before
    assert lying(folder) == []


def test_others_files_are_out_of_reach(mei: Api, lin: Api, file: dict[str, Any]) -> None:
    made = attach(mei, file)
    path = f"/attachments/{made['id']}"
    lin.get(f"{path}/content", 404)
    lin.get(f"/customers/{file['id']}/attachments", 404)
    lin.delete(path, 404)
    mei.delete(path)
    lin.post(f"{path}/restoration", status=404)
    assert lin.get("/trash", kind="attachment")["items"] == []
    mei.get(f"{path}/content", 404)


def test_shared_to_read_may_fetch_but_not_attach(mei: Api, lin: Api, file: dict[str, Any]) -> None:
    made = attach(mei, file)
    share(mei, file, lin, may_edit=False)
    (seen,) = listed(lin, file)
    assert not seen["may_edit"]
    assert content(lin, made)[0] == PDF
    attach(lin, file, status=403)
    lin.delete(f"/attachments/{made['id']}", 403)
    share(mei, file, lin, may_edit=True)
    attach(lin, file)
    lin.delete(f"/attachments/{made['id']}")


def test_the_pool_shows_no_files(boss: Api, mei: Api, lin: Api, file: dict[str, Any]) -> None:
    made = attach(mei, file)
    boss.patch(f"/customers/{file['id']}", {"version": file["version"], "owner_id": None})
    assert listed(lin, file) == []
    lin.get(f"/attachments/{made['id']}/content", 403)
    attach(lin, file, status=403)
    assert content(boss, made)[0] == PDF


def test_the_group_of_the_record_counts(boss: Api, file: dict[str, Any]) -> None:
    contact = file["contacts"][0]["id"]
    bought = sell(boss, file)
    problem = note(boss, file)
    made = {
        "contact": attach(boss, file, of="contact", record_id=contact),
        "cooperation": attach(boss, file, of="purchase", record_id=bought),
        "notes": attach(boss, file, of="problem", record_id=problem),
    }
    for group, one in made.items():
        hidden = "masked" if group == "contact" else "hidden"
        blind = reader(f"看不到{group}", f"blind_{group}", **{group: hidden})
        share(boss, file, blind, may_edit=True)
        blind.get(f"/attachments/{one['id']}/content", 404)
        assert one["id"] not in [seen["id"] for seen in listed(blind, file)]
        assert len(listed(blind, file)) == 2
        blind.delete(f"/attachments/{one['id']}", 404)
        sees = reader(f"只读{group}", f"reads_{group}", **{group: "read"})
        share(boss, file, sees, may_edit=True)
        assert content(sees, one)[0] == PDF
        sees.delete(f"/attachments/{one['id']}", 403)
        form = {"of": one["of"], "record_id": one["record_id"]}
        attach(sees, file, status=403, **form)


def test_the_follow_ups_own_reach_counts(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    """Service people see every customer, but only what they wrote themselves."""
    talk = mei.post(f"/customers/{file['id']}/follow-ups", {"way": "phone", "content": "聊了"})[
        "id"
    ]
    made = attach(mei, file, of="follow_up", record_id=talk)
    service = turned(boss, role_of("service"))
    service.get(f"/attachments/{made['id']}/content", 404)
    assert listed(service, file) == []
    attach(service, file, of="follow_up", record_id=talk, status=404)
    own = service.post(f"/customers/{file['id']}/follow-ups", {"way": "phone", "content": "回访"})
    mine = attach(service, file, of="follow_up", record_id=own["id"])
    assert listed(service, file) == [mine]
    # Whose customer it is reads both, and corrects both.
    assert [one["may_edit"] for one in listed(mei, file)] == [True, True]


def test_who_neither_edits_nor_logs_attaches_nothing(boss: Api, file: dict[str, Any]) -> None:
    made = attach(boss, file)
    auditor = turned(boss, role_of("auditor"))
    assert content(auditor, made)[0] == PDF
    attach(auditor, file, status=403)
    auditor.delete(f"/attachments/{made['id']}", 403)


def own_field(of: str = "customer", group: str = "basic", type_: str = "attachment") -> str:
    made = Field.objects.create(
        of=of, key="x", label="营业执照", type=type_, group=group, created_at=NOW
    )
    made.key = f"x{made.pk}"
    made.save()
    registry.touch()
    registry.forget()
    return made.key


def test_files_of_an_own_field(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    key, words = own_field(group="notes"), own_field(type_="text")
    made = attach(mei, file, field=key)
    assert made["field"] == key
    assert listed(mei, file, field=key) == [made]
    for wrong in (words, "x999", "name", "../x"):
        attach(mei, file, field=wrong, status=422)
    contact = file["contacts"][0]["id"]
    attach(mei, file, of="contact", record_id=contact, field=key, status=422)
    blind = reader("看不到", "blind", notes="hidden")
    share(mei, file, blind, may_edit=True)
    assert listed(blind, file) == []
    blind.get(f"/attachments/{made['id']}/content", 404)
    attach(blind, file, field=key, status=403)
    Field.objects.filter(key=key).update(archived_at=NOW)
    registry.touch()
    attach(mei, file, field=key, status=422)
    assert content(mei, made)[0] == PDF


@pytest.mark.parametrize("few", [2000, 0])
def test_the_list_is_narrowed_by_the_files_of_an_own_field(
    boss: Api, mei: Api, file: dict[str, Any], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conditions, "FEW", few)
    key, other = own_field(group="notes"), own_field(group="notes")
    bare = mei.customer("没有图纸的公司")
    made = attach(mei, file, field=key)
    attach(mei, file)
    attach(mei, bare, field=other)
    defined = {one["key"]: one for one in mei.get("/fields", of="customer")["items"]}
    assert defined[key]["filterable"]

    def narrowed(op: str, by: Api = mei) -> list[int]:
        query = {"field": f"{key}:{op}"}
        found = [one["id"] for one in by.get("/customers", **query)["items"]]
        assert by.get("/customers/summary", **query)["count"] == len(found)
        return found

    assert (narrowed("filled"), narrowed("empty")) == ([file["id"]], [bare["id"]])
    assert narrowed("filled", boss) == [file["id"]]
    mei.delete(f"/attachments/{made['id']}")
    assert narrowed("filled") == []
    assert set(narrowed("empty")) == {file["id"], bare["id"]}
    for op in ("eq:合同.pdf", "has:合同", "in:1", "ge:1"):
        assert mei.get("/customers", 422, field=f"{key}:{op}")["field"] == "field"
    blind = reader("看不到", "blind", notes="hidden")
    assert blind.get("/customers", 403, field=f"{key}:filled")["field"] == "field"


def test_who_opened_a_file_is_told_once_a_day(
    boss: Api, mei: Api, file: dict[str, Any], frozen: Any
) -> None:
    made = attach(mei, file)
    for _ in range(3):
        content(mei, made)
    content(boss, made)
    opened = Event.objects.filter(verb="attachment.opened", record_id=made["id"])
    assert sorted(opened.values_list("actor_id", flat=True)) == sorted([mei.id, boss.id])
    frozen.move_to(NOW + timedelta(days=1))
    content(mei, made)
    assert opened.count() == 3
    (told, *_) = boss.get("/audit", group="dealing")["items"]
    assert (told["label"], told["summary"]) == ("打开附件", "合同.pdf")
    assert mei.story(file["id"])[0]["verb"] != "attachment.opened"


def test_trash_and_back(mei: Api, file: dict[str, Any]) -> None:
    made = attach(mei, file)
    path = f"/attachments/{made['id']}"
    mei.delete(path)
    mei.delete(path, 404)
    assert listed(mei, file) == []
    (row,) = mei.get("/trash", kind="attachment")["items"]
    assert (row["name"], row["customer"]["id"]) == ("合同.pdf", file["id"])
    assert mei.post(f"{path}/restoration", status=200)["name"] == "合同.pdf"
    mei.post(f"{path}/restoration", status=404)
    assert content(mei, made)[0] == PDF


def test_files_out_of_reach_hide_no_others_in_the_trash(
    boss: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = boss.customer(contact_name="李女士")
    own = attach(boss, file, "合同.pdf")
    of = {"of": "contact", "record_id": file["contacts"][0]["id"]}
    others = [attach(boss, file, f"名片{number}.pdf", **of) for number in range(5)]
    for one in (own, *others):
        boss.delete(f"/attachments/{one['id']}")
    monkeypatch.setattr(attaching, "MOST", 2)
    qin = reader("秦观", "qin", of="administrator", contact="read")
    found = qin.get("/trash", kind="attachment", limit=1)
    assert [one["name"] for one in found["items"]] == ["合同.pdf"]
    assert len(boss.get("/trash", kind="attachment")["items"]) == 6


def test_a_token_without_write_attaches_nothing(mei: Api, file: dict[str, Any]) -> None:
    made = mei.call("POST", "/tokens", {"name": "只读", "scopes": ["read"]})
    if made.status_code != 201:
        pytest.fail(made.content.decode())
    bearer = {"Authorization": f"Bearer {json.loads(made.content)['plain']}"}
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("合同.pdf", PDF)})
    path = f"/api/v1/customers/{file['id']}/attachments"
    response = Client().generic("POST", path, body, content_type=MULTIPART_CONTENT, headers=bearer)
    assert response.status_code == 403
    made_one = attach(mei, file)
    got = Client().get(f"/api/v1/attachments/{made_one['id']}/content", headers=bearer)
    assert got.status_code == 200


def test_without_csrf_proof_nothing_is_taken(mei: Api, file: dict[str, Any]) -> None:
    mei.csrf = "x" * 32
    assert upload(mei, file).status_code == 403


def test_a_reader_without_any_group_to_edit(boss: Api, file: dict[str, Any]) -> None:
    role = role_with("sales", basic="read", needs="read", cooperation="read", notes="read")
    role.granted["actions"].remove("log")
    role.save()
    reads = turned(boss, role)
    share_all = Customer.objects.filter(pk=file["id"])
    share_all.update(owner=reads.id)
    attach(reads, file, status=403)


def test_contents_are_the_stores_alone(mei: Api, file: dict[str, Any]) -> None:
    made = attach(mei, file)
    digest = Attachment.objects.get(pk=made["id"]).digest
    assert b"".join(filestore.opened(digest)) == PDF
    assert digest not in json.dumps(listed(mei, file))
