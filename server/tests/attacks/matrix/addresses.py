"""The addresses that are no part of the API: who gets through at each, by hand.

`gate` is who is heard at all; everybody else gets 401 whatever the method. Of who is heard, a
method that is not named here gets 405, or 400 where the form is looked at first. A form is sent
empty: 400 says that it would have been taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field

OUTSIDE = ("nobody", "closed", "reading_token")  # a token opens nothing here
HALF_WAY = "half_way"


@dataclass(frozen=True)
class Address:
    """`inside` and `outside` are the statuses by method for those who are heard."""

    gate: str  # anybody, half_way or signed_in
    inside: dict[str, int] = field(default_factory=dict)
    outside: dict[str, int] = field(default_factory=dict)
    writes: frozenset[str] = frozenset()  # methods after which there is an event


_ROOT = "_allauth/browser/v1/"
ALLAUTH: dict[str, Address] = {
    "config": Address("anybody", {"GET": 200}, {"GET": 200}),
    "auth/login": Address("anybody", {"POST": 400}, {"POST": 400}),
    # To sign out answers 401, which says that nobody is signed in any more.
    "auth/session": Address(
        "anybody",
        {"GET": 200, "DELETE": 401},
        {"GET": 401, "DELETE": 401},
        frozenset({"DELETE"}),
    ),
    "auth/sessions": Address("signed_in", {"GET": 200, "DELETE": 400}),
    "auth/reauthenticate": Address("signed_in", {"POST": 400}),
    "auth/2fa/authenticate": Address("half_way", {"POST": 400}),
    "auth/2fa/reauthenticate": Address("signed_in", {"POST": 400}),
    "auth/webauthn/login": Address("anybody", {"GET": 200, "POST": 400}, {"GET": 200}),
    "auth/webauthn/authenticate": Address("half_way", {"GET": 200, "POST": 400}),
    "auth/webauthn/reauthenticate": Address("signed_in", {"GET": 200, "POST": 400}),
    # A wrong password is counted and told, whichever way it comes.
    "account/password/change": Address(
        "signed_in", {"POST": 400}, writes=frozenset({"POST", "PUT", "PATCH", "DELETE"})
    ),
    "account/authenticators": Address("signed_in", {"GET": 200}),
    # 404 of GET brings the secret to be: nothing is set up yet.
    "account/authenticators/totp": Address("signed_in", {"GET": 404, "POST": 400, "DELETE": 200}),
    "account/authenticators/webauthn": Address(
        "signed_in", {"GET": 200, "POST": 400, "PUT": 400, "DELETE": 400}
    ),
    "account/authenticators/recovery-codes": Address("signed_in", {"GET": 404, "POST": 400}),
    "account/providers": Address("signed_in", {"GET": 200, "DELETE": 400}),
    # An empty form leads back to the page of signing in.
    "auth/provider/redirect": Address("anybody", {"POST": 302}, {"POST": 302}),
}
# Open to everybody alike, by method; what is not named is refused with 405.
OPEN: dict[str, dict[str, tuple[int, ...]]] = {
    "livez": dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), (200,)),
    "readyz": dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), (200,)),
    # Nobody vouches in the tests; with a provider this is where people come back to.
    "^_allauth/(?P<provider_id>oidc)/callback$": dict.fromkeys(
        ("GET", "POST", "PUT", "PATCH", "DELETE"), (404,)
    ),
    "calendar/<str:secret>.ics": {"GET": (404,)},  # for who knows the address, whoever it is
    "^(practice/)?(api|_allauth|assets)(/|$)": dict.fromkeys(
        ("GET", "POST", "PUT", "PATCH", "DELETE"), (404,)
    ),
    "^.*$": {"GET": (200, 503)},  # the web client, where it is built
}
EXAMPLES = {
    "^_allauth/(?P<provider_id>oidc)/callback$": "_allauth/oidc/callback",
    "calendar/<str:secret>.ics": "calendar/guessed.ics",
    "^(practice/)?(api|_allauth|assets)(/|$)": "_allauth/browser/v1/auth/signup",
    "^.*$": "customers/1",
}
# Under the API, but no operation of it.
API_EXTRAS = {"openapi.json": 200, "": 404}

ROUTES: dict[str, Address] = {_ROOT + place: one for place, one in ALLAUTH.items()}
