"""A sales person with other people's numbers: nothing is read, nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.people import Api, answer, boss, digest, frozen, lin, mei, organisation

__all__ = ["boss", "digest", "frozen", "lin", "mei", "organisation"]
MISSING = 999_999


@dataclass(frozen=True)
class Theirs:
    """Ids of what belongs to a colleague; `kept` are texts nobody else may read."""

    customer: int
    contact: int
    follow_up: int
    task: int
    gone: int
    gone_contact: int
    gone_follow_up: int


SECRET = ("郁亮", "万科", "绝密", "138****8000")


@pytest.fixture
def theirs(lin: Api) -> Theirs:
    file = lin.customer("万科企业股份有限公司", contact_name="郁亮", mobile="13800138000")
    pk = file["id"]
    body = {"way": "phone", "content": "绝密", "next": {"on": "2026-11-18", "matter": "绝密"}}
    follow_up = lin.post(f"/customers/{pk}/follow-ups", body)["id"]
    gone_follow_up = lin.post(f"/customers/{pk}/follow-ups", {"way": "phone", "content": "绝密"})
    lin.delete(f"/follow-ups/{gone_follow_up['id']}")
    removed = lin.post(f"/customers/{pk}/contacts", {"name": "绝密人"})
    lin.delete(f"/contacts/{removed['id']}")
    lin.post(f"/customers/{pk}/care-entries", {"way": "gift", "result": "绝密"})
    lin.post(f"/customers/{pk}/feedback", {"comment": "绝密"})
    body = {"title": "绝密", "due_on": "2026-11-18", "customer_id": pk}
    task = lin.post("/tasks", body)["id"]
    gone = lin.customer("绝密的旧客户")["id"]
    lin.delete(f"/customers/{gone}")
    return Theirs(
        pk, file["contacts"][0]["id"], follow_up, task, gone, removed["id"], gone_follow_up["id"]
    )


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/customers/{customer}", None),
        ("GET", "/customers/{customer}/timeline", None),
        ("PATCH", "/customers/{customer}", {"version": 1, "grade": "A"}),
        ("DELETE", "/customers/{customer}", None),
        ("POST", "/customers/{gone}/restoration", {}),
        ("POST", "/customers/{customer}/reveals", {"field": "identity"}),
        ("POST", "/customers/{customer}/contacts", {"name": "我"}),
        ("PATCH", "/contacts/{contact}", {"version": 1, "title": "x"}),
        ("DELETE", "/contacts/{contact}", None),
        ("POST", "/contacts/{gone_contact}/restoration", {}),
        ("POST", "/contacts/{contact}/reveals", {"field": "mobile"}),
        ("POST", "/customers/{customer}/follow-ups", {"way": "phone", "content": "x"}),
        ("PATCH", "/follow-ups/{follow_up}", {"version": 1, "content": "x"}),
        ("DELETE", "/follow-ups/{follow_up}", None),
        ("POST", "/follow-ups/{gone_follow_up}/restoration", {}),
        ("POST", "/customers/{customer}/care-entries", {"way": "gift"}),
        ("POST", "/customers/{customer}/feedback", {"score": 5}),
        ("PATCH", "/tasks/{task}", {"version": 1, "title": "x"}),
        ("POST", "/tasks/{task}/completion", {}),
        ("DELETE", "/tasks/{task}/completion", None),
    ],
)
def test_in_the_path(
    mei: Api, theirs: Theirs, digest: Callable[[], str], method: str, path: str, body: Any
) -> None:
    before = digest()
    refused = answer(mei.call(method, path.format(**vars(theirs)), body), 404)
    assert not any(secret in str(refused) for secret in SECRET)
    # What is not mine and what is not there must look the same.
    missing = dict.fromkeys(vars(theirs), MISSING)
    assert answer(mei.call(method, path.format(**missing), body), 404) == refused
    for odd in (0, -1, 2**63, 10**30):
        numbers = dict.fromkeys(vars(theirs), odd)
        assert mei.call(method, path.format(**numbers), body).status_code in (404, 422)
    assert digest() == before


def test_in_the_body(mei: Api, lin: Api, theirs: Theirs, digest: Callable[[], str]) -> None:
    mine = mei.customer(contact_name="李女士")
    pk = mine["id"]
    logged = mei.post(f"/customers/{pk}/follow-ups", {"way": "phone", "content": "x"})
    task = mei.post("/tasks", {"title": "x", "due_on": "2026-11-20"})
    follow_up = {"way": "phone", "content": "x"}
    before = digest()
    tries: list[tuple[str, str, dict[str, Any], int]] = [
        ("POST", f"/customers/{pk}/follow-ups", follow_up | {"contact_id": theirs.contact}, 422),
        ("PATCH", f"/follow-ups/{logged['id']}", {"version": 1, "contact_id": theirs.contact}, 422),
        (
            "POST",
            "/tasks",
            {"title": "x", "due_on": "2026-11-20", "customer_id": theirs.customer},
            404,
        ),
        ("PATCH", f"/tasks/{task['id']}", {"version": 1, "customer_id": theirs.customer}, 422),
        ("POST", "/customers", {"name": "x", "owner_id": lin.id}, 403),
        ("POST", "/customers", {"name": "x", "tags": [MISSING]}, 422),
        ("PATCH", f"/customers/{pk}", {"version": 1, "owner_id": lin.id}, 403),
        ("PATCH", f"/customers/{pk}", {"version": 1, "owner_id": None}, 403),
        ("PATCH", f"/customers/{pk}", {"version": 1, "id": theirs.customer}, 422),
        ("PATCH", f"/customers/{pk}", {"version": 1, "tags": [MISSING]}, 422),
        (
            "PATCH",
            f"/contacts/{mine['contacts'][0]['id']}",
            {"version": 1, "customer_id": theirs.customer},
            422,
        ),
        ("POST", "/people", {"name": "x", "username": "x", "password": "xihu-longjing-9"}, 403),
        ("PATCH", f"/people/{mei.id}", {"role": "administrator"}, 403),
        ("POST", "/departments", {"name": "x"}, 403),
    ]
    for field in ("contact_id", "assignee_id"):
        todo = {"title": "x", "due_on": "2026-11-20", field: MISSING}
        body = follow_up | {"todos": [todo]}
        tries.append(("POST", f"/customers/{pk}/follow-ups", body, 422))
    for method, path, body, status in tries:
        refused = answer(mei.call(method, path, body), status)
        assert not any(secret in str(refused) for secret in SECRET)
    assert digest() == before


def test_in_lists_counts_and_hints(mei: Api, theirs: Theirs) -> None:
    mei.customer("我的客户")
    seen = [
        mei.get(path, **query)
        for path, query in (
            ("/customers", {}),
            ("/customers", {"q": "万科"}),
            ("/customers", {"q": "8000"}),
            ("/customers", {"owner": "none"}),
            ("/customers/summary", {}),
            ("/customers/summary", {"q": "万科"}),
            ("/customers/similar", {"name": "万科企业股份有限公司", "phone": "13800138000"}),
            ("/search", {"q": "万科"}),
            ("/search", {"q": "郁亮"}),
            ("/search", {"q": "13800138000"}),
            ("/tasks", {"customer": theirs.customer}),
            ("/tasks", {"customer": theirs.customer, "scope": "done"}),
            ("/tasks", {"scope": "open"}),
            ("/today", {}),
        )
    ]
    assert not any(secret in str(one) for one in seen for secret in SECRET)
    assert mei.get("/customers/summary")["count"] == 1
    assert mei.get("/customers/summary", q="万科")["count"] == 0
    assert mei.get("/today")["counts"] == {
        "overdue": 0,
        "due": 0,
        "coming": 0,
        "done_today": 0,
        "customers": 1,
        "follow_ups_week": 0,
    }


def test_after_a_hand_over_nothing_stays_behind(mei: Api, lin: Api, boss: Api) -> None:
    """The old owner's tasks with the customer no longer show how to reach them."""
    file = mei.customer("万科企业股份有限公司", contact_name="郁亮", mobile="13800138000")
    mei.post(
        f"/customers/{file['id']}/follow-ups",
        {"way": "phone", "content": "x", "next": {"on": "2026-11-18"}},
    )
    boss.patch(f"/customers/{file['id']}", {"version": 1, "owner_id": lin.id})
    seen = [mei.get("/tasks"), mei.get("/tasks", customer=file["id"]), mei.get("/today")]
    assert "万科" in str(seen)
    assert not any(secret in str(one) for one in seen for secret in ("郁亮", "8000"))


def test_a_task_for_a_colleague_tells_what_it_is_about_and_no_more(mei: Api, lin: Api) -> None:
    file = mei.customer("万科企业股份有限公司", contact_name="郁亮", mobile="13800138000")
    body = {"title": "做方案", "due_on": "2026-11-18", "customer_id": file["id"]}
    task = mei.post("/tasks", body | {"assignee_id": lin.id})
    (seen,) = lin.get("/tasks")["items"]
    assert seen["title"] == "做方案"
    lin.get(f"/customers/{file['id']}", 404)
    assert "郁亮" not in str(seen)
    assert "138" not in str(seen)
    assert lin.post(f"/tasks/{task['id']}/completion", status=200)["done_at"]
