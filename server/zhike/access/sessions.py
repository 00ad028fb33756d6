"""Who a session belongs to, in two plain statements, and how sessions end.

Every request asks this, and Django's way compiles the queries from the models each time, which
cost a third of a whole list page (docs/decisions/006). The person comes with role and department,
so that rights need no further query.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction

from zhike.access.models import Department, Person, Role
from zhike.base import clock, keyring

_BEGAN = "began"  # when the session was signed in to, in seconds since 1970


def _part(model: type[models.Model], alias: str) -> tuple[Any, str, list[str], list[bool]]:
    fields = model._meta.concrete_fields
    columns = ", ".join(f"{alias}.{field.column}" for field in fields)
    odd = [isinstance(field, models.JSONField | models.DateTimeField) for field in fields]
    return model, columns, [field.attname for field in fields], odd


_PARTS = (_part(Person, "p"), _part(Role, "r"), _part(Department, "d"))
_COLUMNS = ", ".join(columns for _model, columns, _names, _odd in _PARTS)
_PERSON = (
    f"SELECT {_COLUMNS} FROM {Person._meta.db_table} p "
    f"JOIN {Role._meta.db_table} r ON r.id = p.role_id "
    f"LEFT JOIN {Department._meta.db_table} d ON d.id = p.department_id WHERE p.id = %s"
)
_SESSION = (
    "SELECT session_data, expire_date FROM django_session "
    "WHERE session_key = %s AND expire_date > %s"
)
_PROLONG = "UPDATE django_session SET expire_date = %s WHERE session_key = %s AND expire_date < %s"


class SessionStore(db.SessionStore):
    """Sessions in the database, sealed; each ends when it was idle too long, or grew too old.

    The row's end is that of its idle time; it is put off once a tenth of it has passed, so that
    most requests write nothing.
    """

    def load(self) -> dict[str, Any]:
        """Return what the session holds; an unknown or ended one holds nothing."""
        now = clock.now()
        with connection.cursor() as cursor:
            cursor.execute(_SESSION, [self.session_key, _stored(now)])
            row = cursor.fetchone()
            held = self.decode(row[0]) if row else {}
            end = _last_end(held)
            if not held or end <= now:
                self._session_key = None
                return {}
            idle = timedelta(hours=settings.ZHIKE_IDLE_HOURS)
            until = min(now + idle, end)
            if until - _aware(row[1]) > idle / 10:
                cursor.execute(_PROLONG, [_stored(until), self.session_key, _stored(until)])
        return held

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to be stored, with its age and its end."""
        data.setdefault(_BEGAN, int(clock.now().timestamp()))
        idle = timedelta(hours=settings.ZHIKE_IDLE_HOURS)
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]
        return self.model(
            session_key=key,
            session_data=self.encode(data),
            expire_date=min(clock.now() + idle, _last_end(data)),
        )

    def cycle_key(self) -> None:
        """Begin anew under another key, as everybody does who signs in."""
        self.pop(_BEGAN, None)
        super().cycle_key()

    @property
    def _place(self) -> dict[str, Any]:
        """Bound to its key: what one session holds cannot be put into another's row."""
        return {"table": "session", "field": self.session_key or "", "row": 0}

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal what a session holds: half-way through enrolling, that is a TOTP secret."""
        text = json.dumps(session_dict, separators=(",", ":"), ensure_ascii=False)
        return base64.b64encode(keyring.seal(text, **self._place)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open what `encode` made; anything else holds nothing."""
        try:
            text = keyring.unseal(base64.b64decode(session_data, validate=True), **self._place)
        except (keyring.Tampered, binascii.Error, ValueError):
            return {}
        held: dict[str, Any] = json.loads(text)
        return held


def _last_end(held: dict[str, Any]) -> datetime:
    began = held.get(_BEGAN, 0)
    return datetime.fromtimestamp(began, UTC) + timedelta(days=settings.ZHIKE_SESSION_DAYS)


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class SignIn(ModelBackend):
    """Django's sign-in by password; only looking a person up by id is done by hand."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell whether the account is open to a human being."""
        return bool(user.is_active) and not user.is_service

    def get_user(self, user_id: Any) -> Person | None:
        """Return the person, with role and department, if the account is open."""
        with connection.cursor() as cursor:
            cursor.execute(_PERSON, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        person, role, department = _read(row)
        person.role, person.department = role, department
        return person if self.user_can_authenticate(person) else None


def stands(key: str | None, person_id: int) -> bool:
    """Tell whether a session has not ended and its person's account is open; prolongs nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_SESSION, [key, _stored(clock.now())])
        if cursor.fetchone() is None:
            return False
    return SignIn().get_user(person_id) is not None


def _read(row: tuple[Any, ...]) -> list[Any]:
    """Cut a row of `_PERSON` into its records; one that is not there is None."""
    found, start = [], 0
    for model, _columns, names, odd in _PARTS:
        end = start + len(names)
        values = [
            _value(value) if strange else value
            for value, strange in zip(row[start:end], odd, strict=True)
        ]
        start = end
        there = values[0] is not None
        found.append(model.from_db(connection.alias, names, values) if there else None)
    return found


def _value(value: Any) -> Any:
    """Return a value as Django would: databases give JSON as text, SQLite times without zone."""
    if isinstance(value, str):
        return _parsed(value)
    return _aware(value) if isinstance(value, datetime) else value


@lru_cache(256)
def _parsed(text: str) -> Any:
    return json.loads(text)


def forget_ended(now: datetime) -> int:
    """Delete what ended long ago of itself. Returns how many sessions there were."""
    with transaction.atomic():
        gone, _kinds = Session.objects.filter(expire_date__lt=now).delete()
        alive = Session.objects.values("session_key")
        UserSession.objects.exclude(session_key__in=alive).delete()
    return gone


def end_all(person: Person, keep: str | None = None) -> int:
    """End every session of a person but the one with key `keep`. Returns how many there were."""
    listed = UserSession.objects.filter(user_id=person.pk).exclude(session_key=keep or "")
    with transaction.atomic():
        keys = list(listed.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        listed.delete()
    return len(keys)
