"""The search of the published site as a reader meets it in Chromium: from a web server and from a folder."""

from __future__ import annotations

import functools
import itertools
import json
import random
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pulih.domain.edition import Case, Edition
from pulih.domain.words import MAYBE, PARTICLES, ROOTS, SUFFIXES, SURE, terms
from pulih.publish import addresses
from pulih.publish.finding import search_sheets

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
BOX, PANEL, FOUND = "#pulih-cari-kotak", ".pulih-cari__panel", ".pulih-temuan"
WORDS, STATUS = "#pulih-cari-kata", ".pulih-cari__kabar"
# Material has scripts within its pages; nothing may be made of text (`eval`), and nothing be foreign.
CSP = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script> {{ config }}"


ODD = (
    EVIL, "a" * 10_000, "kata " * 2_000, "!!! ### ???", "\u0000\ud800 \u202e", "__proto__ constructor toString",
    "yg di ke", "😀", "%E0%A4%A", "ka",
)  # fmt: skip
DULL = {
    "title": "Layar gelap", "symptom": "Layar gelap.", "cause": "Daya.", "actions": "Sakelar.", "result": "Baik.",
    "location": "", "prevention": "", "settings": "", "remote": "", "on_site": "", "checks": (), "tests": (),
}  # fmt: skip
ANTENNA = {
    "title": "Antena bergeser", "agency": "dinkes", "agency_name": "Dinas Kesehatan", "fault_type": "radio",
    "fault_name": "Radio bergeser", "device_kind": "radio-link",
    "actions": "Kami mengirim teknisi. Antena diarahkan ke 10.20.4.1 lewat ether1 pada SG350-28.",
}  # fmt: skip
LOOKED_FOR = (
    (160, 2025, ANTENNA),
    (161, 2025, {"title": "Wi-Fi lemot", "symptom": "Internetnya lemot bgt, sinyal terganggu."}),
    (162, 2026, {"title": EVIL, "symptom": f"Jahat {EVIL} sekali.", "agency_name": EVIL}),
    (163, 2026, {"title": "Serat putus di tanjakan", "cause": "Truk memutuskan kabel udara."}),
    (159, 2026, {"title": "Radio siaran bergeser", "symptom": "Siarannya bergeser."}),
)

ASKED = {
    "dikirim teknisi": "Antena bergeser",
    "10.20.4.1": "Antena bergeser",
    "sg350-28 ether1": "Antena bergeser",
    "2025-0160": "Antena bergeser",
    "Dinas Kesehatan": "Antena bergeser",
    "radio bergeser": "Antena bergeser",  # which is a fault's whole name
    "gangguan sinyal": "Wi-Fi lemot",
    "internet lambat": "Wi-Fi lemot",
    "nirkabel": "Wi-Fi lemot",
    "kabel terputus": "Serat putus di tanjakan",
    "fiber tanja": "Serat putus di tanjakan",
    "2026-0163": "Serat putus di tanjakan",
}


def cases_of(make):
    """Three hundred dull cases of two years, and some that are looked for."""
    dull = ((n, year, {}) for year in (2025, 2026) for n in range(1, 151))
    for n, year, told in (*dull, *LOOKED_FOR):
        day = datetime(year, 1 + n % 12, 1 + n % 28, tzinfo=UTC)
        yield make(n, year, resolved=day.date(), closed_at=day, **{**DULL, **told})


