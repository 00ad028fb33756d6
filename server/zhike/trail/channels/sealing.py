"""The address and the secret of a channel: sealed in the database, never told again."""

from __future__ import annotations

from urllib.parse import urlsplit

from zhike.base import keyring
from zhike.trail.models import Channel

UNREADABLE = "无法解密，请重新填写"


def seal_into(channel: Channel, field: str, plain: str) -> None:
    """Set `address` or `secret` of a channel whose number is known; does not save."""
    table = Channel._meta.db_table
    sealed = keyring.seal(plain, table=table, field=field, row=channel.pk) if plain else None
    setattr(channel, field, sealed)


def opened(channel: Channel, field: str) -> str:
    """Return the plain value, "" when empty. Raises keyring.Tampered."""
    sealed = getattr(channel, field)
    if not sealed:
        return ""
    table = Channel._meta.db_table
    return keyring.unseal(bytes(sealed), table=table, field=field, row=channel.pk)


def masked_address(channel: Channel) -> str:
    """Return of a robot's address what may be shown: the machine, and the last four letters."""
    try:
        plain = opened(channel, "address")
    except keyring.Tampered:
        return UNREADABLE
    if not plain:
        return ""
    parts = urlsplit(plain)
    return f"{parts.scheme}://{parts.hostname}/****{plain[-4:]}"
