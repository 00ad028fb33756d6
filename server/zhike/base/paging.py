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

    A kind of `date` takes an ISO day, `object` any single value or None, to be read by `of_kind`.
    """
    lost = _lost()
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(packed)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise lost from error
    if not isinstance(values, list) or len(values) != len(kinds):
        raise lost
    return [of_kind(value, kind) for value, kind in zip(values, kinds, strict=True)]


def of_kind(value: Any, kind: type) -> Any:
    """Return a value of a cursor as str, whole number or day; raise Invalid for anything else."""
    if isinstance(value, bool | float | list | dict):
        raise _lost()
    if kind is object:
        return value
    if kind is int and isinstance(value, int) and abs(value) < 2**63:
        return value
    if kind is str and isinstance(value, str) and _storable(value):
        return value
    if kind is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise _lost() from error
    raise _lost()


def _storable(value: str) -> bool:
    """Whether a database could hold it: neither NUL nor half a character."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _lost() -> Invalid:
    return Invalid("cursor", "翻页位置无效，请从第一页重新开始。")
