"""A robot and a mail server to speak to, the channels that lead there, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from tests.people import NOW, Api
from tests.trail.robots import MailServer, RobotServer, mail_server, robots
from zhike.access.models import Department
from zhike.base import jobs
from zhike.trail.channels import keeping
from zhike.trail.models import Channel, Delivery, Notice
from zhike.trail.notices import telling
from zhike.trail.notices.telling import Telling

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
SECRET = "SEC000000000000000001"


@pytest.fixture
def local() -> Iterator[None]:
    with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=True):
        yield


@pytest.fixture
def server(local: None) -> Iterator[RobotServer]:
    with robots() as found:
        yield found


@pytest.fixture
def post(local: None) -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def channel(boss: Api, server: RobotServer) -> Callable[..., Channel]:
    def made(kind: str = "wecom", **fields: Any) -> Channel:
        given = {"name": "群", "address": server.url(kind)} | fields
        return keeping.add_channel(actor=boss.person, now=NOW, kind=kind, **given)

    return made


@pytest.fixture
def mail(boss: Api, post: MailServer) -> Channel:
    settings = {"host": "127.0.0.1", "port": post.port, "security": "none"}
    settings |= {"user": post.user, "sender": "知客 <crm@example.com>"}
    return keeping.add_channel(
        actor=boss.person, now=NOW, kind="mail", name="邮件", settings=settings
    )


def tell(api: Api, count: int = 1, *, now: datetime = NOW, **more: Any) -> None:
    kind = more.pop("kind", "task_due")
    start = Notice.objects.count()
    rows = [
        Telling(api.id, kind, f"k{start + n}", f"第 {start + n} 件", now, **more)
        for n in range(count)
    ]
    telling.tell_many(rows, now=now)


def states() -> list[str]:
    return [one.state for one in Delivery.objects.order_by("id")]


def one() -> Delivery:
    return Delivery.objects.order_by("id")[0]


def run(at: datetime) -> None:
    jobs.run_due(at)


def department(name: str, parent: Department | None = None) -> Department:
    one = Department.objects.create(name=name, parent=parent)
    one.path = f"{parent.path if parent else '/'}{one.pk}/"
    one.save()
    return one
