"""Files are told by their content, and go to the desk under a name that fits."""

from __future__ import annotations

import base64
import io

import pytest

from pulih_plone.attachments import MEGABYTE, Unfit, accepted, uploads

PDF, JPEG, PNG = b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"


class File(io.BytesIO):
    def __init__(self, filename, content):
        super().__init__(content)
        self.filename = filename


@pytest.mark.parametrize(
    ("name", "content", "goes_as"),
    [
        ("surat.pdf", PDF, "surat.pdf"),
        ("SURAT.PDF", PDF, "SURAT.PDF"),
        ("foto.jpeg", JPEG, "foto.jpeg"),
        ("foto.png", JPEG, "foto.png.jpg"),
        ("layar", PNG, "layar.png"),
        ("C:\\Users\\budi\\surat.pdf", PDF, "surat.pdf"),
        ("../../etc/surat.pdf", PDF, "surat.pdf"),
        ("a<b>\"c'.pdf", PDF, "a_b_c_.pdf"),
        ("...", PDF, "lampiran.pdf"),
        ("x" * 300 + ".pdf", PDF, "x" * 95 + ".pdf"),
    ],
)
def test_a_name_fits_what_is_in_the_file(name, content, goes_as):
    assert [one.name for one in accepted([File(name, content)], 3, 5)] == [goes_as]


def test_a_file_goes_whole():
    told = accepted([File("surat.pdf", PDF)], 3, 5)[0].told()

    assert base64.b64decode(told["content"]) == PDF


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ", b"GIF89a", b" %PDF-"])
def test_other_kinds_do_not_go(content):
    with pytest.raises(Unfit):
        accepted([File("surat.pdf", content)], 3, 5)


def test_the_largest_that_may_go_is_a_megabyte_times_what_was_set():
    fits = PDF + b" " * (MEGABYTE - len(PDF))

    assert accepted([File("surat.pdf", fits)], 1, 1)
    with pytest.raises(Unfit):
        accepted([File("surat.pdf", fits + b" ")], 1, 1)


def test_all_together_have_a_limit_too():
    with pytest.raises(Unfit):
        accepted([File("surat.pdf", PDF + b" " * (9 * MEGABYTE)) for _ in range(3)], 3, 10)


def test_more_than_were_set_do_not_go():
    with pytest.raises(Unfit):
        accepted([File("surat.pdf", PDF)], 0, 5)


@pytest.mark.parametrize("given", [None, "surat.pdf", 7, ["surat.pdf"], File("", b""), [None]])
def test_what_is_no_file_is_none(given):
    assert uploads(given) == []