@pytest.fixture(scope="module")
def site(make, tmp_path_factory):
    """A site that plain MkDocs built, with the search that Pulih wrote beside its pages."""
    folder = tmp_path_factory.mktemp("finding")
    shutil.copytree(ROOT / "wiki", folder / "wiki")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    articles = list(cases_of(make))
    edition = Edition(tuple(map(Case, articles)))
    guides = {
        p.relative_to(ROOT / "wiki").as_posix(): p.read_text("utf-8")
        for p in (ROOT / "wiki").rglob("*.md")
    }
    for sheet in search_sheets(edition, {c.number: c.digest for c in edition.cases}, guides):
        put(folder / "wiki" / sheet.address, sheet.make())
    for article in articles[-len(LOOKED_FOR) :]:
        put(
            folder / "wiki" / addresses.case(article.number, article.year),
            f"# Kasus {article.number}\n",
        )
    build(folder)
    return folder / "site"


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def build(folder: Path) -> None:
    """Build as the README shows it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    environment = {"NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"}
    subprocess.run(command, cwd=folder, env=environment, check=True, timeout=100)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, keeps nothing, says nothing."""

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def http(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["http", "folder"])
def url(request, http, site):
    """The site's address: on a server, or where it lies on the disk."""
    return http if request.param == "http" else f"{site.resolve().as_uri()}/"


@pytest.fixture
def page(chromium):
    """A tab in which nothing pops up and no script fails."""
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    wrong = []
    tab.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    yield tab
    tab.close()
    assert wrong == []


def leaf(url: str, place: str) -> str:
    return f"{url}{place}/{'index.html' if url.startswith('file:') else ''}"


def look(page, url: str, words: str = "", **only: str) -> list[str]:
    """Search on the page of the search; return the numbers and titles of what it shows."""
    page.goto(f"{leaf(url, 'cari')}?{urlencode({'q': words, **only})}")
    return answered(page)


def answered(page) -> list[str]:
    says(page, ".")
    return page.locator(".pulih-temuan__judul").all_text_contents()


def says(page, pattern: str) -> None:
    """Wait until the search says so."""
    page.locator(STATUS).filter(has_text=re.compile(pattern)).wait_for()


def heading_of(page) -> str:
    return page.locator("article h1").evaluate("h => h.firstChild.textContent")


# ---- Finding --------------------------------------------------------------------------------


def test_a_search_in_the_header_leads_to_the_case(page, url):
    page.goto(leaf(url, "glosarium"))

    page.fill(BOX, "antena")
    page.click(f"{FOUND} a")

    page.wait_for_url("**/kasus/2025/2025-0160/**")
    assert heading_of(page) == "Kasus 2025-0160"


def test_words_in_other_forms_and_spellings_find_the_case(page, url):
    found = {words: look(page, url, words)[:1] for words in ASKED}

    assert found == {words: [first] for words, first in ASKED.items()}


def test_a_word_that_is_still_being_typed_finds_what_it_may_become(page, url):
    page.goto(leaf(url, "glosarium"))
    for letters in ("ante", "mengir", "ganggua", "2025-016", "tanjak"):
        page.fill(BOX, letters)

        page.wait_for_selector(f"{FOUND} a")
        page.fill(BOX, "")
        page.wait_for_selector(PANEL, state="hidden")


def test_what_was_found_says_where_and_why(page, url):
    look(page, url, "mengirim")

    row = page.locator(FOUND).first
    said = "2025-0160 · Dinas Kesehatan · Radio bergeser · Cisco SG350-28 · 21 Mei 2025"
    assert row.locator(".pulih-temuan__rinci").text_content() == said
    assert (
        row.locator(".pulih-temuan__petikan")
        .text_content()
        .startswith("Tindakan: Kami mengirim teknisi.")
    )
    assert row.locator("mark").all_text_contents() == ["mengirim"]


def test_all_words_are_wanted_first_and_else_it_is_said_that_some_are_missing(page, url):
    assert look(page, url, "antena teknisi") == ["Antena bergeser"]
    assert "1 halaman ditemukan" in page.text_content(STATUS)

    # The guides speak of such words too; cases come before them.
    assert set(look(page, url, "antena lemot zzgarut")[:2]) == {"Antena bergeser", "Wi-Fi lemot"}
    assert "tidak semua kata" in page.text_content(STATUS)
    assert "zzgarut" in page.text_content(STATUS)


def test_guides_and_the_glossary_are_found_too(page, url):
    assert look(page, url, "pencadangan restore", jenis="panduan")

    page.click(f"{FOUND} a")
    assert (
        page.evaluate("location.pathname")
        .rstrip("/")
        .removesuffix("/index.html")
        .endswith("panduan/administrator")
    )


