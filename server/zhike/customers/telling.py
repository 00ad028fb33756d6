"""Setting checked values on a record, and what the trail tells of the change."""

from datetime import date
from typing import Any

from zhike.customers import custom
from zhike.customers.entry import SEALED
from zhike.customers.models import Contact, Customer
from zhike.fields import masking, sealed

# Set together with the field they follow from, which is told.
_FOLLOWING = ("industry_code", "region_code")


def kind_of(of: Customer | Contact) -> str:
    """Return the kind of record fields are defined for."""
    return "contact" if isinstance(of, Contact) else "customer"


def plain(clean: dict[str, Any]) -> dict[str, Any]:
    """Return the values that are set on a record as they are."""
    return {name: value for name, value in clean.items() if name not in SEALED | {"custom"}}


def seal(of: Customer | Contact, clean: dict[str, Any]) -> None:
    """Set the sealed values on a record whose id is known, and those of own fields."""
    for name in SEALED & set(clean):
        sealed.seal_into(of, name, clean[name] or None)
    if clean.get("custom"):
        custom.put(kind_of(of), of, clean["custom"])


def differences(of: Customer | Contact, clean: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} as the trail keeps them: sealed values masked."""
    told: dict[str, list[Any]] = {}
    for name, new in clean.items():
        if name in _FOLLOWING or name == "custom":
            continue
        if name in SEALED:
            if sealed.held(of, name) != (new or ""):
                kind = sealed.sealed_field(of, name).kind
                told[name] = masking.pair(
                    sealed.read_masked(of, name), masking.mask(kind, new or "")
                )
            continue
        old = getattr(of, name)
        if old != new:
            told[name] = [_json(old), _json(new)]
    if "region_code" in clean and clean["region_code"] != getattr(of, "region_code", ""):
        told.setdefault("region", [getattr(of, "region", ""), clean.get("region", "")])
    return told | custom.differences(kind_of(of), of, clean.get("custom") or {})


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
