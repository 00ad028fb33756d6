"""Recorded in time (R25): a talk is written down within a day."""

from __future__ import annotations

from datetime import datetime, timedelta


def is_late(recorded_at: datetime, contacted_at: datetime, hours: int) -> bool:
    """Tell whether more than so many hours passed from the contact to its record.

    Of a contact of which only the day is known, `contacted_at` is the end of that day.
    """
    return recorded_at - contacted_at > timedelta(hours=hours)