# ---- Filters --------------------------------------------------------------------------------


def test_filters_say_how_many_they_would_leave_and_leave_them(page, url):
    look(page, url, "layar gelap")
    assert page.text_content(STATUS).startswith("302 halaman")
    assert (
        "RSUD Kabupaten Sumbawa (301)"
        in page.locator("#pulih-saring-opd option").all_text_contents()
    )

    page.select_option("#pulih-saring-tahun", "2025")
    says(page, "^151 ")

    page.select_option("#pulih-saring-gangguan", "radio")
    says(page, "^1 ")
    assert page.locator(".pulih-temuan__judul").all_text_contents() == ["Antena bergeser"]
    assert page.locator("#pulih-saring-perangkat option").all_text_contents() == [
        "Semua",
        "Radio link (1)",
    ]

    page.click("text=Hapus saringan")
    says(page, "^302 ")


def test_a_filter_alone_lists_the_newest(page, url):
    found = look(page, url, opd="dinkes")

    assert found == ["Antena bergeser"]


def test_the_address_keeps_the_search(page, http):
    look(page, http, "layar")
    page.select_option("#pulih-saring-tahun", "2025")
    page.wait_for_url("**q=layar&tahun=2025")

    page.reload()
    answered(page)

    assert page.input_value(WORDS) == "layar"
    assert page.input_value("#pulih-saring-tahun") == "2025"


def test_more_results_are_appended_and_the_first_of_them_takes_the_cursor(page, url):
    assert len(look(page, url, "layar gelap")) == 10

    page.click("text=Tampilkan lagi")
    says(page, "Ditampilkan 20")

    assert (
        page.evaluate(
            "[...document.querySelectorAll('.pulih-temuan a')].indexOf(document.activeElement)"
        )
        == 10
    )


# ---- Keyboard, readers, small screens -------------------------------------------------------


def test_the_keyboard_is_enough(page, url):
    page.goto(leaf(url, "glosarium"))
    page.keyboard.press("/")
    page.keyboard.type("layar")
    page.wait_for_selector(f"{FOUND} a")

    focused = "[...document.querySelectorAll('.pulih-temuan a')].indexOf(document.activeElement)"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == BOX.lstrip("#")

    page.keyboard.press("Escape")
    page.wait_for_selector(PANEL, state="hidden")
    assert page.input_value(BOX) == "layar"
    page.keyboard.press("Escape")
    assert page.input_value(BOX) == ""


def test_enter_leads_to_all_results(page, url):
    page.goto(leaf(url, "glosarium"))
    page.fill(BOX, "antena")
    page.press(BOX, "Enter")

    page.wait_for_url("**/cari/**q=antena")
    assert answered(page) == ["Antena bergeser"]


def test_the_count_is_announced_and_the_box_has_a_name(page, http):
    page.goto(leaf(http, "glosarium"))

    assert page.get_by_role("search").get_by_role("searchbox", name="Cari di wiki").count() == 1
    page.fill(BOX, "antena")
    page.wait_for_selector(FOUND)
    assert page.get_by_role("status").text_content() == "1 halaman ditemukan."


