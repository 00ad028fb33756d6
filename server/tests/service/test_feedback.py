"""What customers think of us."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.people import Api, wrong_fields
from zhike.service.models import Feedback


def test_feedback_is_on_the_time_line(mei: Api) -> None:
    file = mei.customer()
    body = {
        "on": "2026-11-01",
        "score": 2,
        "dimension": "responsiveness",
        "comment": "等了两天",
        "suggestion": "设值班",
        "status": "processing",
    }
    mei.post(f"/customers/{file['id']}/feedback", body)
    (told,) = mei.story(file["id"], kind="feedback")
    assert (told["title"], told["body"], told["on"]) == ("响应速度", "等了两天", "2026-11-01")
    assert told["detail"]["score"] == 2
    assert told["detail"]["suggestion"] == "设值班"
    assert told["detail"]["status"] == "处理中"
    assert told["detail"]["handler"] == "王小梅"


def test_a_dimension_is_kept_as_the_choice_it_names(boss: Api) -> None:
    """Renamed or replaced later, it follows; what stands on no list stays as it was typed."""
    path = f"/customers/{boss.customer()['id']}/feedback"
    for said in ("价格", "price", "态度"):
        boss.post(path, {"score": 4, "dimension": said})
    kept = Feedback.objects.order_by("id").values_list("dimension", flat=True)
    assert list(kept) == ["price", "price", "态度"]
    boss.patch("/dictionaries/feedback_dimension/entries/price", {"label": "价钱"})
    told = boss.story(int(path.split("/")[2]), kind="feedback")
    assert [one["detail"]["dimension"] for one in told] == ["态度", "价钱", "价钱"]


def test_a_score_or_a_word_is_enough(mei: Api) -> None:
    file = mei.customer()
    path = f"/customers/{file['id']}/feedback"
    mei.post(path, {"score": 5})
    mei.post(path, {"comment": "很好"})
    assert wrong_fields(mei.post(path, {}, 422)) == {"comment"}
    told = mei.story(file["id"], kind="feedback")
    assert [one["detail"]["score"] for one in told] == [None, 5]
    assert {one["on"] for one in told} == {"2026-11-18"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"score": 0}, "score"),
        ({"score": 6}, "score"),
        ({"score": 4.5}, "score"),
        ({"score": 10**30}, "score"),
        ({"status": "lost"}, "status"),
        ({"on": "2026-11-19"}, "on"),
        ({"on": "0001-01-01"}, "on"),
        ({"dimension": "长" * 61}, "dimension"),
        ({"comment": "长" * 20_001}, "comment"),
        ({"comment": None}, "comment"),
        ({"handler_id": 1}, "handler_id"),
    ],
)
def test_wrong_input_names_the_field(
    mei: Api, digest: Callable[[], str], fields: dict[str, Any], field: str
) -> None:
    file = mei.customer()
    before = digest()
    body = mei.post(f"/customers/{file['id']}/feedback", {"score": 3, **fields}, 422)
    assert wrong_fields(body) == {field}
    assert digest() == before
