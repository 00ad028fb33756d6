"""Notices by mail, through the mail server of the organisation."""

from __future__ import annotations

import smtplib
import socket
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from types import TracebackType
from typing import Any, Literal, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from zhike.base import clock
from zhike.base.errors import Invalid
from zhike.base.text import tidy
from zhike.trail.channels import posting, reaching, wording
from zhike.trail.channels.outcome import SENT, Outcome, broken, refused, retry
from zhike.trail.channels.wording import Line

LABEL = "邮件服务器"
SECONDS = 10.0  # for each thing said
_FOOT = "收到这封邮件，是因为你在知客的“通知设置”里选了用邮件接收。"


class Server(NamedTuple):
    """A mail server as it is set up. `sender` is an address, or `名字 <address>`."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str
    password: str
    sender: str


def check(given: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a mail server as they are kept. Raises Invalid."""
    host = tidy(str(given.get("host") or "")).lower()
    if not host or len(host) > 253 or not all(one.isalnum() or one in ".-:" for one in host):
        raise Invalid("settings.host", "请填写邮件服务器的地址，如 smtp.example.com。")
    port = given.get("port")
    if not isinstance(port, int) or not 1 <= port <= 65535:
        raise Invalid("settings.port", "端口请填 1–65535，常用 465（SSL）或 587（STARTTLS）。")
    security = given.get("security")
    if security not in ("tls", "starttls", "none"):
        raise Invalid("settings.security", "加密方式只能选 SSL/TLS、STARTTLS 或不加密。")
    if security == "none" and not reaching.local_allowed():
        raise Invalid("settings.security", "邮件要加密发送，请选 SSL/TLS 或 STARTTLS。")
    sender = tidy(str(given.get("sender") or ""))
    try:
        validate_email(parseaddr(sender)[1])
    except ValidationError as error:
        raise Invalid(
            "settings.sender", "发件人请写成 crm@example.com 或 知客 <crm@example.com>。"
        ) from error
    user = tidy(str(given.get("user") or ""))
    for name, said in (("sender", sender), ("user", user)):
        if len(said) > 200:
            raise Invalid(f"settings.{name}", "太长了，最多 200 个字，请核对。")
    if not user.isascii():
        raise Invalid("settings.user", "账号只能是英文字母、数字和符号，多半就是邮箱地址。")
    return {"host": host, "port": port, "security": security, "user": user, "sender": sender}


def letter(server: Server, to: str, line: Line, *, number: str, at: datetime) -> EmailMessage:
    """Write the letter. `number` makes its Message-ID, the same however often it is sent."""
    name, address = parseaddr(server.sender)
    local, _, domain = address.rpartition("@")
    message = EmailMessage()
    message["Subject"] = line.title
    message["From"] = Address(name or wording.HOUSE, local, domain)
    message["To"] = to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{number}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    place = wording.address([line])
    parts = [
        line.title,
        line.body,
        f"打开{wording.HOUSE}：{place}" if place else "",
        f"--\n{_FOOT}",
    ]
    message.set_content("\n\n".join(part for part in parts if part), cte="base64")
    return message


class Post:
    """One connection to the mail server for several letters, opened for the first."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._hang_up(politely=True)

    def send(self, to: str, line: Line, *, number: str) -> Outcome:
        """Send a letter and tell what came of it; never raises for what the server does."""
        found = self._send(to, line, number)
        if found.how != "sent":
            self._hang_up(politely=False)
        return found

    def _send(self, to: str, line: Line, number: str) -> Outcome:
        try:
            message = letter(self._server, to, line, number=number, at=clock.now())
            (self._line or self._open()).send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            return _by_code(max(codes, default=550), "收件人的邮箱", refused)
        except smtplib.SMTPSenderRefused as error:
            return _by_code(error.smtp_code, "发件人", broken)
        except smtplib.SMTPAuthenticationError as error:
            return _by_code(error.smtp_code, "账号或密码（授权码）", broken)
        except smtplib.SMTPDataError as error:
            return _by_code(error.smtp_code, "这封邮件", refused)
        except smtplib.SMTPNotSupportedError:
            return broken(f"{LABEL}不支持所选的加密或登录方式，请换一种")
        except smtplib.SMTPResponseException as error:
            return retry(f"{LABEL}暂时不能用（{error.smtp_code}）")
        except reaching.OutOfReach as error:
            return broken(f"{LABEL}{error}") if error.lasting else retry(f"{LABEL}：{error}")
        except ssl.SSLCertVerificationError:
            return broken(f"{LABEL}的证书不可信，请核对地址")
        except TimeoutError:
            return retry(f"{LABEL} {SECONDS:.0f} 秒内没有回答")
        except (OSError, smtplib.SMTPException):
            return retry(f"连接{LABEL}失败，请检查地址、端口和加密方式")
        except (UnicodeError, ValueError):
            return refused("邮箱地址写法不对，请核对账号里的邮箱")
        return SENT

    def _open(self) -> smtplib.SMTP:
        one = self._server
        if one.security == "none" and not reaching.local_allowed():
            raise reaching.OutOfReach("要加密发送，请改选 SSL/TLS 或 STARTTLS", lasting=True)
        places = reaching.found(one.host, one.port)
        made: smtplib.SMTP = (_Tls if one.security == "tls" else _Plain)(places)
        self._line = made
        code, said = made.connect(one.host, one.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        if one.security == "starttls":
            made.starttls(context=posting.tls_context())
        if one.user:
            made.login(one.user, one.password)
        return made

    def _hang_up(self, *, politely: bool) -> None:
        line, self._line = self._line, None
        try:
            if line is not None and politely:
                line.quit()
            elif line is not None:
                line.close()
        except (OSError, smtplib.SMTPException):
            pass  # it is gone already


class _Plain(smtplib.SMTP):
    """Talks to where the name led when it was looked at, whatever it means by now."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(timeout=SECONDS)
        self._places = places

    def connect(self, host: str = "", port: int = 0, source_address: Any = None) -> Any:
        self._host = host  # what the certificate is checked against
        return super().connect(host, port, source_address)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return reaching.connected(self._places, port, timeout)


class _Tls(_Plain):
    """The same with TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = super()._get_socket(host, port, timeout)
        return posting.tls_context().wrap_socket(plain, server_hostname=host)


def _by_code(code: int, what: str, lasting: Any) -> Outcome:
    """Judge by the first digit: 4 is for now, 5 for good."""
    if 400 <= code < 500:
        return retry(f"{LABEL}暂时不收{what}（{code}）", alone=lasting is refused)
    found: Outcome = lasting(f"{LABEL}不接受{what}（{code}），请核对")
    return found
