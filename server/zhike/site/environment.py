"""What the administrator sets from outside: environment variables and the data folder.

`VARIABLES` is the one list of them; `read` checks the values, `prepare` makes folder and keys.
Nothing here needs Django, so that a wrong value is told in one line before anything starts.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

VARIABLES: dict[str, tuple[str, str]] = {
    "ZHIKE_DATA": ("~/.zhike", "数据文件夹：数据库、密钥、上传的文件"),
    "ZHIKE_PORT": ("8000", "网页服务的端口，1–65535"),
    "ZHIKE_BIND": ("127.0.0.1", "网页服务监听的地址"),
    "ZHIKE_URL": ("", "对外的网址，如 https://crm.example.cn；https 时 Cookie 只走加密连接"),
    "ZHIKE_HOSTS": ("", "另外允许的主机名，用逗号分隔"),
    "ZHIKE_PROXY_COUNT": ("0", "前面有几层可信的反向代理，0–5"),
    "ZHIKE_DATABASE_URL": ("", "PostgreSQL 地址，如 postgres://用户@主机/库名；空着就用内置数据库"),
    "ZHIKE_SECRET_KEY": ("", "签名密钥，至少 32 个字符；空着就用数据文件夹里的 secret_key"),
    "ZHIKE_KEYS": ("", "加密密钥（JSON）；空着就用 ZHIKE_KEYS_FILE"),
    "ZHIKE_KEYS_FILE": ("", "加密密钥文件；空着就用数据文件夹里的 keys.json"),
    "ZHIKE_WEB_WORKERS": ("1", "网页服务的进程数，1–16"),
    "ZHIKE_WORKERS": ("1", "后台任务的进程数，1–16"),
    "ZHIKE_WEB_THREADS": ("4", "每个网页进程同时回答几个请求，1–64"),
    "ZHIKE_SESSION_DAYS": ("14", "登录一次最多保持几天，1–90"),
    "ZHIKE_IDLE_HOURS": ("72", "多少小时不用就要重新登录，1–2160"),
    "ZHIKE_OIDC_ISSUER": ("", "单点登录（OpenID Connect）服务的地址，如 https://sso.example.cn"),
    "ZHIKE_OIDC_NAME": ("单点登录", "单点登录按钮上的名字，最多 40 个字"),
    "ZHIKE_OIDC_CLIENT_ID": ("", "在单点登录服务上登记的应用编号"),
    "ZHIKE_OIDC_CLIENT_SECRET": ("", "在单点登录服务上登记的应用密钥"),
    "ZHIKE_OIDC_MATCH": ("email", "第一次来的人怎么认：email（已验证的邮箱）、username、none"),
    "ZHIKE_DINGTALK_ID": ("", "钉钉应用的 Client ID（AppKey）"),
    "ZHIKE_DINGTALK_SECRET": ("", "钉钉应用的 Client Secret（AppSecret）"),
    "ZHIKE_FEISHU_ID": ("", "飞书应用的 App ID"),
    "ZHIKE_FEISHU_SECRET": ("", "飞书应用的 App Secret"),
    "ZHIKE_WEIXIN_ID": ("", "微信开放平台网站应用的 AppID"),
    "ZHIKE_WEIXIN_SECRET": ("", "微信开放平台网站应用的 AppSecret"),
    "ZHIKE_FILES_URL": ("", "附件存到 S3 兼容的对象存储：存储桶的地址；空着就存在数据文件夹里"),
    "ZHIKE_FILES_KEY": ("", "对象存储的 Access Key ID"),
    "ZHIKE_FILES_SECRET": ("", "对象存储的 Secret Access Key"),
    "ZHIKE_FILES_REGION": ("us-east-1", "对象存储的地域，如 cn-hangzhou"),
    "ZHIKE_ALLOW_LOCAL_CHANNELS": ("0", "通知渠道可以用内网地址和 http，1 为允许"),
    "ZHIKE_STREAMS": ("100", "每个网页进程最多几个新通知的实时连接，0–1000；更多的定时来问"),
    "ZHIKE_STREAM_SECONDS": ("55", "新通知的实时连接最多保持几秒，0–300；代理断得早就调小"),
    "ZHIKE_LOG_LEVEL": ("info", "日志详细程度：debug、info、warning、error"),
    "ZHIKE_DEBUG": ("0", "开发调试，1 为打开；正式使用必须为 0"),
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


# Who else may vouch for people: name in the settings, id, what it is called.
_OTHERS = (
    ("DINGTALK", "dingtalk", "钉钉"),
    ("FEISHU", "feishu", "飞书"),
    ("WEIXIN", "weixin", "微信"),
)
OIDC, OIDC_KIND = "oidc", "openid_connect"


class Provider(NamedTuple):
    """Somebody who vouches for our people: OpenID Connect (`id` is "oidc"), 钉钉, 飞书 or 微信."""

    id: str
    name: str
    client_id: str
    secret: str
    issuer: str = ""


class WrongSetting(Exception):
    """A setting that cannot be used; the message is one Chinese line for the administrator."""


@dataclass(frozen=True)
class Environment:
    """The checked settings."""

    data: Path
    port: int
    bind: str
    url: str
    hosts: tuple[str, ...]
    proxy_count: int
    database_url: str
    secret_key: str
    keys: str
    keys_file: Path
    web_workers: int
    web_threads: int
    workers: int
    session_days: int
    idle_hours: int
    providers: tuple[Provider, ...]
    oidc_match: str
    files_url: str
    files_key: str
    files_secret: str
    files_region: str
    allow_local_channels: bool
    streams: int
    stream_seconds: int
    log_level: str
    debug: bool

    @property
    def tls(self) -> bool:
        """Whether people reach us over https only."""
        return self.url.startswith("https://")

    @property
    def database_file(self) -> Path:
        """The embedded database."""
        return self.data / "zhike.sqlite3"


def read(given: Mapping[str, str] | None = None) -> Environment:
    """Read and check the environment. Raises WrongSetting; writes nothing."""
    source = os.environ if given is None else given
    values = {name: source.get(name, "").strip() or VARIABLES[name][0] for name in VARIABLES}
    data = Path(values["ZHIKE_DATA"]).expanduser()
    if not data.is_absolute():
        data = Path.cwd() / data
    url = values["ZHIKE_URL"].rstrip("/")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise WrongSetting(f"ZHIKE_URL 应是 http:// 或 https:// 开头的网址，现在是“{url}”。")
    database_url = values["ZHIKE_DATABASE_URL"]
    if database_url and urlsplit(database_url).scheme not in ("postgres", "postgresql"):
        raise WrongSetting("ZHIKE_DATABASE_URL 应以 postgres:// 开头；用内置数据库请把它空着。")
    level = values["ZHIKE_LOG_LEVEL"].lower()
    if level not in ("debug", "info", "warning", "error"):
        raise WrongSetting("ZHIKE_LOG_LEVEL 只能是 debug、info、warning 或 error。")
    if values["ZHIKE_DEBUG"] not in ("0", "1"):
        raise WrongSetting("ZHIKE_DEBUG 只能是 0 或 1。")
    return Environment(
        data=data,
        port=_number(values, "ZHIKE_PORT", 1, 65535),
        bind=values["ZHIKE_BIND"],
        url=url,
        hosts=_hosts(values["ZHIKE_HOSTS"], url),
        proxy_count=_number(values, "ZHIKE_PROXY_COUNT", 0, 5),
        database_url=database_url,
        secret_key=_secret_key(values["ZHIKE_SECRET_KEY"], data),
        keys=values["ZHIKE_KEYS"],
        keys_file=Path(values["ZHIKE_KEYS_FILE"] or data / "keys.json").expanduser(),
        web_workers=_number(values, "ZHIKE_WEB_WORKERS", 1, 16),
        web_threads=_number(values, "ZHIKE_WEB_THREADS", 1, 64),
        workers=_number(values, "ZHIKE_WORKERS", 1, 16),
        session_days=_number(values, "ZHIKE_SESSION_DAYS", 1, 90),
        idle_hours=_number(values, "ZHIKE_IDLE_HOURS", 1, 2160),
        providers=_providers(values),
        oidc_match=_one_of(values, "ZHIKE_OIDC_MATCH", ("email", "username", "none")),
        files_url=_files_url(values),
        files_key=values["ZHIKE_FILES_KEY"],
        files_secret=values["ZHIKE_FILES_SECRET"],
        files_region=values["ZHIKE_FILES_REGION"],
        allow_local_channels=_one_of(values, "ZHIKE_ALLOW_LOCAL_CHANNELS", ("0", "1")) == "1",
        streams=_number(values, "ZHIKE_STREAMS", 0, 1000),
        stream_seconds=_number(values, "ZHIKE_STREAM_SECONDS", 0, 300),
        log_level=level,
        debug=values["ZHIKE_DEBUG"] == "1",
    )


def prepare(environment: Environment) -> Environment:
    """Make the data folder and missing keys (mode 0700 and 0600), and return the settings anew.

    Raises WrongSetting when a folder cannot be written, or when there is a database whose keys
    are gone: new keys would open none of it.
    """
    from zhike.base import keyring

    try:
        environment.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not environment.secret_key:
            _write_once(environment.data / "secret_key", secrets.token_urlsafe(50))
        if not environment.keys and not environment.keys_file.exists():
            if environment.database_file.exists() and not environment.database_url:
                raise WrongSetting(
                    f"找不到加密密钥 {environment.keys_file}，但数据库还在。请把密钥文件放回原处。"
                )
            try:
                keyring.create(environment.keys_file)
            except FileExistsError:
                pass  # another process was quicker
    except OSError as error:
        raise WrongSetting(f"数据文件夹 {environment.data} 无法使用：{error.strerror}。") from error
    return read()


def _number(values: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = values[name]
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise WrongSetting(f"{name} 应是 {low}–{high} 的整数，现在是“{text}”。")
    return int(text)


def _one_of(values: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    if values[name] not in words:
        raise WrongSetting(f"{name} 只能是 {'、'.join(words)}，现在是“{values[name]}”。")
    return values[name]


def _providers(values: Mapping[str, str]) -> tuple[Provider, ...]:
    """Return who may vouch for people. Raises WrongSetting for one that is half set."""
    found = []
    issuer = values["ZHIKE_OIDC_ISSUER"].rstrip("/")
    own = [issuer, values["ZHIKE_OIDC_CLIENT_ID"], values["ZHIKE_OIDC_CLIENT_SECRET"]]
    if any(own):
        parts = urlsplit(issuer)
        if not all(own):
            names = "ZHIKE_OIDC_ISSUER、ZHIKE_OIDC_CLIENT_ID 和 ZHIKE_OIDC_CLIENT_SECRET"
            raise WrongSetting(f"{names} 要一起设置。")
        near = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        if not (parts.hostname and (parts.scheme == "https" or near)):
            raise WrongSetting(f"ZHIKE_OIDC_ISSUER 应是 https:// 开头的网址，现在是“{issuer}”。")
        found.append(Provider(OIDC, values["ZHIKE_OIDC_NAME"][:40], own[1], own[2], issuer))
    for word, identifier, name in _OTHERS:
        client_id, secret = values[f"ZHIKE_{word}_ID"], values[f"ZHIKE_{word}_SECRET"]
        if bool(client_id) != bool(secret):
            raise WrongSetting(f"ZHIKE_{word}_ID 和 ZHIKE_{word}_SECRET 要一起设置。")
        if client_id:
            found.append(Provider(identifier, name, client_id, secret))
    return tuple(found)


def _files_url(values: Mapping[str, str]) -> str:
    """Return the address of the bucket for attachments; raise WrongSetting if it is half set."""
    url = values["ZHIKE_FILES_URL"].rstrip("/")
    named = [url, values["ZHIKE_FILES_KEY"], values["ZHIKE_FILES_SECRET"]]
    if any(named) and not all(named):
        raise WrongSetting("ZHIKE_FILES_URL、ZHIKE_FILES_KEY 和 ZHIKE_FILES_SECRET 要一起设置。")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
        raise WrongSetting(f"ZHIKE_FILES_URL 应是 https:// 开头的存储桶地址，现在是“{url}”。")
    return url


def _hosts(text: str, url: str) -> tuple[str, ...]:
    named = [host.strip() for host in text.split(",") if host.strip()]
    if any("/" in host or " " in host for host in named):
        raise WrongSetting("ZHIKE_HOSTS 只写主机名，用逗号分隔，不要带 http://。")
    public = urlsplit(url).hostname
    return tuple(dict.fromkeys([*LOOPBACK, *([public] if public else []), *named]))


def _secret_key(given: str, data: Path) -> str:
    if given:
        if len(given) < 32:
            raise WrongSetting("ZHIKE_SECRET_KEY 至少要 32 个字符。")
        return given
    try:
        return (data / "secret_key").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"读不了 {data / 'secret_key'}，请检查文件权限。") from error


def _write_once(path: Path, text: str) -> None:
    """Write a new file so that it is never seen half-written; the first of two writers wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
