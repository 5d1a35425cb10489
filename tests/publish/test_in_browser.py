"""The built wiki in Chromium: nothing typed runs, nothing foreign is asked for, all fits a phone."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from pulih.publish import addresses

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def url(built) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium, url):
    """A tab that remembers what it asked for and what popped up."""
    tab = chromium.new_page(viewport={"width": 360, "height": 740})
    tab.asked, tab.popped = [], []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.on("dialog", lambda dialog: (tab.popped.append(dialog.message), dialog.dismiss()))
    yield tab
    tab.close()
    foreign = [one for one in tab.asked if urlsplit(one).netloc not in {urlsplit(url).netloc, ""}]
    assert (foreign, tab.popped) == ([], [])


def test_hostile_cases_only_show_text_and_fit_a_phone(page, url, archive):
    for article in archive[:40]:
        page.goto(url + addresses.case(article.number, article.year).removesuffix(".md") + "/")

        assert page.evaluate("document.documentElement.scrollWidth") <= 360, article.number
        assert page.evaluate("document.querySelectorAll('article script, article img').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_that_people_wrote_fit_a_phone(page, url, built, scheme):
    page.emulate_media(color_scheme=scheme)
    written = [
        p.parent.relative_to(built.resolve()).as_posix()
        for p in built.resolve().rglob("index.html")
    ]
    for place in (
        p for p in written if not p.startswith(("kasus/2", "opd/", "perangkat/", "gangguan/"))
    ):
        page.goto(f"{url}{place}/")

        assert page.evaluate("document.documentElement.scrollWidth") <= 360, place
