"""What may be entered into a customer and a contact: the same checks for form, import and API.

A field is either plain text with the limit of its column, a choice of a dictionary, a day, an
amount in fen, or sealed. Nothing else can be written: unknown names are refused.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from django.db import models

from zhike.base import text
from zhike.base.errors import Invalid
from zhike.customers.models import Contact, Customer
from zhike.fields import checks, industry
from zhike.fields.checks.money import MOST_FEN

LONG_TEXT = 20_000
SEALED_TEXT = 200

CUSTOMER_FIELDS = frozenset(
    {
        *("name", "kind", "type", "is_key", "tier", "grade", "source", "identity"),
        *("industry", "region", "address", "background", "first_need", "core_need"),
        *("need_status", "budget", "expected_term", "products", "cooperation_since"),
        *("cooperation_until", "cooperation_stage", "contract_amount", "project_code"),
        *("deal_stage", "expected_close", "deal_amount", "special_needs", "risk"),
        *("competition", "remark", "recorder_name", "recorded_on", "first_contact_on"),
    }
)
CONTACT_FIELDS = frozenset(
    {
        *("name", "title", "mobile", "landline", "email", "wechat", "role"),
        *("preferences", "convenient_time", "is_primary"),
    }
)
SEALED = frozenset({"identity", "address", *Contact.SEALED})
Errors = list[tuple[str, str]]


def clean_customer(
    fields: dict[str, Any],
    *,
    kind: str,
    new: bool = False,
    held: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the checked values of a customer's fields; raise Invalid naming every wrong one.

    `kind` is the customer's kind once saved: it decides how the identity is checked. `held` is
    what the customer has of the fields that are checked together: `identity` in plain text,
    `cooperation_since` and `cooperation_until`.
    """
    errors: Errors = []
    clean = _clean(Customer, CUSTOMER_FIELDS, fields, errors)
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
    if clean.get("recorded_on", 1) is None:
        errors.append(("recorded_on", "记录时间不能为空。"))
    _check_term(errors, clean, held)
    if errors:
        raise Invalid(errors)
    return clean


def _check_term(errors: Errors, clean: dict[str, Any], held: Mapping[str, Any]) -> None:
    term = [name for name in ("cooperation_until", "cooperation_since") if name in clean]
    both = {**held, **clean}
    since, until = both.get("cooperation_since"), both.get("cooperation_until")
    if term and since and until and until < since:
        errors.append((term[0], "合作到期时间早于合作开始时间，请核对。"))


def clean_contact(
    fields: dict[str, Any], *, new: bool = False, has_landline: bool = False
) -> dict[str, Any]:
    """Return the checked values of a contact's fields; raise Invalid naming every wrong one.

    Numbers come back in their normal form. A landline typed into 手机 moves to 固话 if that is
    free, because people paste whatever number they have. `has_landline`: the contact holds one.
    """
    errors: Errors = []
    clean = _clean(Contact, CONTACT_FIELDS, fields, errors)
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
    if errors:
        raise Invalid(errors)
    return clean


def _check(errors: Errors, field: str, check: Callable[[], Any], clean: dict[str, Any]) -> None:
    try:
        clean[field] = check()
    except checks.CheckFailed as failed:
        errors.append((field, str(failed)))


def _clean(
    model: type[models.Model], allowed: frozenset[str], fields: dict[str, Any], errors: Errors
) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in allowed:
            errors.append((name, f"没有“{name}”这个字段。"))
            continue
        column = model._meta.get_field(name)
        try:
            clean[name] = _value(name, column, value)
        except checks.CheckFailed as failed:
            errors.append((name, str(failed)))
    return clean


def _value(name: str, column: Any, value: Any) -> Any:
    label = str(column.verbose_name)
    if isinstance(column, models.BooleanField):
        if not isinstance(value, bool):
            raise checks.CheckFailed(f"{label}只能是“是”或“否”。")
        return value
    if isinstance(column, models.DateField):
        if value in (None, ""):
            return None
        day = value if isinstance(value, date) else checks.parse_date(value, allow_serial=False)
        if not 1900 <= day.year <= 2200:
            raise checks.CheckFailed(f"{label}的年份不对，请核对。")
        return day
    if isinstance(column, models.BigIntegerField):
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_FEN:
            raise checks.CheckFailed(f"{label}要填不小于 0 的数，且不超过九十万亿元。")
        return value
    return _text(name, column, label, value)


def _text(name: str, column: Any, label: str, value: Any) -> str:
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise checks.CheckFailed(f"{label}要填文字。")
    words = text.tidy(value, multiline=True)
    if column.choices and words:
        if words not in {key for key, _ in column.choices}:
            raise checks.CheckFailed(f"{label}没有“{words[:20]}”这个选项，请从列表中选择。")
        return words
    if column.choices and not column.blank:
        raise checks.CheckFailed(f"请选择{label}。")
    limit = SEALED_TEXT if name in SEALED else (column.max_length or LONG_TEXT)
    if len(words) > limit:
        raise checks.CheckFailed(f"{label}最多 {limit} 个字，现在有 {len(words)} 个，请精简。")
    return words
