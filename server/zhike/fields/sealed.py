"""Fields that are encrypted in the database, and the blind indexes that find them again.

A sealed column `mobile` may have the columns `mobile_index` (whole value) and `mobile_tail` (last
four digits) beside it; `seal_into` fills those the model has. The row id must be known first
(`zhike.base.identity.reserve`), because a sealed value is bound to table, field and row.
"""

from __future__ import annotations

import logging
import re
from typing import Any, Literal

from django.db import models

from zhike.base import keyring
from zhike.base.errors import Conflict
from zhike.base.text import normalise
from zhike.fields import masking
from zhike.fields.checks import CheckFailed, check_phone

KINDS = ("mobile", "landline", "email", "wechat", "identity", "address")
_PHONES = frozenset({"mobile", "landline"})
_NOT_DIGITS = re.compile(r"\D")
UNREADABLE = "无法解密"
_log = logging.getLogger("zhike.sealed")


class Unreadable(Conflict):
    """A sealed value that was asked for was changed or moved behind our back."""

    code = "unreadable"
    default_title = "这一项无法解密，数据可能被改动过。请重新填写，或请管理员从备份恢复。"


class SealedField(models.BinaryField):
    """A column of sealed bytes; NULL when empty. `kind` says how it is masked and indexed."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        if kind not in KINDS:
            raise ValueError(f"unknown kind of sealed field: {kind}")
        self.kind = kind
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"kind": self.kind}


def sealed_field(model: type[models.Model] | models.Model, field: str) -> SealedField:
    """The sealed field of that name; raises TypeError if it is none."""
    found = model._meta.get_field(field)
    if not isinstance(found, SealedField):
        raise TypeError(f"{field} is not sealed")
    return found


def seal_into(instance: models.Model, field: str, plain: str | None) -> None:
    """Set the sealed column and its index columns; an empty value clears them. Does not save."""
    if instance.pk is None:
        raise ValueError("a value is sealed for a row whose id is known")
    definition = sealed_field(instance, field)
    values = columns(type(instance), instance.pk, definition, plain or "")
    for name, value in values.items():
        setattr(instance, name, value)


def columns(
    model: type[models.Model], row: int, field: SealedField, plain: str
) -> dict[str, bytes | None]:
    """The columns to write for a value, for bulk work: sealed bytes, index and tail by name."""
    known = {one.name for one in model._meta.concrete_fields}
    name = field.name
    full, tail = f"{name}_index", f"{name}_tail"
    found = indexes(field.kind, plain) if plain and full in known else {"full": None, "tail": None}
    sealed = None
    if plain:
        sealed = keyring.seal(plain, table=model._meta.db_table, field=name, row=row)
    written: dict[str, bytes | None] = {name: sealed}
    if full in known:
        written[full] = found["full"]
    if tail in known:
        written[tail] = found["tail"]
    return written


def read(instance: models.Model, field: str) -> str:
    """The plain value, "" when empty. Raises keyring.Tampered."""
    sealed_field(instance, field)
    return unseal(type(instance), field, instance.pk, getattr(instance, field))


def unseal(model: type[models.Model], field: str, row: int, sealed: bytes | None) -> str:
    """The plain value of a column fetched without its instance, "" when empty."""
    if not sealed:
        return ""
    return keyring.unseal(sealed, table=model._meta.db_table, field=field, row=row)


def opened(model: type[models.Model], field: str, row: int, sealed: bytes | None) -> str | None:
    """The plain value, "" when empty, None for one that was tampered with, which is logged.

    One damaged cell must not take a whole page away from people.
    """
    try:
        return unseal(model, field, row, sealed)
    except (keyring.Tampered, TypeError):  # TypeError: no bytes at all
        _log.error("sealed value unreadable table=%s field=%s row=%s", model.__name__, field, row)
        return None


def masked(model: type[models.Model], field: str, row: int, sealed: bytes | None) -> str:
    """A column as a reader without the right to see it sees it, UNREADABLE if tampered with."""
    plain = opened(model, field, row, sealed)
    if plain is None:
        return UNREADABLE
    return masking.mask(sealed_field(model, field).kind, plain)


def read_masked(instance: models.Model, field: str) -> str:
    """The value as a reader without the right to see it sees it."""
    return masked(type(instance), field, instance.pk, getattr(instance, field))


def held(instance: models.Model, field: str) -> str | None:
    """The plain value, "" when empty, None for one that was tampered with."""
    return opened(type(instance), field, instance.pk, getattr(instance, field))


def truly_has(
    model: type[models.Model],
    field: str,
    row: int,
    sealed: bytes | None,
    index: bytes,
    which: Literal["full", "tail"] = "full",
) -> bool:
    """Whether the value has the index by which it was found.

    An index is bound to no row: somebody with the database could copy it beside another value.
    """
    plain = opened(model, field, row, sealed)
    return bool(plain) and indexes(sealed_field(model, field).kind, plain or "")[which] == index


def indexes(kind: str, plain: str) -> dict[str, bytes | None]:
    """Blind indexes of a value: "full" for equality, "tail" for the last four digits of phones.

    Mobile and landline share their indexes, because people type either into either field.
    """
    if not plain or kind == "address":
        return {"full": None, "tail": None}
    if kind in _PHONES:
        number, digits = _phone_form(plain)
        tail = keyring.blind_index("phone-tail", digits[-4:]) if len(digits) >= 4 else None
        return {"full": keyring.blind_index("phone", number), "tail": tail}
    form = normalise(plain).replace(" ", "")
    form = form.upper() if kind == "identity" else form.casefold()
    return {"full": keyring.blind_index(kind, form), "tail": None}


def tail_index(digits: str) -> bytes:
    """The blind index of four digits typed into the search box."""
    return keyring.blind_index("phone-tail", digits)


def _phone_form(plain: str) -> tuple[str, str]:
    try:
        phone = check_phone(plain)
    except CheckFailed:
        form = normalise(plain).replace(" ", "").casefold()
        return form, _NOT_DIGITS.sub("", form)
    return phone.normal, _NOT_DIGITS.sub("", phone.number)
