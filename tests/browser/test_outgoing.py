"""What of a ticket goes out, on a small telephone and with the keyboard alone."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def outgoing(visitor):
    """Return the page of a ticket whose report is being written or accepted."""

    def open_page(person="yuni", **more):
        window = visitor(person, **more)
        for step in (13, 14, 12):
            page = window.go(f"/tiket/?langkah={step}")
            link = page.locator("table.list a").first
            if link.count():
                window.go(f"{link.get_attribute('href')}/terbit")
                return window
        pytest.fail("the demo office has no ticket that far")

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_and_axe_finds_nothing_serious(outgoing, width, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    window = outgoing(width=width, height=740, color_scheme=scheme)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(window.page).response["violations"]
    serious = [(v["id"], len(v["nodes"])) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
    assert not window.troubles


def test_a_word_is_hidden_and_shown_again_with_the_keyboard_alone(outgoing):
    page = outgoing().page
    title = page.locator(".page-to-be dd").first.inner_text()
    word = max(re.findall(r"\w+", title), key=len)

    page.locator("#f-passage").focus()
    page.keyboard.type(word)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/terbit#tambahan")
    assert word not in page.locator(".page-to-be dd").first.inner_text()

    mask = page.locator(".page-to-be dd details.masked summary").first
    mask.focus()
    page.keyboard.press("Enter")
    assert page.locator(".page-to-be .original").first.inner_text() == word
    mask.click()
    assert not page.locator(".page-to-be .original").first.is_visible()

    page.locator("#tambahan ~ article button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('.page-to-be details.masked')")
    assert word in page.locator(".page-to-be dd").first.inner_text()
