"""Care entries: greetings, gifts, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.people import Api, wrong_fields


def test_an_act_of_care_is_on_the_time_line(mei: Api) -> None:
    file = mei.customer()
    body = {"on": "2026-10-01", "way": "gift", "result": "已送达", "cost": 19_900}
    body["feedback"] = "很喜欢"
    mei.post(f"/customers/{file['id']}/care-entries", body)
    (told,) = mei.story(file["id"], kind="care")
    assert (told["title"], told["body"], told["on"]) == ("礼品", "已送达", "2026-10-01")
    assert told["detail"]["feedback"] == "很喜欢"
    assert told["detail"]["cost"] == 19_900
    # Care is no follow-up: the dates stay.
    assert mei.get(f"/customers/{file['id']}")["last_follow_up_on"] is None


def test_without_a_day_it_was_today(mei: Api) -> None:
    file = mei.customer()
    mei.post(f"/customers/{file['id']}/care-entries", {"way": "birthday"})
    assert mei.story(file["id"], kind="care")[0]["on"] == "2026-11-18"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"way": "bribe"}, "way"),
        ({"way": None}, "way"),
        ({"way": ""}, "way"),
        ({"on": "2026-11-19"}, "on"),
        ({"on": "0001-01-01"}, "on"),
        ({"on": "soon"}, "on"),
        ({"cost": -1}, "cost"),
        ({"cost": 10**13}, "cost"),
        ({"cost": "much"}, "cost"),
        ({"result": "长" * 20_001}, "result"),
        ({"feedback": 5}, "feedback"),
        ({"secret": 5}, "secret"),
    ],
)
def test_wrong_input_names_the_field(
    mei: Api, digest: Callable[[], str], fields: dict[str, Any], field: str
) -> None:
    file = mei.customer()
    before = digest()
    body = mei.post(f"/customers/{file['id']}/care-entries", {"way": "gift", **fields}, 422)
    assert wrong_fields(body) == {field}
    assert digest() == before
