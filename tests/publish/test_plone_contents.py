"""The files of a page on a Plone site: photographs made anew, and the case on paper."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from plone_pages import case_page
from pypdf import PdfReader

from pulih.documents.choosing import Chosen
from pulih.documents.press import Press
from pulih.domain.plone.page import Attached, Body, Photo
from pulih.errors import NotFound
from pulih.publish.photograph import photograph
from pulih.publish.plone.contents import PageContents

LARGE = (2400, 1800)


def with_place() -> bytes:
    """A large photograph that says where it was taken."""
    file, notes = io.BytesIO(), Image.Exif()
    notes[0x010E] = "Ruang server lantai dua"
    Image.new("RGB", LARGE, "teal").save(file, "JPEG", exif=notes)
    return file.getvalue()


CONTENTS = {"ada": with_place(), "bukan": b"<html>"}


def opened(digest):
    if digest not in CONTENTS:
        raise NotFound("Berkas ini tidak ditemukan.")
    return io.BytesIO(CONTENTS[digest])


def photo(source):
    return Attached(
        "1.jpg", image=True, title="Rak", media_type="image/jpeg", digest="d", source=source
    )


@pytest.fixture
def contents():
    return PageContents(opened, lambda title, body: f"{title}|{body}".encode())


def test_a_photograph_is_made_anew_without_what_the_camera_noted(contents):
    made = contents(case_page(), photo("ada"))

    with Image.open(io.BytesIO(made)) as image:
        assert max(image.size) < max(LARGE)
    assert b"lantai dua" not in made


def test_what_is_no_picture_becomes_a_tile_and_what_is_lost_is_told(contents):
    with Image.open(io.BytesIO(contents(case_page(), photo("bukan")))) as image:
        assert image.format == "JPEG"
    with pytest.raises(NotFound):
        contents(case_page(), photo("hilang"))


@pytest.mark.slow
def test_a_case_is_printed_with_its_photographs_and_a_lost_one_left_out():
    press = Press(Chosen("weasyprint"), photograph)
    page = replace(case_page(), attached=(photo("ada"), replace(photo("hilang"), id="2.jpg")))
    page = replace(
        page,
        title="Loket <putus> & mati",
        made=lambda _shown: Body(
            '<h2>Sebab</h2><p>Kabel <a href="../lain">putus</a>.</p>',
            "<p>Selesai.</p>",
            (Photo("1.jpg", "Rak & kabel"), Photo("2.jpg", "Tidak ada")),
        ),
    )
    printed = Attached("x.pdf", image=False, title="", media_type="application/pdf", digest="e")

    [sheet] = PdfReader(io.BytesIO(PageContents(opened, press.leaflet)(page, printed))).pages

    text = sheet.extract_text()
    for told in ("Loket <putus> & mati", "Kabel putus.", "Rak & kabel", "Selesai."):
        assert told in text
    assert "Tidak ada" not in text
    assert len(sheet.images) == 1
