"""Reading the wiki in Chromium: on a desk and a phone, light and dark, on paper, by keyboard, from a folder."""

from __future__ import annotations

import functools
import io
import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from pulih.domain.edition import Case, Edition, Note, Picture, Review
from pulih.domain.records import Names
from pulih.publish.site import SitePublisher

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
CASE = "kasus/2026/2026-0012/"
SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
FAULTS = ("kabel-putus", "dns", "isp", "loop", "catu-daya", "dhcp", "malware")


@pytest.fixture(scope="module")
def site(case, make, tmp_path_factory) -> Path:
    """A wiki with cases of a year, one of which has everything that a case may have."""
    folder = tmp_path_factory.mktemp("dibaca")
    shutil.copytree(ROOT / "wiki", folder / "wiki")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    photo = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).save(photo, "JPEG")
    edition = everything(case, make)
    publisher = SitePublisher(folder, folder / "site", lambda _digest: io.BytesIO(photo.getvalue()))
    publisher.publish(edition)
    return publisher.site.resolve()


def everything(case, make) -> Edition:
    others = []
    for n in range(60):
        day, fault = date(2025, 3, 1) + timedelta(days=6 * n), FAULTS[n % 7]
        others.append(
            make(
                n + 100,
                2025,
                fault_type=fault,
                fault_name=fault.replace("-", " ").capitalize(),
                resolved=day,
                closed_at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC),
                working_hours=2.0 + n % 9,
                segment="backbone",
            )
        )
    note = Note(
        "1" * 32, case.number, "rina", "Rina", datetime(2026, 9, 3, 2, tzinfo=UTC), "Stabil."
    )
    told = replace(case, related=(others[0].number,), recurrence_of=others[1].number)
    full = Case(
        told,
        (others[2].number, "2026-0099"),
        (note,),
        (Review.OLD,),
        (Picture("ab" * 32, "Kabel di plafon"), Picture("cd" * 32)),
    )
    return Edition(
        (*map(Case, others), full),
        Names({}, {"dns": "DNS"}),
        recurring={case.number: (others[1].number,)},
    )


@dataclass
class Place:
    """Where a site is served, and what the desk beside it answers."""

    url: str = ""
    answer: bytes = b""


@pytest.fixture
def served(site) -> Iterator[Place]:
    """The site under `/wiki/`, as the desk has it; it says who is there only if it is told an answer."""
    place = Place()

    class Desk(SimpleHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/siapa":
                self.send_response(200 if place.answer else 404)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(place.answer)
            elif self.path.startswith("/wiki/"):
                self.path = self.path.removeprefix("/wiki")
                super().do_GET()
            else:
                self.send_error(404)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Desk, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place.url = f"http://127.0.0.1:{server.server_port}/wiki/"
    yield place
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(chromium):
    """Open an address in a window of a size and a scheme."""
    pages = []

    def opened(address: str, size=SCREEN, scheme="light"):
        page = chromium.new_page(viewport=size)
        pages.append(page)
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        return page

    yield opened
    for page in pages:
        page.close()


# ---- To the eye, and to those without --------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["screen", "phone"])
@pytest.mark.parametrize("path", ["", CASE, "kasus/", "opd/rsud/"])
def test_axe_finds_nothing_serious(served, open_page, path, size, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    page = open_page(served.url + path, size, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page).response["violations"]

    assert [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_case_fits_a_screen_and_a_half(served, open_page):
    page = open_page(f"{served.url}kasus/2025/2025-0103/")
    end = "document.querySelector('article').getBoundingClientRect().bottom + scrollY"

    assert page.evaluate(end) <= 1.5 * SCREEN["height"]


def test_the_place_that_failed_is_said_not_only_coloured(served, open_page):
    page = open_page(f"{served.url}kasus/2025/2025-0103/")
    path = page.get_by_role("list", name="Jalur dari komputer sampai layanan")

    assert path.get_by_role("listitem").count() == 7
    assert path.get_by_role("listitem").filter(has_text="Di sini gangguannya").count() == 1
    boxes = [one.bounding_box() for one in path.get_by_role("listitem").all()]
    assert len({box["y"] for box in boxes}) == 1  # one row on a screen …
    page.set_viewport_size(PHONE)
    boxes = [one.bounding_box() for one in path.get_by_role("listitem").all()]
    assert len({box["x"] for box in boxes}) == 1  # … one column on a phone


@pytest.mark.parametrize(("path", "most"), [("kasus/2025/2025-0103/", 1), (CASE, 2), ("", 2)])
def test_a_page_prints_on_few_sheets_in_black_on_white_from_the_dark_too(
    served, open_page, path, most
):
    page = open_page(served.url + path, scheme="dark")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    page.emulate_media(media="print", color_scheme="dark")

    assert 1 <= sheets <= most
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)",
    }  # fmt: skip
    ink = page.evaluate("getComputedStyle(document.querySelector('article h1')).color")
    assert all(int(part) < 100 for part in re.findall(r"\d+", ink)[:3])


# ---- By keyboard, and from a folder -----------------------------------------------------------


@pytest.mark.parametrize("from_folder", [False, True], ids=["served", "folder"])
def test_a_photograph_is_enlarged_with_the_keyboard_and_without_any_script(
    served, site, chromium, from_folder
):
    start = f"{(site / CASE / 'index.html').as_uri()}" if from_folder else served.url + CASE
    context = chromium.new_context(java_script_enabled=False, viewport=SCREEN)
    page = context.new_page()
    page.goto(start)
    photo = page.get_by_role("link", name="Foto 1, buka ukuran besar")
    shown = photo.locator("img").bounding_box()
    photo.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gambar/*.jpg")

    assert shown["height"] <= 130
    assert not page.url.endswith("-kecil.jpg")
    context.close()


def test_the_figures_of_a_plot_unfold_with_the_keyboard(served, open_page):
    page = open_page(served.url)
    table = page.locator(".pulih-grafik table").first
    page.locator(".pulih-grafik summary").first.focus()
    assert not table.is_visible()
    page.keyboard.press("Enter")

    assert table.is_visible()


# ---- The way to the desk ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "desk", "ticket"),
    [
        (b"", False, False),
        (b"<html>halo</html>", False, False),
        (json.dumps({"masuk": "ya"}).encode(), False, False),
        (json.dumps({"masuk": False}).encode(), True, False),
        (json.dumps({"masuk": True}).encode(), True, True),
    ],
    ids=["nobody", "another site", "odd", "not signed in", "signed in"],
)
def test_only_where_the_desk_is_and_to_those_it_knows_the_ways_to_it_are_shown(
    served, open_page, answer, desk, ticket
):
    served.answer = answer
    root = served.url.removesuffix("wiki/")
    for path, selector, target, shown in (
        ("", ".pulih-meja", root, desk),
        (CASE, ".pulih-tiket", f"{root}tiket/2026-0012", ticket),
    ):
        page = open_page(served.url + path)
        page.wait_for_load_state("networkidle")
        link = page.locator(selector)

        assert link.is_visible() is shown
        assert link.get_attribute("href") == (target if shown else None)


def test_from_a_folder_nothing_is_asked_and_nothing_leads_to_a_desk(site, chromium):
    page = chromium.new_page(viewport=SCREEN)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / CASE / "index.html").as_uri())
    page.wait_for_load_state("networkidle")

    assert not page.locator(".pulih-tiket").is_visible()
    assert {one.partition(":")[0] for one in asked} <= {"file", "data"}
    page.close()
