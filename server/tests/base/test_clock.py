from datetime import UTC, date, datetime, time

import pytest

from zhike.base import clock


def test_a_day_begins_in_shanghai():
    late = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
    assert clock.day_of(late) == date(2026, 11, 18)
    assert clock.day_of(late.replace(hour=15, minute=59)) == date(2026, 11, 17)
    assert clock.midnight(date(2026, 11, 18)) == late
    assert clock.at_time(date(2026, 11, 18), time(9, 30)).hour == 1


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        clock.day_of(datetime(2026, 11, 18, 12, 0))


def test_now_is_aware():
    assert clock.now().utcoffset() is not None
    assert clock.today(datetime(2026, 1, 1, tzinfo=UTC)) == date(2026, 1, 1)


def test_names_of_weekdays():
    assert clock.weekday_name(date(2026, 11, 18)) == "周三"
    assert clock.weekday_name(date(2026, 11, 22)) == "周日"
