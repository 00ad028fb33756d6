"""Notices: told once, on the screen and by the channels somebody wished for, and read."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from tests.people import NOW, Api, hire, queries_of
from tests.trail.sending import department
from zhike.access.models import Department, Organisation, Person
from zhike.base import clock, jobs
from zhike.base.models import Job
from zhike.care.models import CareRules
from zhike.trail import jobs as work
from zhike.trail.models import Channel, Delivery, Event, Notice, NoticeWishes
from zhike.trail.notices import KINDS, reading, receivers, telling, wording
from zhike.trail.notices.telling import Telling

DAY = timedelta(days=1)


def tell(api: Api, key: str = "a", title: str = "联系华为", **more: Any) -> bool:
    return telling.tell(api.id, more.pop("kind", "task_due"), key, title, **{"now": NOW} | more)


def many(api: Api, count: int, **more: Any) -> list[Telling]:
    return [Telling(api.id, "task_due", f"t{n}", f"第 {n} 件", NOW, **more) for n in range(count)]


def robot(department: Department | None = None, **fields: Any) -> Channel:
    path = department.path if department else ""
    return Channel.objects.create(
        **{"kind": "wecom", "name": "群", "department_path": path} | fields
    )


def mail_channel() -> Channel:
    return Channel.objects.create(kind="mail", name="邮件")


def ways(api: Api) -> list[str]:
    found = Delivery.objects.filter(notice__person_id=api.id).order_by("id")
    return [one.channel.kind for one in found.select_related("channel")]


class TestOnce:
    def test_the_same_occasion_is_told_once_to_each(self, mei: Api, lin: Api) -> None:
        assert tell(mei)
        assert not tell(mei, title="又一次")
        assert not tell(mei, kind="overdue")
        assert tell(lin)
        assert tell(mei, "b")
        assert [one["title"] for one in mei.get("/notices")["items"]] == ["联系华为"] * 2
        assert lin.get("/notices/summary") == {"unread": 1}

    def test_many_at_once_count_the_new_ones(self, mei: Api) -> None:
        tell(mei, "t3")
        assert telling.tell_many([*many(mei, 1000), *many(mei, 5)], now=NOW) == 999
        assert Notice.objects.count() == 1000

    def test_a_thousand_cost_few_statements(self, mei: Api) -> None:
        mail_channel()
        Person.objects.filter(pk=mei.id).update(email="mei@example.com")
        told = [Telling(mei.id, "digest", f"d{n}", "x", NOW) for n in range(1000)]
        assert queries_of(lambda: telling.tell_many(told, now=NOW)) < 60
        assert Delivery.objects.count() == 1000

    def test_with_the_transaction_goes_all_of_it(self, mei: Api) -> None:
        robot()
        with transaction.atomic():
            tell(mei)
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert not Job.objects.filter(kind=telling.DELIVER).exists()

    def test_an_unknown_kind_is_a_mistake_of_ours(self, mei: Api) -> None:
        with pytest.raises(ValueError, match="unknown kinds"):
            tell(mei, kind="gossip")


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_tells() -> None:
    Organisation.objects.get_or_create(id=1, defaults={"name": "晨星", "created_at": NOW})
    person = hire("王小梅", "mei")
    meet = threading.Barrier(4)
    told: list[int] = []

    def try_it() -> None:
        try:
            meet.wait(10)
            for n in range(20):
                made = [Telling(person.pk, "overdue", f"{n}-{m}", "x", NOW) for m in range(3)]
                told.append(telling.tell_many(made, now=NOW))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sum(told) == Notice.objects.count() == 60


class TestWords:
    @pytest.mark.parametrize(
        "number",
        [
            *("13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００"),
            *("0571-88886666", "(010)88886666", "400-800-1234", "zhang.san@example.com.cn"),
            *("11010519491231002X", "110105194912310021", "91350211M000100Y43"),
            *("6222 0212 3456 7890 123", "6222021234567890123", "138\u200b00138000"),
        ],
    )
    def test_numbers_are_taken_out(self, mei: Api, number: str) -> None:
        tell(mei, title=f"打给张总{number}，下午", body=f"号码：{number}\n再联系")
        one = Notice.objects.get()
        assert one.title == f"打给张总{wording.HIDDEN}，下午"
        assert one.body == f"号码：{wording.HIDDEN}\n再联系"

    @pytest.mark.parametrize(
        "text",
        [
            *("2026-11-22 14:30 见面", "CRM-2026110001", "CRM-202611000123", "预算 1280000 元"),
            *("138****8000", "第 3 期，共 12 期", "2026年11月22日"),
        ],
    )
    def test_other_figures_stay(self, text: str) -> None:
        assert wording.without_numbers(text) == text

    def test_long_words_are_cut_and_stay_one_line(self, mei: Api) -> None:
        tell(mei, title="很长" * 100 + "\n换行", body="字" * 2000)
        one = Notice.objects.get()
        assert (len(one.title), one.title[-1], len(one.body)) == (120, "…", 1000)
        assert "\n" not in one.title


class TestReading:
    def test_what_a_notice_says(self, mei: Api) -> None:
        file = mei.customer()
        tell(
            mei,
            customer_id=file["id"],
            record=("task", 7),
            body="电话",
            due_at=NOW - timedelta(minutes=95),
        )
        (one,) = mei.get("/notices")["items"]
        assert one["customer"] == {"id": file["id"], "name": "华为技术有限公司"}
        assert one["record"] == {"type": "task", "id": 7}
        assert (one["kind"], one["body"], one["late_minutes"]) == ("task_due", "电话", 95)
        assert one["read_at"] is None

    def test_a_customer_out_of_sight_is_not_named(self, mei: Api, lin: Api) -> None:
        file = lin.customer("万科企业股份有限公司")
        tell(mei, customer_id=file["id"], title="看看")
        (one,) = mei.get("/notices")["items"]
        assert one["customer"] is None

    def test_page_by_page(self, mei: Api) -> None:
        telling.tell_many(many(mei, 7), now=NOW)
        first = mei.get("/notices", limit=5)
        rest = mei.get("/notices", limit=5, cursor=first["next"])
        titles = [one["title"] for one in [*first["items"], *rest["items"]]]
        assert titles == [f"第 {n} 件" for n in reversed(range(7))]
        assert rest["next"] is None
        mei.get("/notices", 422, cursor="nonsense")

    def test_marking_as_read(self, mei: Api, lin: Api) -> None:
        telling.tell_many([*many(mei, 3), *many(lin, 1)], now=NOW)
        ids = [one["id"] for one in mei.get("/notices")["items"]]
        foreign = [one["id"] for one in lin.get("/notices")["items"]]
        body = {"ids": [ids[0], *foreign]}
        assert mei.post("/notices/reading", body, 200) == {"unread": 2}
        assert lin.get("/notices/summary") == {"unread": 1}
        left = mei.get("/notices", unread="true")["items"]
        assert [one["id"] for one in left] == ids[1:]
        assert mei.post("/notices/reading", {"all": True}, 200) == {"unread": 0}
        for wrong in ({}, {"ids": [1], "all": True}):
            mei.post("/notices/reading", wrong, 422)

    def test_with_a_customer_deleted_for_good_goes_what_was_told_of_it(self, mei: Api) -> None:
        file = mei.customer("邹小鱼", kind="person")
        tell(mei, title="联系邹小鱼", customer_id=file["id"])
        tell(mei, "b")
        mei.delete(f"/customers/{file['id']}")
        jobs.enqueue("trash.empty", {}, now=NOW)
        jobs.run_due(NOW + 40 * DAY)
        assert [one["title"] for one in mei.get("/notices")["items"]] == ["联系华为"]

    def test_half_a_year_later_the_read_ones_go(self, mei: Api) -> None:
        telling.tell_many(many(mei, 3), now=NOW)
        ids = [one["id"] for one in mei.get("/notices")["items"]]
        mei.post("/notices/reading", {"ids": ids[:2]}, 200)
        assert reading.forget(NOW + 179 * DAY - work.NOTICES_KEPT, 500) == 0
        jobs.enqueue("notices.forget", {}, now=NOW)
        jobs.run_due(NOW + 181 * DAY)
        assert [one["id"] for one in mei.get("/notices")["items"]] == ids[2:]


class TestWishes:
    def test_what_is_usual(self, mei: Api) -> None:
        told = mei.get("/notices/wishes")
        assert told["wants_digest"] is True
        assert told["quiet_from"] is None
        assert [one["name"] for one in told["kinds"]] == list(KINDS)
        assert told["ways"]["digest"] == ["mail"]
        assert {one["note"] for one in told["channels"]} == {"管理员还没有设置"}
        assert not any(one["ready"] for one in told["channels"])

    def test_why_a_channel_does_not_reach_somebody(self, mei: Api) -> None:
        mail_channel()
        robot(department("华北"))
        notes = {one["name"]: one["note"] for one in mei.get("/notices/wishes")["channels"]}
        assert notes["mail"] == "你的账号里还没有邮箱，请管理员补上"
        assert notes["wecom"] == "你的部门还没有群机器人"
        assert notes["feishu"] == "管理员还没有设置"
        Person.objects.filter(pk=mei.id).update(email="mei@example.com")
        robot()
        told = {one["name"]: one for one in mei.get("/notices/wishes")["channels"]}
        assert (told["mail"]["ready"], told["mail"]["note"]) == (True, "发到你账号里的邮箱")
        assert (told["wecom"]["ready"], told["wecom"]["note"]) == (True, "发到部门的群里")

    def test_wishing_otherwise(self, mei: Api) -> None:
        wish = {"ways": {"digest": [], "overdue": ["feishu", "mail", "mail"]}}
        told = mei.patch("/notices/wishes", {**wish, "quiet_from": "22:30", "quiet_to": "07:00"})
        assert told["ways"]["overdue"] == ["mail", "feishu"]
        assert told["ways"]["digest"] == []
        assert told["ways"]["task_due"] == list(KINDS["task_due"].ways)
        assert (told["quiet_from"], told["quiet_to"]) == ("22:30", "07:00")
        told = mei.patch("/notices/wishes", {"quiet_from": None, "quiet_to": None})
        assert told["quiet_from"] is None
        assert told["ways"]["digest"] == []
        assert Event.objects.filter(verb="notices.wished", actor_id=mei.id).count() == 2

    @pytest.mark.parametrize(
        "wrong",
        [
            {"ways": {"gossip": []}},
            {"ways": {"digest": ["pigeon"]}},
            {"quiet_from": "25:00", "quiet_to": "07:00"},
            {"quiet_from": "22:00"},
        ],
    )
    def test_what_cannot_be_wished(self, mei: Api, wrong: dict[str, Any]) -> None:
        mei.patch("/notices/wishes", wrong, 422)
        assert not NoticeWishes.objects.exists()

    def test_who_wants_no_digest_gets_none(self, mei: Api, lin: Api) -> None:
        mei.patch("/notices/wishes", {"wants_digest": False})
        both = [Telling(one.id, "digest", "d", "今天", NOW) for one in (mei, lin)]
        assert telling.tell_many(both, now=NOW) == 1
        assert mei.get("/notices/summary") == {"unread": 0}


class TestOnItsWay:
    def test_without_channels_nothing_is_queued(self, mei: Api) -> None:
        tell(mei)
        robot(is_on=False)
        tell(mei, "b")
        assert not Delivery.objects.exists()
        assert not Job.objects.filter(kind=telling.DELIVER).exists()

    def test_by_mail_to_who_has_an_address(self, mei: Api, lin: Api) -> None:
        mail_channel()
        mail_channel()
        Person.objects.filter(pk=mei.id).update(email="mei@example.com")
        for one in (mei, lin):
            tell(one, kind="handed_over")
            tell(one, "b", kind="task_due")  # usually by robots only
        assert (ways(mei), ways(lin)) == (["mail"], [])

    def test_by_the_robots_of_the_department_and_those_above(self, mei: Api, lin: Api) -> None:
        east = department("东区")
        below = department("东区一组", east)
        west = department("西区")
        Person.objects.filter(pk=mei.id).update(department=below)
        Person.objects.filter(pk=lin.id).update(department=west)
        for where in (east, below, west, None):
            robot(where, name=where.name if where else "全体")
        tell(mei)
        tell(lin)

        def names(api: Api) -> list[str]:
            found = Delivery.objects.filter(notice__person_id=api.id)
            return sorted(found.values_list("channel__name", flat=True))

        assert names(mei) == ["东区", "东区一组", "全体"]
        assert names(lin) == ["全体", "西区"]

    def test_a_robot_follows_its_department_when_that_moves(self, boss: Api, mei: Api) -> None:
        east, south = department("东区"), department("南区")
        below = department("一组", east)
        Person.objects.filter(pk=mei.id).update(department=below)
        robot(below)
        boss.patch(f"/departments/{below.pk}", {"name": "一组", "parent_id": south.pk})
        tell(mei)
        assert ways(mei) == ["wecom"]

    def test_as_wished(self, mei: Api) -> None:
        robot()
        mail_channel()
        Person.objects.filter(pk=mei.id).update(email="mei@example.com")
        mei.patch("/notices/wishes", {"ways": {"task_due": ["mail"], "overdue": []}})
        tell(mei)
        tell(mei, "b", kind="overdue")
        assert ways(mei) == ["mail"]

    def test_leavers_and_programs_get_nothing_by_channels(self, mei: Api, lin: Api) -> None:
        robot()
        Person.objects.filter(pk=mei.id).update(is_active=False)
        Person.objects.filter(pk=lin.id).update(is_service=True)
        tell(mei)
        tell(lin)
        assert not Delivery.objects.exists()


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.SHANGHAI).astimezone(UTC)


class TestQuietHours:
    @pytest.mark.parametrize(
        ("now", "when"),
        [
            (shanghai(18, 20, 59), shanghai(18, 20, 59)),
            (shanghai(18, 21, 0), shanghai(19, 8, 0)),
            (shanghai(18, 23, 59), shanghai(19, 8, 0)),
            (shanghai(19, 0, 0), shanghai(19, 8, 0)),
            (shanghai(19, 7, 59), shanghai(19, 8, 0)),
            (shanghai(19, 8, 0), shanghai(19, 8, 0)),
        ],
    )
    def test_of_the_organisation(self, mei: Api, now: datetime, when: datetime) -> None:
        robot()
        tell(mei, now=now)
        assert Delivery.objects.get().not_before == when
        assert Job.objects.get(kind=telling.DELIVER).run_at == when
        assert mei.get("/notices/summary") == {"unread": 1}  # the screen disturbs nobody

    def test_as_the_organisation_changed_them(self, mei: Api) -> None:
        CareRules.objects.update_or_create(
            pk=1, defaults={"quiet_from": time(12), "quiet_to": time(14)}
        )
        assert receivers.quiet_hours() == (time(12), time(14))
        robot()
        tell(mei, now=shanghai(18, 13))
        tell(mei, "b", now=shanghai(18, 22))
        at = sorted(Delivery.objects.values_list("not_before", flat=True))
        assert at == [shanghai(18, 14), shanghai(18, 22)]

    def test_ones_own(self, mei: Api) -> None:
        robot()
        mei.patch("/notices/wishes", {"quiet_from": "09:00", "quiet_to": "11:00"})
        tell(mei)
        assert Delivery.objects.get().not_before == shanghai(18, 11)

    def test_never(self) -> None:
        assert telling.awake(NOW, time(9), time(9)) == NOW

    def test_one_job_for_all_that_wait_for_the_morning(self, mei: Api) -> None:
        robot()
        for n in range(5):
            tell(mei, f"k{n}", now=shanghai(18, 22, n))
        assert Job.objects.filter(kind=telling.DELIVER).count() == 1
