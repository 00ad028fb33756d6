"""The stream of notices: at once to who listens, few at a time, and no thread for ever."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import override_settings

from tests.people import NOW, Api, hire
from tests.site.installation import ADMIN, Installation, running
from zhike.access.models import Organisation, Person, Token
from zhike.trail.notices import streaming, telling

TELL = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "zhike.site.settings"
import django
django.setup()
from zhike.access.models import Person
from zhike.base import clock
from zhike.trail.notices import telling
for key in sys.argv[2:]:
    person = Person.objects.get(username=sys.argv[1])
    telling.tell(person.pk, "task_due", key, f"联系{key}", now=clock.now())
"""


class TestInProcess:
    def test_it_begins_with_the_count_and_what_was_missed(self, mei: Api, lin: Api) -> None:
        for n in range(3):
            telling.tell(mei.id, "task_due", f"k{n}", f"第 {n} 件", now=NOW)
        telling.tell(lin.id, "task_due", "x", "别人的", now=NOW)
        ids = sorted(one["id"] for one in mei.get("/notices")["items"])
        answer = mei.client.get("/api/v1/notices/stream", headers={"Last-Event-ID": str(ids[0])})
        assert answer["Content-Type"] == "text/event-stream; charset=utf-8"
        assert answer["Cache-Control"] == "no-store"
        events = list(parsed(b"".join(answer)))  # type: ignore[arg-type]
        assert events[0] == ("summary", {"unread": 3})
        assert [(name, told["title"]) for name, told in events[1:]] == [
            ("notice", "第 1 件"),
            ("notice", "第 2 件"),
        ]
        for odd in ("x", "-1", "9" * 40, "²"):
            answer = mei.client.get(
                "/api/v1/notices/stream", headers={"Last-Event-ID": odd.encode().decode("latin-1")}
            )
            assert len(list(parsed(b"".join(answer)))) == 1  # type: ignore[arg-type]

    def test_no_place_is_left_taken(self, mei: Api) -> None:
        for _ in range(10):
            assert mei.call("GET", "/notices/stream").status_code == 200
        mei.call("GET", "/notices/stream").close()
        assert streaming.hub.open_streams() <= 1

    def test_who_views_as_a_colleague_does_not_take_theirs(self, boss: Api, mei: Api) -> None:
        boss.post("/view-as", {"person_id": mei.id}, 200)
        refused = boss.call("GET", "/notices/stream")
        assert (refused.status_code, refused["Retry-After"]) == (503, "30")
        boss.call("DELETE", "/view-as")
        boss.post("/view-as", {"role_id": mei.person.role_id}, 200)
        assert boss.call("GET", "/notices/stream").status_code == 200

    def test_nobody_listens_unasked(self, mei: Api) -> None:
        mei.client.logout()
        assert mei.call("GET", "/notices/stream").status_code == 401


