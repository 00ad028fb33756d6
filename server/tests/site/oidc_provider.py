"""An OpenID Connect provider on 127.0.0.1, for the tests: honest, or lying in one known way.

It signs people in without asking: who comes is `Provider.person`. Everything else is as a real
provider does it: discovery, code with PKCE, RS256 ID tokens, key set, user info.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "zhike", "provider-secret-of-the-tests"
# In which way the provider lies; "" for not at all.
LIES = (
    "wrong_nonce",
    "no_nonce",
    "wrong_state",
    "wrong_audience",
    "other_azp",
    "wrong_issuer",
    "expired",
    "unsigned",
    "shared_secret",
    "other_key",
    "other_userinfo",
    "no_id_token",
    "refused",
)


@dataclass
class Provider:
    """What it says of whom; `codes` holds what was promised to which code."""

    url: str = ""
    lie: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: _new_key())
    stranger: rsa.RSAPrivateKey = field(default_factory=lambda: _new_key())

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize?tenant=1",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "of-the-tests", "use": "sig", "alg": "RS256"}]}

    def promise(self, asked: dict[str, str]) -> str:
        """Return where the browser is sent back to."""
        self.asked.append(asked)
        state = asked["state"] if self.lie != "wrong_state" else secrets.token_urlsafe(12)
        if self.lie == "refused":
            answer = {"error": "access_denied", "state": state}
        else:
            code = secrets.token_urlsafe(12)
            self.codes[code] = asked
            answer = {"code": code, "state": state}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def redeem(self, given: dict[str, str]) -> dict[str, Any] | None:
        """Return tokens for a code, once, to who asked for it and knows the verifier."""
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or given.get("client_secret") != CLIENT_SECRET:
            return None
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked.get("code_challenge") != challenge or asked["code_challenge_method"] != "S256":
            return None
        answer = {"access_token": secrets.token_urlsafe(12), "token_type": "Bearer"}
        if self.lie != "no_id_token":
            answer["id_token"] = self.id_token(asked)
        return answer

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "sub": self.person["sub"],
            "nonce": asked.get("nonce", ""),
        }
        if self.lie == "wrong_nonce":
            claims["nonce"] = "somebody-else-asked-this"
        if self.lie == "no_nonce":
            del claims["nonce"]
        if self.lie == "wrong_audience":
            claims["aud"] = "another-application"
        if self.lie == "other_azp":
            claims |= {"aud": [CLIENT_ID, "another-application"], "azp": "another-application"}
        if self.lie == "wrong_issuer":
            claims["iss"] = "https://evil.example"
        if self.lie == "expired":
            claims |= {"iat": now - 7200, "exp": now - 3600}
        headers = {"kid": "of-the-tests"}
        if self.lie == "unsigned":
            return jwt.encode(claims, None, algorithm="none", headers=headers)
        if self.lie == "shared_secret":
            return jwt.encode(claims, CLIENT_SECRET * 2, algorithm="HS256", headers=headers)
        key = self.stranger if self.lie == "other_key" else self.key
        return jwt.encode(claims, key, algorithm="RS256", headers=headers)

    def userinfo(self) -> dict[str, Any]:
        if self.lie == "other_userinfo":
            return self.person | {"sub": "somebody-else"}
        return self.person


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        answers = {
            "/.well-known/openid-configuration": self.provider.discovery,
            "/keys": self.provider.keys,
            "/userinfo": self.provider.userinfo,
        }
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.promise(dict(parse_qsl(parts.query))))
            self.end_headers()
        elif parts.path in answers:
            self._answer(200, answers[parts.path]())
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        given = parse_qs(self.rfile.read(length).decode())
        tokens = self.provider.redeem({name: values[0] for name, values in given.items()})
        self._answer(200 if tokens else 400, tokens or {"error": "invalid_grant"})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_words: Any) -> None:
        """Be silent."""


@contextmanager
def running() -> Iterator[Provider]:
    """Start a provider on a free port, and stop it in the end."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
