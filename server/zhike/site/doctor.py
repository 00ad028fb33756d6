"""`zhike doctor`: looks at an installation and says in Chinese what is wrong with it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from zhike.base import clock, keyring
from zhike.base.sqlite import SAFE_VERSION
from zhike.site import storage
from zhike.site.environment import Environment
from zhike.trail import guard, verification


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `remedy` says what to do when it is not well."""

    name: str
    well: bool
    text: str
    remedy: str = ""


def examine(environment: Environment) -> Iterator[Finding]:
    """Look at everything; an examination that breaks is a finding as well."""
    for name, look in EXAMINATIONS.items():
        try:
            yield look(name, environment)
        except Exception as error:
            yield Finding(name, False, f"检查时出错：{type(error).__name__}")


def _sqlite(name: str, _environment: Environment) -> Finding:
    import sqlite3

    well = sqlite3.sqlite_version_info >= SAFE_VERSION
    return Finding(name, well, sqlite3.sqlite_version, "需要 3.51.3 或更新，请重装 pysqlite3")


def _folder(name: str, environment: Environment) -> Finding:
    mode = stat.S_IMODE(environment.data.stat().st_mode)
    return Finding(
        name,
        not mode & 0o077,
        f"{environment.data}，权限 {mode:o}",
        f"别人也能打开它，请执行 chmod 700 {environment.data}",
    )


def _private(path: Path) -> bool:
    return not stat.S_IMODE(path.stat().st_mode) & 0o077


def _keys(name: str, environment: Environment) -> Finding:
    keyring.reload()
    if environment.keys:
        return Finding(name, True, "来自环境变量 ZHIKE_KEYS")
    path = environment.keys_file
    return Finding(name, _private(path), str(path), f"权限太宽，请执行 chmod 600 {path}")


def _secret_key(name: str, environment: Environment) -> Finding:
    path = environment.data / "secret_key"
    if not path.exists():
        return Finding(name, len(environment.secret_key) >= 32, "来自环境变量 ZHIKE_SECRET_KEY")
    return Finding(name, _private(path), str(path), f"权限太宽，请执行 chmod 600 {path}")


def _database(name: str, _environment: Environment) -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT version()")
            return Finding(name, True, str(cursor.fetchone()[0]).split(" (")[0])
        cursor.execute("PRAGMA quick_check(1)")
        result = str(cursor.fetchone()[0])
    return Finding(name, result == "ok", f"完整性 {result}", "数据库受损，请从备份恢复")


def _migrations(name: str, _environment: Environment) -> Finding:
    count = storage.pending()
    text = f"还有 {count} 步升级没做" if count else "已是最新"
    return Finding(name, not count, text, "请执行 zhike migrate")


def _trail(name: str, _environment: Environment) -> Finding:
    result = verification.examine(now=clock.now(), whole=True)
    text = result.problem.rstrip("。") or f"{result.events} 条，从第一条起逐条核对无误"
    return Finding(name, result.well, text, "请保留现场，看管理指南“审计日志”一节")


def _guard(name: str, _environment: Environment) -> Finding:
    well = guard.stands()
    return Finding(
        name,
        well,
        "数据库拒绝修改和删除" if well else "数据库里的保护被取消了",
        "请查明是谁做的，再执行 zhike migrate 恢复",
    )


def _clock(name: str, _environment: Environment) -> Finding:
    now = datetime.now(UTC)
    return Finding(
        name,
        2026 <= now.year < 2100,
        f"{now:%Y-%m-%d %H:%M} UTC",
        "系统时间不对，请校准",
    )


def _debug(name: str, _environment: Environment) -> Finding:
    return Finding(name, not settings.DEBUG, "开" if settings.DEBUG else "关", "请设 ZHIKE_DEBUG=0")


def _client(name: str, _environment: Environment) -> Finding:
    place = settings.WEB_CLIENT
    return Finding(name, place is not None, str(place or "没有构建"), "请执行 make run")


EXAMINATIONS: dict[str, Callable[[str, Environment], Finding]] = {
    "SQLite 版本": _sqlite,
    "数据文件夹": _folder,
    "加密密钥": _keys,
    "签名密钥": _secret_key,
    "数据库": _database,
    "数据库升级": _migrations,
    "审计日志": _trail,
    "审计保护": _guard,
    "系统时钟": _clock,
    "调试模式": _debug,
    "网页": _client,
}
