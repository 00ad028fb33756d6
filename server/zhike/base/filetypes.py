"""What kinds of files may be attached: told by their first bytes, and named as what they are.

Only what people exchange in an office is taken. Nothing a browser would run is: no pages, no
SVG or XML, no scripts, no programs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from zhike.base import text
from zhike.base.errors import Invalid

HEAD = 64 * 1024  # so many of the first bytes tell
LONGEST_NAME = 200
_ZIP, _OLE = "zip", "ole"
_SIGNATURES: tuple[tuple[str, int, bytes], ...] = (
    ("pdf", 0, b"%PDF-"),
    ("png", 0, b"\x89PNG\r\n\x1a\n"),
    ("jpeg", 0, b"\xff\xd8\xff"),
    ("gif", 0, b"GIF87a"),
    ("gif", 0, b"GIF89a"),
    ("webp", 8, b"WEBP"),
    ("bmp", 0, b"BM"),
    ("tiff", 0, b"II*\x00"),
    ("tiff", 0, b"MM\x00*"),
    ("heic", 4, b"ftyphei"),
    ("heic", 4, b"ftyphev"),
    ("heic", 4, b"ftypmif1"),
    ("heic", 4, b"ftypmsf1"),
    (_ZIP, 0, b"PK\x03\x04"),
    (_ZIP, 0, b"PK\x05\x06"),  # an empty archive
    (_OLE, 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("rar", 0, b"Rar!\x1a\x07"),
    ("7z", 0, b"7z\xbc\xaf\x27\x1c"),
    ("mp3", 0, b"ID3"),
    ("mp3", 0, b"\xff\xfb"),
    ("mp3", 0, b"\xff\xf3"),
    ("mp3", 0, b"\xff\xf2"),
    ("aac", 0, b"\xff\xf1"),
    ("aac", 0, b"\xff\xf9"),
    ("m4a", 4, b"ftypM4A"),
    ("m4a", 4, b"ftypmp42"),
    ("m4a", 4, b"ftypisom"),
    ("wav", 8, b"WAVE"),
    ("amr", 0, b"#!AMR"),
    ("ogg", 0, b"OggS"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


class Kind(NamedTuple):
    """What a file of some ending is, and by which signatures it may begin ("" is plain text)."""

    media_type: str
    begins: tuple[str, ...]


# A document with a password is an OLE file, whatever its ending says.
KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", ("pdf",)),
    "doc": Kind("application/msword", (_OLE,)),
    "xls": Kind("application/vnd.ms-excel", (_OLE,)),
    "ppt": Kind("application/vnd.ms-powerpoint", (_OLE,)),
    "docx": Kind(_OFFICE + "wordprocessingml.document", (_ZIP, _OLE)),
    "xlsx": Kind(_OFFICE + "spreadsheetml.sheet", (_ZIP, _OLE)),
    "pptx": Kind(_OFFICE + "presentationml.presentation", (_ZIP, _OLE)),
    "wps": Kind("application/vnd.ms-works", (_OLE, _ZIP)),
    "et": Kind("application/vnd.ms-excel", (_OLE, _ZIP)),
    "dps": Kind("application/vnd.ms-powerpoint", (_OLE, _ZIP)),
    "odt": Kind(_OPEN + "text", (_ZIP,)),
    "ods": Kind(_OPEN + "spreadsheet", (_ZIP,)),
    "odp": Kind(_OPEN + "presentation", (_ZIP,)),
    "ofd": Kind("application/ofd", (_ZIP,)),  # GB/T 33190, e.g. electronic invoices
    "png": Kind("image/png", ("png",)),
    "jpg": Kind("image/jpeg", ("jpeg",)),
    "jpeg": Kind("image/jpeg", ("jpeg",)),
    "gif": Kind("image/gif", ("gif",)),
    "webp": Kind("image/webp", ("webp",)),
    "bmp": Kind("image/bmp", ("bmp",)),
    "tif": Kind("image/tiff", ("tiff",)),
    "tiff": Kind("image/tiff", ("tiff",)),
    "heic": Kind("image/heic", ("heic",)),
    "heif": Kind("image/heif", ("heic",)),
    "txt": Kind("text/plain; charset=utf-8", ("",)),
    "csv": Kind("text/csv; charset=utf-8", ("",)),
    "zip": Kind("application/zip", (_ZIP,)),
    "rar": Kind("application/vnd.rar", ("rar",)),
    "7z": Kind("application/x-7z-compressed", ("7z",)),
    "mp3": Kind("audio/mpeg", ("mp3",)),
    "aac": Kind("audio/aac", ("aac",)),
    "m4a": Kind("audio/mp4", ("m4a",)),
    "wav": Kind("audio/wav", ("wav",)),
    "amr": Kind("audio/amr", ("amr",)),
    "ogg": Kind("audio/ogg", ("ogg",)),
}
SHOWN_IN_PLACE = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "application/pdf"}
)
_TAKEN = "Office 和 WPS 文档、PDF、OFD、图片、文本、CSV、压缩包、录音"
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/]+')
_PAGE = re.compile(
    rb"\s*(?:<!doctype|<!--|<\?xml|<\?php|<\?=|<%|<[a-z][a-z0-9]*[\s>/]|#!)", re.IGNORECASE
)


def clean_name(name: str) -> str:
    """Return a name without folders, control and direction marks, or what systems refuse.

    Raises Invalid where nothing is left, or there is no ending.
    """
    tidy = text.tidy(unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2])
    tidy = _NOT_IN_NAMES.sub("_", tidy).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    if not dot or not stem.strip(" ."):
        raise Invalid("file", "文件名没有扩展名，看不出是什么文件，请补上，例如“合同.pdf”。")
    return f"{stem.strip()[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def recognise(name: str, head: bytes) -> str:
    """Return the media type of a file by its first bytes; raise Invalid for what is not taken.

    `name` is clean. The ending has to be that of what the bytes begin like.
    """
    ending = name.rpartition(".")[2].lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise Invalid("file", f"不能上传“.{ending[:10]}”文件。可以上传：{_TAKEN}。")
    if not head:
        raise Invalid("file", "这个文件是空的，请检查后重新选择。")
    begins = {known for known, at, mark in _SIGNATURES if head.startswith(mark, at)}
    if "" in kind.begins:
        fits = not begins - {"bmp"} and _is_text(head)
    else:
        fits = bool(begins & set(kind.begins))
    if not fits:
        raise Invalid("file", f"文件的内容和扩展名“.{ending}”对不上，可能已损坏或改过名。")
    return kind.media_type


def _is_text(head: bytes) -> bool:
    """Whether bytes are text in a coding used here, and no page or script."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        if head.startswith(mark):
            head = head[len(mark) :]
            if coding == "utf-16-le":
                head = head[: len(head) // 2 * 2].decode(coding, "replace").encode()
            break
    if b"\x00" in head or _PAGE.match(head):
        return False
    # The last letter may be cut in two.
    return any(_decodes(head[: len(head) - cut], coding) for coding, cut in _TRIES)


_TRIES = tuple((coding, cut) for coding in ("utf-8", "gb18030") for cut in range(4))


def _decodes(head: bytes, coding: str) -> bool:
    try:
        head.decode(coding)
    except UnicodeDecodeError:
        return False
    return True
