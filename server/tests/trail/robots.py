"""Robots of group chats and a mail server as they really behave, on this machine.

Each takes what is sent to it and answers as its real one: 200 with an error code for nearly
everything that is wrong. `plan` is what it does instead for the next requests.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import socketserver
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhike.base import clock

# Something else than an answer: gets the request's handler, and does what it likes.
Trick = Callable[["_Handler"], None]
HOUR = 3600


class RobotServer:
    """The three robots; `got` is what they took, in order: (kind, payload)."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.asked = 0
        self.plan: deque[Trick] = deque()
        self.secrets = {"dingtalk": "", "feishu": ""}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.robots = self  # type: ignore[attr-defined]
        self._scheme, self._host = "http", "127.0.0.1"
        if certificate is not None:
            self._scheme, self._host = "https", "localhost"
            self._server.socket = _tls(certificate).wrap_socket(
                self._server.socket, server_side=True
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, kind: str) -> str:
        places = {
            "wecom": "/cgi-bin/webhook/send?key=693a91f6-7xxx",
            "dingtalk": "/robot/send?access_token=566cc69da782ec",
            "feishu": "/open-apis/bot/v2/hook/aaaa-bbbb",
        }
        return f"{self._scheme}://{self._host}:{self.port}{places[kind]}"

    def texts(self) -> list[str]:
        """What stood in the messages that were taken."""
        return [_text(kind, payload) for kind, payload in self.got]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def robots(certificate: Path | None = None) -> Iterator[RobotServer]:
    server = RobotServer(certificate)
    try:
        yield server
    finally:
        server.stop()


def _text(kind: str, payload: dict[str, Any]) -> str:
    if kind == "wecom":
        return str(payload["markdown"]["content"])
    if kind == "dingtalk":
        return str(payload["markdown"]["text"])
    post = payload["content"]["post"]["zh_cn"]
    parts = [part.get("text", "") for line in post["content"] for part in line]
    return "\n".join([post["title"], *parts])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        robots: RobotServer = self.server.robots  # type: ignore[attr-defined]
        robots.asked += 1
        self.raw = self.rfile.read(int(self.headers["Content-Length"]))
        if robots.plan:
            robots.plan.popleft()(self)
            return
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        payload = json.loads(self.raw)
        if parts.path == "/cgi-bin/webhook/send":
            self._take("wecom", payload, self._wecom(query, payload))
        elif parts.path == "/robot/send":
            self._take("dingtalk", payload, self._dingtalk(robots.secrets["dingtalk"], query))
        elif parts.path.startswith("/open-apis/bot/v2/hook/"):
            self._take("feishu", payload, self._feishu(robots.secrets["feishu"], payload))
        else:
            self.say({}, 404)

    def _take(self, kind: str, payload: dict[str, Any], answer: dict[str, Any]) -> None:
        if not answer.get("errcode", answer.get("code")):
            self.server.robots.got.append((kind, payload))  # type: ignore[attr-defined]
        self.say(answer)

    def _wecom(self, query: dict[str, str], payload: dict[str, Any]) -> dict[str, Any]:
        if query.get("key") != "693a91f6-7xxx":
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if len(payload["markdown"]["content"].encode()) > 4096:
            return {"errcode": 40058, "errmsg": "markdown.content exceed max length 4096"}
        return {"errcode": 0, "errmsg": "ok"}

    def _dingtalk(self, secret: str, query: dict[str, str]) -> dict[str, Any]:
        if query.get("access_token") != "566cc69da782ec":
            return {"errcode": 300005, "errmsg": "token is not exist"}
        if secret:
            stamp = query.get("timestamp", "0")
            mac = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
            late = abs(clock.now().timestamp() - int(stamp) / 1000) > HOUR
            if late or query.get("sign") != base64.b64encode(mac).decode():
                return {"errcode": 310000, "errmsg": "sign not match, more: [https://ding-doc]"}
        if len(self.raw) > 20_000 + 500:
            return {"errcode": 460101, "errmsg": "message too long, exceed 20000 bytes"}
        return {"errcode": 0, "errmsg": "ok"}

    def _feishu(self, secret: str, payload: dict[str, Any]) -> dict[str, Any]:
        if secret:
            stamp = str(payload.get("timestamp", "0"))
            mac = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
            late = abs(clock.now().timestamp() - int(stamp)) > HOUR
            if late or payload.get("sign") != base64.b64encode(mac).decode():
                told = "sign match fail or timestamp is not within one hour from current time"
                return {"code": 19021, "msg": told}
        if len(self.raw) > 30_000:
            return {"code": 9499, "msg": "Bad Request"}
        return {
            "StatusCode": 0,
            "StatusMessage": "success",
            "code": 0,
            "data": {},
            "msg": "success",
        }

    def say(self, answer: Any, status: int = 200, **heads: str) -> None:
        """Answer with JSON, or with bytes as they are."""
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def saying(answer: Any, status: int = 200, **heads: str) -> Trick:
    """Answer the next request so."""
    return lambda handler: handler.say(answer, status, **heads)


