"""One HTTP conversation with a robot: bounded in time and size, to fixed addresses.

`requests` looks names up by itself and follows proxies of the environment, hence `http.client`.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.trail.channels import reaching
from zhike.trail.channels.outcome import MINUTE, Outcome, broken, limited, retry

SECONDS = 10.0  # for the whole conversation
_LARGEST = 64 * 1024  # bytes of an answer
_LONGEST = 2000  # characters of an address

# What the other side's own codes mean.
Verdict = Callable[[dict[str, Any]], Outcome]


class Answer(NamedTuple):
    """What came back."""

    status: int
    retry_after: str
    body: bytes


class _Cut(Exception):
    """The time was over."""


def check(url: str) -> str:
    """Return the address of a robot as it is kept. Raises Invalid for one that cannot be."""
    url = url.strip()
    parts = urlsplit(url)
    try:
        whole = bool(parts.hostname) and parts.port != 0 and url.isascii() and url.isprintable()
    except ValueError:
        whole = False
    schemes = ("https", "http") if reaching.local_allowed() else ("https",)
    if not whole or parts.scheme not in schemes or parts.username or " " in url:
        raise Invalid("address", "请粘贴机器人的完整 Webhook 地址，以 https:// 开头。")
    if len(url) > _LONGEST:
        raise Invalid("address", f"地址太长了，最多 {_LONGEST} 个字符，请核对。")
    host = str(parts.hostname)
    named = host.replace(".", "").replace(":", "")
    literal = ":" in host or (named.isascii() and named.isdigit())
    if not reaching.local_allowed() and (
        host == "localhost" or (literal and not reaching.is_public(host))
    ):
        raise Invalid("address", f"这个地址{reaching.LOCAL}。")
    return url


def post(url: str, payload: dict[str, Any], verdict: Verdict, who: str) -> Outcome:
    """Send a message and tell what came of it; never raises for what the other side does."""
    try:
        answer = _talk(url, json.dumps(payload, ensure_ascii=False).encode())
    except reaching.OutOfReach as error:
        told = f"{who}的地址{error}" if error.lasting else str(error)
        return broken(told) if error.lasting else retry(told)
    except ssl.SSLCertVerificationError:
        return broken(f"{who}的证书不可信，请核对地址")
    except (_Cut, TimeoutError):
        return retry(f"{who} {SECONDS:.0f} 秒内没有回答")
    except (OSError, http.client.HTTPException):
        return retry(f"连接{who}失败，请检查网络")
    return _judged(answer, verdict, who)


def _judged(answer: Answer, verdict: Verdict, who: str) -> Outcome:
    if answer.status == 429:
        return limited(who, _seconds(answer.retry_after))
    if 300 <= answer.status < 400:
        return broken(f"{who}的地址转到了别处，请改用最终的地址")
    if answer.status in (408, 425) or answer.status >= 500:
        return retry(f"{who}暂时不能用（HTTP {answer.status}）")
    try:
        told = json.loads(answer.body) if len(answer.body) <= _LARGEST else None
    except (ValueError, RecursionError):
        told = None
    if answer.status >= 400 and not isinstance(told, dict):
        return broken(f"{who}不认识这个地址（HTTP {answer.status}），请核对")
    if not isinstance(told, dict):
        return retry(f"{who}的回答看不懂，请核对地址")
    found = verdict(told)
    if answer.status >= 400 and found.how in ("sent", "retry"):
        return broken(f"{who}不认识这个地址（HTTP {answer.status}），请核对")
    return found


def _seconds(retry_after: str) -> float:
    """Read how long to wait: seconds, or an instant."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:6])
    try:
        at: datetime = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError, OverflowError):
        return MINUTE
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (aware - clock.now()).total_seconds()


def _talk(url: str, body: bytes) -> Answer:
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    if not tls and not reaching.local_allowed():
        raise reaching.OutOfReach("不是 https，请换一个", lasting=True)
    host, port = str(parts.hostname), parts.port or (443 if tls else 80)
    over = threading.Event()
    line = _Line(host, port, reaching.found(host, port), tls, over)
    watch = threading.Timer(SECONDS, _cut, (line, over))
    watch.daemon = True
    watch.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", target, body, {"Content-Type": "application/json; charset=utf-8"})
        with line.getresponse() as answer:
            content = answer.read(_LARGEST + 1)
            found = Answer(answer.status, answer.headers.get("Retry-After", "").strip(), content)
    except (OSError, http.client.HTTPException) as error:
        if over.is_set():
            raise _Cut from error
        raise
    finally:
        watch.cancel()
        line.close()
    if over.is_set():
        raise _Cut
    return found


class _Line(http.client.HTTPConnection):
    """A connection to where the name led when it was looked at, whatever it means by now."""

    def __init__(
        self, host: str, port: int, places: list[str], tls: bool, over: threading.Event
    ) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.default_port = 443 if tls else 80  # what the Host header leaves out
        self._places, self._tls, self._over = places, tls, over
        self.plain: socket.socket | None = None

    def connect(self) -> None:
        """Connect, and prove who is there."""
        self.plain = reaching.connected(self._places, self.port, SECONDS)
        self.sock = self.plain
        self._in_time()
        if self._tls:
            self.sock = tls_context().wrap_socket(self.plain, server_hostname=self.host)
            self._in_time()

    def _in_time(self) -> None:
        """Raise _Cut where the time was over before there was a line that could be cut."""
        if self._over.is_set():
            raise _Cut


def _cut(line: _Line, over: threading.Event) -> None:
    """End a conversation that takes too long, wherever it stands: drop by drop, it might last."""
    over.set()
    sock: Any = line.sock or line.plain
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it is over already, or TLS is being agreed on: `connect` looks after that


@lru_cache(1)
def tls_context() -> ssl.SSLContext:
    """Return how TLS is spoken: with the usual authorities, and those of the machine."""
    context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    context.load_default_certs()
    return context
