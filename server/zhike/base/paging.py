"""Cursors of keyset paging: where a page ended, in one opaque word."""

import base64
import binascii
import json
from datetime import date, datetime
from typing import Any

from zhike.base.errors import Invalid


def pack(*position: Any) -> str:
    """Return the cursor for a position of strings, whole numbers, None and days."""
    plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in position]
    packed = json.dumps(plain, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def unpack(cursor: str, *kinds: type) -> list[Any]:
    """Return the position of a cursor; raise Invalid unless its values are of these kinds.

    A kind of `date` takes an ISO day. None is let through everywhere but for whole numbers.
    """
    lost = Invalid("cursor", "翻页位置无效，请从第一页重新开始。")
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(packed)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise lost from error
    if not isinstance(values, list) or len(values) != len(kinds):
        raise lost
    return [_of_kind(value, kind, lost) for value, kind in zip(values, kinds, strict=True)]


def _of_kind(value: Any, kind: type, lost: Invalid) -> Any:
    if kind is int:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
            return value
        raise lost
    if value is None or isinstance(value, kind):
        return value
    if kind is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise lost from error
    if kind is object and isinstance(value, str | int):
        return value
    raise lost
