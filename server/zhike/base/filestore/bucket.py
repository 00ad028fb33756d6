"""Contents in a bucket of an S3-compatible store."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO, NamedTuple
from xml.etree import ElementTree

import requests
from requests_aws4auth import AWS4Auth
from urllib3.exceptions import HTTPError

from zhike.base.filestore.failures import DIGEST, Missing, Unavailable, checked

_TIMEOUT = (4.0, 30.0)  # seconds to connect, and between two pieces of an answer
_log = logging.getLogger("zhike.filestore")


class Bucket:
    """Contents as objects of a bucket, over the S3 protocol. `url` is the bucket's address."""

    def __init__(self, url: str, key: str, secret: str, region: str) -> None:
        self._url = url.rstrip("/")
        self._auth = AWS4Auth(key, secret, region, "s3")

    def _ask(
        self, method: str, digest: str | None, *, stream: bool = False, **more: object
    ) -> requests.Response:
        path = "/" if digest is None else f"/{checked(digest)[:2]}/{digest[2:]}"
        try:
            answer = requests.request(
                method,
                self._url + path,
                auth=self._auth,
                timeout=_TIMEOUT,
                allow_redirects=False,
                stream=stream,
                **more,  # type: ignore[arg-type]
            )
        except requests.RequestException as error:
            _log.error("store of files: %s %s", method, type(error).__name__)
            raise Unavailable from error
        if answer.status_code == 404 and digest is not None:
            answer.close()
            raise Missing
        if not 200 <= answer.status_code < 300:
            answer.close()
            _log.error("store of files: %s answered %s", method, answer.status_code)
            raise Unavailable
        return answer

    def put(self, digest: str, sealed: Iterable[bytes]) -> None:
        try:
            self._ask("PUT", digest, data=b"".join(sealed)).close()
        except Missing:  # there is no such bucket
            raise Unavailable from None

    def open(self, digest: str) -> BinaryIO:
        return _Answer(self._ask("GET", digest, stream=True))  # type: ignore[return-value]

    def has(self, digest: str) -> bool:
        try:
            self._ask("HEAD", digest).close()
        except Missing:
            return False
        return True

    def delete(self, digest: str) -> None:
        try:
            self._ask("DELETE", digest).close()
        except Missing:
            pass

    def older(self, than: datetime) -> Iterator[str]:
        following = ""
        while True:
            wish = {"list-type": "2"} | ({"continuation-token": following} if following else {})
            with self._ask("GET", None, params=wish) as answer:
                found = _listed(answer.content)
            for key, put in found.keys:
                digest = key.replace("/", "")
                if put < than and key[2:3] == "/" and DIGEST.fullmatch(digest):
                    yield digest
            following = found.following
            if not following:
                return


class _Answer:
    """The body of an answer, read as a file."""

    def __init__(self, answer: requests.Response) -> None:
        self._answer = answer

    def read(self, size: int) -> bytes:
        try:
            return bytes(self._answer.raw.read(size))
        except (HTTPError, OSError) as error:
            _log.error("store of files: broke off, %s", type(error).__name__)
            raise Unavailable from error

    def close(self) -> None:
        self._answer.close()


class _Listed(NamedTuple):
    keys: list[tuple[str, datetime]]
    following: str


def _listed(body: bytes) -> _Listed:
    """Read one page of the list of a bucket."""
    try:
        root = ElementTree.fromstring(body)
        keys = [
            (one.findtext("{*}Key", ""), _instant(one.findtext("{*}LastModified", "")))
            for one in root.findall("{*}Contents")
        ]
    except (ElementTree.ParseError, ValueError, TypeError) as error:
        raise Unavailable from error
    more = root.findtext("{*}IsTruncated", "").strip() == "true"
    return _Listed(keys, root.findtext("{*}NextContinuationToken", "") if more else "")


def _instant(text: str) -> datetime:
    """An instant as stores write it: 2026-11-22T02:00:00.000Z, or as in mail headers."""
    found = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
