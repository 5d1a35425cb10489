"""A demo office served by the real command, and Chromium in front of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from ports import free_port

PASSWORD = "pulih-percontohan"


@dataclass
class Served:
    """A running `pulih serve`."""

    folder: Path
    url: str
    process: subprocess.Popen[bytes]


def run_pulih(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pulih", *words], check=True, timeout=300)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, "-m", "pulih", "serve", "--office", str(folder), "--port", str(port)]
    process = subprocess.Popen(
        command, env={**os.environ, "LANG": "id_ID.UTF-8"}, stdout=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            assert process.poll() is None, "pulih serve stopped"
            try:
                urllib.request.urlopen(f"{url}/sehat", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Served(folder, url, process)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def demo_office(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("kantor") / "demo"
    run_pulih("demo", str(folder))
    return folder


@pytest.fixture
def serve():
    """Serve an office folder with the real command: a context that gives a `Served`."""
    return serving


@pytest.fixture(scope="session")
def desk(demo_office) -> Iterator[Served]:
    with serving(demo_office) as served:
        yield served


@dataclass
class Visitor:
    """Somebody in front of a browser window."""

    page: Page
    url: str
    asked: list[str]
    troubles: list[str]

    def go(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def probe(self) -> None:
        """Start a run against the addresses that are this machine's: a test sends no packet further."""
        self.page.click("#pemeriksaan .own-date summary")
        for box in self.page.locator("#pemeriksaan [name=addresses]").all():
            if str(box.get_attribute("value")).startswith("127."):
                box.check()
        self.page.click("#pemeriksaan form.only button")


@pytest.fixture
def visitor(chromium, desk):
    """Return a window in which a person is signed in; every request it makes is written down."""
    contexts: list[BrowserContext] = []

    def open_window(person: str = "", *, width: int = 1280, height: int = 900, **more) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="id-ID",
            timezone_id="Asia/Makassar",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        visitor = Visitor(page, desk.url, [], [])
        page.on("request", lambda request: visitor.asked.append(request.url))
        page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
        page.on(
            "console",
            lambda said: visitor.troubles.append(said.text) if said.type == "error" else None,
        )
        if person:
            visitor.go("/masuk")
            page.fill("[name=username]", person)
            page.fill("[name=password]", PASSWORD)
            page.click("main button.primary")
            page.wait_for_url("**/meja")
        return visitor

    yield open_window
    for context in contexts:
        context.close()
