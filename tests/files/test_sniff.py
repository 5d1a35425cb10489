from __future__ import annotations

import base64
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulih.files.sniff import sniff

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
JFIF = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00C"
EXIF = b"\xff\xd8\xff\xe1\x2a\xbcExif\x00\x00II*\x00"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PDF.replace(b"\n", b"\r\n"), "application/pdf"),
        (PDF.replace(b"1.7", b"2.0"), "application/pdf"),
        (JFIF, "image/jpeg"),
        (EXIF, "image/jpeg"),
        (PNG, "image/png"),
    ],
)
def test_the_three_kinds_are_known_by_their_content(content, media_type):
    assert sniff(BytesIO(content)) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%",
        b"%PDF",
        b"%PDF-",
        b"%PDF-<html>",
        b"%PDF-1.7<script>",
        b"\n" + PDF,
        b"\r\n" + PDF,
        b"\xef\xbb\xbf" + PDF,
        HTML + PDF,
        HTML + PNG,
        b"GIF89a" + PDF,
        PNG[:8],
        PNG[:12],
        PNG[:4] + HTML,
        PNG.replace(b"IHDR", b"IDAT"),
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"\xff\xd8" + HTML,
        b"\xff\xd8\xff" + HTML,
        rb"\377\330\377 in letters",
        rb"\x89PNG in letters",
        b"\x00\x00\x00\x0cjP  \r\n\x87\n",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\x00",
        "surat permohonan".encode("utf-16"),
    ],
)
def test_everything_else_is_unknown(content):
    assert sniff(BytesIO(content)) == ""


@given(st.binary(max_size=200), st.sampled_from([b"", PDF[:5], PNG[:8], JFIF[:3]]))
@example(b"", b"")
def test_no_content_is_too_odd_and_all_are_left_at_the_beginning(rest, beginning):
    content = BytesIO(beginning + rest)
    content.seek(0, 2)

    assert sniff(content) in {"", "application/pdf", "image/jpeg", "image/png"}
    assert content.tell() == 0


def test_a_large_file_is_not_read_whole():
    class Counted(BytesIO):
        count = 0

        def read(self, size=-1):
            data = super().read(size)
            self.count += len(data)
            return data

    content = Counted(PDF + bytes(5_000_000))

    assert sniff(content) == "application/pdf"
    assert content.count < 1000
