"""What leaves the house by notices: names, never numbers. And the secrets of the channels stay
nowhere but sealed.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings

from tests.attacks.canaries import SEALED, Nest, leaks, needles, readable
from tests.people import NOW, Api, boss, frozen, lin, mei, organisation, stored
from tests.trail.robots import MailServer, RobotServer, mail_server, robots, saying
from zhike.access.models import Person
from zhike.access.rights import GROUPS, Level
from zhike.base import jobs
from zhike.base.models import Job
from zhike.trail.models import Delivery, Notice

__all__ = ["boss", "frozen", "lin", "mei", "organisation"]
KINDS = ("wecom", "dingtalk", "feishu")
# What stands in a channel's address or is its secret.
WORDS = (
    *("693a91f6", "566cc69da782ec", "aaaa-bbbb", "SEC-geheim-kanari", "mima-kanari-77"),
    "hooks.kanari",
)


@pytest.fixture(autouse=True)
def local() -> Iterator[None]:
    with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=True):
        yield


@pytest.fixture
def server() -> Iterator[RobotServer]:
    with robots() as found:
        yield found


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server(user="crm", password="mima-kanari-77") as found:
        yield found


def set_up(boss: Api, server: RobotServer, post: MailServer) -> list[int]:
    """Every kind of channel; the robots sign."""
    made = []
    for kind in KINDS:
        body = {"kind": kind, "name": kind, "address": server.url(kind)}
        if kind != "wecom":
            body["secret"] = server.secrets[kind] = "SEC-geheim-kanari"
        made.append(boss.post("/channels", body)["id"])
    place = {"host": "127.0.0.1", "port": post.port, "security": "none", "user": "crm"}
    settings = place | {"sender": "crm@hooks.example"}
    body = {"kind": "mail", "name": "邮件", "secret": "mima-kanari-77", "settings": settings}
    return [*made, boss.post("/channels", body)["id"]]


def live(frozen: object, hours: range) -> None:
    """Let some hours pass."""
    for hour in hours:
        now = NOW + timedelta(hours=hour)
        frozen.move_to(now)  # type: ignore[attr-defined]
        jobs.plan(now)
        jobs.run_due(now + timedelta(seconds=1))


def test_numbers_people_type_do_not_leave(
    boss: Api, mei: Api, lin: Api, server: RobotServer, post: MailServer, frozen: object
) -> None:
    set_up(boss, server, post)
    every = {kind: ["mail", *KINDS] for kind in ("task_due", "overdue", "digest", "handed_over")}
    for api in (boss, mei, lin):
        api.patch("/notices/wishes", {"ways": every})
        Person.objects.filter(pk=api.id).update(email=f"p{api.id}@example.com")
    nest = Nest()
    file = mei.customer("阳春客", kind="person", **nest.first_contact() | nest.customer())
    typed = [one for one in nest.planted if one.kind in ("mobile", "landline", "email", "identity")]
    assert len(typed) >= 4
    for number, one in enumerate(typed):
        body = {"title": f"打给{one.value}，第{number}件", "customer_id": file["id"]}
        due = date(2026, 11, 18) + timedelta(days=number % 2)
        mei.post("/tasks", body | {"due_on": due.isoformat(), "due_time": f"1{number % 8}:30"})
    plan = {"on": "2026-11-19", "matter": f"问{typed[0].value}", "materials": typed[1].value}
    talk = {"way": "phone", "content": f"号码{typed[0].value}", "next": plan}
    mei.post(f"/customers/{file['id']}/follow-ups", talk | {"agreed": True})
    feed = mei.post("/calendar-feed", {})["url"]
    calendar = Client().get(urlsplit(feed).path)
    assert calendar.status_code == 200
    live(frozen, range(48))
    body = {"customer_ids": [file["id"]], "taker_id": lin.id, "note": f"电话{typed[0].value}"}
    boss.post("/hand-overs", body)
    live(frozen, range(48, 60))
    texts = {"calendar": calendar.content.decode().replace("\r\n ", "")}
    assert texts["calendar"].count("BEGIN:VEVENT") >= len(typed)
    for api in (boss, mei, lin):
        texts[f"notices of {api.id}"] = json.dumps(api.get("/notices", limit=100))
    texts |= {f"{kind} {n}": json.dumps(said) for n, (kind, said) in enumerate(server.got)}
    texts |= {f"said {n}": text for n, text in enumerate(server.texts())}
    texts |= {f"mail {n}": f"{m['Subject']} {m.get_content()}" for n, (_, m) in enumerate(post.got)}
    texts |= {f"row {one.pk}": f"{one.title}\n{one.body}" for one in Notice.objects.all()}
    assert len(server.got) >= 6
    assert len(post.got) >= 3
    assert "第0件" in "".join(texts.values())
    assert Notice.objects.filter(person_id=mei.id, title__contains="号码已隐去").exists()
    told = set(Notice.objects.values_list("kind", flat=True))
    assert told >= {"task_due", "overdue", "digest", "handed_over"}
    letters = {str(letter["Subject"]) for _, letter in post.got}
    assert any("今天" in one for one in letters), "no digest went by mail"
    nothing = dict.fromkeys(GROUPS, Level.HIDDEN)
    sealed = [one for one in nest.planted if one.kind in SEALED]
    seen = {place: readable(text.encode()) for place, text in texts.items()}
    assert list(leaks(seen, needles(sealed, nothing, plain=False))) == []


def test_secrets_of_channels_stay_sealed(
    boss: Api,
    mei: Api,
    server: RobotServer,
    post: MailServer,
    frozen: object,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Also where the other side repeats what it was sent, or breaks off, or is not there."""
    caplog.set_level(logging.DEBUG)
    made = set_up(boss, server, post)
    gone = {"kind": "wecom", "name": "没有", "address": "http://127.0.0.1:9/hooks.kanari"}
    made.append(boss.post("/channels", gone)["id"])
    mei.patch("/notices/wishes", {"ways": {"task_due": ["mail", *KINDS]}})
    Person.objects.filter(pk__in=(mei.id, boss.id)).update(email="x@example.com")
    echo = {"errcode": 310000, "errmsg": f"sign not match {server.url('dingtalk')} {WORDS}"}
    server.plan.extend(
        [saying(echo), saying(json.dumps(echo).encode() * 2, 500), saying(echo, 404)]
    )
    post.answers["AUTH"] = "535 wrong password mima-kanari-77"
    answers = [boss.call("POST", f"/channels/{one}/trial", {}).content.decode() for one in made]
    mei.post("/tasks", {"title": "看看", "due_on": "2026-11-18", "due_time": "11:00"})
    live(frozen, range(30))
    for one in made:
        for path in (f"/channels/{one}/deliveries", "/channels"):
            answers.append(json.dumps(boss.get(path)))
        version = next(c["version"] for c in boss.get("/channels")["items"] if c["id"] == one)
        answers.append(str(boss.patch(f"/channels/{one}", {"version": version, "name": "改名"})))
        wrong = {"kind": "mail", "name": "", "secret": "SEC-geheim-kanari"}
        answers.append(str(boss.post("/channels", wrong, 422)))
    for path in ("/audit", "/notices", "/jobs", "/notices/wishes"):
        answers.append(json.dumps(boss.get(path)))
    assert Delivery.objects.exclude(state="sent").exists()
    assert Job.objects.exists()
    everything = {"answers": "\n".join(answers), "log": caplog.text}
    everything |= {table: "\n".join(rows) for table, rows in stored().items()}
    found = [(place, word) for place, text in everything.items() for word in WORDS if word in text]
    assert found == []
