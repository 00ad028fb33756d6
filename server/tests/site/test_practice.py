"""The practice workspace: made-up customers for training, apart from the real data (R31)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.people import NOW, TODAY, Api, boss, digest_of_tables, frozen, hire, mei, organisation
from tests.site import practising
from tests.site.practising import ask
from zhike.access.models import Person, Token
from zhike.base import clock, filestore, jobs, practice
from zhike.base.jobs.worker import claim, perform
from zhike.base.models import Job, Practice
from zhike.care.cadence import rules as cadence_rules
from zhike.care.models import CareRules, PoolRules
from zhike.care.pool import rules as pool_rules
from zhike.customers.models import Customer
from zhike.fields import choices, registry
from zhike.fields.models import Catalogue, Field, Word
from zhike.site.api import description
from zhike.site.practice import copying, gate, lane, making
from zhike.trail.models import Channel, Delivery, Event, Notice

__all__ = ["boss", "frozen", "mei", "organisation"]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with django_db_blocker.unblock(), practising.laid() as number:
        yield number


@pytest.fixture
def ground(laid: int, boss: Api) -> int:
    """The workspace stands. What a test does there stays, as people stay; but not their work."""
    practising.standing(laid)
    copying.copy(laid)
    with practice.entered(laid):
        made_up = Person.objects.filter(pk__gte=practice.MADE_UP).order_by("pk").last()
        Customer.objects.filter(owner__lt=practice.MADE_UP).update(owner=made_up)
    return laid


def good(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, response.content.decode()[:1000]
    return response.json() if response.content else None


def test_what_is_done_there_stays_there(ground: int, boss: Api) -> None:
    real = boss.customer("真实客户有限公司")
    before = digest_of_tables()
    made = good(ask(boss, "POST", "/customers", {"name": "练手的公司", "kind": "company"}), 201)
    talk = {"way": "phone", "content": "练习一次", "contacted_on": str(TODAY)}
    good(ask(boss, "POST", f"/customers/{made['id']}/follow-ups", talk), 201)
    assert made["id"] >= practice.MADE_UP
    assert digest_of_tables() == before
    boss.get(f"/customers/{made['id']}", 404)
    assert ask(boss, "GET", f"/customers/{real['id']}").status_code == 404
    assert good(ask(boss, "GET", "/search", q="真实客户"))["items"] == []
    assert good(ask(boss, "GET", "/search", q="练手的公司"))["items"] != []
    assert boss.get("/search", q="练手的公司")["items"] == []
    assert [one["name"] for one in boss.get("/customers")["items"]] == ["真实客户有限公司"]


def test_who_enters_gets_customers_with_plans(ground: int, mei: Api) -> None:
    told = mei.post("/practice/entering", status=200)
    assert told["state"] == "ready"
    assert 0 < told["mine"] <= practising.SIZE - 20
    assert mei.post("/practice/entering", status=200)["mine"] == told["mine"]
    mine = good(ask(mei, "GET", "/customers", owner="me"))["items"]
    assert len(mine) == told["mine"]
    assert any(one["next_follow_up_on"] for one in mine)
    notices = good(ask(mei, "GET", "/notices"))["items"]
    assert [one["kind"] for one in notices] == ["handed_over"]
    assert mei.get("/notices")["items"] == []
    assert not Notice.objects.exists()


def test_settings_and_colleagues_come_along_at_once(ground: int, boss: Api) -> None:
    field = {"of": "customer", "label": "工厂面积", "type": "number", "need": "required"}
    key = boss.post("/fields", field)["key"]
    refused = ask(boss, "POST", "/customers", {"name": "缺面积的公司", "kind": "company"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == key
    late = Api(hire("赵新来", "late"))
    body = {"name": "有面积的公司", "kind": "company", "custom": {key: 5}}
    made = ask(late, "POST", "/customers", body)
    assert good(made, 201)["owner"]["name"] == "赵新来"
    with practice.entered(ground):
        assert Field.objects.filter(key=key).exists()
        copied = Person.objects.get(pk=late.id)
        assert not copied.has_usable_password()
        assert copied.email == ""


def test_what_all_threads_share_is_never_read_there(ground: int, boss: Api) -> None:
    with practice.entered(ground):
        PoolRules.objects.update_or_create(pk=PoolRules.THE, defaults={"is_on": True})
        CareRules.objects.update_or_create(pk=CareRules.THE, defaults={"digest_at": time(3, 3)})
        Catalogue.objects.update(version=9_999)
        Word.objects.create(dictionary="source", value="moon", label="月亮上", position=1)
        registry.forget()
        assert pool_rules.at_work() is None
        assert cadence_rules.standing().care.digest_at != time(3, 3)
        assert registry.current().version < 9_999
        assert "月亮上" not in [one.label for one in choices.SOURCE.entries]
        assert practice.generation() == ground
    good(ask(boss, "GET", "/choices"))  # what it knows is older than the house: copied anew
    with practice.entered(ground):
        assert not Word.objects.filter(value="moon").exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/exports"),
        ("GET", "/exports/views"),
        ("POST", "/imports"),
        ("GET", "/audit"),
        ("POST", "/channels"),
        ("POST", "/calendar-feed"),
        ("POST", "/tokens"),
        ("POST", "/fields"),
        ("PATCH", "/care-rules"),
        ("PATCH", "/organisation"),
        ("POST", "/people"),
        ("POST", "/roles"),
        ("POST", "/view-as"),
        ("GET", "/notices/stream"),
        ("PATCH", "/notices/wishes"),
        ("POST", "/practice/entering"),
        ("POST", "/setup"),
        ("GET", "/jobs"),
    ],
)
def test_what_leaves_the_house_or_changes_it_is_closed(
    ground: int, boss: Api, method: str, path: str
) -> None:
    before = digest_of_tables()
    refused = ask(boss, method, path, None if method == "GET" else {})
    assert (refused.status_code, refused.json()["code"]) == (403, "practice")
    assert digest_of_tables() == before


def test_rights_to_settings_are_gone_there(ground: int, boss: Api) -> None:
    rights = good(ask(boss, "GET", "/me"))["rights"]
    assert {name for name, has in rights.items() if has} == gate.ACTIONS
    assert boss.get("/me")["rights"]["configure"]


def test_who_is_not_let_in(ground: int, boss: Api) -> None:
    plain = Token.issue(boss.person, "程序", NOW, scopes=["read", "write"])
    by_token = Client().get(
        "/practice/api/v1/customers", headers={"Authorization": f"Bearer {plain}"}
    )
    assert (by_token.status_code, by_token.json()["code"]) == (403, "practice")
    assert Client().get("/practice/api/v1/customers").status_code == 401
    assert Client().get("/practice/livez").status_code == 200  # a page of the client
    asked = {"name": "无凭据", "kind": "company"}
    boss.client.cookies["csrftoken"] = "x" * 32
    assert ask(boss, "POST", "/customers", asked).json()["code"] == "csrf"


def test_one_of_another_version_is_entered_no_more(ground: int, boss: Api) -> None:
    Practice.objects.update(made_by="0001_first")
    closed = ask(boss, "GET", "/customers")
    assert (closed.status_code, closed.json()["code"]) == (409, "practice_closed")
    assert boss.get("/practice")["state"] == "none"


def test_one_that_is_gone_is_laid_anew(ground: int, boss: Api) -> None:
    """The real data were put back from a backup, and the workspace was not."""
    practising.standing(ground + 1)
    assert boss.get("/practice")["state"] == "none"
    closed = ask(boss, "GET", "/customers")
    assert (closed.status_code, closed.json()["code"]) == (409, "practice_closed")
    assert lane.work_off(NOW) == 0
    assert boss.post("/practice/entering", status=200)["state"] == "making"
    assert practice.existing() == [ground]


def test_work_begun_there_is_done_there(ground: int, boss: Api, mei: Api) -> None:
    made = good(ask(boss, "POST", "/customers", {"name": "要转交的公司", "kind": "company"}), 201)
    mei.post("/practice/entering", status=200)
    before = Job.objects.count()
    body = {"customer_ids": [made["id"]], "taker_id": mei.id}
    good(ask(boss, "POST", "/hand-overs", body), 201)
    assert Job.objects.count() == before
    assert lane.work_off(NOW + timedelta(minutes=1), planning=False) >= 1
    owner = good(ask(boss, "GET", f"/customers/{made['id']}"))["owner"]
    assert owner["name"] == "王小梅"


def test_reminders_come_there_and_leave_by_no_channel(ground: int, mei: Api) -> None:
    Channel.objects.create(kind="mail", name="邮件", worked_at=NOW)
    made = good(ask(mei, "POST", "/customers", {"name": "要提醒的公司", "kind": "company"}), 201)
    due = {"title": "回电话", "due_on": str(TODAY), "due_time": "11:00", "customer_id": made["id"]}
    good(ask(mei, "POST", "/tasks", {**due, "kind": "todo", "remind_before": 30}), 201)
    lane.work_off(NOW + timedelta(minutes=31))
    told = [one["title"] for one in good(ask(mei, "GET", "/notices"))["items"]]
    with practice.entered(ground):
        done = sorted(Job.objects.values_list("kind", "state"))
    assert any("回电话" in one for one in told), (told, done)
    assert not Notice.objects.exists()
    assert not Job.objects.filter(kind="notices.deliver").exists()
    with practice.entered(ground):
        assert not Channel.objects.exists()
        assert not Delivery.objects.exists()


def test_files_lie_apart_and_are_read_there(ground: int, boss: Api) -> None:
    made = good(ask(boss, "POST", "/customers", {"name": "有附件的公司", "kind": "company"}), 201)
    before = list(filestore.older(NOW + timedelta(days=999)))
    form = {
        "file": SimpleUploadedFile("说明.txt", "练习的附件".encode()),
        "of": "customer",
        "record_id": made["id"],
    }
    sent = boss.client.post(
        f"/practice/api/v1/customers/{made['id']}/attachments",
        form,
        headers={"X-CSRFToken": boss.csrf},
    )
    kept = good(sent, 201)
    assert list(filestore.older(NOW + timedelta(days=999))) == before
    read = boss.client.get(f"/practice/api/v1/attachments/{kept['id']}/content")
    assert b"".join(read) == "练习的附件".encode()
    assert practice.generation() == 0
    assert boss.client.get(f"/api/v1/attachments/{kept['id']}/content").status_code == 404
    assert any(practice.files(ground).iterdir())


def test_a_thread_always_comes_back(ground: int) -> None:
    with pytest.raises(ZeroDivisionError), practice.entered(ground):
        assert practice.generation() == ground
        with practice.house():
            assert practice.generation() == 0
        transaction.atomic().__enter__()
        Customer.objects.filter(pk__gte=practice.MADE_UP).update(name="谁也不该看到")
        raise ZeroDivisionError
    assert practice.generation() == 0
    with practice.entered(ground):
        assert not Customer.objects.filter(name="谁也不该看到").exists()
        with pytest.raises(RuntimeError), practice.entered(ground):
            pass
    seen: list[int] = []
    with practice.entered(ground):
        other = threading.Thread(target=lambda: seen.append(practice.generation()))
        other.start()
        other.join()
    assert seen == [0]


def test_every_model_is_the_houses_or_is_not() -> None:
    """A new model must be put into one or the other: what is copied must be no customer's."""
    ours = set(apps.get_app_config("zhike").get_models())
    house = {model.__name__ for model in copying.HOUSE}
    assert house | APART == {model.__name__ for model in ours}
    assert not house & APART
    for model in copying.HOUSE:
        of = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
        assert of <= set(copying.HOUSE), model


