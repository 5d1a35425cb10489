"""Small pictures that stand in for photographs, made of nothing but their caption."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator

from pulih.demo.cases import DemoFile

_WIDTH, _HEIGHT, _MARGIN = 320, 200, 50
_BOX, _LAMPS, _CABLE = range(70, 140), range(100, 110), range(92, 108)
_CABLES = re.compile("kabel|serat|drop core|subduct|rj-45|konektor|coupler|patch cord|otdr")
_GREY = bytes((58, 62, 70))
_COLOURS = (bytes((70, 200, 110)), bytes((220, 80, 60)), bytes((90, 95, 105)))


def photos(captions: Iterable[str], key: str) -> Iterator[DemoFile]:
    """Yield a picture for each caption, named after it."""
    for number, caption in enumerate(captions, 1):
        yield DemoFile("photos", f"{number}-{plain(caption)}.png", picture(f"{key}: {caption}"))


def plain(told: str) -> str:
    """Return a caption in plain letters; the same of the name of its file."""
    bare = re.sub(r"^\d+-(.*)\.png$", r"\1", told)
    return re.sub(r"[^0-9a-z]+", "-", bare.lower()).strip("-")[:60]


def picture(caption: str) -> bytes:
    """Return a PNG: a box with lamps before a wall, or a cable that is cut, in colours that the caption chooses.

    The caption is in it as text.
    """
    dice = zlib.crc32(caption.encode())
    wall = bytes(150 + (dice >> shift) % 90 for shift in (0, 5, 10))
    bare = wall * _WIDTH
    boxed = wall * _MARGIN + _GREY * (_WIDTH - 2 * _MARGIN) + wall * _MARGIN
    lit = bytearray(boxed)
    for lamp in range(8):
        left = 3 * (_MARGIN + 20 + lamp * 24)
        lit[left : left + 36] = _COLOURS[(dice >> lamp) % 3] * 12
    gap = 90 + dice % 100
    cut = _GREY * gap + wall * 40 + _GREY * (_WIDTH - gap - 40)
    if _CABLES.search(caption.lower()):
        rows = [cut if y in _CABLE else bare for y in range(_HEIGHT)]
    else:
        lamps = bytes(lit)
        rows = [lamps if y in _LAMPS else boxed if y in _BOX else bare for y in range(_HEIGHT)]
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)),
        (b"iTXt", b"Description\0\0\0\0\0" + caption.encode()),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )
