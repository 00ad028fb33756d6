"""API tokens: issuing, using and revoking them.

A token is a person's, or a service account's, and does no more than its person's role allows,
narrowed by its scopes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from zhike.access.models import Person, Token
from zhike.access.rights import TOKEN_SCOPES
from zhike.base import clock, text
from zhike.base.errors import Forbidden, Invalid
from zhike.trail.actions import record

USUAL = tuple(scope for scope in TOKEN_SCOPES if scope != "manage")
LONGEST = 3650  # days


def visible_to(actor: Person) -> QuerySet[Token]:
    """Return the tokens `actor` may know of: their own; who manages people, everybody's."""
    found = Token.objects.select_related("person", "issued_by").order_by("-id")
    return found if actor.may("manage_people") else found.filter(person=actor)


def issue(
    *,
    actor: Person,
    now: datetime,
    name: str,
    scopes: Iterable[str] = USUAL,
    days: int | None = None,
    person: Person | None = None,
) -> tuple[Token, str]:
    """Issue a token for oneself or for a service account; returns it with its plain text.

    The plain text is known this once. Nobody issues a token that may do more than they may.
    """
    bearer = person or actor
    if bearer.pk != actor.pk:
        _require_service_account(actor, bearer)
    fields = {"scopes": _clean_scopes(scopes), "expires_at": _end(now, days), "issued_by": actor}
    name = _clean_name(name)
    with transaction.atomic():
        plain = Token.issue(bearer, name, now, **fields)
        token = Token.objects.get(digest=Token.digest_of(plain))
        token.person = bearer
        _record("token.issued", actor, now, token, scopes=token.scopes)
    return token, plain


def revoke(*, actor: Person, now: datetime, token: Token) -> None:
    """Revoke a token of one's own, or as somebody who manages people, anybody's."""
    if token.person_id != actor.pk and not actor.may("manage_people"):
        raise Forbidden("只能吊销自己的令牌。")
    with transaction.atomic():
        gone, _kinds = Token.objects.filter(pk=token.pk).delete()
        if gone:
            _record("token.revoked", actor, now, token)


def revoke_all(person: Person, *, actor: Person, now: datetime) -> int:
    """Revoke every token of somebody who leaves. Returns how many there were."""
    with transaction.atomic():
        held = list(Token.objects.select_related("person").filter(person=person))
        for token in held:
            token.delete()
            _record("token.revoked", actor, now, token)
    return len(held)


def use(*, token: Token, now: datetime) -> None:
    """Note the day a token was last used; writes at most once a day."""
    day = clock.day_of(now)
    if token.last_used_on != day:
        Token.objects.filter(pk=token.pk).update(last_used_on=day)


def _require_service_account(actor: Person, bearer: Person) -> None:
    if not actor.may("manage_people"):
        raise Forbidden("你没有管理服务账号的权限。")
    if not bearer.is_service or not bearer.is_active:
        raise Invalid("person_id", "令牌只能发给自己或在用的服务账号。")
    if not actor.may("manage_roles") and not bearer.role.rights.within(actor.rights):
        raise Forbidden("这个服务账号的权限比你大，请由管理员操作。", field="person_id")


def _clean_scopes(scopes: Iterable[str]) -> list[str]:
    given = set(scopes)
    if not given:
        raise Invalid("scopes", "请至少选择一项权限范围。")
    for scope in given - set(TOKEN_SCOPES):
        raise Invalid("scopes", f"没有“{str(scope)[:30]}”这个权限范围，请从列表中选择。")
    return [scope for scope in TOKEN_SCOPES if scope in given]


def _clean_name(name: str) -> str:
    name = text.tidy(name or "")
    if not name:
        raise Invalid("name", "请写明令牌的用途，便于以后辨认。")
    if len(name) > 60:
        raise Invalid("name", f"用途最多 60 个字，现在有 {len(name)} 个。")
    return name


def _end(now: datetime, days: int | None) -> datetime | None:
    if days is None:
        return None
    if not 1 <= days <= LONGEST:
        raise Invalid("days", f"有效期应是 1–{LONGEST} 天，或不限。")
    return now + timedelta(days=days)


def _record(verb: str, actor: Person, now: datetime, token: Token, **more: Any) -> None:
    data = {"name": token.name, "person": token.person_id, "person_name": token.person.name}
    record(verb, actor=actor, now=now, record=("token", token.pk), data={**data, **more})
