"""The desk on a small telephone, without a mouse, and never asking anybody else for anything."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = {
    "": [
        "/masuk",
        "/wiki/",
        "/wiki/sop/",
        "/wiki/kasus/",
        "/wiki/opd/",
        "/wiki/panduan/tim-jaringan/",
    ],
    "yuni": [
        "/meja",
        "/tiket/",
        "/surat/",
        "/surat/baru",
        "/kasus/?q=internet",
        "/kasus/dicari",
        "/kasus/tinjau",
        "/kasus/ditarik",
        "/formulir/",
        "/formulir/damage",
        "/jaringan/keadaan",
        "/akun",
    ],
    "kadis": ["/meja", "/meja?langkah=2"],
    "admin": [
        "/opd",
        "/opd/dukcapil",
        "/perangkat",
        "/perangkat/baru",
        "/perangkat/akun",
        "/perangkat/diskominfotiksan-core/akses",
        "/gangguan",
        "/orang",
        "/wiki-status",
        "/plone",
        "/plone/baru",
        "/plone/pintu/baru",
        "/impor/perangkat",
    ],
}


@pytest.mark.parametrize("person", PAGES)
def test_every_page_fits_a_screen_of_360_pixels(visitor, person):
    window = visitor(person, width=360, height=740)
    wide = {}
    for path in PAGES[person]:
        page = window.go(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[path] = width

    assert not wide
    assert not window.troubles


def test_the_ticket_page_fits_a_screen_of_360_pixels(visitor):
    window = visitor("yuni", width=360, height=740)
    window.go("/tiket/?langkah=5")
    window.page.locator("table.list a").first.click()

    assert window.page.locator(".steps li[aria-current=step]").inner_text().startswith("5")
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_page_asks_a_foreign_host_for_anything(visitor):
    for person, paths in PAGES.items():
        window = visitor(person)
        for path in paths:
            window.go(path)
            window.page.wait_for_load_state("networkidle")
        foreign = [
            url for url in window.asked if not url.startswith((window.url, "data:", "blob:"))
        ]
        assert not foreign


def test_the_wikis_own_search_finds_a_case_without_asking_anybody(visitor):
    window = visitor()
    page = window.go("/wiki/")
    page.click("#pulih-cari-kotak")
    page.keyboard.type("SIAK")
    page.wait_for_selector(".pulih-temuan")

    assert not [url for url in window.asked if not url.startswith((window.url, "data:", "blob:"))]


def test_a_letter_can_be_registered_with_the_keyboard_alone(visitor):
    window = visitor()
    page = window.go("/masuk")
    page.locator("[name=username]").focus()
    page.keyboard.type("rian")
    page.keyboard.press("Tab")
    page.keyboard.type("pulih-percontohan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meja")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", (
        "the first stop leads past the menu"
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/surat/baru")
    page.locator("[name=letter_number]").focus()
    page.keyboard.type("001/KEYBOARD/2026")
    for _ in range(90):
        if page.evaluate("document.activeElement.matches('.actions button')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".problem")

    assert page.locator(".problem").count() > 5, "what is missing is said"
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    assert page.input_value("[name=letter_number]") == "001/KEYBOARD/2026"


def test_a_conditional_field_is_shown_when_it_counts(visitor):
    window = visitor("rian")
    page = window.go("/tiket/?langkah=8")
    page.locator("table.list a").first.click()

    page.locator("[name=damage]").wait_for(state="hidden")
    page.check("[name=damaged][value=ya]")
    page.locator("[name=damage]").wait_for(state="visible")


def test_an_empty_form_prints_on_a4(visitor, tmp_path):
    window = visitor("rian")
    page = window.go("/formulir/replacement-record")
    pdf = page.pdf(path=tmp_path / "formulir.pdf", prefer_css_page_size=True)

    assert pdf.startswith(b"%PDF-")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf or b"/MediaBox [0 0 595" in pdf


def test_what_is_being_typed_survives_the_other_buttons_of_the_page(visitor):
    window = visitor("yuni")
    page = window.go("/tiket/?langkah=5")
    page.locator("table.list a").first.click()
    page.wait_for_url("**/tiket/2*")
    for press in ("#temuan article button", "#temuan form.filter button", "header .tools button"):
        page.fill("[name=location]", f"Panel lantai 2, {press}")
        with page.expect_navigation():
            page.locator(press).first.click()
        assert page.input_value("[name=location]") == f"Panel lantai 2, {press}"
    page.locator("#temuan article button").first.click()


def test_a_run_that_ends_while_somebody_types_takes_nothing_away(visitor):
    window = visitor("rian")
    page = window.go("/tiket/?langkah=5")
    page.locator("table.list a").first.click()
    window.probe()
    page.wait_for_selector("#pemeriksaan progress")
    page.fill("[name=location]", "Tiang nomor 7")
    page.wait_for_selector("#pemeriksaan .finding", timeout=25_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_selector("form.step [name=runs]")

    assert page.input_value("[name=location]") == "Tiang nomor 7"
