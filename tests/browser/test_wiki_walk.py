"""From the wiki's start page to one case: by each of its three ways, by searching, served and from a folder."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "Jaringan SIMRS poliklinik lumpuh"
PLACE = "kasus/2024/2024-0002/"
WAYS = {
    "agency": ("Menurut OPD", "Rumah Sakit Umum Daerah Sumbawa", CASE),
    "device": ("Menurut perangkat", "Switch", "TP-Link TL-SG1024D", "Switch farmasi", CASE),
    "fault": ("Menurut gangguan", "Loop jaringan", CASE),
    "matrix": ("Semua kasus", "Matriks OPD dan gangguan", "1 kasus", CASE),
}
KINDS = {
    "the start": "",
    "the cases": "kasus/",
    "a year": "kasus/2024/",
    "what recurs": "kasus/kambuh/",
    "the matrix": "kasus/matriks/",
    "an agency and a fault": "kasus/matriks/rsud/loop/",
    "the agencies": "opd/",
    "an agency": "opd/rsud/",
    "the devices": "perangkat/",
    "a kind of device": "perangkat/switch/",
    "a device": "perangkat/unit/rsud-sw-farmasi/",
    "the faults": "gangguan/",
    "a fault": "gangguan/loop/",
    "a case with notes": PLACE,
    "a case with photographs": "kasus/2024/2024-0019/",
    "the search": "cari/?q=kabel+putus",
    "a guide": "panduan/tim-jaringan/",
    "the procedure": "sop/",
}  # fmt: skip


@pytest.fixture(params=["served", "folder"])
def wiki(request, visitor, demo_office):
    """The start page in a window, as the desk serves it or as it lies in its folder; its address is `start`."""

    def open_start(**more):
        window = visitor(**more)
        folder = (demo_office / "data" / "site" / "current").resolve()
        served = request.param == "served"
        window.start = f"{window.url}/wiki/" if served else f"{folder.as_uri()}/"
        window.leaf = "" if served else "index.html"
        window.page.goto(window.start + window.leaf)
        return window

    return open_start


def arrived(window) -> None:
    window.page.wait_for_url(f"{window.start}{PLACE}*")
    assert window.page.locator("article h1").evaluate("h => h.firstChild.textContent") == CASE
    assert {address.partition(":")[0] for address in window.asked} <= {
        "http",
        "file",
        "data",
        "blob",
    }
    assert all("127.0.0.1" in a for a in window.asked if a.startswith("http"))
    assert window.troubles == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("way", WAYS)
def test_each_way_leads_by_clicking_to_the_case(wiki, way, width):
    window = wiki(width=width)
    for name in WAYS[way]:
        article = window.page.locator("article")
        if name == "1 kasus":  # a count in the matrix; its row and column say of what
            link = article.locator("a[href*='rsud'][href*='loop']")
        else:
            link = article.get_by_role("link", name=name, exact=True)
        before = window.page.url
        link.first.click()
        window.page.wait_for_function("before => location.href !== before", arg=before)

    arrived(window)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_search_with_filters_leads_to_the_case(wiki, width):
    window = wiki(width=width)
    page = window.page
    page.goto(f"{window.start}cari/{window.leaf}")
    page.get_by_label("Apa yang dicari?").fill("komputer terputus")
    page.get_by_label("OPD", exact=True).select_option("rsud")
    page.get_by_label("Gangguan", exact=True).select_option("loop")
    page.get_by_label("Perangkat", exact=True).select_option("switch")
    page.get_by_label("Tahun", exact=True).select_option("2024")
    page.locator(".pulih-cari__kabar").filter(has_text="1 halaman ditemukan").wait_for()
    page.locator(".pulih-temuan a").get_by_text(CASE).click()

    arrived(window)


def test_what_is_typed_in_the_head_of_any_page_leads_to_the_case(wiki):
    window = wiki()
    window.page.locator("#pulih-cari-kotak").fill("lampu switch berkedip serempak")
    window.page.locator(".pulih-temuan a").get_by_text(CASE).click()

    arrived(window)


def test_a_case_that_was_taken_off_is_neither_listed_nor_found_nor_there(wiki):
    window = wiki()
    page = window.page
    page.goto(f"{window.start}opd/bapenda/{window.leaf}")
    assert page.locator("article").get_by_text("Portal e-SPPT").count() == 0
    page.goto(f"{window.start}cari/{window.leaf}?q=e-SPPT")
    page.locator(".pulih-cari__kabar").filter(has_text=".").wait_for()

    assert page.locator(".pulih-temuan").get_by_text("Portal e-SPPT").count() == 0


def test_the_demo_office_shows_what_a_case_may_have(visitor):
    page = visitor().go(f"/wiki/{PLACE}")
    assert "3 tiket: 2025-0022, 2025-0007, 2024-0015" in page.locator("article").inner_text()
    assert "Di Unter Iwes gejalanya sama" in page.locator(".pulih-kemudian").inner_text()
    assert "[kontak disamarkan]" in page.locator("article").inner_text()

    page.goto(page.url.replace("2024-0002", "2024-0019"))
    text = page.locator("article").inner_text()
    assert page.locator(".pulih-foto img").count() == 2
    assert page.locator(".pulih-putus").inner_text().startswith("Jalur backbone")
    assert "[disamarkan]" in text
    assert "Rinjani" not in text

    page.goto(page.url.replace("2024/2024-0019", "2025/2025-0019"))
    assert "0800-000-0147" in page.locator("article").inner_text()  # lifted, with a reason


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "light"), (360, "dark")])
def test_axe_finds_nothing_serious_on_any_kind_of_page_and_each_fits(visitor, width, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    window = visitor(width=width, color_scheme=scheme)
    wrong, wide = [], []
    for kind, path in KINDS.items():
        page = window.go(f"/wiki/{path}")
        page.wait_for_load_state("networkidle")
        assert page.locator("article h1").count() == 1, path
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(kind)
        found = Axe().run(page).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        wrong += [(kind, o["id"], [node["html"] for node in o["nodes"][:3]]) for o in serious]

    assert wrong == []
    assert wide == []
    assert window.troubles == []
