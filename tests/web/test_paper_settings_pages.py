from __future__ import annotations

import html
import io
import re

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

HOME, WORK = "/setelan-dokumen/", "/setelan-dokumen/ba-pekerjaan"
pytestmark = pytest.mark.slow  # each page lays a sample out


def sample_of(answer) -> str:
    return html.unescape(re.search(r'srcdoc="([^"]*)"', answer.text)[1])


def arms(content: bytes) -> FileStorage:
    return FileStorage(io.BytesIO(content), "lambang.png")


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 80), "navy").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("who", ["dewi", "rina", "irawan"])
@pytest.mark.parametrize("page", [HOME, WORK, f"{WORK}/contoh.pdf"])
def test_only_the_administrator_sees_the_settings(client_of, who, page):
    assert client_of(who).get(page).status_code == 403


def test_what_is_saved_stands_on_the_sample(client_of):
    admin = client_of("admin")

    answer = admin.send(
        HOME,
        {
            "seen": "0",
            "lines": "PEMERINTAH KABUPATEN SUMBAWA\nDINAS <b>KOMINFO</b>",
            "address": "Jl. Garuda 1",
            "place": "Sumbawa Besar",
        },
    )

    assert answer.status_code == 303
    shown = admin.get(HOME)
    assert "PEMERINTAH KABUPATEN SUMBAWA" in sample_of(shown)
    assert "DINAS &lt;b&gt;KOMINFO&lt;/b&gt;" in sample_of(shown)


def test_the_sample_follows_without_javascript_and_nothing_is_kept(client_of):
    admin = client_of("admin")

    looked = admin.send(
        HOME,
        {"seen": "0", "look": "1", "lines": "DINAS PERCOBAAN", "address": "", "place": "Taliwang"},
    )

    assert looked.status_code == 200
    assert "DINAS PERCOBAAN" in sample_of(looked)
    assert "DINAS PERCOBAAN" in looked.text.replace(html.escape(sample_of(looked)), "")
    assert "DINAS PERCOBAAN" not in admin.get(HOME).text


def test_the_frame_alone_follows_what_is_typed(client_of):
    typed = {"ba-pekerjaan.size": "a4", "ba-pekerjaan.points": "12"}

    answer = client_of("admin").send(f"{WORK}/contoh", typed)

    assert "size:210.0mm 297.0mm" in answer.text
    assert "font-size:12" in answer.text


def test_the_frame_may_run_nothing(client_of):
    answer = client_of("admin").get(HOME)

    assert "<iframe sandbox title" in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("patterns", "{urut}/BA"),
        ("patterns", "{urut}/{urut3}/{tahun}"),
        ("patterns", ""),
        ("points", "0"),
        ("points", "nan"),
        ("top", "-1"),
        ("left", "9999"),
        ("size", "kwarto"),
        ("pages", "x"),
        ("head", "<script>"),
    ],
)
def test_what_does_not_fit_is_marked_and_stays_in_its_field(client_of, field, typed):
    admin = client_of("admin")

    answer = admin.send(WORK, {"seen": "0", f"ba-pekerjaan.{field}": typed})

    assert answer.status_code == 422
    assert "Belum tersimpan" in answer.text
    assert f'id="f-ba-pekerjaan.{field}-salah"' in answer.text
    assert "Contohnya muncul lagi" in sample_of(answer)


def test_two_administrators_do_not_undo_each_other(client_of):
    first, second = client_of("admin"), client_of("admin")
    first.send(HOME, {"seen": "0", "lines": "SATU", "place": "Sumbawa Besar"})

    answer = second.send(HOME, {"seen": "0", "lines": "DUA", "place": "Sumbawa Besar"})

    assert answer.status_code == 409
    assert "Yang tersimpan sekarang: SATU" in answer.text
    assert ">DUA</textarea>" in answer.text


def test_a_coat_of_arms_is_taken_shown_and_taken_off(client_of):
    admin = client_of("admin")

    taken = admin.send(
        "/setelan-dokumen/lambang",
        {"seen": "0", "arms": arms(picture())},
    )

    assert taken.status_code == 303
    assert 'class="arms" src="data:image/jpeg' in admin.get(HOME).text
    admin.send("/setelan-dokumen/lambang", {"seen": "1", "none": "1"})
    assert "Belum ada lambang" in admin.get(HOME).text


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\x89PNG\r\n\x1a\nrusak"],
)
def test_what_is_no_picture_is_refused_beside_the_field(client_of, content):
    answer = client_of("admin").send(
        "/setelan-dokumen/lambang",
        {"seen": "0", "arms": arms(content)},
    )

    assert answer.status_code == 422
    assert "Pilih berkas lain" in answer.text


def test_every_kind_has_a_page_and_a_printed_sample(client_of):
    admin = client_of("admin")
    kinds = set(re.findall(r'href="/setelan-dokumen/([a-z-]+)"', admin.get(HOME).text))

    assert len(kinds) == 7
    for kind in kinds:
        assert admin.get(f"/setelan-dokumen/{kind}").status_code == 200
        printed = admin.get(f"/setelan-dokumen/{kind}/contoh.pdf")
        assert printed.data.startswith(b"%PDF")


def test_a_kind_that_there_is_not_is_not_found(client_of):
    assert client_of("admin").get("/setelan-dokumen/surat-cinta").status_code == 404
