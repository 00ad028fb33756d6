"""The contents behind attached files: kept once, gone in time, never half, never another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.customers.attaching import (
    PDF,
    PNG,
    age,
    attach,
    content,
    listed,
    lying,
    night,
    sell,
    upload,
)
from tests.people import NOW, Api
from zhike.base import jobs
from zhike.customers import attachments as attaching
from zhike.customers.models import Attachment, Customer
from zhike.trail.models import Event

pytestmark = pytest.mark.usefixtures("folder")


def test_contents_go_when_nobody_refers_to_them(
    mei: Api, file: dict[str, Any], folder: Path
) -> None:
    gone, kept = attach(mei, file), attach(mei, file, "另一份.png", PNG)
    twin = attach(mei, file, "副本.pdf")
    age(folder)
    mei.delete(f"/attachments/{gone['id']}")
    night(31)
    assert Attachment.objects.count() == 2
    assert len(lying(folder)) == 2  # the twin still needs it
    mei.delete(f"/attachments/{twin['id']}")
    night(2)
    assert len(lying(folder)) == 2  # it is in the trash
    night(40)
    assert len(lying(folder)) == 1
    assert content(mei, kept)[0] == PNG


def test_files_go_for_good_with_their_record(mei: Api, file: dict[str, Any], folder: Path) -> None:
    bought = sell(mei, file)
    talk = mei.post(f"/customers/{file['id']}/follow-ups", {"way": "phone", "content": "聊了"})[
        "id"
    ]
    attach(mei, file, of="purchase", record_id=bought)
    attach(mei, file, of="follow_up", record_id=talk)
    attach(mei, file, of="contact", record_id=file["contacts"][0]["id"])
    mei.delete(f"/purchases/{bought}")
    mei.delete(f"/follow-ups/{talk}")
    mei.delete(f"/contacts/{file['contacts'][0]['id']}")
    age(folder)
    night(31)
    assert not Attachment.objects.exists()
    assert lying(folder) == []


def test_a_customer_takes_its_files_along(mei: Api, file: dict[str, Any], folder: Path) -> None:
    made = attach(mei, file)
    mei.delete(f"/customers/{file['id']}")
    mei.get(f"/attachments/{made['id']}/content", 404)
    assert mei.get("/trash", kind="attachment")["items"] == []
    age(folder)
    night(31)
    assert lying(folder) == []


def test_a_content_without_a_row_stays_a_day(
    mei: Api, file: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is killed between the two leaves a content, and nothing else."""

    def killed(*_args: Any, **_words: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(attaching, "_record", killed)
        with pytest.raises(SystemExit):
            upload(mei, file)
    assert listed(mei, file) == []
    assert len(lying(folder)) == 1
    age(folder)
    jobs.enqueue("files.sweep", {}, now=NOW + timedelta(hours=23))
    jobs.run_due(NOW + timedelta(hours=23))
    assert len(lying(folder)) == 1
    night(2)
    assert lying(folder) == []


def test_a_sweep_in_the_middle_of_an_upload_loses_nothing(
    mei: Api, file: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content was here, old and unused; the sweep takes it after the upload has seen it."""
    made = attach(mei, file)
    Attachment.objects.all().delete()
    age(folder)
    whole = attaching.locked

    def sweeps_first(*args: Any) -> Customer:
        for path in lying(folder):
            path.unlink()
        return whole(*args)

    monkeypatch.setattr(attaching, "locked", sweeps_first)
    again = attach(mei, file)
    assert again["id"] != made["id"]
    assert content(mei, again)[0] == PDF


def test_swapped_contents_are_refused(mei: Api, file: dict[str, Any], folder: Path) -> None:
    one, two = attach(mei, file), attach(mei, file, "图.png", PNG)
    first, second = lying(folder)
    held = first.read_bytes(), second.read_bytes()
    first.write_bytes(held[1])
    second.write_bytes(held[0])
    for made in (one, two):
        told = mei.get(f"/attachments/{made['id']}/content", 409)
        assert told["code"] == "file_damaged"
    assert not Event.objects.filter(verb="attachment.opened").exists()


def test_a_store_that_is_down_leaves_nothing_half_done(
    mei: Api, file: dict[str, Any], settings: Any, digest: Callable[[], str]
) -> None:
    made = attach(mei, file)
    settings.ZHIKE_FILES_URL = "http://127.0.0.1:9/attachments"
    settings.ZHIKE_FILES_KEY, settings.ZHIKE_FILES_SECRET = "key", "secret"
    settings.ZHIKE_FILES_REGION = "us-east-1"
    before = digest()
    told = attach(mei, file, "另一份.png", PNG, status=503)
    assert told["code"] == "files_unavailable"
    assert mei.get(f"/attachments/{made['id']}/content", 503)["code"] == "files_unavailable"
    assert digest() == before
    assert len(listed(mei, file)) == 1
