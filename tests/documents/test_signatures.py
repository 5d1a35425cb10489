"""What is found of signatures in PDFs that come from outside, good, damaged and hostile."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
import signing
from pypdf import PdfWriter

from pulih.documents import looking, signatures
from pulih.domain.issued import Examined

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def paper():
    """A PDF of one page."""
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=400)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def irawan():
    return signing.signer("Irawan Subekti")


@pytest.fixture(scope="session")
def signed(paper, irawan):
    return signing.signed(paper, irawan)


def examined(content):
    return signatures.examine(io.BytesIO(content))


def test_a_signature_is_found_with_who_made_it_and_when(signed):
    [one] = examined(signed).signatures

    assert (one.signer, one.issuer) == ("Irawan Subekti", "Irawan Subekti")
    assert (one.intact, one.valid, one.whole, one.changed, one.sound) == (
        True,
        True,
        True,
        False,
        True,
    )
    assert timedelta(0) <= datetime.now(UTC) - one.at < timedelta(minutes=5)
    assert not one.stamped


def test_signing_outside_leaves_every_byte_of_the_paper(paper, signed):
    assert signed.startswith(paper)


def test_a_further_signature_is_no_change_of_what_was_signed(signed):
    first, second = examined(signing.signed(signed, signing.signer("Dewi"), "Tanda2")).signatures

    assert (first.whole, first.changed, first.sound) == (False, False, True)
    assert (second.signer, second.whole, second.sound) == ("Dewi", True, True)


def test_a_byte_that_was_changed_is_found(signed):
    at = signed.index(b"/MediaBox") + 12

    [one] = examined(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]).signatures

    assert not one.intact
    assert not one.sound


def test_a_page_that_was_changed_behind_the_signature_is_found(signed):
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(signed)

    [one] = examined(out.getvalue()).signatures

    assert (one.intact, one.whole, one.changed, one.sound) == (True, False, True, False)


def test_a_pdf_without_a_signature_has_none(paper):
    assert examined(paper) == Examined()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"MZ", b"%PDF-1.7\n" + b"<<" * 100_000, b"%PDF-1.7\n" + b"[" * 100_000],
    ids=["nothing", "a beginning", "a program", "dictionaries without end", "lists without end"],
)
def test_what_is_no_pdf_cannot_be_read_and_breaks_nothing(content):
    assert examined(content) == Examined(readable=False)


def test_a_signed_pdf_that_was_cut_short_breaks_nothing(signed):
    for end in (len(signed) // 3, len(signed) - 300, len(signed) - 20):
        assert not any(one.sound for one in examined(signed[:end]).signatures)


def test_a_name_in_a_certificate_is_a_line_without_hidden_marks(paper):
    hostile = "Irawan\u202e\u200b<b>\nSubekti" + "x" * 30

    [one] = examined(signing.signed(paper, signing.signer(hostile))).signatures

    assert "\n" not in one.signer
    assert "\u202e" not in one.signer
    assert one.signer.startswith("Irawan<b> Subekti")


def test_more_signatures_than_a_paper_has_are_not_looked_at(signed, monkeypatch):
    monkeypatch.setattr(looking, "MOST", 0)

    with pytest.raises(ValueError, match="ValueError"):
        looking.found_in(signed)


def test_a_reader_that_does_not_come_back_is_ended(monkeypatch, tmp_path, signed):
    (tmp_path / "forever.py").write_text("import time; time.sleep(600)\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(signatures, "_PROGRAM", "forever")
    monkeypatch.setattr(signatures, "_PATIENCE", 0.5)

    assert examined(signed) == Examined(readable=False)
