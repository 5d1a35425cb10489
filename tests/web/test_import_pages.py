"""Spreadsheets: shown before anything is kept, then all of it or nothing."""

from __future__ import annotations

import base64
import html
import re

import pytest

from pulih.domain.agency import Agency, Device
from pulih.domain.records import RegistryFilter
from pulih.service.importing import MOST_BYTES, Sheet

pytestmark = pytest.mark.slow  # as a whole

AGENCIES = b"nama,kode,singkatan\nDinas Kesehatan,dinkes,Dinkes\nDinas Sosial,,Dinsos\n"
DEVICES = (
    b"opd;jenis;nama;kode;lokasi;alamat_ip\n"
    b"dukcapil;router;Router loket;r-1;dukcapil-pusat;10.20.7.1\n"
    b"dikbud;Access Point;AP aula;;;\n"
)
WRONG = (
    b"opd,jenis,nama,kode,lokasi,alamat_ip\n"
    b"dukcapil,router,Router loket,r-1,dukcapil-pusat,10.20.7.1\n"
    b"\n"
    b"tidak-ada,switch,Switch,r-2,,\n"
    b"dukcapil,toaster,Pemanggang,r-3,,\n"
    b"dukcapil,router,Router dua,r-1,,\n"
    b"dukcapil,router,,r-4,dikbud-x,999.1.1.1\n"
)
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def total(office, cast):
    """Return how many there are of a kind."""

    def count(kind) -> int:
        return office.registry.page(cast.admin, kind, RegistryFilter()).total

    return count


@pytest.fixture
def look(admin, upload):
    """Choose a file, and see what it would do."""

    def choose(sheet: str, content: bytes, name: str = "daftar.csv"):
        return closed(admin.send(f"/impor/{sheet}", {"file": upload(name, content)}))

    return choose


@pytest.fixture
def press(admin):
    """Press the button that takes a file in."""

    def send(sheet: str, content: str):
        return closed(admin.send(f"/impor/{sheet}/simpan", {"content": content}))

    return send


def closed(answer):
    """Close what the test client wrote a large form to; it leaves that to the garbage collector."""
    answer.request.environ["wsgi.input"].close()
    return answer


def carried(page: str) -> str:
    """Return the file that a preview carries to its button."""
    found = re.search(r'<textarea name="content" hidden>([^<]*)</textarea>', page)
    assert found
    return html.unescape(found[1])


# ---- Who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["dewi", "irawan", "nurhayati", "salim", "rina"])
def test_only_the_administrator_imports(client_of, upload, person, total):
    browser = client_of(person)

    for sheet in Sheet:
        assert browser.get(f"/impor/{sheet}").status_code == 403
        assert browser.get(f"/impor/{sheet}/contoh.csv").status_code == 403
        assert (
            browser.send(f"/impor/{sheet}", {"file": upload("a.csv", AGENCIES)}).status_code == 403
        )
        assert browser.send(f"/impor/{sheet}").status_code == 403
        content = base64.b64encode(AGENCIES).decode()
        assert browser.send(f"/impor/{sheet}/simpan", {"content": content}).status_code == 403
    assert total(Agency) == 2


def test_nobody_imports_without_signing_in(client_of):
    assert client_of().get("/impor/opd").status_code == 303


def test_there_is_no_other_sheet(admin):
    assert admin.get("/impor/orang").status_code == 404
    assert admin.send("/impor/orang/simpan").status_code == 404


# ---- Looking, then taking ------------------------------------------------------------------


def test_the_page_explains_every_column(admin):
    for sheet in Sheet:
        page = admin.get(f"/impor/{sheet}").text
        for column in sheet.columns:
            assert f"<code>{column}</code>" in page
        assert f"/impor/{sheet}/contoh.csv" in page


def test_a_preview_keeps_nothing(look, total):
    answer = look("opd", AGENCIES)

    assert answer.status_code == 200
    assert "2 baris benar, 0 baris keliru." in answer.text
    assert "Dinas Kesehatan" in answer.text
    assert "Impor 2 baris ini" in answer.text
    assert total(Agency) == 2


