"""What is found of signatures in PDFs that come from outside, good, damaged and hostile."""

from __future__ import annotations

import io
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import signing
from pypdf import PdfWriter

from pulih.documents import looking, signatures
from pulih.domain.signed import Examined

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


def test_two_are_looked_through_at_once_and_the_next_wait(monkeypatch, tmp_path, signed):
    place = tmp_path / "now"
    place.mkdir()
    (tmp_path / "counting.py").write_text(
        "import os, pathlib, sys, time\n"
        f"place = pathlib.Path({str(place)!r}); own = place / str(os.getpid())\n"
        "own.touch(); time.sleep(0.3); count = len(list(place.iterdir())); own.unlink()\n"
        "print('[]') if count <= 2 else sys.exit(1)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(signatures, "_PROGRAM", "counting")

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(examined, [signed] * 6))

    assert found == [Examined()] * 6


def test_fields_that_double_without_end_are_given_up_soon():
    levels = 40
    fields = [b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (n, n) for n in range(5, 5 + levels)]
    bomb = pdf_of(
        b"<</Type/Catalog/AcroForm 2 0 R/Pages 3 0 R>>",
        b"<</Fields[4 0 R]>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        *fields,
        b"<</T(a)/FT/Tx>>",
    )

    assert examined(bomb) == Examined(readable=False)


def test_a_little_that_unpacks_to_a_gigabyte_is_given_up():
    packed = zlib.compress(zlib.compress(bytes(1 << 30)))
    start = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    bomb = (
        start + b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 1 0 R/Length %d"
        b"/Filter[/FlateDecode/FlateDecode]>>\nstream\n"
        % len(packed)
        + packed
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(start)
    )
    assert len(bomb) < 10_000

    assert examined(bomb) == Examined(readable=False)


@pytest.mark.parametrize("password", ["rahasia", ""], ids=["to read", "to change alone"])
def test_what_is_locked_with_a_password_is_not_said_to_have_no_signature(irawan, password):
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=400)
    writer.encrypt(password, owner_password="pemilik", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)

    found = [
        examined(content)
        for content in (out.getvalue(), signing.signed(out.getvalue(), irawan, password=password))
    ]

    if password:
        assert found == [Examined(readable=False)] * 2
    else:
        [one] = found[1].signatures
        assert found[0] == Examined()
        assert (one.signer, one.sound, one.whole) == ("Irawan Subekti", True, True)


def pdf_of(*objects):
    """A PDF of these objects, the first of which is its root."""
    out, starts = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + table + rows + end


def test_a_reader_that_does_not_come_back_is_ended(monkeypatch, tmp_path, signed):
    (tmp_path / "forever.py").write_text("import time; time.sleep(600)\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(signatures, "_PROGRAM", "forever")
    monkeypatch.setattr(signatures, "_PATIENCE", 0.5)

    assert examined(signed) == Examined(readable=False)