@pytest.fixture(autouse=True)
def _own_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests ask for everything there is, and leave their streams to be found lost."""
    monkeypatch.setattr(streaming, "hub", streaming.Hub())


def _nobody_asks() -> None:
    """Wait until the thread that asks for all has ended, as it does where nobody listens."""
    deadline = time.monotonic() + 10
    while any(one.name == "notices" for one in threading.enumerate()):
        assert time.monotonic() < deadline, "who asks for nobody must stop"
        time.sleep(0.1)


class TestHub:
    def test_the_last_of_a_person_counts_and_too_many_are_refused(self) -> None:
        hub = streaming.Hub()
        first = hub.join(1, most=2, seconds=0)
        second = hub.join(2, most=2, seconds=0)
        assert first is not None
        assert second is not None
        assert hub.join(3, most=2, seconds=0) is None
        again = hub.join(1, most=2, seconds=0)
        assert again is not None
        assert first.wait(0) is None
        assert second.wait(0) == []
        hub.leave(first)
        assert hub.open_streams() == 2
        hub.leave(again)
        hub.leave(again)
        assert hub.join(3, most=2, seconds=0) is not None

    def test_one_that_was_lost_gives_its_place(self) -> None:
        hub = streaming.Hub()
        lost = hub.join(1, most=1, seconds=-streaming._SPARE - 1)
        assert lost is not None
        assert hub.join(2, most=1, seconds=0) is not None
        assert lost.wait(0) is None

    def test_who_may_not_hear_any_more_is_told_nothing(self) -> None:
        hub = streaming.Hub()
        gone = hub.join(1, most=2, seconds=0, stands=lambda: False)
        here = hub.join(2, most=2, seconds=0)
        assert gone is not None
        assert here is not None
        told = {"id": 1, "title": "联系华为", "kind": "task_due", "unread": 1}
        hub._pass_on({2: [told]})
        assert gone.wait(0) == []
        hub._pass_on({1: [told], 2: [told]})
        assert gone.wait(0) is None
        assert not gone.is_taken
        assert here.wait(0) == [told, told]

    def test_whatever_goes_wrong_the_asking_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked, failed = threading.Event(), threading.Event()

        def news(_seen: streaming.Seen, _people: set[int]) -> dict[int, Any]:
            if not failed.is_set():
                failed.set()
                raise ValueError
            asked.set()
            return {}

        monkeypatch.setattr(streaming.Seen, "look_round", lambda _seen: None)
        monkeypatch.setattr(streaming.Seen, "news", news)
        monkeypatch.setattr(streaming, "ASK_EVERY", 0.01)
        hub = streaming.Hub()
        stream = hub.join(1, most=1, seconds=5)
        assert stream is not None
        assert asked.wait(10)
        hub.leave(stream)
        _nobody_asks()

    @pytest.mark.django_db
    def test_what_commits_late_is_not_missed(self, mei: Api, lin: Api) -> None:
        """A transaction with a lower number may commit after one with a higher."""
        seen = streaming.Seen()
        people = {mei.id, lin.id}
        for n in range(5):
            telling.tell(mei.id, "task_due", f"old{n}", "旧的", now=NOW)
        seen.look_round()
        assert seen.news(people) == {}
        telling.tell(mei.id, "task_due", "late", "晚到的", now=NOW)
        with connection.cursor() as cursor:  # what it looks like while it has not committed
            cursor.execute("UPDATE zhike_notice SET id = id + 1000 WHERE key = 'late'")
        telling.tell(lin.id, "task_due", "a", "先到的", now=NOW)
        told = seen.news(people)
        assert {one["title"] for rows in told.values() for one in rows} == {"晚到的", "先到的"}
        assert seen.news(people) == {}
        with connection.cursor() as cursor:
            cursor.execute("UPDATE zhike_notice SET id = id - 500 WHERE key = 'late'")
        (row,) = seen.news(people)[mei.id]
        assert (row["title"], row["kind"], row["unread"]) == ("晚到的", "task_due", 6)
        assert seen.news({lin.id}) == {}


def parsed(raw: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in raw.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in lines:
            yield lines["event"], json.loads(lines["data"])


class Listener:
    """A browser that listens at a real server."""

    def __init__(self, at: Installation, token: str) -> None:
        self.line = http.client.HTTPConnection(urlsplit(at.url).netloc, timeout=20)
        self.line.request(
            "GET", "/api/v1/notices/stream", headers={"Authorization": f"Bearer {token}"}
        )
        self.answer = self.line.getresponse()
        self.status = self.answer.status

    def event(self) -> tuple[str, dict[str, Any]]:
        """Wait for the next event."""
        block = b""
        while True:
            line = self.answer.readline()
            assert line, "the stream ended"
            block += line
            if line == b"\n":
                found = list(parsed(block))
                block = b""
                if found:
                    return found[0]

    def close(self) -> None:
        self.line.close()


@pytest.fixture(scope="module")
def live() -> Iterator[Installation]:
    """One thread answers, two may listen."""
    with running(ZHIKE_STREAM_SECONDS="6", ZHIKE_WEB_THREADS="1", ZHIKE_STREAMS="2") as at:
        yield at


@pytest.fixture(scope="module")
def tokens(live: Installation) -> list[str]:
    """One of the administrator's, and of two others."""
    made = [_token(live, ADMIN)]
    for name in ("mei", "lin"):
        body = {"name": name, "username": name, "password": "xihu-longjing-09"}
        status = _ask(live, "POST", "/api/v1/people", made[0], body)[0]
        assert status == 201
        made.append(_token(live, name))
    return made


def _token(live: Installation, user: str) -> str:
    scopes = ("--scope", "read", "--scope", "write", "--scope", "manage")
    done = live.zhike("token", "create", "--user", user, *scopes)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _ask(
    live: Installation, method: str, path: str, token: str, body: Any = None
) -> tuple[int, Any]:
    line = http.client.HTTPConnection(urlsplit(live.url).netloc, timeout=20)
    heads = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line.request(method, path, json.dumps(body) if body is not None else None, heads)
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    return answer.status, told


