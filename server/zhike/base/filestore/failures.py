"""What goes wrong with stored files, and what a digest looks like."""

from __future__ import annotations

import re

from zhike.base.errors import Conflict, Problem

DIGEST = re.compile(r"[0-9a-f]{64}")


class Unavailable(Problem):
    """The store cannot be reached or written to at the moment; nothing was kept."""

    status = 503
    code = "files_unavailable"
    default_title = "文件存储暂时用不了，请稍后再试；一直这样请联系管理员。"


class Damaged(Conflict):
    """A content that was changed, swapped or lost behind our back."""

    code = "file_damaged"
    default_title = "这个文件打不开，内容可能被改动或丢失过。请重新上传，或请管理员从备份恢复。"


class Missing(Exception):
    """There is no content of that digest."""


def checked(digest: str) -> str:
    """Return a digest; raises ValueError for anything else, which names no content."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("not a digest")
    return digest