def dripping(seconds: float) -> Trick:
    """Answer at once, and then a letter at a time for ever."""

    def trick(handler: _Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        try:
            for _ in range(1000):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(seconds)
        except OSError:
            handler.close_connection = True

    return trick


def silent(seconds: float) -> Trick:
    """Say nothing for a while, then hang up."""

    def trick(handler: _Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return trick


def hanging_up(handler: _Handler) -> None:
    """Hang up in the middle of an answer."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def certificate(folder: Path) -> Path:
    """A certificate of `localhost` with its key, which nobody trusts unless told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=365 * 30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    place = folder / "localhost.pem"
    place.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return place


def _tls(place: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    return context


class MailServer:
    """A mail server with one account; `got` are the letters it took, with their recipients."""

    def __init__(
        self,
        *,
        user: str = "",
        password: str = "",
        certificate: Path | None = None,
        tls_first: bool = False,
    ) -> None:
        self.user, self.password = user, password
        self.tls = _tls(certificate) if certificate is not None else None
        self.secured = 0  # connections that were encrypted
        self.got: list[tuple[str, EmailMessage]] = []
        self.calls = 0
        # What is answered instead, by the word it answers: "RCPT" → "450 later"
        self.answers: dict[str, str] = {}
        self.refused: set[str] = set()
        self._server = _Smtp(("127.0.0.1", 0), _Talk)
        self._server.mail = self
        self.tls_first = tls_first
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def mail_server(**given: Any) -> Iterator[MailServer]:
    server = MailServer(**given)
    try:
        yield server
    finally:
        server.stop()


class _Smtp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mail: MailServer


class _Talk(socketserver.StreamRequestHandler):
    server: _Smtp

    def handle(self) -> None:
        mail = self.server.mail
        mail.calls += 1
        if mail.tls_first and not self._secure():
            return
        self.say(mail.answers.get("HELLO", "220 mail.example ESMTP"))
        self.handle_on("")

    def _secure(self) -> bool:
        assert self.server.mail.tls is not None
        try:
            self.connection = self.server.mail.tls.wrap_socket(self.connection, server_side=True)
        except OSError:  # the other side does not trust us
            return False
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)  # type: ignore[assignment]
        self.server.mail.secured += 1
        return True

    def handle_on(self, to: str) -> None:
        mail = self.server.mail
        for raw in self.rfile:
            word, _, rest = raw.decode().strip().partition(" ")
            word = word.upper()
            if word in mail.answers:
                self.say(mail.answers[word])
            elif word == "EHLO":
                offered = ["AUTH PLAIN"] if mail.user else []
                if mail.tls is not None and not mail.tls_first:
                    offered.append("STARTTLS")
                for one in ["mail.example", *offered][:-1]:
                    self.say(f"250-{one}")
                self.say(f"250 {['mail.example', *offered][-1]}")
            elif word == "STARTTLS":
                self.say("220 go on")
                if not self._secure():
                    return
                self.handle_on(to)
                return
            elif word == "AUTH":
                given = base64.b64decode(rest.partition(" ")[2]).split(b"\0")[1:]
                good = given == [mail.user.encode(), mail.password.encode()]
                self.say("235 ok" if good else "535 Error: authentication failed")
            elif word == "RCPT":
                to = rest.partition("<")[2].partition(">")[0]
                self.say("550 no such user" if to in mail.refused else "250 ok")
            elif word == "DATA":
                self.say("354 go on")
                self._letter(to)
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def _letter(self, to: str) -> None:
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw)
        answer = self.server.mail.answers.get("LETTER", "250 taken")
        if answer.startswith("250"):
            read = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(read, EmailMessage)
            self.server.mail.got.append((to, read))
        self.say(answer)

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")
