"""A visitor reads the office's cases on a Classic site, with its theme, on a telephone and on a desk's screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from plone_pages import picture
from relevance import OURS, reports

from pulih.domain.edition import Case, Edition, Picture
from pulih.domain.plone.page import Kept
from pulih.domain.plone.plan import steps
from pulih.publish.plone.pages import Around, pages
from pulih.publish.plone.typed import JOINER

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = (
    "<script>document.title='x'</script> <img src=x onerror=\"document.title='x'\"> & \"kutip\""
)
SAID = "[admin@SETDA] > /interface print\n #   NAME     TYPE    MTU\n 0   ether1   ether   1500"
LONG = "https://contoh.go.id/" + "sangat-panjang/" * 20


@pytest.fixture(params=["klasik"])
def site(request):
    """Volto's pages are drawn by a frontend that is not here."""
    return request.param


@pytest.fixture
def published(scene):
    """The pages of three cases as a visitor finds them; the first has everything that could go wrong."""
    first, second, third = reports(OURS)[:3]
    first = replace(first, symptom=HOSTILE, remote=SAID, cause=LONG, related=(second.number,))
    cases = (Case(first, pictures=(Picture("ab" * 32, HOSTILE),)), Case(second), Case(third))
    digests = {case.number: case.digest for case in cases}
    wanted = pages(Edition(cases), digests, scene.target, Around("https://wiki.contoh.go.id"))
    scene.files = {one.id: picture() for page in wanted for one in page.attached}
    kept = {}
    with scene.open() as site:
        for step in steps(wanted, {}, {}, datetime.now(UTC)):
            kept[step.page.key] = site.create(step.page, step.parent)
    assert [one for one in kept.values() if not isinstance(one, Kept)] == []
    return first, {key: one.path for key, one in kept.items()}


@pytest.fixture
def visit(chromium, scene):
    """Open a page as somebody who is not signed in; the theme is off on 127.0.0.1."""
    base = scene.plone.url(scene.site).replace("127.0.0.1", "localhost")
    contexts = []

    def open_(path, width):
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="id-ID")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{base}/{path}")
        page.wait_for_load_state("load")
        return page

    yield open_
    for context in contexts:
        context.close()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_case_is_read_letter_by_letter_with_its_photograph(published, visit, width):
    first, paths = published
    page = visit(paths[f"kasus/{first.number}"], width)
    text = page.inner_text("#content").replace(JOINER, "")

    assert page.inner_text("h1") == first.title
    assert HOSTILE in text
    assert page.title().startswith(first.title)
    assert page.inner_text("#content pre") == SAID
    assert page.evaluate("document.querySelector('#content img').naturalWidth") > 0
    alt = page.get_attribute("#content img", "alt").replace(JOINER, "")
    assert alt == HOSTILE.replace('"', "”")
    assert page.locator("#content script, #content iframe").count() == 0
    assert fits(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_visitor_goes_from_the_root_to_a_case_and_on_to_its_likes(published, visit, width):
    first, paths = published
    page = visit(paths["root"], width)
    page.click(f"#content >> text={first.agency_name}")
    assert fits(page)
    page.click(f"#content >> text={first.title}")
    page.wait_for_selector("#content h2")
    assert page.url.endswith(paths[f"kasus/{first.number}"])

    page.click("#content table >> text=" + first.fault_name)
    page.wait_for_selector(f"#content >> text={first.title}")

    assert page.inner_text("h1") == first.fault_name
    assert fits(page)
    page.go_back()
    page.click("#content table a[href='./'], #content table a >> nth=0")
    assert page.inner_text("h1") == first.agency_name
    assert page.locator("#content img").count() == 0  # its photographs are no pages


def test_the_sites_own_search_finds_what_a_case_says(published, visit):
    first, paths = published
    found = visit(f"@@search?SearchableText={first.number}", 1280)

    assert found.locator(f"a[href$='{paths[f'kasus/{first.number}']}']").count() > 0
