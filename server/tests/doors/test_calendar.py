"""The calendar feed: what is to be done, for who knows the address, and no number ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar

from tests.people import NOW, TODAY, Api
from zhike.care.models import Task
from zhike.doors import calendar
from zhike.doors.models import CalendarFeed
from zhike.trail.models import Event

DAY = timedelta(days=1)


def address(api: Api) -> str:
    url: str = api.post("/calendar-feed")["url"]
    assert url.startswith("http://testserver/calendar/")
    assert url.endswith(".ics")
    return url.removeprefix("http://testserver")


def read(path: str, status: int = 200) -> HttpResponse:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer


def events(path: str) -> dict[str, Any]:
    found = Calendar.from_ical(read(path).content)
    return {str(one["summary"]): one for one in found.walk("VEVENT")}


def add(api: Api, title: str, due_on: date = TODAY, **fields: Any) -> Any:
    return api.post("/tasks", {"title": title, "due_on": str(due_on), **fields})


class TestAddress:
    def test_it_is_shown_once_and_kept_as_a_digest(self, mei: Api) -> None:
        assert mei.get("/calendar-feed") == {"made": False, "last_read_on": None}
        secret = address(mei).removeprefix("/calendar/").removesuffix(".ics")
        assert len(secret) >= 43
        assert mei.get("/calendar-feed") == {"made": True, "last_read_on": None}
        assert secret not in CalendarFeed.objects.get().digest
        read(f"/calendar/{secret}.ics")
        assert mei.get("/calendar-feed") == {"made": True, "last_read_on": str(TODAY)}

    def test_it_is_the_public_one(self, mei: Api, settings: Any) -> None:
        settings.ZHIKE_URL = "https://crm.example.cn"
        assert mei.post("/calendar-feed")["url"].startswith("https://crm.example.cn/calendar/")

    def test_a_new_one_ends_the_old_one(self, mei: Api) -> None:
        old, new = address(mei), address(mei)
        read(old, 404)
        read(new)

    def test_closed_it_is_gone(self, mei: Api) -> None:
        path = address(mei)
        mei.delete("/calendar-feed")
        read(path, 404)
        assert mei.get("/calendar-feed")["made"] is False
        mei.delete("/calendar-feed")
        verbs = Event.objects.filter(verb__startswith="calendar.").order_by("id")
        assert [one.verb for one in verbs] == ["calendar.opened", "calendar.closed"]

    def test_who_left_has_none(self, boss: Api, mei: Api) -> None:
        path = address(mei)
        boss.dismiss(mei)
        read(path, 404)

    def test_who_comes_back_makes_a_new_one(self, boss: Api, mei: Api) -> None:
        path = address(mei)
        boss.dismiss(mei)
        boss.patch(f"/people/{mei.id}", {"is_active": True})
        read(path, 404)
        again = Api(mei.person)
        assert again.get("/calendar-feed")["made"] is False
        closed = Event.objects.get(verb="calendar.closed")
        assert (closed.actor_id, closed.record_id) == (boss.id, mei.id)
        read(address(again))

    @pytest.mark.parametrize("path", ["/calendar/x.ics", "/calendar/.ics", "/calendar/a/b.ics"])
    def test_a_guess_finds_nothing(self, mei: Api, path: str) -> None:
        address(mei)
        answer = Client().get(path)
        assert "calendar" not in answer.get("Content-Type", "")

    def test_no_token_makes_one(self, mei: Api) -> None:
        made = mei.post("/tokens", {"name": "脚本", "scopes": ["read", "write", "manage"]})
        answer = Client().post(
            "/api/v1/calendar-feed", headers={"Authorization": f"Bearer {made['plain']}"}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "session_only")

    def test_it_is_for_reading_and_nobody_keeps_it(self, mei: Api) -> None:
        path = address(mei)
        answer = read(path)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Cache-Control"] == "no-store"
        assert Client().post(path).status_code == 405
        assert not Client().get(path).cookies


class TestContent:
    def test_a_task_of_a_day(self, mei: Api) -> None:
        made = add(mei, "发报价", materials="报价单")
        event = events(address(mei))["发报价"]
        assert event["uid"] == f"task-{made['id']}@zhike"
        assert (event["dtstart"].dt, event["dtend"].dt) == (TODAY, TODAY + DAY)
        assert event["description"] == "需准备：报价单"
        (alarm,) = event.walk("VALARM")
        assert alarm["trigger"].dt == timedelta(hours=9)

    def test_a_task_of_an_hour(self, mei: Api) -> None:
        add(mei, "开会", due_time="15:00", remind_before=45)
        event = events(address(mei))["开会"]
        assert event["dtstart"].dt == datetime(2026, 11, 18, 7, tzinfo=UTC)
        (alarm,) = event.walk("VALARM")
        assert alarm["trigger"].dt == timedelta(minutes=-45)

    def test_a_change_is_a_newer_version_of_the_same(self, mei: Api) -> None:
        made = add(mei, "发报价")
        path = address(mei)
        mei.patch(f"/tasks/{made['id']}", {"version": 1, "title": "发新报价"})
        (event,) = events(path).values()
        assert (event["uid"], event["sequence"]) == (f"task-{made['id']}@zhike", 1)

    def test_with_whom_but_no_number(self, mei: Api) -> None:
        file = mei.customer("晨光文具", contact_name="李女士", mobile="13812345678")
        add(mei, "打 13987654321", customer_id=file["id"], materials="单号 a@b.cn")
        content = read(address(mei)).content.decode()
        assert "晨光文具：打" in content
        for number in ("13812345678", "13987654321", "a@b.cn", "李女士"):
            assert number not in content

    def test_only_ones_own_open_tasks_of_this_time(self, mei: Api, lin: Api) -> None:
        add(lin, "林冲的")
        add(mei, "很久以前", TODAY - 40 * DAY)
        add(mei, "很久以后", TODAY + 400 * DAY)
        mei.post(f"/tasks/{add(mei, '做完')['id']}/completion", status=200)
        add(mei, "今天")
        assert set(events(address(mei))) == {"今天"}

    def test_nothing_of_a_customer_in_the_trash(self, mei: Api) -> None:
        file = mei.customer()
        add(mei, "发报价", customer_id=file["id"])
        mei.delete(f"/customers/{file['id']}")
        assert events(address(mei)) == {}

    def test_an_empty_one_is_a_calendar_too(self, mei: Api) -> None:
        Task.objects.all().delete()
        assert b"BEGIN:VCALENDAR" in read(address(mei)).content

    def test_lines_are_folded_and_special_letters_escaped(self, mei: Api) -> None:
        title = "甲，乙;丙,丁\\戊" + "长" * 100
        add(mei, title)
        content = read(address(mei)).content
        assert max(map(len, content.split(b"\r\n"))) <= 75
        assert set(events(address(mei))) == {title}

    def test_not_without_end(self, mei: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(calendar, "MOST", 3)
        for number in range(5):
            add(mei, f"{number}", TODAY + number * DAY)
        assert set(events(address(mei))) == {"0", "1", "2"}
        assert NOW.date() == TODAY
