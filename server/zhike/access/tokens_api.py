"""API tokens over HTTP, for people who are signed in: no token makes, shows or ends another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema, Status

from zhike.access import queries, tokens
from zhike.access.models import Person, Token
from zhike.access.sign_in import Request, passkeys_work
from zhike.base import clock
from zhike.base.errors import Forbidden, Invalid, NotFound

router = Router(tags=["access"])
open_router = Router(tags=["access"])  # what nobody needs to be signed in for


class ProviderOut(Schema):
    id: str
    name: str


class WaysIn(Schema):
    providers: list[ProviderOut]
    passkeys: bool


@open_router.get("/sign-in", response=WaysIn)
def ways_in(request: HttpRequest) -> dict[str, Any]:
    """Tell which ways to sign in there are besides the password."""
    return {"providers": settings.ZHIKE_PROVIDERS, "passkeys": passkeys_work(request)}


class PersonRef(Schema):
    id: int
    name: str


class Bearer(PersonRef):
    is_service: bool


class TokenOut(Schema):
    id: int
    name: str
    person: Bearer
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_on: date | None
    issued_by: PersonRef | None


class NewToken(TokenOut):
    plain: str


class TokensOut(Schema):
    items: list[TokenOut]


class TokenIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    scopes: list[str]
    days: int | None = None
    person_id: int | None = None


@router.get("/tokens", response=TokensOut)
def list_tokens(request: Request, of: Literal["me", "all"] = "me") -> dict[str, Any]:
    """List one's own tokens, or all one may know of, newest first."""
    actor = _in_person(request)
    found = tokens.visible_to(actor)
    return {"items": list(found.filter(person=actor) if of == "me" else found)}


@router.post("/tokens", response={201: NewToken})
def issue_token(request: Request, body: TokenIn) -> Status:
    """Issue a token; its plain text is in this answer and nowhere else."""
    actor = _in_person(request)
    given = body.dict()
    bearer = _bearer(actor, given.pop("person_id"))
    token, plain = tokens.issue(actor=actor, now=clock.now(), person=bearer, **given)
    return Status(201, NewToken(plain=plain, **TokenOut.from_orm(token).dict()))


@router.delete("/tokens/{token_id}", response={204: None})
def revoke_token(request: Request, token_id: int) -> Status:
    """Revoke a token; whoever holds it is shut out from now on."""
    actor = _in_person(request)
    token: Token | None = tokens.visible_to(actor).filter(pk=token_id).first()
    if token is None:
        raise NotFound("没有找到这个令牌。")
    tokens.revoke(actor=actor, now=clock.now(), token=token)
    return Status(204, None)


def _in_person(request: Request) -> Person:
    """Return who is really there. Raises Forbidden for the bearer of a token."""
    actor = request.auth
    if actor.via != "session":
        raise Forbidden("令牌只能在登录后的页面上管理。", code="session_only")
    return actor.real or actor


def _bearer(actor: Person, person_id: int | None) -> Person | None:
    if person_id is None:
        return None
    found = queries.people_visible_to(actor).filter(pk=person_id).first()
    if found is None:
        raise Invalid("person_id", "没有找到这个账号，请重新选择。")
    return found
