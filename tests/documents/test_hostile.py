"""Whatever stands on a page, and however it came there: nothing is fetched, nothing is read, nothing is run."""

from __future__ import annotations

import io
import shutil
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image
from pypdf import PdfReader

from pulih.documents.choosing import ENGINES
from pulih.documents.engine import Engine, Sheet
from pulih.documents.kit import Kit, open_kit
from pulih.domain.papers.layout import Corner, Layout, Size
from pulih.errors import Refused, Unavailable
from pulih.publish.photograph import photograph

pytestmark = pytest.mark.slow

SECRET = "RAHASIA-DI-BERKAS"
TOLD = "RAHASIA-DARI-SERVER"


class Listening(BaseHTTPRequestHandler):
    """A server of this machine, as an office has many that answer nobody else."""

    def do_GET(self):
        self.server.seen.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<p>{TOLD}</p>".encode())

    do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - the names that the standard library calls

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        server.seen = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request) -> Engine:
    if request.param == "pdfkit" and shutil.which("wkhtmltopdf") is None:
        pytest.skip("wkhtmltopdf is not in this system's packages any more")
    return ENGINES[request.param]()


OUTSIDE = {
    "a frame": '<iframe src="{url}/frame"></iframe>',
    "a picture": '<img src="{url}/picture">',
    "a stylesheet": '<link rel="stylesheet" href="{url}/style">',
    "an imported stylesheet": '<style>@import "{url}/import";</style>',
    "an object": '<object data="{url}/object"></object>',
    "an embedded object": '<embed src="{url}/embed">',
    "a background": '<div style="background:url({url}/background)">x</div>',
    "a typeface": "<style>@font-face{{font-family:q;src:url({url}/font)}}p{{font-family:q}}</style><p>x</p>",
    "a base": '<base href="{url}/"><img src="base.png">',
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<image xlink:href="{url}/drawn" href="{url}/drawn" width="9" height="9"/></svg>',
    "a drawing in an address": '<img src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}/within" width="9" height="9"/>'
    '<style>@import "{url}/within-style";</style></svg>\'>',
    "a list's bullet": '<ul style="list-style-image:url({url}/bullet)"><li>x</ul>',
    "generated content": "<style>p::before{{content:url({url}/content)}}</style><p>x</p>",
    "a film": '<video src="{url}/film" poster="{url}/poster"></video>',
    "what comes next": '<link rel="prefetch" href="{url}/next"><link rel="icon" href="{url}/icon">',
    "a page to go on to": '<meta http-equiv="refresh" content="0;url={url}/refresh">',
    "an attachment": '<link rel="attachment" href="{url}/attachment">',
    "a script": '<script>var x=new XMLHttpRequest();x.open("GET","{url}/script",false);x.send();'
    'document.body.innerHTML+="JALAN"</script>',
    "an event": "<img src=\"data:,\" onerror=\"new Image().src='{url}/event';document.title='JALAN'\">",
}
WITHIN = {
    "a frame": '<iframe src="file://{path}"></iframe>',
    "an object": '<object data="file://{path}"></object>',
    "an attachment": '<link rel="attachment" href="file://{path}">',
    "a linked attachment": '<a rel="attachment" href="file://{path}">x</a>',
    "a stylesheet": '<link rel="stylesheet" href="file://{path}">',
    "a page to go on to": '<meta http-equiv="refresh" content="0;url=file://{path}">',
    "pdfkit's own option": '<meta name="pdfkit-enable-local-file-access" content=""><iframe src="file://{path}"></iframe>',
    "pdfkit's option to allow": '<meta name="pdfkit-allow" content="/"><iframe src="file://{path}"></iframe>',
    "pdfkit's option to read": '<meta name="pdfkit-user-style-sheet" content="{path}"><p>x</p>',
    "a script": '<script>var x=new XMLHttpRequest();x.open("GET","file://{path}",false);x.send();'
    "document.write(x.responseText)</script>",
}


def sheet(fragment: str) -> Sheet:
    head = '<!doctype html><html lang="id"><head><meta charset="utf-8"></head>'
    return Sheet(f"{head}<body><p>AWAL</p>{fragment}<p>AKHIR</p></body></html>", "Contoh", Layout())


def rendered(engine: Engine, fragment: str) -> str:
    """Return the text of the PDF with whatever is attached to it; nothing where it was refused."""
    try:
        reader = PdfReader(io.BytesIO(engine.render(sheet(fragment))))
    except Refused:
        return ""
    attached = "".join(
        content.decode(errors="replace") for many in reader.attachments.values() for content in many
    )
    return "\n".join(page.extract_text() for page in reader.pages) + attached


