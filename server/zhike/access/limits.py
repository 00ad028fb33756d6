"""Limits on what can be guessed: exact, whichever process asks.

A try is counted before it is made, by one statement that the database carries out whole, so that
of any number of tries at once exactly as many get through as the limit allows. A window begins
with its first try. What came of a refused try is never looked at.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from typing import NamedTuple

from django.db import connection, transaction

from zhike.access.models import Tries
from zhike.base import clock

_TABLE = Tries._meta.db_table
_COUNT = (
    f"INSERT INTO {_TABLE} (key, count, ends_at) VALUES (%s, 1, %s) "
    f"ON CONFLICT (key) DO UPDATE SET "
    f"count = CASE WHEN {_TABLE}.ends_at <= %s THEN 1 ELSE {_TABLE}.count + 1 END, "
    f"ends_at = CASE WHEN {_TABLE}.ends_at <= %s THEN excluded.ends_at ELSE {_TABLE}.ends_at END "
    f"RETURNING count, ends_at"
)
_LOOK = f"SELECT count FROM {_TABLE} WHERE key = %s AND ends_at > %s"
_RETURN = f"UPDATE {_TABLE} SET count = count - 1 WHERE key = %s AND ends_at = %s AND count > 0"


class Limit(NamedTuple):
    """So many tries (`most`) in so many `seconds` for each one counted."""

    name: str
    most: int
    seconds: int


class Taken(NamedTuple):
    """A try that was let through; `last` tells that the next one would not be."""

    key: str
    ends_at: int
    last: bool


# Passwords: wrong ones for one account, wrong ones from one address, any from one address.
PASSWORD_OF_ACCOUNT = Limit("password of account", 5, 300)
PASSWORD_OF_ADDRESS = Limit("password of address", 20, 60)
SIGN_IN_OF_ADDRESS = Limit("sign-in of address", 60, 60)
PASSWORD_OF_PERSON = Limit("password of person", 5, 300)  # of who is signed in already
# Codes of six digits, of which three are right at any time: the day's limit keeps the odds of a
# thief who has the password below 1 in 6,000 a day.
CODE_OF_PERSON = Limit("code of person", 5, 300)
CODES_OF_DAY = Limit("codes of day", 50, 86_400)
CODE_USED = Limit("code used", 1, 600)
TOKENS_OF_ADDRESS = Limit("tokens of address", 30, 60)


def take(limit: Limit, whose: object) -> Taken | None:
    """Count a try of `whose` (an account, an address); None when the limit is reached."""
    key, now = _key(limit, whose), _now()
    with connection.cursor() as cursor:
        # Most tries of an attack end here, at the price of one look.
        cursor.execute(_LOOK, [key, now])
        row = cursor.fetchone()
        if row is not None and row[0] >= limit.most:
            return None
        with transaction.atomic():  # takes its turn among this process's writers
            cursor.execute(_COUNT, [key, now + limit.seconds * 1000, now, now])
            count, ends_at = cursor.fetchone()
    if count == 1 and secrets.randbelow(100) == 0:
        Tries.objects.filter(ends_at__lte=now).delete()
    return Taken(key, ends_at, count == limit.most) if count <= limit.most else None


def take_all(*wanted: tuple[Limit, object]) -> list[Taken] | None:
    """Count a try against several limits; where one refuses, none is charged."""
    taken: list[Taken] = []
    for limit, whose in wanted:
        one = take(limit, whose)
        if one is None:
            give_back(taken)
            return None
        taken.append(one)
    return taken


def give_back(taken: list[Taken]) -> None:
    """Uncount tries that turned out to be right."""
    with connection.cursor() as cursor:
        for one in taken:
            cursor.execute(_RETURN, [one.key, one.ends_at])


def reached(limit: Limit, whose: object) -> bool:
    """Tell whether the limit is reached, without counting."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [_key(limit, whose), _now()])
        row = cursor.fetchone()
    return row is not None and row[0] >= limit.most


def network(address: str) -> str:
    """Return what stands for one connection: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network(f"{found}/64", strict=False))


def _key(limit: Limit, whose: object) -> str:
    return hashlib.sha256(f"{limit.name}|{whose}".encode()).hexdigest()


def _now() -> int:
    return int(clock.now().timestamp() * 1000)
