"""The embedded database: a safe SQLite and a fair queue for its writers.

The system's SQLite is often older than 3.51.3, before which a write-ahead log reset can corrupt a
database that two connections use. `install` puts the one of `pysqlite3` in its place; it must run
before Django is imported.
"""

from __future__ import annotations

import sys

SAFE_VERSION = (3, 51, 3)


class UnsafeSQLite(Exception):
    """The SQLite at hand could corrupt the database."""


def install() -> None:
    """Make `import sqlite3` mean pysqlite3. Raises UnsafeSQLite when that is too old as well."""
    import pysqlite3
    import pysqlite3.dbapi2

    if pysqlite3.sqlite_version_info < SAFE_VERSION:
        raise UnsafeSQLite(
            f"SQLite {pysqlite3.sqlite_version} 有可能损坏数据库，需要 3.51.3 或更新。"
            "请重新安装 pysqlite3。"
        )
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def options(timeout: int = 20) -> dict[str, object]:
    """Return Django's OPTIONS: write-ahead log, writers lock at once, `timeout` in seconds."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": timeout,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
            " PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864"
        ),
    }