@pytest.mark.parametrize("fragment", OUTSIDE.values(), ids=OUTSIDE)
def test_no_address_is_ever_asked(engine, server, fragment):
    text = rendered(engine, fragment.format(url=f"http://127.0.0.1:{server.server_port}"))

    assert server.seen == []
    assert TOLD not in text
    assert "JALAN" not in text


@pytest.mark.parametrize("fragment", WITHIN.values(), ids=WITHIN)
def test_no_file_is_ever_read(engine, tmp_path, fragment):
    secret = tmp_path / "rahasia.html"
    secret.write_text(f"<p>{SECRET}</p>", encoding="utf-8")

    assert SECRET not in rendered(engine, fragment.format(path=secret))


def test_an_address_by_another_name_of_this_machine_is_not_asked_either(engine, server):
    for host in ("localhost", "127.1", "0.0.0.0", "2130706433"):
        rendered(engine, f'<img src="http://{host}:{server.server_port}/x">')

    assert server.seen == []


@pytest.mark.parametrize("name", ENGINES)
def test_what_our_own_environment_says_of_proxies_is_not_followed(name, server, monkeypatch):
    if name == "pdfkit" and shutil.which("wkhtmltopdf") is None:
        pytest.skip("wkhtmltopdf is not in this system's packages any more")
    for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(proxy, f"http://127.0.0.1:{server.server_port}")

    rendered(ENGINES[name](), '<img src="http://kabupaten.example/x">')

    assert server.seen == []


def test_pdfkit_says_in_one_sentence_why_it_prints_nothing():
    if shutil.which("wkhtmltopdf") is None:
        pytest.skip("wkhtmltopdf is not in this system's packages any more")

    with pytest.raises(Refused, match="Tidak ada yang diambil dari sana"):
        open_kit().render(sheet('<iframe src="file:///etc/hostname"></iframe>'))


def test_a_page_within_an_address_runs_nothing(engine):
    text = rendered(
        engine,
        "<iframe src='data:text/html,<script>document.write(String(6*7))</script>'></iframe>",
    )

    assert "42" not in text


def test_a_page_that_never_ends_is_given_up(monkeypatch):
    if shutil.which("wkhtmltopdf") is None:
        pytest.skip("wkhtmltopdf is not in this system's packages any more")
    kit = open_kit(seconds=0.01)

    with pytest.raises(Unavailable, match="tidak selesai dicetak dalam 0 detik"):
        kit.render(sheet("x" * 10))


def test_nothing_of_it_goes_on_after_it_was_given_up(tmp_path):
    script = tmp_path / "wkhtmltopdf"
    script.write_text(
        "#!/bin/sh\n(sleep 3; touch lebih-lama; cp lebih-lama %s) & sleep 60\n"
        % (tmp_path / "hidup")
    )
    script.chmod(0o755)

    with pytest.raises(Unavailable):
        Kit(str(script), 0.3).render(sheet("x"))

    time.sleep(4)
    assert not (tmp_path / "hidup").exists()


def test_without_wkhtmltopdf_it_says_how_to_get_it_and_what_else_there_is(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unavailable) as refused:
        open_kit()

    assert "sudo apt install wkhtmltopdf" in str(refused.value)
    assert "weasyprint" in str(refused.value)


def test_a_program_that_is_none_says_so(tmp_path):
    with pytest.raises(Unavailable, match="wkhtmltopdf tidak ada di mesin ini"):
        Kit(str(tmp_path / "tidak-ada")).render(sheet("x"))


def test_a_photograph_of_ten_megabytes_becomes_a_small_one(engine):
    side = 2600
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(file, "JPEG", quality=98)
    large = file.getvalue() + b"\0" * max(0, 10 * 1024 * 1024 - file.tell())
    small = photograph(large, 1000)
    assert small is not None
    assert len(large) >= 10 * 1024 * 1024

    pdf = engine.render(
        sheet(f'<img width="500" src="data:image/jpeg;base64,{b64encode(small).decode()}">')
    )

    assert len(pdf) < 2 * 1024 * 1024


@pytest.mark.parametrize("size", Size)
def test_the_sheet_has_the_size_that_was_asked_for(engine, size):
    wide, high = size.millimetres
    html = sheet(f"<style>@page{{size:{wide}mm {high}mm}}</style>").html
    pdf = engine.render(Sheet(html, "Contoh", Layout(size, pages=Corner.NONE)))

    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert [float(side) / 72 * 25.4 for side in (box.width, box.height)] == pytest.approx(
        size.millimetres, abs=0.05
    )


def test_the_same_sheet_gives_the_same_bytes(engine):
    page = sheet("<h1>Judul</h1><p>Isi <b>tebal</b> dan <i>miring</i></p>" * 30)

    assert len({engine.render(page) for _ in range(3)}) == 1


def test_what_is_printed_passes_qpdf(engine, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(engine.render(sheet("<p>isi</p>" * 90)))

    assert (
        subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0
    )
