"""The page on which an OPD's computer takes part in the examination of its ticket."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from pc_codes import code
from PIL import Image

from pulih.domain.outside import Outside

pytestmark = pytest.mark.slow  # as a whole

SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture
def number(desk, office, cast):
    office.paths.keep_outside(
        cast.admin, Outside("10.0.0.53", "portal.test = 10.0.0.80", "www.example.com", "")
    )
    return desk("examination")


@pytest.fixture
def picture():
    """A photograph of a QR with a text in it."""

    def taken(text, kind="PNG"):
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
        square = Image.fromarray(barcode.to_image(scale=6)).convert("RGB")
        whole = Image.new("RGB", (square.width + 200, square.height + 120), "white")
        whole.paste(square, (90, 60))
        out = io.BytesIO()
        whole.rotate(7, fillcolor="white", expand=True).save(out, kind)
        return out.getvalue()

    return taken


def runs(office, number):
    with office.tools.store.reading() as records:
        return records.runs.find(ticket=number)


@pytest.mark.parametrize("who", ["dewi", "rina"])
def test_the_agency_and_its_technician_find_the_page_from_the_ticket(client_of, number, who):
    browser = client_of(who)
    path = f"/tiket/{number}/komputer"

    assert path in browser.get(f"/tiket/{number}").text
    page = browser.get(path)
    assert page.status_code == 200
    for name in ("periksa.ps1", "periksa.sh"):
        assert f"{path}/{name}" in page.text


@pytest.mark.parametrize(("who", "status"), [("salim", 403), ("admin", 403)])
def test_others_of_the_office_do_not(client_of, number, who, status):
    browser = client_of(who)

    assert f"/tiket/{number}/komputer" not in browser.get(f"/tiket/{number}").text
    assert browser.get(f"/tiket/{number}/komputer").status_code == status
    assert browser.get(f"/tiket/{number}/komputer/periksa.sh").status_code == status
    answer = browser.send(f"/tiket/{number}/komputer", {"code": code()})
    assert answer.status_code == status


def test_for_another_agency_there_is_no_such_ticket(client_of, office, cast, number):
    browser = client_of(cast.stranger.id)
    for path in ("", "/periksa.sh", "/periksa.ps1"):
        assert browser.get(f"/tiket/{number}/komputer{path}").status_code == 404
    assert browser.send(f"/tiket/{number}/komputer", {"code": code()}).status_code == 404
    assert runs(office, number) == []


def test_the_scripts_are_downloads_with_what_the_office_wants_tried(client_of, number):
    browser = client_of("dewi")
    windows = browser.get(f"/tiket/{number}/komputer/periksa.ps1")
    linux = browser.get(f"/tiket/{number}/komputer/periksa.sh")

    for answer in (windows, linux):
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.content_type == "application/octet-stream"
        assert b"'portal.test'" in answer.data
        assert b"@portal@" not in answer.data
    assert windows.data.startswith(b"\xef\xbb\xbf")
    assert linux.data.startswith(b"#!/bin/sh")


@pytest.mark.parametrize("name", ["periksa.exe", "..%2fperiksa.sh", "PERIKSA.SH"])
def test_no_other_file_is_given_out(client_of, number, name):
    assert client_of("dewi").get(f"/tiket/{number}/komputer/{name}").status_code == 404


def test_a_code_of_the_agency_is_taken_and_thanked_for(client_of, office, number):
    browser = client_of("dewi")
    spoken = " ".join(code()[place : place + 3] for place in range(0, 21, 3))
    answer = browser.send(f"/tiket/{number}/komputer", {"code": spoken})

    assert answer.status_code == 303
    assert "10.1.0.20" in browser.get(f"/tiket/{number}").text
    (run,) = runs(office, number)
    assert [one.by for one in run.told] == ["dewi"]


@pytest.mark.parametrize("typed", ["", "12 34", "1" * 21, SCRIPT, "\u0661" * 21, "9" * 5000])
def test_what_is_no_code_stays_in_its_field_with_what_is_wrong(client_of, office, number, typed):
    answer = client_of("dewi").send(f"/tiket/{number}/komputer", {"code": typed})

    assert answer.status_code == 422
    assert 'id="f-code-salah"' in answer.text
    assert SCRIPT not in answer.text
    assert runs(office, number) == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photograph_of_the_picture_is_read(client_of, office, number, picture, upload, kind):
    fields = {"code": "", "photo": upload("layar.jpg", picture(code(), kind))}
    answer = client_of("dewi").send(f"/tiket/{number}/komputer", fields)

    assert answer.status_code == 303, answer.text
    assert len(runs(office, number)) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n torn", b"\xff" * 4000])
def test_what_is_no_picture_is_refused(client_of, office, number, upload, content):
    fields = {"code": "", "photo": upload("layar.jpg", content)}
    answer = client_of("dewi").send(f"/tiket/{number}/komputer", fields)

    assert answer.status_code == 422
    assert runs(office, number) == []


def test_a_picture_of_something_else_is_refused(client_of, office, number, picture, upload):
    for text in ("https://contoh.id/" + "x" * 90, "halo"):
        fields = {"code": "", "photo": upload("layar.png", picture(text))}
        assert client_of("dewi").send(f"/tiket/{number}/komputer", fields).status_code == 422
    assert runs(office, number) == []


def test_before_step_five_the_page_says_when(client_of, desk):
    number = desk("disposition")
    browser = client_of("dewi")

    assert "komputer" not in browser.get(f"/tiket/{number}").text
    assert browser.get(f"/tiket/{number}/komputer").status_code == 409
