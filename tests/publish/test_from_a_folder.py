"""The copy in a place, opened from the folder in Chromium: no server, and every way leads to a page."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from pulih.publish import addresses
from pulih.publish.places import open_places

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def start(built, tmp_path_factory) -> str:
    """The address of the start page in a place whose name has a space."""
    folder, notes = tmp_path_factory.mktemp("usb disk"), tmp_path_factory.mktemp("catatan")
    places = open_places([str(folder)], notes, lambda: datetime.now(UTC), notes / "ssh_config")
    places.bring(built, wait=True)
    [state] = places.states(built)
    assert state.why is None
    return (folder / "wiki" / "index.html").as_uri()


@pytest.fixture
def page(chromium):
    tab = chromium.new_page()
    tab.asked = []
    tab.on("request", lambda request: tab.asked.append(request.url))
    yield tab
    tab.close()
    assert {url.partition(":")[0] for url in tab.asked} <= {"file", "data", "blob"}


def test_links_lead_to_pages_and_not_to_the_lists_of_folders(page, start):
    page.goto(start)
    for name in ("OPD", "Glosarium", "Kasus"):
        page.locator("nav.md-tabs").get_by_role("link", name=name, exact=True).click()
        page.wait_for_url("**/index.html*")
        assert page.locator("article h1").count() == 1, page.url


def test_a_case_is_reached_from_its_list(page, start, archive):
    page.goto(start)
    page.locator("nav.md-tabs").get_by_role("link", name="Kasus", exact=True).click()
    newest = max(archive, key=lambda article: article.closed_at)
    place = addresses.case(newest.number, newest.year).removesuffix(".md") + "/index.html"
    page.locator(f"article a[href*='{newest.number[5:]}']").first.click()
    page.wait_for_url(f"**/{place}*")
    assert newest.number in page.locator("article").inner_text()


def test_a_link_that_is_copied_or_opened_beside_leads_to_the_page_too(page, start):
    page.goto(start)
    link = page.locator("nav.md-tabs a").nth(2)
    link.hover()
    assert unquote(link.evaluate("link => link.href")).endswith("/index.html")
