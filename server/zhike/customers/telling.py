"""Setting checked values on a record, and what the trail tells of the change."""

from datetime import date
from typing import Any

from zhike.customers.entry import SEALED
from zhike.customers.models import Contact, Customer
from zhike.fields import masking, sealed


def plain(clean: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in clean.items() if name not in SEALED}


def seal(of: Customer | Contact, clean: dict[str, Any]) -> None:
    for name in SEALED & set(clean):
        sealed.seal_into(of, name, clean[name] or None)


def differences(of: Customer | Contact, clean: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} as the trail keeps them: sealed values masked."""
    told: dict[str, list[Any]] = {}
    for name, new in clean.items():
        if name == "industry_code":
            continue
        if name in SEALED:
            if sealed.held(of, name) != (new or ""):
                kind = sealed.sealed_field(of, name).kind
                pair = [sealed.read_masked(of, name), masking.mask(kind, new or "")]
                # Two numbers may look the same when masked; that they changed must still show.
                told[name] = pair if pair[0] != pair[1] else [pair[0], pair[1] + "（已更换）"]
            continue
        old = getattr(of, name)
        if old != new:
            told[name] = [_json(old), _json(new)]
    return told


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