def words(text: str) -> set[str]:
    return set(text.split())


APART = words(
    "Job Slot Worker Daily Practice Event Head Examination Channel Notice Delivery NoticeWishes"
    " Token Tries Tag CodeSequence Customer NameKey CustomValue CustomerTag Contact Purchase"
    " Problem Attachment Double Merge Collaborator HandOver Review Contradiction Feedback KeyDate"
    " PlaybookRun PoolClock PoolEntry FollowUp CareEntry Tick Task Import ImportRow Export"
    " CalendarFeed"
)
CLOSED = words(
    "audit calendar-feed channels deliveries exports field-presets imports jobs practice rights"
    " roles setup sign-in tokens view-as"
)


def test_every_operation_is_open_or_closed() -> None:
    paths = json.loads(description())["paths"]
    first = {path.removeprefix("/api/v1/").split("/")[0] for path in paths}
    assert first == gate.OPEN | gate.READABLE | CLOSED
    assert not CLOSED & (gate.OPEN | gate.READABLE)
    described = {
        (method.upper(), path.removeprefix("/api/v1/"))
        for path, methods in paths.items()
        for method in methods
    }
    assert described >= gate.ALSO | gate.CLOSED


@pytest.mark.django_db(transaction=True)
def test_it_is_laid_by_a_job_and_laid_anew(boss: Api, mei: Api) -> None:
    assert mei.get("/practice")["state"] == "none"
    assert mei.post("/practice/entering", status=200)["state"] == "making"
    assert mei.post("/practice/entering", status=200)["state"] == "making"
    assert Job.objects.filter(kind=making.JOB).count() == 1
    assert jobs.run_due(clock.now()) == 1
    first = mei.post("/practice/entering", status=200)
    assert (first["state"], first["customers"]) == ("ready", making.COMMON + 2 * making.EACH)
    assert first["mine"] == making.EACH
    made = good(ask(mei, "POST", "/customers", {"name": "留不住的公司", "kind": "company"}), 201)
    mei.post("/practice/resetting", status=403)
    assert boss.post("/practice/resetting", status=200)["resetting"]
    assert good(ask(mei, "GET", f"/customers/{made['id']}"))["name"] == "留不住的公司"
    assert jobs.run_due(clock.now()) == 1
    assert ask(mei, "GET", f"/customers/{made['id']}").status_code == 404
    assert practice.existing() == [Practice.objects.get().generation]
    assert Event.objects.filter(verb="practice.reset", actor_id=boss.id).count() == 1
    practice.close()
    practice.drop(Practice.objects.get().generation)


def test_a_nightly_reset_is_a_setting(ground: int, boss: Api, mei: Api) -> None:
    mei.patch("/practice", {"is_nightly": True}, 403)
    nightly = Job(kind="practice.make_nightly", run_at=NOW, created_at=NOW)
    nightly.save()
    jobs.run_due(NOW + timedelta(seconds=1))
    assert not Job.objects.filter(kind=making.JOB).exists()
    assert boss.patch("/practice", {"is_nightly": True})["is_nightly"]
    Job(kind="practice.make_nightly", run_at=NOW, created_at=NOW).save()
    later = Job.objects.filter(kind="practice.make_nightly", finished_at=None)
    run = claim(clock.now(), fixed=clock.now(), only=["practice.make_nightly"])
    assert run is not None
    perform(run)
    assert not later.exists()
    assert Job.objects.filter(kind=making.JOB, finished_at=None).count() == 1
