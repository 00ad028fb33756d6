"""Every address: health, the API, sign-in, and the web client for all the rest."""

from __future__ import annotations

from django.urls import include, path, re_path

from zhike.site import answers, health, pages
from zhike.site.api import api

# Of allauth's addresses only those that the client uses; the others mail or sign up.
_OTHER_SIGN_IN = (
    r"^_allauth/(?!browser/v1/"
    r"(config|auth/login|auth/session|auth/reauthenticate|account/password/change)$)"
)

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("api/v1/", api.urls),
    re_path(_OTHER_SIGN_IN, answers.not_found),
    path("_allauth/", include("allauth.headless.urls")),
    re_path(r"^(api|_allauth|assets)(/|$)", answers.not_found),
    re_path(r"^.*$", pages.index),
]

handler400 = "zhike.site.answers.bad_request"
handler404 = "zhike.site.answers.not_found"
handler500 = "zhike.site.answers.server_error"