def test_a_phone_has_a_button_that_leads_to_the_page_of_the_search(page, url):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(leaf(url, "glosarium"))
    page.get_by_role("link", name="Cari di wiki").click()
    page.fill(WORDS, "layar gelap")
    page.wait_for_selector(FOUND)

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_scripts_the_page_says_what_to_do(chromium, http):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(leaf(http, "cari"))

    assert "memerlukan JavaScript" in tab.text_content("#pulih-cari")
    assert tab.locator("#pulih-cari a").count() == 4
    assert tab.locator("[role=search]").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious(page, http, width, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    look(page, http, "layar gelap", tahun="2025")
    found = list(Axe().run(page).response["violations"])
    page.goto(leaf(http, "glosarium"))
    if width > 1000:
        page.fill(BOX, "layar gelap")
        page.wait_for_selector(FOUND)
    found += Axe().run(page).response["violations"]

    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


# ---- Bad input ------------------------------------------------------------------------------


def test_odd_queries_neither_break_nor_inject(page, http):
    page.goto(leaf(http, "cari"))
    for words in ODD:
        for typed in (words, "antena"):
            page.locator(WORDS).evaluate(
                "(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", typed
            )
            page.wait_for_timeout(250)

        assert page.locator(".pulih-temuan__judul").all_text_contents() == ["Antena bergeser"], (
            words[:99]
        )
        assert page.locator("#pulih-cari :is(img, script)").count() == 0


def test_hostile_texts_are_shown_as_text(page, url):
    assert EVIL in look(page, url, "jahat sekali")[0]

    assert page.locator(f"{FOUND} img, {FOUND} script").count() == 0
    assert look(page, url, "<script>")[0] == EVIL
    assert page.locator("#pulih-cari :is(img, script)").count() == 0


def test_a_filter_in_the_address_that_does_not_exist_finds_nothing_and_can_be_taken_off(page, http):
    assert look(page, http, "layar", opd="<b>x</b>") == []

    page.click("text=Hapus saringan")
    page.wait_for_selector(FOUND)


def test_a_search_says_so_where_its_files_are_missing(page, site, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    shutil.rmtree(folder / "assets/cari")

    page.goto(f"{folder.as_uri()}/cari/index.html?q=layar")

    says(page, "^Pencarian belum dapat")


# ---- A wiki that goes on --------------------------------------------------------------------


def test_a_case_that_was_just_published_is_found_also_from_a_page_that_was_open_before(
    page, make, site, tmp_path
):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page.goto(leaf(f"http://127.0.0.1:{server.server_port}/", "glosarium"))
    page.fill(BOX, "antena")
    page.wait_for_selector(FOUND)

    articles = [*cases_of(make), replace(make(164), title="Burung bersarang di menara")]
    edition = Edition(tuple(map(Case, articles)))
    for sheet in search_sheets(edition, {c.number: c.digest for c in edition.cases}, {}):
        put(folder / sheet.address, sheet.make())
    page.fill(BOX, "layar gelap")  # parts that are not loaded yet, of the new index
    says(page, "^302 halaman")
    page.reload()
    page.fill(BOX, "sarang burung")
    page.wait_for_selector(FOUND)

    assert page.locator(".pulih-temuan__judul").all_text_contents() == [
        "Burung bersarang di menara"
    ]
    server.shutdown()
    server.server_close()


# ---- One reading of words -------------------------------------------------------------------


def every_word() -> list[str]:
    """Thousands of words: those of the wiki and of the demo office, every root in many forms, and odd letters."""
    files = [*(ROOT / "wiki").rglob("*.md"), *(ROOT / "plugin/pulih/demo").glob("*.json")]
    written = [text for file in files for text in file.read_text("utf-8").split("\n")]
    dice = random.Random(29)
    prefixes = [prefix.letters for prefix in (*SURE, *MAYBE)]
    formed = [
        before + root[cut:] + after
        for root in sorted(ROOTS)
        for before, after in dice.sample(
            list(itertools.product(["", *prefixes], ["", *SUFFIXES, *PARTICLES])), 12
        )
        for cut in (0, 1)
    ]
    letters = "aiueongmkpst-.:/@_0129 ÉéßÇİıﬁΣς漢字ا٣²½ⅷ\u0301\u00ad\u200d\U0001d54f😀'’–"
    odd = ["".join(dice.choices(letters, k=dice.randrange(1, 14))) for _ in range(3000)]
    return [*written, *formed, *odd]


def test_the_browser_reads_words_as_the_index_does(page, http):
    texts = every_word()
    look(page, http, "layar")

    seen = json.loads(
        page.evaluate("async (texts) => JSON.stringify(await pulihCari.istilah(texts))", texts)
    )

    differing = [
        (text, a, b) for text, a, b in zip(texts, seen, map(terms, texts), strict=True) if a != b
    ]
    assert differing == []
    assert len(texts) > 20_000
