"""Signing in by way of somebody who vouches for our people.

Two things allauth leaves open are closed here. It takes an ID token as it comes when it was fetched
over TLS, and sends no nonce: we verify every token's signature, audience, time and nonce, and that
the user info speaks of the same person. And it makes an account of whomever it does not know: here
an unknown one stays outside. Who has an account links it once, either signed in with a password
(any provider), or at first sight by what the setting ZHIKE_OIDC_MATCH names (OpenID Connect only).
Source: OpenID Connect Core 1.0, 3.1.3.7 and 5.3.2.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from html import escape
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

import jwt
import requests
import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.constants import Client
from allauth.headless.socialaccount.views import RedirectToProviderView
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from zhike.access.models import Person
from zhike.site import environment
from zhike.site.sign_in import failed

log = structlog.get_logger("zhike")
# Signatures by a key whose other half only the provider has; never a shared secret, never none.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
LEEWAY = 60  # seconds our clocks may differ
SIGN_IN = "/sign-in"


class NotBelieved(OAuth2Error):
    """What the provider says does not hold; the message is for the log and quotes nothing."""


class Vouched(OpenIDConnectOAuth2Adapter):
    """The talk with an OpenID Connect provider, and whether to believe it."""

    verifier: str | None = None

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        path = reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})
        return settings.ZHIKE_URL + path if settings.ZHIKE_URL else request.build_absolute_uri(path)

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: Any = None
    ) -> Any:
        self.verifier = pkce_code_verifier
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Return the person the provider vouches for. Raises NotBelieved for anything amiss."""
        try:
            claims = self._claims(app, kwargs["response"]["id_token"])
            told = dict(claims)
            if "userinfo_endpoint" in self.openid_config:
                more = self._fetch_user_info(token.token)
                if more.get("sub") != claims["sub"]:
                    raise NotBelieved("the user info is somebody else's")
                told |= more
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise NotBelieved(f"not to be believed: {type(error).__name__}") from error
        return self.get_provider().sociallogin_from_response(request, {"userinfo": told})

    def _claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise NotBelieved("the provider calls itself by another name")
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key=self._key(id_token),
            algorithms=ALGORITHMS,
            audience=app.client_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if several and claims.get("azp") != app.client_id:
            raise NotBelieved("the token was made for another application")
        if not hmac.compare_digest(str(claims.get("nonce", "")), nonce_of(self.verifier or "")):
            raise NotBelieved("the token answers another question")
        return claims

    def _key(self, id_token: str) -> jwt.PyJWK:
        kid = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [one for one in answer.json()["keys"] if one.get("use", "sig") == "sig"]
        for one in keys:
            if one.get("kid") == kid or (kid is None and len(keys) == 1):
                return jwt.PyJWK(one, algorithm=one.get("alg") or _usual(one))
        raise NotBelieved("signed with a key the provider does not show")


def _usual(key: dict[str, Any]) -> str:
    return {"EC": "ES256", "OKP": "EdDSA"}.get(key["kty"], "RS256")


def nonce_of(verifier: str) -> str:
    """Return the nonce that goes with a PKCE verifier, which is kept in the session anyway."""
    digest = hashlib.sha256(b"nonce|" + verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Provider(OpenIDConnectProvider):
    """OpenID Connect with PKCE and nonce."""

    oauth2_adapter_class = Vouched

    def get_pkce_params(self) -> dict[str, Any]:
        params = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        """Return the e-mail address; some providers say "false" where they mean false."""
        found: list[Any] = super().extract_email_addresses(data)
        for one in found:
            one.verified = one.verified in (True, "true")
        return found


class Adapter(DefaultSocialAccountAdapter):
    """Only people who have an account already come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return False  # allauth would not look at who is in service; `_match` does

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose account it is, and turn away whoever has none that is open."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        person: Any = sociallogin.user if sociallogin.is_existing else None
        known = person is not None
        if not known:
            person = _match(sociallogin)
        if person.is_service or not person.is_active:
            _turn_away("sso_closed", person.username)
        if not known:
            sociallogin.user = sociallogin.account.user = person
            sociallogin.account.save()

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Lead back to where the person came from, with a code the page has words for."""
        state = (extra_context or {}).get("state") or {}
        code = "sso_cancelled" if error == AuthError.CANCELLED else "sso_failed"
        # The library's messages quote what the provider answered, tokens included; ours do not.
        own = isinstance(exception, NotBelieved)
        log.warning("sso", code=code, reason=str(exception) if own else type(exception).__name__)
        connecting = state.get("process") == AuthProcess.CONNECT
        place = state.get("next") if connecting else SIGN_IN
        raise ImmediateHttpResponse(_back(code, place or SIGN_IN))


def _match(sociallogin: SocialLogin) -> Person:
    """Return whom a stranger to us is by the setting; else turn them away."""
    rule = settings.ZHIKE_OIDC_MATCH if sociallogin.account.provider == environment.OIDC else "none"
    found: list[Person] = []
    claimed = ""
    if rule == "username":
        claimed = sociallogin.user.username
        found = list(Person.objects.filter(username=claimed)) if claimed else []
    elif rule == "email":
        addresses = sociallogin.email_addresses
        claimed = addresses[0].email if addresses else ""
        if claimed and not addresses[0].verified:
            _turn_away("sso_unverified", claimed)
        people = Person.objects.filter(email__iexact=claimed, is_service=False)
        found = list(people.order_by("-is_active")) if claimed else []
        active = [one for one in found if one.is_active]
        found = active or found[:1]
    if len(found) != 1:  # of two with one address we cannot know which
        _turn_away("sso_unknown", claimed)
    return found[0]


def _turn_away(code: str, claimed: str) -> NoReturn:
    failed(claimed, code)
    raise ImmediateHttpResponse(_back(code, SIGN_IN))


def _back(code: str, place: str) -> HttpResponseRedirect:
    sign = "&" if "?" in place else "?"
    return HttpResponseRedirect(f"{place}{sign}{urlencode({'error': code})}")


_to_provider = RedirectToProviderView.as_api_view(client=Client.BROWSER)
_LEAVING = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>正在前往登录</title>'
    '<meta http-equiv="refresh" content="0;url={0}">'
    '<p>正在前往登录…… <a href="{0}">没有反应？点这里。</a></p></html>'
)


def leave(request: HttpRequest) -> HttpResponseBase:
    """Send the person to a provider, by a page instead of a redirect.

    Our policy lets forms go nowhere but here, and browsers apply it to all redirects that follow.
    """
    try:
        response: HttpResponseBase = _to_provider(request)
    except (requests.RequestException, OAuth2Error, KeyError) as error:
        log.warning("sso", code="sso_failed", reason=type(error).__name__)
        return _back("sso_failed", SIGN_IN)
    if response.status_code != 302 or not urlsplit(response["Location"]).netloc:
        return response
    page = HttpResponse(_LEAVING.format(escape(response["Location"], quote=True)))
    page["Cache-Control"] = "no-store"
    page.cookies = response.cookies
    return page


def oidc_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Receive whoever comes back from the OpenID Connect provider."""
    try:
        view = OAuth2CallbackView.adapter_view(Vouched(request, provider_id))
        answer: HttpResponseBase = view(request)
        return answer
    except SocialApp.DoesNotExist:
        raise Http404 from None
