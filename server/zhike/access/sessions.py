"""Who a session belongs to, in two plain statements.

Every request asks this, and Django's way compiles both queries from the models each time, which
cost a third of a whole list page (docs/decisions/006).
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from zhike.access.models import Person

_COLUMNS = [str(field.column) for field in Person._meta.concrete_fields]
_NAMES = [field.attname for field in Person._meta.concrete_fields]
_PERSON = f"SELECT {', '.join(_COLUMNS)} FROM {Person._meta.db_table} WHERE id = %s"
_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's sessions in the database; only reading one is done by hand."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; an unknown or ended one holds nothing."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_SESSION, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])


class SignIn(ModelBackend):
    """Django's sign-in by password; only looking a person up by id is done by hand."""

    def get_user(self, user_id: Any) -> Person | None:
        """Return the person if the account is open."""
        with connection.cursor() as cursor:
            cursor.execute(_PERSON, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        person = Person.from_db(connection.alias, _NAMES, row)
        return person if self.user_can_authenticate(person) else None
