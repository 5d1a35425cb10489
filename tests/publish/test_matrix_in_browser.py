"""The matrix of agencies and faults on a phone: it scrolls in its frame, and one always sees what a count is of."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.browser

PLACES = """() => {
    const frame = document.querySelector('.pulih-matriks'), box = (one) => one.getBoundingClientRect();
    const head = frame.querySelector('th:last-child'), name = frame.querySelector('tbody tr:last-child td');
    return {
        down: frame.scrollTop, right: frame.scrollLeft, page: document.documentElement.scrollWidth,
        head: box(head).top - box(frame).top, name: box(name).left - box(frame).left,
        named: box(name).width,
    };
}"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_args):
        pass


@pytest.fixture
def phone(chromium, built):
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Narrower than any phone: the archive has few kinds of fault.
    tab = chromium.new_page(viewport={"width": 240, "height": 400})
    tab.goto(f"http://127.0.0.1:{server.server_port}/kasus/matriks/")
    yield tab
    tab.close()
    server.shutdown()
    server.server_close()


def test_its_head_and_its_names_stay_while_it_scrolls(phone):
    phone.evaluate("document.querySelector('.pulih-matriks').scrollTo(150, 150)")
    places = phone.evaluate(PLACES)

    assert places["page"] <= 240
    assert places["down"] > 0
    assert places["right"] > 0
    assert 0 <= places["head"] < 3
    assert 0 <= places["name"] < 3
    assert places["named"] < 360 / 2, "most of a phone is for the counts"


def test_it_can_be_scrolled_with_the_keyboard(phone):
    phone.locator(".pulih-matriks").focus()
    phone.keyboard.press("ArrowDown")
    phone.wait_for_function("document.querySelector('.pulih-matriks').scrollTop > 0")

    assert phone.locator(".pulih-matriks").get_attribute("aria-label") == "Matriks OPD dan gangguan"
