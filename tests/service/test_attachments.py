"""Files that people hand in: what is taken, what it is called, and who gets it out again."""

from __future__ import annotations

import io

import pytest

from pulih.errors import Invalid, NotAllowed, NotFound, TooLarge
from pulih.service import attachments as module

PDF = b"%PDF-1.7\nisi surat"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n"
SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture
def hand_in(office, cast):
    """Hand a file in, as Dewi and with her letter if nothing else is said."""

    def keep(name="surat.pdf", content=PDF, by=cast.contact, number=""):
        return office.attachments.keep(by, "scan", name, io.BytesIO(content), number=number)

    return keep


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("surat.pdf", PDF, "application/pdf"),
        ("SURAT.PDF", PDF, "application/pdf"),
        ("foto.jpg", JPEG, "image/jpeg"),
        ("foto.jpeg", JPEG, "image/jpeg"),
        ("layar.png", PNG, "image/png"),
    ],
)
def test_pdf_jpeg_and_png_are_taken(hand_in, clock, name, content, media_type):
    kept = hand_in(name, content)
    assert (kept.name, kept.media_type, kept.size) == (name, media_type, len(content))
    assert (kept.by, kept.at, kept.ticket, kept.used) == ("dewi", clock(), "", False)
    assert len(kept.id) == 32


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("halaman.html", SCRIPT, "bukan PDF"),
        ("surat.pdf", SCRIPT, "bukan PDF"),
        ("kosong.pdf", b"", "bukan PDF"),
        ("surat.docx", b"PK\x03\x04", "bukan PDF"),
        ("foto.png", JPEG, "JPEG"),
        ("surat.pdf", PNG, "PNG"),
        ("surat", PDF, "PDF"),
        ("surat.pdf.exe", PDF, "PDF"),
    ],
)
def test_other_types_and_lying_names_are_refused_at_the_field(office, hand_in, name, content, told):
    with pytest.raises(Invalid, match=told) as error:
        hand_in(name, content)
    assert [problem.field for problem in error.value.problems] == ["scan"]
    assert office.tools.files.contents == {}


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_taken(office, hand_in, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", len(PDF))
    assert hand_in(content=PDF).size == len(PDF)
    with pytest.raises(TooLarge):
        hand_in(content=PDF + b"!")
    assert len(office.tools.files.contents) == 1


def test_the_limit_is_that_of_the_form():
    assert module.MOST_BYTES == 20 * 1024 * 1024


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("C:\\Users\\Dewi\\surat.pdf", "surat.pdf"),
        ("../../etc/surat.pdf", "surat.pdf"),
        ("surat\r\nSet-Cookie: a.pdf", "surat Set-Cookie: a.pdf"),
        ("\u202efdp.surat.pdf", "fdp.surat.pdf"),
        ("  surat   dinas .pdf", "surat dinas .pdf"),
        (".pdf", ".pdf"),
    ],
)
def test_a_name_is_a_name_and_nothing_more(hand_in, typed, kept):
    assert hand_in(typed).name == kept


def test_a_long_name_keeps_its_beginning_and_its_extension(hand_in):
    name = hand_in("a" * 300 + ".pdf").name
    assert len(name) == 120
    assert name.startswith("aaa")
    assert name.endswith(".pdf")


def test_the_content_comes_out_as_it_went_in(office, cast, hand_in):
    ticket = office.at("damage")
    kept = hand_in("foto.jpg", JPEG, cast.lead, ticket.number)
    found, content = office.attachments.get(cast.contact, ticket.number, kept.id)
    assert found == kept
    assert content.read() == JPEG


def test_a_file_is_found_only_at_its_own_ticket(office, cast, hand_in):
    one, other = office.at("damage"), office.at("damage")
    kept = hand_in("foto.jpg", JPEG, cast.lead, one.number)
    loose = hand_in()
    for number, key in ((other.number, kept.id), (one.number, "nothing"), (one.number, loose.id)):
        with pytest.raises(NotFound):
            office.attachments.get(cast.lead, number, key)


def test_another_agency_neither_hands_in_nor_gets_out(office, cast, hand_in):
    ticket = office.at("damage")
    kept = hand_in("foto.jpg", JPEG, cast.lead, ticket.number)
    with pytest.raises(NotFound):
        office.attachments.get(cast.stranger, ticket.number, kept.id)
    with pytest.raises(NotFound):
        hand_in(by=cast.stranger, number=ticket.number)


def test_nothing_is_handed_in_for_a_ticket_that_does_not_exist(hand_in, office):
    with pytest.raises(NotFound):
        hand_in(number="2026-9999")
    assert office.tools.files.contents == {}


def test_the_administrator_hands_nothing_in(cast, hand_in):
    with pytest.raises(NotAllowed):
        hand_in(by=cast.admin)


def test_what_was_handed_in_and_not_used_yet_is_shown_again_to_whoever_did(office, cast, hand_in):
    mine, theirs, used = hand_in(), hand_in(by=cast.stranger), hand_in("lain.pdf")
    office.register(scan=[used.id])
    keys = [mine.id, theirs.id, used.id, "nothing"]
    assert office.attachments.pending(cast.contact, keys) == [mine]
    assert office.attachments.pending(cast.stranger, keys) == [theirs]
