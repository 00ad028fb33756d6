"""Every address: health, the API, sign-in, and the web client for all the rest."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from allauth.headless.account import views as account
from allauth.headless.base import views as base
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from allauth.headless.socialaccount import views as social
from allauth.headless.usersessions import views as usersessions
from django.conf import settings
from django.urls import URLPattern, path, re_path

from zhike.doors import calendar_api
from zhike.site import answers, environment, factor_views, health, pages, single_sign_on
from zhike.site.api import api

# Of allauth's addresses only those that the client uses, by name; the others mail or sign up.
_SIGN_IN: dict[str, Any] = {
    "config": base.ConfigView,
    "auth/login": account.LoginView,
    "auth/session": account.SessionView,
    "auth/sessions": usersessions.SessionsView,
    "auth/reauthenticate": account.ReauthenticateView,
    "auth/2fa/authenticate": factor_views.Authenticate,
    "auth/2fa/reauthenticate": factor_views.Reauthenticate,
    "auth/webauthn/login": mfa.LoginWebAuthnView,
    "auth/webauthn/authenticate": mfa.AuthenticateWebAuthnView,
    "auth/webauthn/reauthenticate": mfa.ReauthenticateWebAuthnView,
    "account/password/change": factor_views.ChangePassword,
    "account/authenticators": mfa.AuthenticatorsView,
    "account/authenticators/totp": factor_views.ManageTOTP,
    "account/authenticators/webauthn": factor_views.ManagePasskeys,
    "account/authenticators/recovery-codes": mfa.ManageRecoveryCodesView,
    "account/providers": social.ManageProvidersView,
}
_ROOT = "_allauth/browser/v1/"


def _back_from_providers() -> list[URLPattern]:
    """Return where people come back to from the providers that are set up."""
    found = []
    for one in settings.ZHIKE_PROVIDERS:
        provider = one["id"]
        if provider == environment.OIDC:
            continue
        module = f"allauth.socialaccount.providers.{provider}.views"
        view = import_module(module).oauth2_callback
        found.append(path(f"_allauth/{provider}/callback", view, name=f"{provider}_callback"))
    return found


urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("api/v1/", api.urls),
    *(
        path(_ROOT + place, view.as_api_view(client=Client.BROWSER))
        for place, view in _SIGN_IN.items()
    ),
    path(_ROOT + "auth/provider/redirect", single_sign_on.leave),
    re_path(
        r"^_allauth/(?P<provider_id>oidc)/callback$",
        single_sign_on.oidc_callback,
        name="openid_connect_callback",
    ),
    *_back_from_providers(),
    path("calendar/<str:secret>.ics", calendar_api.feed),
    re_path(r"^(practice/)?(api|_allauth|assets)(/|$)", answers.not_found),
    re_path(r"^.*$", pages.index),
]

handler400 = "zhike.site.answers.bad_request"
handler404 = "zhike.site.answers.not_found"
handler500 = "zhike.site.answers.server_error"