def _tell(live: Installation, user: str, *keys: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TELL, user, *keys],
        env=dict(live.environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_notice_arrives_while_one_listens(live: Installation, tokens: list[str]) -> None:
    listener = Listener(live, tokens[1])
    assert listener.event() == ("summary", {"unread": 0})
    _tell(live, "mei", "华为")
    name, told = listener.event()
    assert (name, told["title"], told["kind"], told["unread"]) == (
        *("notice", "联系华为", "task_due"),
        1,
    )
    # It ends by itself, and going on from there misses nothing.
    begun = time.monotonic()
    while listener.answer.readline():
        assert time.monotonic() - begun < 15
    listener.close()


def test_few_may_listen_and_all_others_still_get_answers(
    live: Installation, tokens: list[str]
) -> None:
    time.sleep(0.5)
    first, second = Listener(live, tokens[0]), Listener(live, tokens[1])
    assert (first.status, second.status) == (200, 200)
    third = Listener(live, tokens[2])
    assert third.status == 503
    assert third.answer.headers["Retry-After"] == "30"
    assert json.loads(third.answer.read())["code"] == "busy"
    for _ in range(20):
        status, told = _ask(live, "GET", "/api/v1/notices/summary", tokens[2])
        assert status == 200
        assert told == {"unread": 0}
    # Whoever opens a second one takes over from their first, which is told so.
    again = Listener(live, tokens[0])
    assert again.status == 200
    assert first.event() == ("summary", {"unread": 0})
    assert first.event() == ("taken", {})
    assert first.answer.read() == b""
    for one in (first, second, again):
        one.close()
    deadline = time.monotonic() + 15
    while True:
        another = Listener(live, tokens[2])
        if another.status == 200:
            another.close()
            return
        another.close()
        assert time.monotonic() < deadline, "a browser that went away keeps its place"
        time.sleep(0.5)


def test_who_listens_does_not_keep_it_from_stopping() -> None:
    with running(ZHIKE_STREAM_SECONDS="300") as at:
        listener = Listener(at, _token(at, ADMIN))
        assert listener.event() == ("summary", {"unread": 0})
        begun = time.monotonic()
        at.process.send_signal(signal.SIGTERM)
        at.process.wait(30)
        assert time.monotonic() - begun < 9, "it had to be killed"
        left = listener.answer.read()
        assert b"taken" not in left, "whoever listened comes back"
        listener.close()


def _signs_out(api: Api) -> None:
    api.client.logout()


def _leaves(api: Api) -> None:
    Person.objects.filter(pk=api.id).update(is_active=False)


def _token_is_revoked(api: Api) -> None:
    Token.objects.filter(person=api.id).delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ends", [_signs_out, _leaves, _token_is_revoked])
def test_a_stream_does_not_outlive_what_opened_it(
    ends: Callable[[Api], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "BEAT", 0.5)
    Organisation.objects.get_or_create(id=1, defaults={"name": "晨星", "created_at": NOW})
    api, heads = Api(hire("王小梅", "mei")), {}
    if ends is _token_is_revoked:
        plain = Token.issue(api.person, "程序", NOW, scopes=["read"])
        heads = {"Authorization": f"Bearer {plain}"}
    with override_settings(ZHIKE_STREAM_SECONDS=20):
        answer: Any = api.client.get("/api/v1/notices/stream", headers=heads)
        parts = iter(answer)
        assert b"summary" in next(parts)
        for n in range(30):  # what is told before the first look round is not new
            telling.tell(api.id, "task_due", f"x{n}", "联系华为", now=NOW)
            if "联系华为" in next(parts).decode():
                break
        ends(api)
        telling.tell(api.id, "task_due", "y", "联系腾讯", now=NOW)
        assert "联系腾讯" not in b"".join(parts).decode()
        assert streaming.hub.open_streams() == 0
        answer.close()
    _nobody_asks()


@pytest.mark.django_db(transaction=True)
def test_what_comes_while_the_first_stream_opens_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The asking thread may come late to its first question; what was there by then is news."""
    Organisation.objects.get_or_create(id=1, defaults={"name": "晨星", "created_at": NOW})
    api = Api(hire("王小梅", "mei"))
    goes, ask = threading.Event(), streaming.Seen.news

    def news(seen: streaming.Seen, people: set[int]) -> dict[int, Any]:
        assert goes.wait(10)
        return ask(seen, people)

    monkeypatch.setattr(streaming.Seen, "news", news)
    hub = streaming.Hub()
    stream = hub.join(api.id, most=1, seconds=10)
    assert stream is not None
    telling.tell(api.id, "task_due", "x", "联系华为", now=NOW)
    connection.close()
    goes.set()
    heard = stream.wait(10)
    assert heard
    assert [one["title"] for one in heard] == ["联系华为"]
    hub.leave(stream)
    _nobody_asks()


@pytest.mark.django_db(transaction=True)
def test_a_stream_that_sleeps_holds_no_connection() -> None:
    Organisation.objects.get_or_create(id=1, defaults={"name": "晨星", "created_at": NOW})
    api = Api(hire("王小梅", "mei"))
    with override_settings(ZHIKE_STREAM_SECONDS=3):
        answer = api.call("GET", "/notices/stream")
        parts = iter(answer)  # type: ignore[call-overload]
        assert b"summary" in next(parts)
        assert connection.connection is None
        telling.tell(api.id, "task_due", "x", "联系华为", now=NOW)
        connection.close()
        news = next(parts)
        assert "联系华为" in news.decode()
        assert connection.connection is None
        answer.close()
    _nobody_asks()
