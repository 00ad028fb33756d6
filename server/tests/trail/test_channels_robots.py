"""Robots of groups: what they are told, and what is done when they answer badly."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import override_settings

from tests.people import NOW, Api
from tests.trail.robots import RobotServer, Trick, dripping, hanging_up, saying, silent
from tests.trail.sending import HOUR, MINUTE, SECOND, SECRET, one, run, states, tell
from zhike.trail.channels import delivering, posting, reaching, sealing
from zhike.trail.models import Channel, Notice

pytestmark = pytest.mark.usefixtures("local")


class TestRobots:
    @pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
    def test_said_once_and_signed(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel], kind: str
    ) -> None:
        secret = "" if kind == "wecom" else SECRET
        if secret:
            server.secrets[kind] = secret
        made = channel(kind, secret=secret)
        tell(mei, body="下午三点\n带上报价")
        for later in (0, 1, 60, 3600):
            run(NOW + later * SECOND)
        (text,) = server.texts()
        assert all(word in text for word in ("知客", "第 0 件", "王小梅", "下午三点", "带上报价"))
        assert states() == ["sent"]
        assert (one().attempts, one().sent_at) == (1, NOW)
        made.refresh_from_db()
        assert (made.worked_at, made.trouble) == (NOW, "")

    @pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
    def test_many_are_one_message_as_far_as_they_fit(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel], kind: str
    ) -> None:
        channel(kind)
        tell(mei, 150, body="说明" * 40)
        at = NOW
        for _ in range(60):
            run(at)
            at += delivering.BREATH
        assert states() == ["sent"] * 150
        whole = "\n".join(server.texts())
        positions = [whole.index(f"第 {n} 件") for n in range(150)]
        assert positions == sorted(positions)
        assert all(whole.count(f"第 {n} 件") == 1 for n in range(150))
        assert len(server.got) < 30

    def test_the_longest_notice_fits(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        for kind in ("wecom", "dingtalk", "feishu"):
            channel(kind)
        with override_settings(ZHIKE_URL="https://crm.example.cn"):
            tell(mei, body="鑫" * 1000, customer_id=77)
            Notice.objects.update(title="题" * 120)
            run(NOW)
        assert states() == ["sent"] * 3
        assert [kind for kind, _ in server.got] == ["wecom", "dingtalk", "feishu"]
        assert "https://crm.example.cn/customers/77" in server.texts()[0]

    def test_what_people_wrote_stays_text(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        for kind in ("wecom", "dingtalk", "feishu"):
            channel(kind)
        tell(mei, body='[点我](https://evil.example) <@all> <font color="red"># 标题 `x` @所有人')
        run(NOW)
        for text in server.texts():
            assert not any(word in text for word in ("[点我]", "<@all>", "<font", "`x`", "@所有人"))

    def test_not_faster_than_a_breath(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        channel()
        for n in range(5):
            tell(mei, now=NOW + n * SECOND)
            run(NOW + n * SECOND)
        assert len(server.got) == 2  # at 0 and at 3 seconds
        run(NOW + 6 * SECOND)
        assert len(server.got) == 3
        assert states() == ["sent"] * 5

    def test_quiet_hours_end_with_one_message(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        channel()
        night = NOW + 12 * HOUR  # 22:00
        for n in range(3):
            tell(mei, now=night + n * HOUR)
            run(night + n * HOUR)
        assert server.got == []
        run(night + 10 * HOUR)
        assert len(server.got) == 1
        assert states() == ["sent"] * 3


LIMITED: list[tuple[str, Trick]] = [
    ("wecom", saying({"errcode": 45009, "errmsg": "api freq out of limit"})),
    (
        "dingtalk",
        saying({"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}),
    ),
    ("feishu", saying({"code": 11232, "msg": "frequency limited"})),
    ("wecom", saying({}, 429)),
    ("feishu", saying(b"slow down", 429, Retry_After="60")),
    ("dingtalk", saying({}, 429, Retry_After="Wed, 18 Nov 2026 02:01:00 GMT")),
    ("dingtalk", saying({}, 429, Retry_After="soon")),
]
FAILING: list[tuple[str, Trick]] = [
    ("wecom", saying({"errcode": -1, "errmsg": "system busy"})),
    ("wecom", saying(b"<html>login</html>")),
    ("wecom", saying([1, 2])),
    ("dingtalk", saying({"ok": True})),
    ("feishu", saying({"code": "0"})),
    ("feishu", saying({"code": 12345, "msg": "unknown"})),
    ("feishu", saying(b"oops", 502)),
    ("wecom", saying({}, 500)),
    ("dingtalk", hanging_up),
    ("dingtalk", saying(b" " * 200_000)),
]
BROKEN: list[tuple[str, Trick]] = [
    ("wecom", saying({"errcode": 93000, "errmsg": "invalid webhook url"})),
    ("dingtalk", saying({"errcode": 310000, "errmsg": "keywords not in content"})),
    ("dingtalk", saying({"errcode": 300005, "errmsg": "token is not exist"})),
    ("feishu", saying({"code": 19021, "msg": "sign match fail"})),
    ("feishu", saying({"code": 9499, "msg": "Bad Request"})),
    ("feishu", saying({"code": 19001, "msg": "incoming webhook access token invalid"}, 400)),
    ("wecom", saying(b"not here", 404)),
    ("wecom", saying({}, 403)),
    ("wecom", saying({}, 301, Location="https://example.com/")),
]


class TestWhatRobotsDo:
    @pytest.mark.parametrize(("kind", "trick"), LIMITED)
    def test_too_fast_waits_a_minute_and_comes_together(
        self,
        mei: Api,
        server: RobotServer,
        channel: Callable[..., Channel],
        kind: str,
        trick: Trick,
    ) -> None:
        channel(kind)
        server.plan.append(trick)
        tell(mei)
        run(NOW)
        assert (server.got, states()) == ([], ["waiting"])
        tell(mei, 2, now=NOW + 30 * SECOND)
        run(NOW + 30 * SECOND)
        assert server.asked == 1  # nobody is pressed
        run(NOW + 61 * SECOND)
        assert len(server.got) == 1
        assert states() == ["sent"] * 3

    @pytest.mark.parametrize(("kind", "trick"), FAILING)
    def test_what_may_work_later_is_tried_again(
        self,
        mei: Api,
        server: RobotServer,
        channel: Callable[..., Channel],
        kind: str,
        trick: Trick,
    ) -> None:
        made = channel(kind)
        server.plan.append(trick)
        tell(mei, 3)
        run(NOW)
        assert states() == ["waiting"] * 3
        made.refresh_from_db()
        assert made.trouble
        assert made.failed_at == NOW
        run(NOW + 29 * SECOND)
        assert server.asked == 1
        run(NOW + 31 * SECOND)
        assert states() == ["sent"] * 3
        assert len(server.got) == 1
        made.refresh_from_db()
        assert made.trouble == ""

    @pytest.mark.parametrize(("kind", "trick"), BROKEN)
    def test_what_somebody_must_mend_fails_and_is_told(
        self,
        boss: Api,
        mei: Api,
        server: RobotServer,
        channel: Callable[..., Channel],
        kind: str,
        trick: Trick,
    ) -> None:
        made = channel(kind)
        server.plan.append(trick)
        tell(mei, 3)
        run(NOW)
        assert states()[:3] == ["failed"] * 3
        assert server.asked == 1
        (told,) = boss.get("/notices")["items"]
        assert (told["kind"], told["title"]) == ("system", "通知渠道“群”发不出去")
        assert told["body"].startswith(Channel.objects.get(pk=made.pk).trouble)
        assert mei.get("/notices/summary") == {"unread": 3}
        server.plan.append(trick)
        tell(mei)
        run(NOW + HOUR)
        assert boss.get("/notices/summary") == {"unread": 1}  # once a day
        # Mended, what failed goes on request.
        rows = boss.get(f"/channels/{made.pk}/deliveries", state="failed")["items"]
        for row in rows:
            boss.post(f"/deliveries/{row['id']}/retry", status=200)
        run(NOW + 2 * HOUR)
        assert states() == ["sent"] * 4

    def test_a_message_it_does_not_take_holds_up_nobody(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        channel("dingtalk")
        server.plan.append(saying({"errcode": 430101, "errmsg": "unsafe link"}))
        tell(mei)
        run(NOW)
        tell(mei)
        run(NOW)
        assert states() == ["failed", "sent"]
        assert boss.get("/notices/summary") == {"unread": 0}

    @pytest.mark.parametrize("trick", [silent(3), dripping(0.05)])
    def test_who_takes_too_long_is_left(
        self,
        mei: Api,
        server: RobotServer,
        channel: Callable[..., Channel],
        trick: Trick,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(posting, "SECONDS", 0.4)
        channel()
        server.plan.append(trick)
        tell(mei)
        begun = time.perf_counter()
        run(NOW)
        assert time.perf_counter() - begun < 2
        assert "没有回答" in one().trouble
        run(NOW + 31 * SECOND)
        assert states() == ["sent"]

    def test_nor_is_a_line_that_took_all_the_time(
        self,
        mei: Api,
        server: RobotServer,
        channel: Callable[..., Channel],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """As where the first of several addresses does not answer."""
        connected = reaching.connected

        def slowly(*given: Any) -> Any:
            time.sleep(0.5)
            return connected(*given)

        monkeypatch.setattr(posting, "SECONDS", 0.4)
        monkeypatch.setattr(reaching, "connected", slowly)
        channel()
        server.plan.append(dripping(0.05))
        tell(mei)
        begun = time.perf_counter()
        run(NOW)
        assert time.perf_counter() - begun < 10
        assert "没有回答" in one().trouble

    def test_nobody_there(self, mei: Api, channel: Callable[..., Channel]) -> None:
        channel(address="http://127.0.0.1:9/hook")
        tell(mei)
        run(NOW)
        assert "连接企业微信失败" in one().trouble
        assert one().not_before == NOW + 30 * SECOND

    def test_after_so_many_failures_it_is_given_up(
        self, boss: Api, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        channel()
        server.plan.extend([saying({}, 503)] * 8)
        tell(mei)
        at, tried = NOW, []
        for _ in range(60):
            before = server.asked
            run(at)
            if server.asked > before:
                tried.append(at)
            at += timedelta(minutes=15)
        gaps = [later - earlier for earlier, later in pairwise(tried)]
        assert len(tried) == 8
        assert gaps == sorted(gaps)
        assert states() == ["failed"]
        assert boss.get("/notices/summary") == {"unread": 1}

    def test_patience_is_not_failure(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        channel()
        server.plan.extend([saying({"errcode": 45009})] * 20)
        tell(mei)
        for n in range(21):
            run(NOW + n * MINUTE)
        assert states() == ["sent"]
        assert one().attempts == 21

    def test_a_name_that_leads_inside_is_not_asked(
        self, mei: Api, server: RobotServer, channel: Callable[..., Channel]
    ) -> None:
        made = channel()
        sealing.seal_into(made, "address", f"https://localhost:{server.port}/cgi-bin/webhook/send")
        made.save()
        tell(mei)
        with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=False):
            run(NOW)
        assert states()[:1] == ["failed"]
        assert "ZHIKE_ALLOW_LOCAL_CHANNELS" in one().trouble
        assert server.asked == 0
