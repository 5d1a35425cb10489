"""The add-on's pages in Chromium: they fit a telephone, are legible to all, and need no JavaScript."""

from __future__ import annotations

from contextlib import contextmanager
from uuid import uuid4

import plone as plones
import pytest

pytestmark = pytest.mark.browser
WIDTHS = [360, 1280]
READ = (
    "dukcapil",
    "dukcapil/@@gangguan-opd",
    "@@gangguan-opd",
    "@@cari-gangguan?q=internet%20lambat",
)
WRITE = ("dukcapil/@@lapor-gangguan", "@@lapor-gangguan")


@pytest.fixture
def window(chromium, connected):
    """Open a window at the town's site, signed in or not."""

    @contextmanager
    def opened(width, user=None, *, scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale="id-ID",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        try:
            if user:
                page.goto(f"{connected.url}/login")
                page.fill("[name=__ac_name]", user[0])
                page.fill("[name=__ac_password]", user[1])
                page.click("[name='buttons.login']")
                page.wait_for_load_state()
            yield page
        finally:
            context.close()

    return opened


def troubles(page):
    """Return what axe finds seriously wrong in what is ours, and how far the page is too wide."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    found = Axe().run(page, context=".pulih").response["violations"]
    serious = [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return serious, wide


@pytest.mark.parametrize("width", WIDTHS)
def test_what_visitors_read_fits_and_axe_finds_nothing_serious(window, connected, width):
    with window(width) as page:
        for path in READ:
            page.goto(f"{connected.url}/{path}")
            assert page.locator(".pulih").is_visible()
            assert troubles(page) == ([], 0), path


@pytest.mark.parametrize("width", WIDTHS)
def test_what_members_and_administrators_fill_in_does_too(window, connected, width):
    with window(width, plones.PERSON) as page:
        for path in WRITE:
            page.goto(f"{connected.url}/{path}")
            assert troubles(page) == ([], 0), path
            page.click(".pulih form[method=post] button")
            assert "Harus diisi" in page.inner_text(".pulih")
            assert troubles(page) == ([], 0), path
    with window(width, plones.ADMIN) as page:
        page.goto(f"{connected.url}/@@pulih-controlpanel")
        assert troubles(page) == ([], 0)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_member_searches_and_reports_without_javascript(window, connected, real_desk, width):
    number = f"005/{uuid4().hex[:8]}"
    with window(width, plones.PERSON, scripts=False) as page:
        page.goto(f"{connected.url}/dukcapil")
        page.fill(".pulih [name=q]", "internet lambat")
        page.click(".pulih [role=search] button")
        links = page.locator(".pulih li a")
        assert links.first.get_attribute("href").startswith(real_desk.url)

        page.goto(f"{connected.url}/dukcapil")
        page.click(".pulih >> text=Lapor gangguan")
        page.fill("#letter_number", number)
        page.fill("#letter_date", "2026-02-27")
        page.click("text=Kirim surat")
        assert page.input_value("#letter_number") == number
        assert page.input_value("#letter_date") == "2026-02-27"
        page.fill("#subject", "Jaringan loket putus")
        page.fill("#place", "Lantai 2")
        page.fill("#disturbed", "Loket tidak terhubung.")
        page.fill("#since", "2026-02-27T08:15")
        page.fill("#phone", "0812-3456-7890")
        page.click("text=Kirim surat")
        assert page.inner_text(".pulih-receipt")


def test_a_visitors_browser_never_asks_the_desk(window, connected, real_desk):
    with window(1280) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for path in READ:
            page.goto(f"{connected.url}/{path}")

    assert asked
    assert not [url for url in asked if url.startswith(real_desk.url)]
