"""The robots of group chats: how each wants its message, its signature, and what its codes mean.

Sources: 企业微信《群机器人配置说明》, 钉钉《自定义机器人接入》, 飞书《自定义机器人使用指南》.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote_plus

from zhike.trail.channels import posting, wording
from zhike.trail.channels.outcome import SENT, Outcome, broken, limited, refused, retry
from zhike.trail.channels.wording import Line


class Message(NamedTuple):
    """Where to post what."""

    url: str
    payload: dict[str, Any]


class Robot(Protocol):
    """`room` is what the notices of a message may take, in bytes, each with `extra` for marks;
    `signs` tells whether it may have a signing secret.
    """

    label: str
    room: int
    extra: int
    signs: bool

    def message(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Message:
        """Put a message together."""

    def verdict(self, told: dict[str, Any]) -> Outcome:
        """Tell what an answer of HTTP means: 200 alone means nothing."""


def send(robot: Robot, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Outcome:
    """Post one message with all these notices."""
    message = robot.message(url, secret, lines, at)
    return posting.post(message.url, message.payload, robot.verdict, robot.label)


def _markdown(lines: Sequence[Line], room: int, mark: str) -> str:
    """A heading, the notices, a link; a single notice that is too long is cut."""
    alone = len(lines) == 1
    parts = [part for line in lines for part in wording.told(line, alone=alone)]
    body = "\n".join(parts if alone else [f"{mark}{part}" for part in parts])
    if alone:
        body = body.replace("\n", "\n\n")
    head = f"**{wording.heading(lines)}**\n\n"
    place = wording.address(lines)
    foot = f"\n\n[打开{wording.HOUSE}]({place})" if place else ""
    return head + wording.cut(body, room) + foot


class Wecom:
    """企业微信: the key stands in the address; 20 messages a minute, 4096 bytes each."""

    label = "企业微信"
    room = 4096 - 700  # for heading and link
    extra = 4
    signs = False
    _LIMITED = frozenset({45009, 45033, 45047})
    _BROKEN = frozenset({93000, 93004, 93008, 93017, 40001, 40014, 40058, 60020, 301002})
    _REFUSED = frozenset({44004, 45002, 40008, 94000})

    def message(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Message:
        content = _markdown(lines, self.room, "> ")
        return Message(url, {"msgtype": "markdown", "markdown": {"content": content}})

    def verdict(self, told: dict[str, Any]) -> Outcome:
        code = _code(told, "errcode")
        if code == 0:
            return SENT
        if code in self._LIMITED:
            return limited(self.label)
        if code in self._BROKEN:
            return broken(f"企业微信拒收（{code}）：机器人的地址无效或已被移除，请重新粘贴")
        return _other(self.label, code, self._REFUSED)


class Dingtalk:
    """钉钉: signed in the address; 20 messages a minute, 20 000 bytes each."""

    label = "钉钉"
    room = 20_000 - 2000
    extra = 5
    signs = True
    _LIMITED = frozenset({130101, 130102, 410100, 90018, 90002})
    _BROKEN = frozenset({310000, 300001, 300005, 400101, 400102, 400105, 400106, 40014})
    _REFUSED = frozenset({400013, 400035, 40035, 430101, 430102, 430103, 430104, 460101})

    def message(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Message:
        title = wording.heading(lines)
        text = _markdown(lines, self.room, "- ")
        payload = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
        if not secret:
            return Message(url, payload)
        stamp = str(int(at.timestamp() * 1000))
        mac = hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256)
        sign = quote_plus(base64.b64encode(mac))
        joint = "&" if "?" in url else "?"
        return Message(f"{url}{joint}timestamp={stamp}&sign={sign}", payload)

    def verdict(self, told: dict[str, Any]) -> Outcome:
        code = _code(told, "errcode")
        if code == 0:
            return SENT
        if code in self._LIMITED:
            return limited(self.label)
        if code == 310000:
            hint = "签名不对、关键词不符，或服务器的 IP 不在名单里，请核对机器人的安全设置"
            return broken(f"钉钉拒收（310000）：{hint}")
        if code in self._BROKEN:
            return broken(f"钉钉拒收（{code}）：机器人的地址无效或已停用，请重新粘贴")
        return _other(self.label, code, self._REFUSED)


class Feishu:
    """飞书: signed in the body; 100 messages a minute and 5 a second, 20 KB each."""

    label = "飞书"
    room = 20_000 - 3000
    extra = 40
    signs = True
    _LIMITED = frozenset({11232, 99991400, 11233})
    _BROKEN = frozenset({9499, 19001, 19007, 19021, 19022, 19024})
    _REFUSED = frozenset({19002, 19003, 11246, 230001})

    def message(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Message:
        alone = len(lines) == 1
        said = [part for line in lines for part in wording.told(line, alone=alone)]
        body = wording.cut("\n".join(said), self.room)
        content: list[list[dict[str, str]]] = [
            [{"tag": "text", "text": part}] for part in body.split("\n") if part
        ]
        place = wording.address(lines)
        if place:
            content.append([{"tag": "a", "text": f"打开{wording.HOUSE}", "href": place}])
        post = {"zh_cn": {"title": wording.heading(lines), "content": content}}
        payload: dict[str, Any] = {"msg_type": "post", "content": {"post": post}}
        if secret:
            stamp = str(int(at.timestamp()))
            mac = hmac.digest(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256)
            payload = {"timestamp": stamp, "sign": base64.b64encode(mac).decode(), **payload}
        return Message(url, payload)

    def verdict(self, told: dict[str, Any]) -> Outcome:
        code = _code(told, "code" if "code" in told else "StatusCode")
        if code == 0:
            return SENT
        if code in self._LIMITED:
            return limited(self.label)
        if code in self._BROKEN:
            hint = "签名、关键词、IP 名单或地址不对，请核对机器人的安全设置"
            return broken(f"飞书拒收（{code}）：{hint}")
        return _other(self.label, code, self._REFUSED)


def _code(told: dict[str, Any], name: str) -> int | None:
    code = told.get(name)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _other(label: str, code: int | None, refusing: frozenset[int]) -> Outcome:
    if code is None:
        return retry(f"{label}的回答看不懂，请核对地址")
    if code in refusing:
        return refused(f"{label}不收这条消息（{code}）")
    return retry(f"{label}没有收下（{code}）")


ROBOTS: dict[str, Robot] = {"wecom": Wecom(), "dingtalk": Dingtalk(), "feishu": Feishu()}
