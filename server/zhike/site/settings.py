"""Django's settings, from the environment alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from zhike.base import sqlite

sqlite.install()  # before anything imports Django's database code

import dj_database_url  # noqa: E402
from csp.constants import NONE, SELF  # noqa: E402

from zhike.site import environment, logs  # noqa: E402
from zhike.site.practice import practising  # noqa: E402

ENVIRONMENT = environment.read()
SITE = Path(__file__).parent

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ZHIKE_DATA = ENVIRONMENT.data
ZHIKE_KEYS = ENVIRONMENT.keys
ZHIKE_KEYS_FILE = ENVIRONMENT.keys_file
ZHIKE_URL = ENVIRONMENT.url
ZHIKE_FILES_URL = ENVIRONMENT.files_url
ZHIKE_FILES_KEY = ENVIRONMENT.files_key
ZHIKE_FILES_SECRET = ENVIRONMENT.files_secret
ZHIKE_FILES_REGION = ENVIRONMENT.files_region
ZHIKE_ALLOW_LOCAL_CHANNELS = ENVIRONMENT.allow_local_channels
ZHIKE_STREAMS = ENVIRONMENT.streams
ZHIKE_STREAM_SECONDS = ENVIRONMENT.stream_seconds
ZHIKE_WEB_THREADS = ENVIRONMENT.web_threads
ZHIKE_SESSION_DAYS = ENVIRONMENT.session_days
ZHIKE_IDLE_HOURS = ENVIRONMENT.idle_hours
ZHIKE_PROVIDERS = [{"id": one.id, "name": one.name} for one in ENVIRONMENT.providers]
ZHIKE_OIDC_MATCH = ENVIRONMENT.oidc_match
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.url] if ENVIRONMENT.url else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "zhike.site.apps.Zhike",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "allauth.socialaccount.providers.weixin",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "zhike.site.static.StaticFiles",
    "zhike.site.practice.door.Address",
    "zhike.site.requests.Desk",
    "zhike.site.policy.Policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhike.site.practice.door.Door",  # the last: who asks is read from the real database
]
ROOT_URLCONF = "zhike.site.urls"
WSGI_APPLICATION = "zhike.site.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]


def _database() -> dict[str, Any]:
    if not ENVIRONMENT.database_url:
        return {
            "ENGINE": "zhike.base.sqlite",
            "NAME": str(ENVIRONMENT.database_file),
            "OPTIONS": sqlite.options(),
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(ENVIRONMENT.data / "test.sqlite3")},
        }
    parsed = dict(dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=None))
    bound = {"server_side_binding": True, "prepare_threshold": 5}
    return parsed | {
        "ENGINE": "zhike.base.postgres",
        "OPTIONS": {**bound, **dict(parsed.get("OPTIONS") or {})},
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": practising.place(_database())}
MIGRATION_MODULES = {"zhike": "zhike.site.migrations"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits must hold across processes, so the cache is the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zhike_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # how times are shown; they are stored in UTC

# Sign-in
AUTH_USER_MODEL = "zhike.Person"
AUTHENTICATION_BACKENDS = ["zhike.access.sessions.SignIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "zhike.site.sign_in.MinimumLength",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
LOGIN_URL = "/sign-in"
ACCOUNT_ADAPTER = "zhike.site.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.tls else "http"
# Its own limits are kept in a cache and not exact; ours are in zhike.access.limits.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ("login", "login_failed", "reauthenticate", "change_password"), None
)
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxy_count
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_reset_password": "/sign-in",
    "socialaccount_login_error": "/sign-in",
}
MFA_ADAPTER = "zhike.site.sign_in.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # e-mail plays no part in signing in
MFA_TOTP_ISSUER = "知客"
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds either way; no code works twice
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # nothing there can be guessed
USERSESSIONS_ADAPTER = "zhike.site.sign_in.SessionAdapter"
SOCIALACCOUNT_ADAPTER = "zhike.site.single_sign_on.Adapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # a link is a second way in
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds


def _providers() -> dict[str, Any]:
    """Return what allauth needs to know of those who vouch for people."""
    found: dict[str, Any] = {
        environment.OIDC_KIND: {"provider_class": "zhike.site.single_sign_on.Provider", "APPS": []}
    }
    for one in ENVIRONMENT.providers:
        app: dict[str, Any] = {"name": one.name, "client_id": one.client_id}
        app["secret"] = one.secret
        if one.id == environment.OIDC:
            app |= {"provider_id": one.id}
            app["settings"] = {"server_url": one.issuer, "oauth_pkce_enabled": True}
        kind = environment.OIDC_KIND if one.id == environment.OIDC else one.id
        found.setdefault(kind, {}).setdefault("APPS", []).append(app)
    return found


SOCIALACCOUNT_PROVIDERS = _providers()

# Sessions and cookies
SESSION_ENGINE = "zhike.access.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=ENVIRONMENT.session_days).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.tls
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.tls
CSRF_FAILURE_VIEW = "zhike.site.answers.csrf_failure"

# What browsers are told
if ENVIRONMENT.proxy_count:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if ENVIRONMENT.tls else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Ant Design writes its styles into the page at run time.
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# What comes in
JSON_LIMIT = 2 * 1024 * 1024  # bytes
UPLOAD_LIMIT = 50 * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = JSON_LIMIT
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Files of the web client: from the wheel, or from a checkout
WEB_CLIENT = next(
    (
        place
        for place in (SITE / "static_web", SITE.parents[2] / "web" / "dist")
        if (place / "index.html").is_file()
    ),
    None,
)
STATIC_URL = "static/"
WHITENOISE_ROOT = WEB_CLIENT
PAPER_FONTS = [WEB_CLIENT / "fonts"] if WEB_CLIENT else []

LOGGING_CONFIG = None
logs.set_up(ENVIRONMENT.log_level)