def test_what_was_shown_is_taken(admin, look, office, cast, total, press):
    page = look("opd", AGENCIES).text
    answer = press("opd", carried(page))

    assert (answer.status_code, answer.location) == (303, "/opd")
    assert total(Agency) == 4
    assert office.registry.get(cast.admin, Agency, "dinkes").short == "Dinkes"
    assert office.registry.get(cast.admin, Agency, "dinas-sosial").name == "Dinas Sosial"
    assert "2 baris diimpor." in admin.get("/opd").text


def test_devices_come_with_semicolons_too(press, look, office, cast):
    page = look("perangkat", DEVICES).text
    answer = press("perangkat", carried(page))

    assert (answer.status_code, answer.location) == (303, "/perangkat")
    assert office.registry.get(cast.admin, Device, "r-1").address == "10.20.7.1"
    assert office.registry.get(cast.admin, Device, "dikbud-ap-aula").site == ""


def test_each_row_says_what_is_wrong_with_it(look, total):
    answer = look("perangkat", WRONG)

    assert answer.status_code == 200
    assert "1 baris benar, 4 baris keliru." in answer.text
    assert "OPD tidak-ada tidak dikenal." in answer.text
    assert "Jenis toaster tidak dikenal." in answer.text
    assert "Kode r-1 sudah dipakai." in answer.text
    assert "Isian ini wajib." in answer.text
    assert "Lokasi dikbud-x bukan lokasi OPD ini." in answer.text
    assert "999.1.1.1 bukan alamat IP" in answer.text
    numbers = re.findall(r'<td data-label="Baris">(\d+)</td>', answer.text)
    assert numbers == ["2", "4", "5", "6", "7"]  # as the spreadsheet counts them
    assert 'name="content"' not in answer.text
    assert total(Device) == 1


def test_a_sheet_with_a_wrong_row_is_not_taken_at_all(press, total):
    answer = press("perangkat", base64.b64encode(WRONG).decode())

    assert answer.status_code == 422
    assert "4 baris keliru; tidak ada yang diimpor." in answer.text
    assert "Kode r-1 sudah dipakai." in answer.text
    assert total(Device) == 1


def test_what_became_wrong_between_looking_and_taking_is_refused(press, look, office, cast, total):
    page = look("opd", AGENCIES).text
    office.registry.add(cast.admin, Agency("dinkes", "Dinas Kesehatan"))
    answer = press("opd", carried(page))

    assert answer.status_code == 422
    assert "Kode dinkes sudah dipakai." in answer.text
    assert total(Agency) == 3


def test_taking_twice_takes_once(press, look, total):
    content = carried(look("perangkat", DEVICES).text)

    assert press("perangkat", content).status_code == 303
    assert press("perangkat", content).status_code == 422
    assert total(Device) == 3


# ---- Files that are none -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas ini kosong."),
        (b"nama,kode\n", "Berkas ini kosong."),
        (b"nama,kode\n\n,\n", "Berkas ini kosong."),
        (b"name,code\nDinas,x\n", "Judul kolom nama tidak ada."),
        (b"PK\x03\x04\0\0\0\0xl/workbook.xml", "Ini bukan berkas CSV."),
        (b"\x89PNG\r\n\x1a\n\0\0", "Ini bukan berkas CSV."),
        (b'nama,kode\n"Dinas,x\n', "Berkas CSV rusak"),
        (b"\xff\xfen\0a\0m\0a\0", "Ini bukan berkas CSV."),
        (bytes(range(1, 256)), "Berkas CSV rusak"),
        (b"nama\n" + b"Dinas\n" * 5001, "Lebih dari 5000 baris."),
    ],
)
def test_what_cannot_be_read_says_why(look, total, content, sentence):
    answer = look("opd", content)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert total(Agency) == 2


def test_a_file_over_the_limit_is_refused(look, total):
    answer = look("opd", b"nama\n" + b"x" * MOST_BYTES)

    assert answer.status_code == 413
    assert "Berkas lebih dari 2 MB." in answer.text
    assert total(Agency) == 2


