"""The story of a customer as a PDF: complete, with its Chinese fonts inside, recorded."""

from __future__ import annotations

import zlib

import pytest

from tests.people import Api, hire
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db


def objects(pdf: bytes) -> bytes:
    """The document with its streams unpacked, as far as they are deflated."""
    found = [pdf]
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_the_story_prints_with_its_fonts_and_is_recorded(mei: Api) -> None:
    customer = mei.customer("杭州云启软件有限公司", contact_name="王经理")
    body = {
        "way": "phone",
        "content": '谈了报价 #import "x" $y$ *粗* 𠮷',
        "contacted_on": "2026-03-02",
    }
    mei.post(f"/customers/{customer['id']}/follow-ups", body)
    answer = mei.call("GET", f"/customers/{customer['id']}/story.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")
    told = objects(answer.content)
    assert b"/FontFile3" in told or b"/FontFile2" in told, "the fonts are embedded"
    assert b"Noto" in told
    event = Event.objects.get(verb="story.printed")
    assert (event.customer_id, event.actor) == (customer["id"], mei.person)


def test_nobody_prints_what_they_may_not_see(mei: Api) -> None:
    customer = mei.customer()
    other = Api(hire("赵强", "qiang"))
    assert other.call("GET", f"/customers/{customer['id']}/story.pdf").status_code == 404
    assert not Event.objects.filter(verb="story.printed").exists()
