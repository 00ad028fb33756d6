"""What may be entered into a customer and a contact: the same checks for form, import and API.

Which fields there are, what they are called and what an administrator wants of them stands in
`fields.registry`; how long a text may be, in the columns. Nothing else can be written: unknown
names are refused. Own fields come together under `custom`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from django.db import models

from zhike.access.models import Person
from zhike.base.errors import Invalid
from zhike.customers import custom
from zhike.customers.models import Contact, Customer
from zhike.fields import checks, industry, region, registry, values
from zhike.fields.builtin import SHIPPED, Definition

LONG_TEXT = values.LONG
SEALED_TEXT = values.SEALED


def _typed(of: str, *also: str) -> frozenset[str]:
    return frozenset({one.key for one in SHIPPED if one.of == of and not one.is_fixed} | {*also})


# A tier that is entered is one chosen by hand.
CUSTOMER_FIELDS = _typed("customer", "tier", "recorder_name", "recorded_on", "region_code")
CONTACT_FIELDS = _typed("contact")
SEALED = frozenset({"identity", "address", *Contact.SEALED})
# What a change is checked against: words that are offered no more stay where they are.
HELD = tuple(
    sorted(
        {one.key for one in SHIPPED if one.of == "customer" and not one.is_fixed}
        - SEALED
        - {"name", "kind"}
    )
)
Errors = list[tuple[str, str]]
NOTHING: Mapping[str, Any] = MappingProxyType({})


def clean_customer(
    fields: dict[str, Any],
    *,
    kind: str,
    new: bool = False,
    held: Mapping[str, Any] = NOTHING,
    actor: Person | None = None,
) -> dict[str, Any]:
    """Return the checked values of a customer's fields; raise Invalid naming every wrong one.

    `kind` is the customer's kind once saved: it decides which fields there are and how the
    identity is checked. `held` is what the customer has, `identity` and `custom` in plain text.
    Of a `new` one everything is wanted that is required and that `actor` may fill in.
    """
    errors: Errors = []
    clean = _clean("customer", Customer, CUSTOMER_FIELDS, fields, errors, kind=kind, held=held)
    if new and "name" not in clean and not any(name == "name" for name, _ in errors):
        errors.append(("name", "请填写客户名称。"))
    if clean.get("name") == "":
        errors.append(("name", "客户名称不能为空。"))
    if clean.get("identity"):
        _check(errors, "identity", lambda: checks.check_identity(kind, clean["identity"]), clean)
    elif "kind" in clean and "identity" not in clean and held.get("identity"):
        _check(errors, "identity", lambda: checks.check_identity(kind, held["identity"]), {})
    if clean.get("industry"):
        clean["industry_code"] = industry.find(clean["industry"]) or ""
    elif "industry" in clean:
        clean["industry_code"] = ""
    _place(errors, clean)
    if clean.get("recorded_on", 1) is None:
        errors.append(("recorded_on", "记录时间不能为空。"))
    _check_term(errors, clean, held)
    if new:
        _want(errors, "customer", kind, clean, actor)
    if errors:
        raise Invalid(errors)
    return clean


def _place(errors: Errors, clean: dict[str, Any]) -> None:
    """A region chosen by code is called as it is officially; one typed gets the code it means."""
    code = clean.get("region_code")
    if code:
        if region.get(code) is None:
            errors.append(("region_code", "没有这个行政区划代码，请从列表中选择。"))
        else:
            clean["region"] = region.label(code)[:60]
    elif "region" in clean:
        clean["region_code"] = region.find(clean["region"]) or "" if clean["region"] else ""
    elif code == "":
        clean["region"] = ""


def named(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields in which a region given by its code has its name too."""
    code = fields.get("region_code")
    if "region_code" not in fields or (code and region.get(code) is None):
        return fields
    return fields | {"region": region.label(code)[:60] if code else fields.get("region") or ""}


def _check_term(errors: Errors, clean: dict[str, Any], held: Mapping[str, Any]) -> None:
    term = [name for name in ("cooperation_until", "cooperation_since") if name in clean]
    both = {**held, **clean}
    since, until = both.get("cooperation_since"), both.get("cooperation_until")
    if term and since and until and until < since:
        errors.append((term[0], f"{label_of('customer', term[0])}：到期早于开始，请核对。"))


