"""Delivering: nothing lost and nothing said twice, whoever dies or comes second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.people import NOW, Api, hire
from tests.trail.robots import MailServer, RobotServer, saying
from tests.trail.sending import HOUR, MINUTE, SECOND, one, run, states, tell
from zhike.access.models import Organisation, Person
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock, jobs
from zhike.base.jobs import worker
from zhike.base.models import Job
from zhike.trail.channels import delivering, keeping
from zhike.trail.channels.outcome import refused, retry
from zhike.trail.models import Channel, Delivery
from zhike.trail.notices import telling

pytestmark = pytest.mark.usefixtures("local")


class TestNothingLostNothingTwice:
    def test_a_worker_that_dies_before_it_speaks(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        """The attempt is written, the conversation never happened."""
        made = channel()
        tell(mei)
        held = worker.claim(NOW, fixed=NOW)
        assert held is not None
        assert delivering._take(held, made, 10)
        run(NOW + 30 * SECOND)  # the job is still the dead worker's
        assert server.asked == 0
        run(NOW + 61 * SECOND)  # another takes the job: the attempt may still be under way
        assert server.asked == 0
        run(NOW + delivering.SPEAKING + SECOND)
        assert states() == ["sent"]
        assert len(server.got) == 1

    def test_who_was_slower_writes_no_result(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        made = channel()
        tell(mei)
        held = worker.claim(NOW, fixed=NOW)
        assert held is not None
        slow = delivering._take(held, made, 10)
        assert slow
        run(NOW + delivering.SPEAKING + SECOND)
        assert states() == ["sent"]
        delivering._write(made, slow, delivering.refused("太迟了"), NOW + HOUR)
        assert states() == ["sent"]

    def test_a_cancelled_job_is_missed(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        channel()
        tell(mei)
        Job.objects.all().delete()
        assert delivering.look_again(NOW + MINUTE) == 0  # somebody may just be at it
        assert delivering.look_again(NOW + 5 * MINUTE) == 1
        run(NOW + 5 * MINUTE)
        assert states() == ["sent"]

    def test_what_was_sent_long_ago_costs_nothing(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        """Only those that wait are looked through, by an index of theirs."""
        made = channel()
        tell(mei, 300)
        Delivery.objects.update(state="sent", sent_at=NOW)
        tell(mei)
        with CaptureQueriesContext(connection) as asked:
            run(NOW)
        assert len(server.got) == 1
        looks = [
            one["sql"]
            for one in asked.captured_queries
            if one["sql"].startswith("SELECT") and "zhike_delivery.state = 'waiting'" in one["sql"]
        ]
        assert len(looks) >= 4
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for sql in looks:
                    cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                    plan = " ".join(row[-1] for row in cursor.fetchall())
                    assert "delivery_due" in plan, (sql, plan)
        assert delivering.due(made.pk, NOW).count() == 0

    @pytest.mark.parametrize("ahead", [HOUR, timedelta(days=1), timedelta(days=5 * 365)])
    def test_a_clock_that_was_ahead(
        self,
        mei: Api,
        server: RobotServer,
        channel: Callable[..., Channel],
        frozen: time_machine.Coordinates,
        ahead: timedelta,
    ) -> None:
        """What was written for a far day goes when the clock is right again, and once."""
        channel()
        server.plan.append(saying({}, 503))
        tell(mei, now=NOW + ahead)
        run(NOW + ahead)
        assert states() == ["waiting"]
        for hours in range(30):
            delivering.look_again(NOW + hours * HOUR)
            run(NOW + hours * HOUR)
        assert states() == ["sent"]
        assert len(server.got) == 1

    def test_switched_off_it_is_dropped_and_can_be_sent_again(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        made = channel()
        tell(mei)
        boss.patch(f"/channels/{made.pk}", {"version": 1, "is_on": False})
        run(NOW)
        assert states() == ["dropped"]
        path = f"/deliveries/{one().pk}/retry"
        boss.post(path, status=409)
        boss.patch(f"/channels/{made.pk}", {"version": 2, "is_on": True})
        assert boss.post(path, status=200)["state"] == "waiting"
        run(NOW + MINUTE)
        assert states() == ["sent"]
        boss.post(path, status=409)
        mei.post(path, status=403)

    def test_what_is_being_said_is_not_said_again_on_request(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        made = channel()
        tell(mei)
        held = worker.claim(NOW, fixed=NOW)
        assert held is not None
        taken = delivering._take(held, made, 10)
        assert taken
        path = f"/deliveries/{one().pk}/retry"
        assert boss.post(path, status=409)["code"] == "sending"
        run(NOW + SECOND)
        assert server.asked == 0
        delivering._write(made, taken, refused("不收这一条"), NOW)
        boss.post(path, status=200)
        run(NOW + MINUTE)
        assert len(server.got) == 1

    def test_on_request_all_goes_that_a_robot_is_to_try_again(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        """What waits for its next attempt does not hold up the one that was asked for."""
        channel()
        server.plan.append(saying({}, 503))
        tell(mei, 3)
        run(NOW)
        assert states() == ["waiting"] * 3
        last = Delivery.objects.order_by("id")[2]
        Delivery.objects.filter(pk=last.pk).update(state="failed")
        boss.post(f"/deliveries/{last.pk}/retry", status=200)
        run(NOW + 5 * SECOND)
        assert states() == ["sent"] * 3
        assert len(server.got) == 1

    def test_what_waits_goes_in_its_time_and_says_why(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        """Nobody wakes a whole group at four in the morning by sending again what only waits."""
        made = channel()
        night = clock.at_time(clock.day_of(NOW) + timedelta(days=1), time(3, 59))
        tell(mei, now=night)
        path = f"/channels/{made.pk}/deliveries"
        with time_machine.travel(night, tick=False):
            (row,) = boss.get(path)["items"]
            assert (row["state"], row["rests"]) == ("waiting", True)
            told = boss.post(f"/deliveries/{row['id']}/retry", status=409)
            assert told["code"] == "waiting"
            assert told["title"] == "收信人正在免打扰时间，今天 08:00 自动发，不用重发。"
        run(night + SECOND)
        assert server.asked == 0
        assert not delivering.rests(one(), one().not_before)

    def test_what_waits_for_another_try_does_not_wait_for_the_morning(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        """Nor does what waits because the one before it did not get through."""
        made = channel()
        server.plan.append(saying({}, 503))
        tell(mei)
        held = worker.claim(NOW, fixed=NOW)
        assert held is not None
        taken = delivering._take(held, made, 10)
        assert taken
        tell(mei)
        failed = retry("飞书暂时不能用")
        delivering._write(made, taken, failed, NOW)
        delivering._put_off(made, 1, failed, NOW)
        rows = boss.get(f"/channels/{made.pk}/deliveries")["items"]
        assert [(row["rests"], row["trouble"]) for row in rows] == [(False, "飞书暂时不能用")] * 2
        told = boss.post(f"/deliveries/{rows[0]['id']}/retry", status=409)
        assert told["title"] == "这条还在等下一次，今天 10:00 自动发，不用重发。"

    def test_too_often_is_told_as_it_is(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        """What waits is sent again by itself; a trial never is."""
        made = channel()
        limit = saying({"errcode": 45009, "errmsg": "freq"})
        server.plan += [limit, limit]
        told = boss.post(f"/channels/{made.pk}/trial", status=200)
        assert (told["ok"], told["trouble"]) == (False, "企业微信限制了发送频率，请稍后再试")
        tell(mei)
        run(NOW + MINUTE)
        (row,) = boss.get(f"/channels/{made.pk}/deliveries")["items"]
        assert row["trouble"] == "企业微信限制了发送频率，稍后自动再发"

    def test_removed_on_its_way(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        made = channel()
        tell(mei)
        boss.delete(f"/channels/{made.pk}")
        run(NOW)
        assert server.asked == 0
        assert not Job.objects.filter(state="failed").exists()

    def test_the_list_tells_what_became_of_each(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        made = channel("feishu")
        server.plan.append(saying({}, 503))
        tell(mei, body="秘密的内容")
        run(NOW)
        path = f"/channels/{made.pk}/deliveries"
        (row,) = boss.get(path)["items"]
        assert row["person"] == {"id": mei.id, "name": "王小梅"}
        assert (row["kind_label"], row["state_label"]) == ("待办提醒", "等待发送")
        assert (row["attempts"], row["trouble"]) == (1, "飞书暂时不能用（HTTP 503）")
        assert "秘密" not in str(row)
        assert "第 0 件" not in str(row)
        assert boss.get(path, state="sent")["items"] == []
        boss.get(path, 422, state="lost")
        tell(mei, 4)
        first = boss.get(path, limit=3)
        rest = boss.get(path, limit=3, cursor=first["next"])
        assert len({row["id"] for row in [*first["items"], *rest["items"]]}) == 5


@pytest.mark.django_db(transaction=True)
def test_several_workers_say_everything_once(server: RobotServer, post: MailServer) -> None:
    Organisation.objects.get_or_create(id=1, defaults={"name": "晨星", "created_at": NOW})
    chief = hire("周管理", "zhou", ADMINISTRATOR)
    people = [hire(f"同事{n}", f"p{n}") for n in range(4)]
    for n, person in enumerate(people):
        Person.objects.filter(pk=person.pk).update(email=f"p{n}@example.com")
    settings = {"host": "127.0.0.1", "port": post.port, "security": "none"}
    settings |= {"sender": "crm@example.com"}
    made = {"actor": chief, "now": NOW, "name": "x"}
    keeping.add_channel(kind="mail", settings=settings, **made)
    keeping.add_channel(kind="wecom", address=server.url("wecom"), **made)
    for n in range(24):
        with transaction.atomic():
            telling.tell(people[n % 4].pk, "key_date", f"k{n}", f"第{n}件", now=NOW)

    def work(at: datetime) -> None:
        try:
            jobs.run_due(at)
        finally:
            connections.close_all()

    for round_ in range(12):
        at = NOW + round_ * 4 * SECOND
        threads = [threading.Thread(target=work, args=(at,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert set(states()) == {"sent"}
    said = "\n".join(server.texts())
    assert [said.count(f"第{n}件") for n in range(24)] == [1] * 24
    assert sorted(letter["Subject"] for _, letter in post.got) == sorted(
        f"第{n}件" for n in range(24)
    )
    assert not Job.objects.filter(state="failed").exists()
