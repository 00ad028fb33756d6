"""Changing customers as an import does: what the trail tells of it."""

from __future__ import annotations

from tests.people import NOW, Api
from zhike.customers import amending, retraction
from zhike.trail.models import Event

OLD, NEW = "13812345678", "13899995678"  # masked they look alike


def test_another_number_shows_though_it_looks_the_same_when_masked(mei: Api) -> None:
    made = mei.customer(contact_name="李女士", mobile=OLD)
    change = amending.Change(made["id"], {}, {"name": "李女士", "mobile": NEW})
    (done,) = amending.amend(actor=mei.person, now=NOW, changes=[change], import_id=1)
    retraction.take_back(actor=mei.person, now=NOW, done=done, import_id=1)
    told = (
        Event.objects.filter(verb="contact.changed").order_by("id").values_list("data", flat=True)
    )
    masked = ["138****5678", "138****5678（已更换）"]
    assert [one["changes"]["mobile"] for one in told] == [masked, masked]


def test_owners_are_told_by_name(boss: Api, mei: Api, lin: Api) -> None:
    made = mei.customer()
    change = amending.Change(made["id"], {"owner": lin.id})
    amending.amend(actor=boss.person, now=NOW, changes=[change], import_id=1)
    told = Event.objects.get(verb="customer.changed").data
    assert told["changes"] == {"owner": ["王小梅", "林冲"]}
    assert told["owners"] == [mei.id, lin.id]
