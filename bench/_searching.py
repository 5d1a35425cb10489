"""What a search of the published site costs a reader, in Chromium, from a web server and from a folder.

    python bench/_searching.py SITE

A reader opens a page, waits until it stands, types two words into the box of the header and waits for the first
result. Each time with an empty cache; the server is on this machine and compresses nothing.
"""

from __future__ import annotations

import functools
import os
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_RUNS = 5
_WORDS = "kabel putus"
_SLOWER = 4
_SETTLED = 500  # milliseconds
_INDEX = "assets/cari"
_BOX, _RESULT = "#pulih-cari-kotak", ".pulih-cari__panel .pulih-temuan"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these Chromium looks for its maker's hosts at every start.
_ALONE = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, forbids keeping and says nothing."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        pass


def search_figures(site: Path) -> dict[str, float]:
    """Return what a first search costs on a built site.

    `first_result_ms` and `first_result_throttled_ms` are from the last key to the first result, `first_result_file_ms`
    the same with the site opened from its folder; `first_search_kb` is everything that the search fetched by then;
    `search_index_mb` is what lies on the disk.
    """
    with sync_playwright() as playwright, _served(site) as url:
        browser = playwright.chromium.launch(
            executable_path=_chromium(),
            args=[*_ALONE, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
        )
        try:
            plain = [_first_result(browser, url) for _ in range(_RUNS)]
            slow = [_first_result(browser, url, slower=_SLOWER) for _ in range(_RUNS)]
            page = (site / "index.html").resolve().as_uri()
            folder = [_first_result(browser, page) for _ in range(_RUNS)]
        finally:
            browser.close()
    files = [file for file in (site / _INDEX).rglob("*") if file.is_file()]
    return {
        "first_result_ms": round(statistics.median(ms for ms, _ in plain), 1),
        "first_result_throttled_ms": round(statistics.median(ms for ms, _ in slow), 1),
        "first_result_file_ms": round(statistics.median(ms for ms, _ in folder), 1),
        "first_search_kb": round(statistics.median(kb for _, kb in plain), 1),
        "search_index_mb": round(sum(file.stat().st_size for file in files) / 1e6, 1),
    }


def _first_result(browser: Browser, url: str, *, slower: int = 1) -> tuple[float, float]:
    """Search once as a new reader; return milliseconds and kilobytes."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(url)
        page.wait_for_selector(_BOX)
        page.wait_for_timeout(_SETTLED)
        fetched: list[float] = []
        session.on(
            "Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"])
        )
        began = time.perf_counter()
        page.fill(_BOX, _WORDS)
        page.wait_for_selector(_RESULT)
        taken = (
            time.perf_counter() - began
        ) * 1000  # all is fetched by then: results come together
        page.wait_for_timeout(_SETTLED)
        return taken, sum(fetched) / 1000
    finally:
        context.close()


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _chromium() -> str | None:
    """Return this machine's browser; None for Playwright's own."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


if __name__ == "__main__":
    for name, value in search_figures(Path(sys.argv[1])).items():
        print(f"{name:<28}{value:>10,.1f}")
