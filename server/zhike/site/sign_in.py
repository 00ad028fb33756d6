"""How allauth's sign-in is bent to this house: no sign-up, exact limits, events, Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from zhike.access import factors, limits, sessions
from zhike.access.models import Person
from zhike.base import clock
from zhike.site.requests import address_of
from zhike.trail.actions import record


class AccountAdapter(DefaultAccountAdapter):
    """People are added by an administrator, never by themselves."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "这个账号已停用，请联系管理员。",
        "username_password_mismatch": "登录名或密码不对，请重新输入。",
        "invalid_login": "登录名或密码不对，请重新输入。",
        "too_many_login_attempts": "登录失败次数太多，请五分钟后再试。",
        "rate_limited": "操作太频繁，请稍后再试。",
        "incorrect_code": "验证码不对或已经用过，请等下一组再试。",
        "incorrect_password": "密码不对，请重新输入。",
        "enter_current_password": "请输入现在的密码。",
        "same_as_current": "新密码不能和现在的一样。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def is_safe_url(self, url: str) -> bool:
        """Lead nowhere but to the address the person is already at."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={context.request.get_host()})

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Check a password, if the limits of account and address allow another try."""
        name = str(credentials.get("username", "")).casefold()
        place = limits.network(address_of(request))
        taken = limits.take_all(
            (limits.PASSWORD_OF_ACCOUNT, name),
            (limits.PASSWORD_OF_ADDRESS, place),
            (limits.SIGN_IN_OF_ADDRESS, place),
        )
        if taken is None:
            raise self.validation_error("too_many_login_attempts")
        person = authenticate(request, **credentials)
        if person is None:
            failed(credentials.get("username", ""), "password", locked=taken[0].last)
            return None
        limits.give_back(taken[:2])
        return person

    def pre_login(self, request: HttpRequest, user: Person, **more: Any) -> Any:
        """Let nobody in whose account is closed, or belongs to a program, by whichever way."""
        if user.is_service or not user.is_active:
            failed(user.username, "closed")
            raise PermissionDenied
        return super().pre_login(request, user, **more)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in, and record by which way."""
        ways = ways_of(request, user)
        with transaction.atomic():
            super().login(request, user)
            record("session.signed_in", actor=user, now=clock.now(), data=ways)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and take the session off the list."""
        person, key = request.user, request.session.session_key
        with transaction.atomic():
            if person.is_authenticated:
                record("session.signed_out", actor=_plain(person), now=clock.now())
                UserSession.objects.filter(session_key=key).delete()
            super().logout(request)

    def set_password(self, user: Person, password: str) -> None:
        """Change a password; wherever else the person was signed in, they no longer are."""
        with transaction.atomic():
            super().set_password(user, password)
            sessions.end_all(user, keep=self.request.session.session_key)
            record("password.changed", actor=_plain(user), now=clock.now())


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed, each for its owner."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "你的角色必须两步验证，请先加好另一种方式再取消这一种。",
        "cannot_generate_recovery_codes": "请先开启两步验证，才有恢复码。",
        "incorrect_code": "验证码不对或已经用过，请等下一组再试。",
    }

    def encrypt(self, text: str) -> str:
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factors.unseal(encrypted_text)

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name ourselves to passkeys, by the public address where there is one."""
        host = urlsplit(settings.ZHIKE_URL).hostname
        if not host:
            host = urlsplit(f"//{context.request.get_host()}").hostname or ""
        return {"id": host, "name": "知客"}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        told: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return told | {"name": user.username}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        return f"通行密钥 {factors.of(user).filter(type=type).count() + 1}"

    def may_remove(self, person: Person, gone: Iterable[int]) -> bool:
        """Tell whether enough is left without these for a role that asks for a second factor."""
        left = factors.of(person).exclude(pk__in=list(gone))
        return not person.role.needs_second_factor or left.exists()


class SessionAdapter(DefaultUserSessionsAdapter):
    """Ending sessions of one's own is recorded."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        listed = list(sessions)
        with transaction.atomic():
            super().end_sessions(listed)
            if listed:
                told = {"count": len(listed), "addresses": sorted({one.ip for one in listed})}
                person = _plain(context.request.user)
                record("session.ended", actor=person, now=clock.now(), data=told)


def failed(username: str, reason: str, *, locked: bool = False) -> None:
    """Record a sign-in that failed: of an account there is, by its name; else hardly a letter.

    People do type their password where the name belongs.
    """
    person = Person.objects.filter(username=username).first() if username else None
    told = username if person else f"{username[:1]}***"
    data: dict[str, Any] = {"username": told, "reason": reason}
    if locked:
        data["locked"] = True  # further tries are refused for a while, and not recorded
    record("session.failed", actor=person, now=clock.now(), data=data)


def ways_of(request: HttpRequest, person: Person) -> dict[str, str]:
    """Return how somebody signs in: {"how": password|passkey|sso, "factor"?, "provider"?}."""
    told: dict[str, str] = {"how": "password"}
    for one in get_authentication_records(request, person):
        if one.get("method") == "socialaccount":
            told |= {"how": "sso", "provider": one.get("provider", "")}
        elif one.get("passwordless"):
            told["how"] = "passkey"
        elif one.get("method") == "mfa":
            told["factor"] = one.get("type", "")
    return told


def _plain(person: Any) -> Person:
    found: Person = getattr(person, "_wrapped", person)
    return found


class MinimumLength(MinimumLengthValidator):
    """Django's rule in words of ours: its own sentence is not translated in 5.2."""

    def get_error_message(self) -> str:
        return f"密码至少要 {self.min_length} 个字符，请再长一些。"
