"""Sealing values with keys that live outside the database.

A sealed value is: version byte, key id byte, 12 random bytes, AES-256-GCM ciphertext with its tag.
It is bound to table, field and row, so it cannot be moved to another place unnoticed.
A blind index answers "is it the same value?" without the value: a keyed hash, one key per purpose.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = 1
INDEX_BYTES = 16
_HEAD = 2
_NONCE = 12
_TAG = 16


class Tampered(Exception):
    """The sealed bytes do not belong here, were changed, or their key is not in the ring."""


class Keyring:
    """The keys in memory: numbered sealing keys, the current one, and the root of the indexes."""

    def __init__(self, current: int, keys: dict[int, bytes], index: bytes) -> None:
        if current not in keys:
            raise ValueError("密钥文件有误：current 指向的密钥不存在")
        if any(not 0 < number < 256 or len(key) != 32 for number, key in keys.items()):
            raise ValueError("密钥文件有误：密钥编号应为 1–255，长度应为 32 字节")
        if len(index) != 32:
            raise ValueError("密钥文件有误：index 应为 32 字节")
        self.current = current
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._index = index
        self._purposes: dict[str, bytes] = {}
        self._mac_keys: dict[str, bytes] = {}
        self._head = bytes((VERSION, current))

    @classmethod
    def from_json(cls, text: str) -> Keyring:
        """Read the form `create` writes: {"current", "keys": {id: base64}, "index": base64}."""
        try:
            body = json.loads(text)
            keys = {int(number): base64.b64decode(key) for number, key in body["keys"].items()}
            return cls(int(body["current"]), keys, base64.b64decode(body["index"]))
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
            raise ValueError("密钥文件有误：不是有效的密钥 JSON，请从备份恢复") from error

    def knows(self, number: int) -> bool:
        """Whether a value sealed with that key can be opened."""
        return number in self._ciphers

    def seal(self, plain: str, bound_to: bytes) -> bytes:
        """Seal with the current key."""
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[self.current].encrypt(nonce, plain.encode(), bound_to)
        return self._head + nonce + sealed

    def unseal(self, sealed: bytes, bound_to: bytes) -> str:
        """Open; raises Tampered."""
        if len(sealed) < _HEAD + _NONCE + _TAG or sealed[0] != VERSION:
            raise Tampered
        cipher = self._ciphers.get(sealed[1])
        if cipher is None:
            raise Tampered
        try:
            start = _HEAD + _NONCE
            return cipher.decrypt(sealed[_HEAD:start], sealed[start:], bound_to).decode()
        except InvalidTag:
            raise Tampered from None

    def blind_index(self, purpose: str, value: str) -> bytes:
        """A keyed hash of 16 bytes; the same value gives different bytes for each purpose."""
        key = self._purposes.get(purpose)
        if key is None:
            derive = HKDF(SHA256(), 32, salt=None, info=b"zhike blind index " + purpose.encode())
            key = self._purposes[purpose] = derive.derive(self._index)
        return hmac.digest(key, value.encode(), "sha256")[:INDEX_BYTES]

    def mac(self, purpose: str, data: bytes) -> bytes:
        """HMAC-SHA256, 32 bytes, under a key of its own for each purpose."""
        key = self._mac_keys.get(purpose)
        if key is None:
            derive = HKDF(SHA256(), 32, salt=None, info=b"zhike mac " + purpose.encode())
            key = self._mac_keys[purpose] = derive.derive(self._index)
        return hmac.digest(key, data, "sha256")


_lock = Lock()
_loaded: Keyring | None = None


def _ring() -> Keyring:
    return _loaded or reload()


def reload() -> Keyring:
    """Read the keys again: settings.ZHIKE_KEYS as JSON text, else the file ZHIKE_KEYS_FILE."""
    global _loaded
    with _lock:
        inline = getattr(settings, "ZHIKE_KEYS", "")
        text = inline or Path(settings.ZHIKE_KEYS_FILE).read_text(encoding="utf-8")
        _loaded = Keyring.from_json(text)
        return _loaded


def forget() -> None:
    """Read the keys anew when they are next needed."""
    global _loaded
    _loaded = None


def create(path: str | os.PathLike[str]) -> None:
    """Write a new key file, readable by its owner only. Raises FileExistsError if there is one."""
    _write(Path(path), {"current": 1, "keys": {"1": _fresh()}, "index": _fresh()}, os.O_EXCL)


def add_key(path: str | os.PathLike[str]) -> int:
    """Add a sealing key to the file and make it current; older keys stay to open older values."""
    place = Path(path)
    body = json.loads(place.read_text(encoding="utf-8"))
    number = max(map(int, body["keys"])) + 1
    body["keys"][str(number)] = _fresh()
    body["current"] = number
    Keyring.from_json(json.dumps(body))
    beside = place.with_name(place.name + ".new")
    _write(beside, body, os.O_TRUNC)
    beside.replace(place)
    return number


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path, body: dict[str, object], flag: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _bound(table: str, field: str, row: int) -> bytes:
    return f"{table}|{field}|{row}".encode()


def seal(plain: str, *, table: str, field: str, row: int) -> bytes:
    """Seal a text for one field of one row."""
    return _ring().seal(plain, _bound(table, field, row))


def unseal(sealed: bytes, *, table: str, field: str, row: int) -> str:
    """Open what `seal` made for the same place. Raises Tampered."""
    data = bytes(sealed)
    ring = _ring()
    if len(data) > 1 and not ring.knows(data[1]):
        ring = reload()  # the keys were rotated while this process was running
    return ring.unseal(data, _bound(table, field, row))


def reseal(sealed: bytes, *, table: str, field: str, row: int) -> bytes | None:
    """The value under the current key, or None if it already is. Raises Tampered."""
    if bytes(sealed)[:_HEAD] == bytes((VERSION, _ring().current)):
        return None
    return seal(
        unseal(sealed, table=table, field=field, row=row), table=table, field=field, row=row
    )


def blind_index(purpose: str, value: str) -> bytes:
    """16 bytes that are equal exactly when purpose and value are."""
    return _ring().blind_index(purpose, value)


def mac(purpose: str, data: bytes) -> bytes:
    """32 bytes nobody can make without the keys: tells later that `data` is what it was."""
    return _ring().mac(purpose, data)