@pytest.mark.slow
def test_a_file_just_under_the_limit_goes_all_the_way(press, look, total):
    row = b"Dinas Panjang,,,%s\n" % (b"jalan " * 30)
    content = (
        b"nama,kode,singkatan,alamat\n" + row * 4000 + b"\n" * (MOST_BYTES - 27 - 4000 * len(row))
    )
    assert len(content) == MOST_BYTES

    answer = look("opd", content)
    assert "Ditampilkan 50 dari 4000 baris" in answer.text
    assert press("opd", carried(answer.text)).status_code == 303
    assert total(Agency) == 4002


@pytest.mark.parametrize("data", [{}, {"file": ""}, {"file": "nama\nDinas"}])
def test_without_a_file_the_page_asks_for_one(admin, data):
    answer = admin.send("/impor/opd", data)

    assert answer.status_code == 422
    assert "Pilih berkas CSV dahulu." in answer.text


@pytest.mark.parametrize("content", ["", "!!!", "é", "AAA"])
def test_a_file_that_was_not_carried_along_is_asked_for_again(press, content, total):
    answer = press("opd", content)

    assert answer.status_code == 422
    assert total(Agency) == 2


def test_cells_are_shown_as_text(look):
    content = f"nama,kode,{SCRIPT}\n{SCRIPT},{SCRIPT},x\n=cmd|' /C calc'!A0,aman,x\n".encode()

    answer = look("opd", content)
    assert answer.status_code == 200
    assert SCRIPT not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_old_spreadsheets_in_windows_letters_are_read(press, look, office, cast):
    page = look("opd", "nama;kode\r\nDinas Pérkebunan;dp\r\n".encode("cp1252")).text
    press("opd", carried(page))

    assert office.registry.get(cast.admin, Agency, "dp").name == "Dinas Pérkebunan"


# ---- The example ---------------------------------------------------------------------------


def test_the_examples_are_right(admin, look, total, press):
    for sheet in Sheet:
        example = admin.get(f"/impor/{sheet}/contoh.csv")
        assert example.mimetype == "text/csv"
        assert f"filename=contoh-{sheet}.csv" in example.headers["Content-Disposition"]
        heading = example.data.decode("utf-8-sig").splitlines()[0]
        assert heading.split(";") == list(sheet.columns)
        page = look(sheet.value, example.data).text
        assert re.search(r"[23] baris benar, 0 baris keliru\.", page)
        press(sheet, carried(page))
    assert (total(Agency), total(Device)) == (4, 4)


# ---- Nothing chosen is lost ----------------------------------------------------------------


def test_a_session_that_ended_before_the_button_goes_on_there(admin, office):
    content = base64.b64encode(AGENCIES).decode()
    office.drafts.keep("admin", "/impor/opd", {"content": [content]})

    page = admin.get("/impor/opd").text
    assert "2 baris benar" in page
    assert carried(page) == content

    answer = admin.send("/impor/opd", {"drop": "1"})
    assert (answer.status_code, answer.location) == (303, "/impor/opd")
    assert "2 baris benar" not in admin.get("/impor/opd").text


def test_a_draft_is_forgotten_once_it_is_taken(admin, office, press):
    content = base64.b64encode(AGENCIES).decode()
    office.drafts.keep("admin", "/impor/opd", {"content": [content]})
    press("opd", content)

    assert "baris benar" not in admin.get("/impor/opd").text


def test_the_sheet_of_paths_is_named_and_left_for_where_it_was_opened(admin):
    page = admin.get("/impor/jalur").text
    assert '<a href="/jaringan">← Jaringan kabupaten</a>' in page
    assert "<h1>Impor Jalur perangkat</h1>" in page


def test_a_row_of_the_paths_without_a_device_is_told_what_is_missing(look):
    page = look("jalur", b"kode,induk\n,inti\n").text
    assert "Isian ini wajib." in page
    assert "dengan kode ." not in page