def clean_contact(
    fields: dict[str, Any],
    *,
    new: bool = False,
    has_landline: bool = False,
    kind: str = "",
    held: Mapping[str, Any] = NOTHING,
    actor: Person | None = None,
    only: Iterable[str] | None = None,
) -> dict[str, Any]:
    """Return the checked values of a contact's fields; raise Invalid naming every wrong one.

    Numbers come back in their normal form. A landline typed into 手机 moves to 固话 if that is
    free, because people paste whatever number they have. `has_landline`: the contact holds one.
    `kind` is the customer's. Of the shipped fields that are required, a form that has `only` some
    wants those.
    """
    errors: Errors = []
    clean = _clean("contact", Contact, CONTACT_FIELDS, fields, errors, kind=kind, held=held)
    if (new and not clean.get("name")) or clean.get("name") == "":
        errors.append(("name", "请填写联系人姓名，例如“李女士”。"))
    for field in ("mobile", "landline"):
        if clean.get(field):
            _check(errors, field, partial(checks.check_phone, clean[field]), clean)
    number = clean.get("mobile")
    is_landline = number and not isinstance(number, str) and number.kind == "landline"
    free = not clean["landline"] if "landline" in clean else not has_landline
    if is_landline and free:
        clean["landline"], clean["mobile"] = number, ""
    for field in ("mobile", "landline"):
        if clean.get(field) and not isinstance(clean[field], str):
            clean[field] = clean[field].display
    if clean.get("email"):
        _check(errors, "email", lambda: checks.check_email(clean["email"]), clean)
    if new:
        _want(errors, "contact", kind, clean, actor, only)
    if errors:
        raise Invalid(errors)
    return clean


def _want(
    errors: Errors,
    of: str,
    kind: str,
    clean: Mapping[str, Any],
    actor: Person | None,
    only: Iterable[str] | None = None,
) -> None:
    """Note what is required and missing; a mobile is as good as a landline."""
    if actor is None:
        return
    wrong = {name for name, _ in errors}
    own = clean.get("custom") or {}
    for field in custom.required(of, kind, actor):
        if field.key in wrong or field.key in ("name", "kind", "type"):
            continue
        if only is not None and field.builtin and field.key not in only:
            continue
        value = clean.get(field.key) if field.builtin else own.get(field.key)
        if field.name in ("contact.mobile", "contact.landline"):
            value = clean.get("mobile") or clean.get("landline")
        if value in (None, "", []):
            errors.append((field.key, f"请填写{field.label}。"))


def with_defaults(of: str, fields: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the fields of a new record with what administrators want where nothing was said."""
    fields = custom.defaults(of, kind, own=False) | fields
    own = custom.defaults(of, kind, own=True) | (fields.get("custom") or {})
    return fields | ({"custom": own} if own else {})


def label_of(of: str, name: str) -> str:
    """Return what a field is called now."""
    found = registry.definition(of, name)
    return found.label if found else name


def _check(errors: Errors, field: str, check: Callable[[], Any], clean: dict[str, Any]) -> None:
    try:
        clean[field] = check()
    except checks.CheckFailed as failed:
        errors.append((field, str(failed)))


def _clean(
    of: str,
    model: type[models.Model],
    allowed: frozenset[str],
    fields: dict[str, Any],
    errors: Errors,
    *,
    kind: str,
    held: Mapping[str, Any],
) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "custom":
            continue
        if name not in allowed:
            errors.append((name, f"没有“{name}”这个字段。"))
            continue
        column = model._meta.get_field(name)
        field = registry.definition(of, name) or _beside(of, name)
        try:
            clean[name] = _value(field, column, value, held.get(name))
            if name not in SEALED:
                custom.require_fitting(field, clean[name], held.get(name), kind)
        except checks.CheckFailed as failed:
            errors.append((name, str(failed)))
    if "custom" in fields:
        own = held.get("custom") or {}
        clean["custom"] = custom.clean(of, fields["custom"], errors, kind=kind, held=own)
    return clean


def _beside(of: str, name: str) -> Definition:
    """A column nobody defines as a field, such as the code of a region."""
    return Definition(of=of, key=name, label="行政区划", section="", type="text", group="basic")


def _value(field: Definition, column: Any, raw: Any, held: Any) -> Any:
    longest = SEALED_TEXT if column.name in SEALED else column.max_length
    before = held.isoformat() if isinstance(held, date) else held or None
    value = values.clean(field, raw, held=before, longest=longest)
    if value is None:
        if isinstance(column, models.BooleanField):
            raise checks.CheckFailed(f"{field.label}只能是“是”或“否”。")
        if field.name == "contact.consent":
            return "unknown"
        if column.choices and not column.blank:
            raise checks.CheckFailed(f"请选择{field.label}。")
        return None if isinstance(column, models.DateField | models.BigIntegerField) else ""
    if isinstance(column, models.DateField):
        return date.fromisoformat(value)
    return value
