"""allauth's addresses at which something can be guessed, each behind an exact limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.headless.account import inputs as account_inputs
from allauth.headless.account import views as account_views
from allauth.headless.internal.restkit.response import ErrorResponse
from allauth.headless.mfa import inputs, views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from zhike.access import factors, limits
from zhike.access.models import Person
from zhike.site.sign_in import failed


@contextmanager
def counted(person: Person, reason: str, *wanted: limits.Limit) -> Iterator[None]:
    """Let a try be made if each limit of the person allows it; only wrong ones stay counted."""
    taken = limits.take_all(*((limit, person.pk) for limit in wanted))
    if taken is None:
        raise account_adapter().validation_error("too_many_login_attempts")
    try:
        yield
    except ValidationError:
        failed(person.username, reason, locked=any(one.last for one in taken))
        raise
    limits.give_back(taken)


class _Code:
    """A code is checked within the limits, with the secrets of whose it is, and works once."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        person = self.user
        if isinstance(person, SimpleLazyObject):
            person = person._wrapped
        with counted(person, "code", limits.CODE_OF_PERSON, limits.CODES_OF_DAY):
            with factors.owned_by(person):
                code: str = super().clean_code()  # type: ignore[misc]
            used = f"{self.authenticator.pk}|{code.replace(' ', '')}"
            if limits.take(limits.CODE_USED, used) is None:
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeToSignIn(_Code, inputs.AuthenticateInput):
    """The second step of signing in."""


class CodeToProve(_Code, inputs.ReauthenticateInput):
    """A code to prove oneself before something delicate."""


class Authenticate(views.AuthenticateView):
    input_class = CodeToSignIn


class Reauthenticate(views.ReauthenticateView):
    input_class = CodeToProve


class NewPassword(account_inputs.ChangePasswordInput):
    """The present password is asked for as often as one may sign in with a wrong one."""

    def clean_current_password(self) -> str:
        with counted(self.user, "password", limits.PASSWORD_OF_PERSON):
            given: str = super().clean_current_password()
        return given


class ChangePassword(account_views.ChangePasswordView):
    input_class = NewPassword


def _refusal(request: HttpRequest) -> HttpResponseBase:
    error = get_adapter().validation_error("cannot_delete_authenticator")
    answer: HttpResponseBase = ErrorResponse(request, exception=error, status=HTTPStatus.CONFLICT)
    return answer


class ManageTOTP(views.ManageTOTPView):
    """Whose role asks for a second factor keeps one."""

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = self._get_authenticator()
        if found and not get_adapter().may_remove(found.user, [found.pk]):
            return _refusal(request)
        answer: HttpResponseBase = super().delete(request, *args, **kwargs)
        return answer


class ManagePasskeys(views.ManageWebAuthnView):
    """Whose role asks for a second factor keeps one."""

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        gone = [one.pk for one in self.input.cleaned_data["authenticators"]]
        if gone and not get_adapter().may_remove(request.user, gone):
            return _refusal(request)
        answer: HttpResponseBase = super().delete(request, *args, **kwargs)
        return answer
