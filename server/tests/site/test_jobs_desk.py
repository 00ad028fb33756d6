"""The jobs and workers as an administrator sees and steers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.people import NOW, Api, boss, frozen, lin, mei, organisation
from zhike.base import jobs
from zhike.base.models import Job, Worker
from zhike.trail.models import Event

__all__ = ["boss", "frozen", "lin", "mei", "organisation"]
SECOND = timedelta(seconds=1)


@jobs.job("desk.fails", label="总是失败")
def fails(run: jobs.Run, secret: str = "") -> None:
    raise ValueError(secret)


@jobs.job("desk.works", label="总是成功")
def works(run: jobs.Run) -> None:
    run.progress(3, 4, "第三步")


@pytest.fixture(autouse=True)
def none_yet(organisation: object) -> Iterator[None]:
    Job.objects.all().delete()
    yield


def test_the_list_tells_what_became_of_each(boss: Api) -> None:
    jobs.enqueue("desk.works", {}, now=NOW)
    failed = jobs.enqueue("desk.fails", {"secret": "13812345678"}, now=NOW, max_attempts=1)
    jobs.run_due(NOW)
    jobs.enqueue("desk.works", {}, now=NOW)
    page = boss.get("/jobs")
    assert [(one["label"], one["state"]) for one in page["items"]] == [
        ("总是成功", "queued"),
        ("总是失败", "failed"),
        ("总是成功", "done"),
    ]
    told = page["items"][1]
    assert told["id"] == failed.pk
    assert told["error"].startswith("程序内部错误")
    assert "13812345678" not in str(page)
    assert told["can"] == {"retry": True, "cancel": False}
    assert page["items"][2]["progress"] == {"done": 3, "total": 4, "message": "第三步"}


def test_it_is_narrowed_and_paged(boss: Api) -> None:
    made = [jobs.enqueue("desk.works", {}, now=NOW).pk for _ in range(5)]
    jobs.enqueue("desk.fails", {}, now=NOW, max_attempts=1)
    jobs.run_due(NOW)
    assert len(boss.get("/jobs", state="failed")["items"]) == 1
    seen, cursor = [], None
    while True:
        query = {"cursor": cursor} if cursor else {}
        page = boss.get("/jobs", kind="desk.works", limit=2, **query)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == made[::-1]
    boss.get("/jobs", 422, state="odd")
    boss.get("/jobs", 422, cursor="odd")


def test_the_summary(boss: Api) -> None:
    jobs.enqueue("desk.works", {}, now=NOW - 60 * SECOND)
    jobs.enqueue("desk.works", {}, now=NOW, run_at=NOW + timedelta(days=1))
    Worker.objects.create(name="one", started_at=NOW, seen_at=NOW, job_id=7)
    Worker.objects.create(name="two", started_at=NOW, seen_at=NOW - 100 * SECOND)
    found = boss.get("/jobs/summary")
    assert (found["queued"], found["running"], found["failed"]) == (2, 0, 0)
    assert found["oldest_queued_at"] == "2026-11-18T01:59:00Z"
    assert [(one["name"], one["job_id"], one["alive"]) for one in found["workers"]] == [
        ("one", 7, True),
        ("two", None, False),
    ]
    assert {"kind": "desk.works", "label": "总是成功"} in found["kinds"]


def test_retry_and_cancel_are_told(boss: Api) -> None:
    failed = jobs.enqueue("desk.fails", {}, now=NOW, max_attempts=1)
    jobs.run_due(NOW)
    again = boss.post(f"/jobs/{failed.pk}/retry", status=200)
    assert (again["state"], again["attempts"]) == ("queued", 0)
    over = boss.post(f"/jobs/{failed.pk}/cancellation", status=200)
    assert (over["state"], over["error"]) == ("failed", "管理员已取消这项工作")
    boss.post(f"/jobs/{failed.pk}/cancellation", status=409)
    told = Event.objects.filter(record_type="job", record_id=failed.pk).order_by("id")
    assert [(one.verb, one.data["name"]) for one in told] == [
        ("job.retried", "总是失败"),
        ("job.cancelled", "总是失败"),
    ]


def test_only_who_configures_sees_them(mei: Api) -> None:
    job = jobs.enqueue("desk.works", {}, now=NOW)
    mei.get("/jobs", 403)
    mei.get("/jobs/summary", 403)
    mei.post(f"/jobs/{job.pk}/cancellation", status=403)


def test_an_unknown_one_is_not_found(boss: Api) -> None:
    for number in (999_999, 0, -1, 2**63, 10**30):
        boss.post(f"/jobs/{number}/retry", status=404)
