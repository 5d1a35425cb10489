"""A paper from its draft to the page that its QR code leads to: on a small telephone, and without JavaScript."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLOSED = "/tiket/?status=closed"


@pytest.fixture
def ticket(visitor):
    """The address of a closed ticket's page."""
    page = visitor("rian").go(CLOSED)
    return page.locator("table.list a").last.get_attribute("href")


def serious(page):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    found = Axe().run(page).response["violations"]
    return [(v["id"], len(v["nodes"])) for v in found if v["impact"] in ("serious", "critical")]


def fits(page, width):
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_draft_is_shown_whole_at_any_width(visitor, ticket, width, scheme):
    window = visitor("rian", width=width, height=740, color_scheme=scheme)
    page = window.go(f"{ticket}/dokumen/laporan-troubleshooting")

    assert fits(page, width)
    frame = page.locator(".paper-frame")
    inside = "e => e.querySelector('iframe').getBoundingClientRect().width <= e.clientWidth + 1"
    assert frame.evaluate(inside)
    sheet = frame.locator("iframe").content_frame.locator(".sheet")
    assert sheet.evaluate("e => e.offsetWidth <= e.ownerDocument.documentElement.clientWidth")
    assert serious(page) == []
    assert not window.troubles


def test_a_paper_is_issued_checked_and_corrected_without_javascript(visitor, ticket):
    desk = visitor("kasi", width=360, height=740, java_script_enabled=False)
    page = desk.go(f"{ticket}/dokumen/surat-tugas")
    page.click("form[action$='/terbitkan'] button")
    page.wait_for_url("**/dokumen/surat-tugas")
    number = page.locator("#terbitan").inner_text().split()[1]
    checking = page.locator("a[href^='/dokumen/']").get_attribute("href")
    pdf = page.request.get(desk.url + page.locator("a.primary").get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")

    holder = visitor("", width=360, height=740, java_script_enabled=False)
    held = holder.go(checking)
    assert number in held.locator("main").inner_text()
    held.set_input_files(
        "[name=copy]", {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": pdf.body()}
    )
    held.click("main button.primary")
    assert "sama persis" in held.locator("main [role=alert]").inner_text()

    page.click("#ralat summary")
    page.fill("#ralat textarea", "Nama teknisi keliru.")
    page.click("#ralat button")
    page.wait_for_url("**/surat-tugas#ralat")
    assert number not in page.locator("#terbitan").inner_text()
    held = holder.go(checking)
    assert "sudah diganti" in held.locator("#keadaan").inner_text()


def test_a_draft_is_read_to_its_end_by_keyboard(visitor, ticket):
    page = visitor("rian").go(f"{ticket}/dokumen/laporan-troubleshooting")
    head = page.locator(".paper-frame iframe").content_frame.locator("h1")
    above = head.bounding_box()["y"]
    page.get_by_role("link", name="Konsep sebagai PDF").focus()

    page.keyboard.press("Tab")  # into the sheet
    page.keyboard.press("End")

    for _ in range(100):
        if head.bounding_box()["y"] < above - 200:
            break
        page.wait_for_timeout(50)
    else:
        raise AssertionError("the sheet did not move")


def test_whoever_issues_is_told_that_it_is_drawn_and_cannot_press_twice(visitor, ticket):
    window = visitor("kasi", width=360, height=740)
    page = window.go(f"{ticket}/dokumen/lembar-disposisi")
    page.on("dialog", lambda dialog: dialog.accept())
    # An answer that never comes: what is shown meanwhile stays.
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    button = page.locator("form[action$='/terbitkan'] button")
    button.click()

    told = page.locator(".busy:has(progress)")
    assert "sedang disusun" in told.inner_text()
    assert told.get_attribute("role") == "status"
    assert button.is_disabled()
    assert fits(page, 360)
    assert serious(page) == []
    assert not window.troubles


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_the_qr_code_and_the_register_fit_and_axe_finds_nothing_serious(
    visitor, ticket, width
):
    desk = visitor("kasi", width=width, height=740)
    page = desk.go(f"{ticket}/dokumen/tanda-terima")
    if page.locator("form[action$='/terbitkan']").count():
        page.on("dialog", lambda dialog: dialog.accept())
        page.click("form[action$='/terbitkan'] button")
        page.wait_for_selector("#terbitan")
    checking = page.locator("a[href^='/dokumen/']").get_attribute("href")

    for window, path in ((desk, "/nomor/"), (visitor("", width=width, height=740), checking)):
        shown = window.go(path)
        assert fits(shown, width), path
        assert serious(shown) == [], path
        assert not window.troubles
