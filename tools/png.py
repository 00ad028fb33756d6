"""Makes pictures of screens small: 256 colours are enough for them, and need no other program.

Knows only what Chromium writes: 8 bits, RGB or RGBA, not interlaced (PNG specification, third
edition, sections 9 and 11).
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import chain

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256


def smaller(picture: bytes) -> bytes:
    """Return the picture in 256 of its colours; the others become the nearest of them."""
    chunks = list(_chunks(picture))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth != 8 or kind not in (2, 6) or interlaced:
        raise ValueError("not a picture as Chromium takes it")
    size = 3 if kind == 2 else 4
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    rows = _rows(zlib.decompress(packed), width * size, size)
    pixels = [[row[at : at + 3] for at in range(0, len(row), size)] for row in rows]
    palette = _palette(Counter(chain.from_iterable(pixels)))
    places = {colour: place for place, colour in enumerate(palette)}
    body = bytearray()
    for row in pixels:
        body.append(0)  # no filter: neighbours in a palette are no neighbours in colour
        for colour in row:
            if colour not in places:
                places[colour] = _nearest(colour, palette)
            body.append(places[colour])
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", b"".join(palette))]
    parts += [(b"IDAT", zlib.compress(bytes(body), 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(name, data) for name, data in parts)


def _palette(colours: Counter[bytes]) -> list[bytes]:
    """Choose one colour of each kind, however rare (a small red sign), then the commonest."""
    common = [colour for colour, _ in colours.most_common()]
    kinds = {tuple(part >> 5 for part in colour): colour for colour in reversed(common)}
    return list(dict.fromkeys([*kinds.values(), *common]))[:COLOURS]


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    def distance(place: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(palette[place], colour, strict=True))

    return min(range(len(palette)), key=distance)


def _rows(raw: bytes, width: int, size: int) -> Iterator[bytes]:
    """Undo the filter of each row; `size` is the bytes of a pixel, `width` those of a row."""
    above = bytearray(width)
    for start in range(0, len(raw), width + 1):
        row = bytearray(raw[start + 1 : start + 1 + width])
        match raw[start]:
            case 1:
                for at in range(size, width):
                    row[at] = (row[at] + row[at - size]) & 255
            case 2:
                for at in range(width):
                    row[at] = (row[at] + above[at]) & 255
            case 3:
                for at in range(width):
                    left = row[at - size] if at >= size else 0
                    row[at] = (row[at] + (left + above[at]) // 2) & 255
            case 4:
                for at in range(width):
                    left, corner = (row[at - size], above[at - size]) if at >= size else (0, 0)
                    row[at] = (row[at] + _paeth(left, above[at], corner)) & 255
        yield bytes(row)
        above = row


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda near: abs(guess - near))
