"""Problems: what may go wrong, why, and what is done about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.customers.readers import reader, role_with, share, turned
from tests.people import NOW, Api, wrong_fields
from zhike.base import jobs
from zhike.customers.models import Customer, Problem


@pytest.fixture
def file(mei: Api) -> dict[str, Any]:
    return mei.customer()


def note(api: Api, customer: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"description": "续约时可能压价", **more}
    return api.post(f"/customers/{customer['id']}/problems", body)


def test_a_problem_is_noted_solved_and_opened_again(mei: Api, file: dict[str, Any]) -> None:
    version = Customer.objects.get(pk=file["id"]).version
    made = note(mei, file, cause="竞品降价", state="open")
    assert (made["state"], made["solved_on"], made["version"]) == ("open", None, 1)
    path = f"/problems/{made['id']}"
    solved = mei.patch(path, {"version": 1, "state": "solved", "solution": "锁三年价"})
    assert (solved["solved_on"], solved["solution"]) == ("2026-11-18", "锁三年价")
    again = mei.patch(path, {"version": 2, "solution": "锁两年价"})
    assert again["solved_on"] == "2026-11-18"
    assert mei.patch(path, {"version": 3, "state": "handling"})["solved_on"] is None
    assert mei.patch(path, {"version": 3, "state": "open"}, 409)["code"] == "stale"
    assert mei.patch(path, {"version": 4, "state": "handling"})["version"] == 4
    assert note(mei, file, state="solved")["solved_on"] == "2026-11-18"
    assert Customer.objects.get(pk=file["id"]).version == version


def test_trash_and_back(mei: Api, file: dict[str, Any]) -> None:
    path = f"/problems/{note(mei, file)['id']}"
    mei.delete(path)
    mei.delete(path, 404)
    mei.patch(path, {"version": 1, "cause": "x"}, 404)
    (row,) = mei.get("/trash", kind="problem")["items"]
    assert row["name"] == "续约时可能压价"
    mei.post(f"{path}/restoration", status=200)
    mei.post(f"{path}/restoration", status=404)
    assert len(mei.get(f"/customers/{file['id']}/problems")["items"]) == 1
    mei.delete(path)
    jobs.enqueue("trash.empty", {}, now=NOW + timedelta(days=31))
    jobs.run_due(NOW + timedelta(days=31))
    assert not Problem.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"description": "  "}, "description"),
        ({"description": "长" * 20_001}, "description"),
        ({"state": "gone"}, "state"),
        ({"solved_on": "2026-01-01"}, "solved_on"),
    ],
)
def test_what_cannot_be(mei: Api, file: dict[str, Any], body: dict[str, Any], field: str) -> None:
    told = mei.post(f"/customers/{file['id']}/problems", {"description": "问题", **body}, 422)
    assert wrong_fields(told) == {field}
    made = note(mei, file)
    told = mei.patch(f"/problems/{made['id']}", {"version": 1, **body}, 422)
    assert wrong_fields(told) == {field}


def test_it_stands_on_the_time_line_as_it_is_now(mei: Api, file: dict[str, Any]) -> None:
    made = note(mei, file)
    mei.patch(f"/problems/{made['id']}", {"version": 1, "state": "solved"})
    (item,) = mei.story(file["id"], kind="problem")
    assert (item["title"], item["body"]) == ("潜在问题（已解决）", "续约时可能压价")


def test_notes_are_for_who_may_read_them(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    made = note(boss, file)
    blind = turned(mei, role_with(notes="hidden"))
    assert blind.get(f"/customers/{file['id']}/problems")["items"] == []
    assert blind.story(file["id"], kind="problem") == []
    assert "压价" not in str(blind.story(file["id"]))
    blind.post(f"/customers/{file['id']}/problems", {"description": "x"}, 403)
    blind.patch(f"/problems/{made['id']}", {"version": 1, "cause": "x"}, 403)
    reads = reader("阿读", "du", notes="read")
    share(boss, file, reads, may_edit=True)
    (seen,) = reads.get(f"/customers/{file['id']}/problems")["items"]
    assert not seen["may_edit"]
    reads.delete(f"/problems/{made['id']}", 403)


def test_others_customers_are_out_of_reach(mei: Api, lin: Api, file: dict[str, Any]) -> None:
    path = f"/problems/{note(mei, file)['id']}"
    lin.get(f"/customers/{file['id']}/problems", 404)
    lin.post(f"/customers/{file['id']}/problems", {"description": "x"}, 404)
    lin.patch(path, {"version": 1, "cause": "x"}, 404)
    lin.delete(path, 404)
    mei.delete(path)
    lin.post(f"{path}/restoration", status=404)


def test_pages(mei: Api, file: dict[str, Any]) -> None:
    ids = [note(mei, file)["id"] for _ in range(3)]
    first = mei.get(f"/customers/{file['id']}/problems", limit=2)
    rest = mei.get(f"/customers/{file['id']}/problems", limit=2, cursor=first["next"])
    assert [one["id"] for one in [*first["items"], *rest["items"]]] == ids[::-1]
    assert rest["next"] is None
