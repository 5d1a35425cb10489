"""Photographs as they are published."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image

from pulih.documents.weasy import open_weasy
from pulih.domain.edition import Case, Edition, Picture
from pulih.errors import NotFound, Unavailable
from pulih.publish import addresses
from pulih.publish.photograph import nothing_to_see, photograph
from pulih.publish.pictures import picture_sheets

WHITE, RED, BLUE = (255, 255, 255), (254, 0, 0), (0, 0, 254)


def content(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def opened(made: bytes | None) -> Image.Image:
    assert made is not None
    return Image.open(io.BytesIO(made))


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG that claims a size and holds what it is given."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    parts = (head, *chunks, (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


@pytest.fixture(scope="module")
def snapshot() -> bytes:
    """A photograph held upright, that a camera on its side took and wrote all over."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "KAMERA-RAHASIA"
    notes.get_ifd(0x8825).update({1: "S", 2: (8.0, 30.0, 17.0)})
    image = Image.new("RGB", (2400, 1800), "red")
    image.paste("blue", (0, 0, 1200, 900))
    return content(
        image, "JPEG", exif=notes, comment=b"KOMENTAR-RAHASIA", xmp=b"<xmp>RAHASIA</xmp>"
    )


# ---- One photograph ---------------------------------------------------------------------------


def test_nothing_that_a_camera_noted_is_published(snapshot):
    made = photograph(snapshot, 1600)
    kept = opened(made)

    assert b"RAHASIA" in snapshot
    assert b"RAHASIA" not in made
    assert b"Exif" not in made
    assert not kept.getexif()
    assert not {"exif", "comment", "xmp", "icc_profile"} & kept.info.keys()


def test_a_photograph_stands_upright_and_is_no_larger_than_asked(snapshot):
    large, small = opened(photograph(snapshot, 1600)), opened(photograph(snapshot, 320))

    assert (large.size, small.size) == ((1200, 1600), (240, 320))
    assert near(large.getpixel((1100, 100)), BLUE)
    assert near(large.getpixel((100, 100)), RED)


def test_a_small_picture_is_not_blown_up():
    assert opened(photograph(content(Image.new("RGB", (40, 30))), 1600)).size == (40, 30)


def test_the_same_photograph_gives_the_same_bytes(snapshot):
    assert photograph(snapshot, 320) == photograph(snapshot, 320)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_becomes_a_picture(mode):
    assert opened(photograph(content(Image.new(mode, (400, 300))), 320)).size == (320, 240)


def test_what_is_transparent_is_white():
    clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    numbered = clear.convert("P")

    assert near(opened(photograph(content(clear), 320)).getpixel((5, 5)), WHITE)
    assert near(opened(photograph(content(numbered, transparency=0), 320)).getpixel((5, 5)), WHITE)


def test_sixteen_bits_of_grey_stay_grey():
    grey = Image.new("I;16", (40, 30), 40_000)

    assert near(opened(photograph(content(grey), 320)).getpixel((5, 5)), (156, 156, 156))


def test_a_camera_note_that_cannot_be_read_does_not_cost_the_picture(snapshot):
    at = snapshot.index(b"Exif\0\0") + 6
    broken = snapshot[:at] + b"\xff" * 16 + snapshot[at + 16 :]

    assert opened(photograph(broken, 320)).size == (320, 240)


@pytest.mark.slow
def test_half_a_picture_is_refused_also_where_papers_are_printed():
    open_weasy()
    whole = content(Image.new("RGB", (400, 300), "red"), "JPEG")

    assert photograph(whole, 320)
    assert photograph(whole[:700], 320) is None


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"junk",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        content(Image.new("L", (10, 10)), "GIF"),
        png(60_000, 60_000, (b"IDAT", zlib.compress(bytes(1_000_000)))),
        png(10, 10, (b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))),
        png(0, 0),
        png(100, 100, (b"IDAT", zlib.compress(bytes(50)))),
        content(Image.new("RGB", (400, 300), "red"), "JPEG")[:700],
    ],
    ids=["empty", "junk", "pdf", "svg", "gif", "wall of pixels", "bomb of text", "no size", "short", "cut off"],
)  # fmt: skip
def test_what_is_no_picture_to_trust_is_refused(hostile):
    assert photograph(hostile, 320) is None


def near(pixel: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 8 for a, b in zip(pixel, wanted, strict=True))


# ---- The files of an edition ------------------------------------------------------------------


@pytest.fixture
def edition(case, make):
    """Return an edition whose two cases show these pictures."""

    def made(*digests: str) -> Edition:
        pictures = tuple(map(Picture, digests))
        return Edition((Case(case, pictures=pictures), Case(make(99), pictures=pictures[:1])))

    return made


def test_each_picture_is_made_once_large_and_small(edition, snapshot):
    digest = hashlib.sha256(snapshot).hexdigest()
    sheets = list(picture_sheets(edition(digest), lambda _digest: io.BytesIO(snapshot)))

    assert [(sheet.address, opened(sheet.make()).size) for sheet in sheets] == [
        (addresses.picture(digest), (1200, 1600)),
        (addresses.thumbnail(digest), (240, 320)),
    ]
    assert len({sheet.of for sheet in sheets}) == 2


def test_a_picture_that_is_none_or_is_lost_becomes_a_tile_so_that_no_page_names_a_missing_file(
    edition,
):
    def open_it(digest: str) -> io.BytesIO:
        if digest == "b" * 64:
            raise NotFound("Berkas tidak ada.")
        return io.BytesIO(b"bukan gambar")

    for sheet in picture_sheets(edition("a" * 64, "b" * 64), open_it):
        assert sheet.make() in {nothing_to_see(1600), nothing_to_see(320)}


def test_a_store_that_is_away_for_a_while_leaves_no_tile_behind(edition):
    def open_it(_digest: str) -> io.BytesIO:
        raise Unavailable("Berkas tidak terjangkau.")

    for sheet in picture_sheets(edition("a" * 64), open_it):
        with pytest.raises(Unavailable):
            sheet.make()
