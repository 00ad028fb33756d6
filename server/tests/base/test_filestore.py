"""The store of contents: sealed, each once, whole or not at all; in a folder and in a bucket."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from zhike.base import clock, filestore
from zhike.base.filestore.folder import Folder

MOST = 1 << 30
SIZES = (0, 1, 1000, filestore.PIECE - 1, filestore.PIECE, filestore.PIECE + 1, 3 * filestore.PIECE)
BUCKET = "attachments"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server of this process."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ZHIKE_DATA = tmp_path
    settings.ZHIKE_FILES_URL = ""
    return tmp_path / "files"


@pytest.fixture
def bucket(settings: Any, server: str) -> Iterator[Any]:
    """The bucket as another client sees it."""
    settings.ZHIKE_FILES_URL = f"{server}/{BUCKET}"
    settings.ZHIKE_FILES_KEY, settings.ZHIKE_FILES_SECRET = "key", "secret"
    settings.ZHIKE_FILES_REGION = "us-east-1"
    own = boto3.resource(
        "s3",
        endpoint_url=server,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    found = own.create_bucket(Bucket=BUCKET)
    yield found
    found.objects.delete()
    found.delete()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest) -> str:
    request.getfixturevalue(request.param)
    return str(request.param)


def kept(data: bytes) -> filestore.Content:
    content = filestore.measure(io.BytesIO(data), MOST)
    assert content is not None
    filestore.keep(content, io.BytesIO(data))
    return content


def read(digest: str) -> bytes:
    return b"".join(filestore.opened(digest))


def lying(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", SIZES)
def test_what_goes_in_comes_out(store: str, size: int) -> None:
    data = os.urandom(size)
    content = kept(data)
    assert content.size == size
    assert read(content.digest) == data


def test_the_same_content_is_kept_once(folder: Path) -> None:
    first, again = kept(b"contract"), kept(b"contract")
    assert first == again
    (path,) = lying(folder)
    stamp = path.stat().st_mtime_ns
    kept(b"contract")
    assert path.stat().st_mtime_ns == stamp
    kept(b"another")
    assert len(lying(folder)) == 2


def test_nothing_of_it_can_be_read_on_disk(folder: Path) -> None:
    data = b"6222021234567890123 " * 100_000
    content = kept(data)
    (path,) = lying(folder)
    assert path.parent.name + path.name == content.digest
    held = path.read_bytes()
    assert b"6222021234567890123" not in held
    assert len(held) < len(data) + 1000
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_nothing_of_it_can_be_read_in_the_bucket(bucket: Any) -> None:
    content = kept(b"6222021234567890123 " * 1000)
    (one,) = bucket.objects.all()
    assert one.key == f"{content.digest[:2]}/{content.digest[2:]}"
    assert b"6222021234567890123" not in one.get()["Body"].read()


def test_the_digest_is_keyed(folder: Path) -> None:
    """Who knows a file, but not the keys, cannot tell whether it is here."""
    data = b"a file everybody has"
    digest = kept(data).digest
    for known in ("blake2b", "sha256", "sha512", "md5", "sha1"):
        assert digest not in hashlib.new(known, data).hexdigest()
    assert digest != hashlib.blake2b(data, digest_size=32).hexdigest()


def test_two_contents_cannot_be_swapped(folder: Path) -> None:
    one, two = kept(b"cheap offer"), kept(b"dear offer")
    first, second = (folder / digest[:2] / digest[2:] for digest, _ in (one, two))
    held = first.read_bytes(), second.read_bytes()
    first.write_bytes(held[1])
    second.write_bytes(held[0])
    for digest in (one.digest, two.digest):
        with pytest.raises(filestore.Damaged):
            filestore.opened(digest)


def test_whatever_is_changed_is_noticed(folder: Path) -> None:
    data = os.urandom(2 * filestore.PIECE + 10)
    digest = kept(data).digest
    (path,) = lying(folder)
    held = path.read_bytes()
    piece = filestore.PIECE + 16
    start = len(held) - (2 * piece + 26)
    wrong = {
        "cut": held[: start + 2 * piece],
        "cut in a piece": held[:-1],
        "longer": held + b"x",
        "nothing": b"",
        "no head": held[:6],
        "other mark": b"ZHK2" + held[4:],
        "huge head": held[:4] + b"\xff\xff\xff\xff" + held[8:],
        "exchanged": held[:start]
        + held[start + piece : start + 2 * piece]
        + held[start : start + piece]
        + held[start + 2 * piece :],
        "last bit": held[:-1] + bytes([held[-1] ^ 1]),
        "key": held[:20] + bytes([held[20] ^ 1]) + held[21:],
    }
    for what, changed in wrong.items():
        path.write_bytes(changed)
        with pytest.raises(filestore.Damaged):
            read(digest)
            pytest.fail(what)
    path.write_bytes(held)
    assert read(digest) == data


def test_one_that_is_gone_is_told(store: str) -> None:
    digest = kept(b"soon gone").digest
    filestore.delete(digest)
    filestore.delete(digest)
    with pytest.raises(filestore.Damaged):
        filestore.opened(digest)


def test_too_much_is_not_kept(folder: Path) -> None:
    assert filestore.measure(io.BytesIO(b"x" * 11), 10) is None
    assert filestore.measure(io.BytesIO(b"x" * 10), 10) is not None
    assert not folder.exists()


class Breaking(io.BytesIO):
    """An upload that breaks off after its first piece when it is read again."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 0:
            raise EOFError
        return super().read(size)


def test_what_breaks_off_leaves_nothing(folder: Path) -> None:
    data = b"x" * (2 * filestore.PIECE)
    content = filestore.measure(io.BytesIO(data), MOST)
    assert content is not None
    with pytest.raises(EOFError):
        Folder(folder).put(content.digest, filestore._sealed(content.digest, Breaking(data)))
    assert lying(folder) == []


def test_a_full_disk_is_told_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(filestore.Unavailable, match="磁盘满了"):
        kept(b"contract")
    assert lying(folder) == []


def test_who_is_killed_while_writing_leaves_no_half_content(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from zhike.base.filestore.folder import Folder\n"
        "def pieces():\n"
        "    yield b'half'\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"Folder(Path({str(tmp_path / 'files')!r})).put('ab' * 32, pieces())\n"
    )
    here = Path(filestore.__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(here)}, check=False, timeout=60
    )
    assert done.returncode == -9
    where = Folder(tmp_path / "files")
    assert not where.has("ab" * 32)
    (draft,) = lying(tmp_path / "files")
    assert list(where.older(clock.now() - timedelta(days=1))) == []
    assert draft.exists()  # whoever writes it may still be at it
    os.utime(draft, (0, 0))
    assert list(where.older(clock.now() - timedelta(days=1))) == []
    assert lying(tmp_path / "files") == []


def test_only_what_is_old_enough_is_listed(folder: Path) -> None:
    old, new = kept(b"old").digest, kept(b"new").digest
    os.utime(folder / old[:2] / old[2:], (0, 0))
    (folder / "notes.txt").write_text("not ours")
    (folder / old[:2] / "README").write_text("not ours")
    os.utime(folder / old[:2] / "README", (0, 0))
    before = clock.now() - timedelta(hours=1)
    assert list(filestore.older(before)) == [old]
    assert set(filestore.older(clock.now() + timedelta(hours=1))) == {old, new}


def test_a_bucket_is_listed_to_its_end(bucket: Any) -> None:
    mine = {kept(bytes([number])).digest for number in range(3)}
    for number in range(1100):
        bucket.put_object(Key=f"ab/{number:062x}", Body=b"x")
    bucket.put_object(Key="readme.txt", Body=b"not ours")
    found = list(filestore.older(datetime.now(UTC) + timedelta(hours=1)))
    assert len(found) == 1103
    assert mine <= set(found)
    assert list(filestore.older(datetime.now(UTC) - timedelta(hours=1))) == []


def test_a_bucket_out_of_reach_is_told(bucket: Any, settings: Any) -> None:
    digest = kept(b"contract").digest
    settings.ZHIKE_FILES_URL = "http://127.0.0.1:9/attachments"
    content = filestore.measure(io.BytesIO(b"another"), MOST)
    assert content is not None
    for ask in (
        lambda: filestore.keep(content, io.BytesIO(b"another")),
        lambda: filestore.opened(digest),
        lambda: filestore.delete(digest),
        lambda: list(filestore.older(clock.now())),
    ):
        with pytest.raises(filestore.Unavailable) as told:
            ask()
        assert told.value.status == 503


def test_a_bucket_that_is_not_there_is_told(bucket: Any, server: str, settings: Any) -> None:
    settings.ZHIKE_FILES_URL = f"{server}/nobodys-bucket"
    with pytest.raises(filestore.Unavailable):
        kept(b"contract")


@pytest.mark.parametrize("wrong", ["", "../../etc/passwd", "ab" * 31, "AB" * 32, "ab" * 32 + "\n"])
def test_only_digests_name_contents(store: str, wrong: str) -> None:
    for ask in (filestore.opened, filestore.delete):
        with pytest.raises(ValueError, match="not a digest"):
            ask(wrong)
