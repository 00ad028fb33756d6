"""The store of contents: what people attach, sealed, each content once, found by a keyed hash.

A content lies under its digest, a BLAKE2b keyed from the key ring: without the keys nobody can
tell whether a file they know is here. It is sealed in pieces of 1 MiB under a key of its own,
which the key ring seals, bound to the digest; pieces are bound to digest, place and end, so that
contents cannot be swapped, shortened or reordered unnoticed (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015).

Where: in the data folder under `files/ab/cdef…`, or in an S3-compatible store when
`ZHIKE_FILES_URL` names one.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from zhike.base import keyring, practice
from zhike.base.filestore.bucket import Bucket
from zhike.base.filestore.failures import Damaged, Missing, Unavailable
from zhike.base.filestore.folder import Folder

__all__ = [
    "Content",
    "Damaged",
    "Source",
    "Unavailable",
    "delete",
    "keep",
    "measure",
    "older",
    "opened",
    "store",
]
PIECE = 1 << 20
_MARK = b"ZHK1"
_TAG = 16
_log = logging.getLogger("zhike.filestore")


class Source(Protocol):
    """An uploaded file: read in pieces, and again from the start."""

    def read(self, size: int = -1, /) -> bytes: ...

    def seek(self, place: int, /) -> object: ...


class Content(NamedTuple):
    """What was read of an upload: its digest in hexadecimal, its size in bytes."""

    digest: str
    size: int


class Store(Protocol):
    """Where sealed contents lie. Every method may raise Unavailable."""

    def put(self, digest: str, sealed: Iterable[bytes]) -> None:
        """Keep a sealed content; it is there whole or not at all."""

    def open(self, digest: str) -> BinaryIO:
        """Return a sealed content to be read; raises Missing."""

    def has(self, digest: str) -> bool:
        """Tell whether a content is there."""

    def delete(self, digest: str) -> None:
        """Delete a content; one that is not there is no error."""

    def older(self, than: datetime) -> Iterator[str]:
        """Return the digests of what was put before an instant."""


def measure(source: Source, most: int) -> Content | None:
    """Return digest and size of an upload; None beyond `most` bytes."""
    found = hashlib.blake2b(key=keyring.mac("file digest", b"1"), digest_size=32)
    size = 0
    source.seek(0)
    while data := source.read(PIECE):
        size += len(data)
        if size > most:
            return None
        found.update(data)
    return Content(found.hexdigest(), size)


def keep(content: Content, source: Source) -> None:
    """Keep what was measured, unless the same content is here already. Raises Unavailable."""
    where = store()
    if not where.has(content.digest):
        source.seek(0)
        where.put(content.digest, _sealed(content.digest, source))


def opened(digest: str) -> Iterator[bytes]:
    """Return the plain pieces of a content, the first of them opened already.

    Raises Unavailable or Damaged; Damaged also while reading, before anything false is returned.
    """
    try:
        file = store().open(digest)
    except Missing:
        _log.error("content missing digest=%s", digest[:8])
        raise Damaged from None
    pieces = _unsealed(digest, file)
    first = next(pieces)

    def rest() -> Iterator[bytes]:
        yield first
        yield from pieces

    return rest()


def delete(digest: str) -> None:
    """Delete a content for good."""
    store().delete(digest)


def older(than: datetime) -> Iterator[str]:
    """Return the digests of the contents kept before an instant."""
    return store().older(than)


def store() -> Store:
    """Return where contents lie by the settings; those of a practice workspace lie apart."""
    if number := practice.generation():
        return Folder(practice.files(number))
    if settings.ZHIKE_FILES_URL:
        return Bucket(
            settings.ZHIKE_FILES_URL,
            settings.ZHIKE_FILES_KEY,
            settings.ZHIKE_FILES_SECRET,
            settings.ZHIKE_FILES_REGION,
        )
    return Folder(Path(settings.ZHIKE_DATA) / "files")


def _place(number: int, *, last: bool) -> bytes:
    return struct.pack(">QI", number, last)


def _sealed(digest: str, source: Source) -> Iterator[bytes]:
    key = secrets.token_bytes(32)
    held = base64.b64encode(key).decode()
    head = keyring.seal(held, table="file", field=digest, row=0)
    yield _MARK + struct.pack(">I", len(head)) + head
    cipher, bound = AESGCM(key), digest.encode()
    data, number, last = source.read(PIECE), 0, False
    while not last:
        following = source.read(PIECE)
        last = not following
        yield cipher.encrypt(_place(number, last=last), data, bound)
        data, number = following, number + 1


def _unsealed(digest: str, file: BinaryIO) -> Iterator[bytes]:
    with closing(file):
        try:
            if _exactly(file, len(_MARK)) != _MARK:
                raise Damaged
            (length,) = struct.unpack(">I", _exactly(file, 4))
            if length > 1000:
                raise Damaged
            held = keyring.unseal(_exactly(file, length), table="file", field=digest, row=0)
            cipher, bound = AESGCM(base64.b64decode(held)), digest.encode()
            data, number, last = _up_to(file, PIECE + _TAG), 0, False
            while not last:
                following = _up_to(file, PIECE + _TAG)
                last = not following
                yield cipher.decrypt(_place(number, last=last), data, bound)
                data, number = following, number + 1
        except (keyring.Tampered, InvalidTag, ValueError):
            _log.error("content unreadable digest=%s", digest[:8])
            raise Damaged from None


def _up_to(file: BinaryIO, count: int) -> bytes:
    """Read so many bytes, fewer only at the end: a connection gives what it has."""
    found = bytearray()
    while len(found) < count and (data := file.read(count - len(found))):
        found += data
    return bytes(found)


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = _up_to(file, count)
    if len(data) != count:
        raise Damaged
    return data
