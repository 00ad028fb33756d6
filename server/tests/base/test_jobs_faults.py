"""A short rehearsal of `make faults`: workers are killed all the time, and nothing comes of it."""

import pytest

from tests.base.faults import rehearse


@pytest.mark.django_db(transaction=True)
def test_killed_over_and_over_nothing_is_lost_or_done_twice_or_left_lying() -> None:
    found = rehearse(300, 20)
    assert found.well, found
    assert found.kills == 20
    assert found.hit, "no kill hit a job"
    assert found.steps > 600
