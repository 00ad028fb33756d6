"""Contents in the data folder: files/ab/cdef…, each written beside and renamed."""

from __future__ import annotations

import errno
import logging
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from zhike.base.filestore.failures import DIGEST, Missing, Unavailable, checked

_log = logging.getLogger("zhike.filestore")


class Folder:
    """Contents as files of the data folder, written beside and renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, digest: str) -> Path:
        checked(digest)
        return self.root / digest[:2] / digest[2:]

    def put(self, digest: str, sealed: Iterable[bytes]) -> None:
        path = self._path(digest)
        draft = path.with_name(f".{digest[2:10]}.{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                for piece in sealed:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
            _settle(path.parent)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise _told(error) from error
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def open(self, digest: str) -> BinaryIO:
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError:
            raise Missing from None
        except OSError as error:
            raise _told(error) from error

    def has(self, digest: str) -> bool:
        try:
            return self._path(digest).is_file()
        except OSError as error:
            raise _told(error) from error

    def delete(self, digest: str) -> None:
        try:
            self._path(digest).unlink(missing_ok=True)
        except OSError as error:
            raise _told(error) from error

    def older(self, than: datetime) -> Iterator[str]:
        """Also clears away drafts of that age, of which somebody was writing when they died."""
        before = than.timestamp()
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/*")):
            try:
                if path.stat().st_mtime >= before:
                    continue
                digest = path.parent.name + path.name
                if path.name.startswith("."):
                    path.unlink(missing_ok=True)
                elif DIGEST.fullmatch(digest):
                    yield digest
            except FileNotFoundError:
                continue  # another sweep was quicker


def _settle(folder: Path) -> None:
    """Have a rename survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(error: OSError) -> Unavailable:
    _log.error("store of files: %s", errno.errorcode.get(error.errno or 0, type(error).__name__))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable("服务器的磁盘满了，文件没有保存。请联系管理员。")
    return Unavailable()
