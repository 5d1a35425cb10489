"""Pictures of the main pages, at 360 and 1280 px, for looking at: `make screenshots` -> var/screenshots/.

    python tests/browser/screenshots.py [--url http://127.0.0.1:8080] [--dark]

Without an address it makes a demo office and serves it. With one, that office must be a demo office.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright


def _load(path: Path) -> ModuleType:
    """Return a conftest as a module: this is a script and no test."""
    spec = importlib.util.spec_from_file_location(f"fixtures_of_{path.parent.name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "tools"))  # as pytest has it
fixtures, shared = _load(HERE / "conftest.py"), _load(HERE.parent / "conftest.py")
OUT = Path("var/screenshots")
WIDTHS = {360: 740, 1280: 900}
WIKI = {
    "awal": "",
    "kasus": "kasus/",
    "kasus-penuh": "kasus/2024/2024-0019/",
    "kasus-catatan": "kasus/2024/2024-0002/",
    "kambuh": "kasus/kambuh/",
    "matriks": "kasus/matriks/",
    "opd": "opd/",
    "opd-satu": "opd/rsud/",
    "perangkat": "perangkat/",
    "perangkat-satu": "perangkat/unit/rsud-sw-farmasi/",
    "gangguan-satu": "gangguan/loop/",
    "cari": "cari/?q=kabel+putus",
    "sop": "sop/",
}


def sign_in(page: Page, url: str, who: str) -> None:
    page.goto(f"{url}/masuk")
    page.fill("[name=username]", who)
    page.fill("[name=password]", fixtures.PASSWORD)
    page.click("main button.primary")
    page.wait_for_url("**/meja")


def ticket_at(page: Page, url: str, step: int, state: str = "") -> str:
    page.goto(f"{url}/tiket/?langkah={step}" if step else f"{url}/tiket/?status={state}")
    link = page.locator("table.list a").first
    if not link.count():  # an office without one
        return "/tiket/"
    return str(link.get_attribute("href"))


def scenes(page: Page, url: str) -> list[tuple[str, str, str]]:
    """Return name, person and path of each picture."""
    sign_in(page, url, "kasi")
    fifth, closed, ninth, early, late = (
        ticket_at(page, url, 5),
        ticket_at(page, url, 0, "closed"),
        ticket_at(page, url, 8),
        ticket_at(page, url, 2),
        ticket_at(page, url, 13),
    )
    team = "rian"
    number = closed.rpartition("/")[2]
    return [
        ("masuk", "", "/masuk"),
        ("meja-kadis", "kadis", "/meja"),
        ("meja-teknisi", team, "/meja"),
        ("meja-opd", "opd-dukcapil", "/meja"),
        ("meja-admin", "admin", "/meja"),
        ("surat", team, "/surat/"),
        ("surat-baru", team, "/surat/baru"),
        ("tiket", team, "/tiket/"),
        ("tiket-langkah-5", "yuni", fifth),
        ("tiket-langkah-8", team, ninth),
        ("tiket-langkah-2", "kadis", early),
        ("tiket-selesai", "kabid", closed),
        ("kasus", team, "/kasus/?q=internet+lambat"),
        ("jaringan", team, "/jaringan/keadaan"),
        ("formulir", team, "/formulir/"),
        ("formulir-kosong", team, "/formulir/damage"),
        ("opd", "admin", "/opd"),
        ("opd-satu", "admin", "/opd/dukcapil"),
        ("perangkat", "admin", "/perangkat"),
        ("perangkat-baru", "admin", "/perangkat/baru"),
        ("orang", "admin", "/orang"),
        ("penerbitan", "admin", "/wiki-status"),
        ("impor", "admin", "/impor/perangkat"),
        ("tidak-ada", team, "/tiket/2026-9999"),
        ("terbit", "kasi", "/tiket/2024-0019/terbit"),
        ("terbit-sebelum-selesai", "yuni", f"{late}/terbit"),
        ("kasus-satu", team, "/kasus/2024-0019"),
        ("kasus-ditarik", "kasi", "/kasus/ditarik"),
        ("kasus-dicari", team, "/kasus/dicari"),
        ("kasus-tinjau", team, "/kasus/tinjau"),
        *((f"wiki-{name}", "", f"/wiki/{path}") for name, path in WIKI.items()),
        ("wiki-kasus-terbaru", "", f"/wiki/kasus/{number[:4]}/{number}/"),
    ]


def take(browser: Browser, url: str, scheme: Literal["light", "dark"]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = scenes(browser.new_page(), url)
    for width, height in WIDTHS.items():
        for who in sorted({who for _name, who, _path in wanted}):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale="id-ID",
                color_scheme=scheme,
            )
            page = context.new_page()
            if who:
                sign_in(page, url, who)
            for name, person, path in wanted:
                if person == who:
                    page.goto(url + path)
                    page.screenshot(path=OUT / f"{name}-{width}.png", full_page=True)
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    print(
                        f"{name}-{width}.png{'' if wide <= width else f'  WIDER THAN THE SCREEN: {wide}'}"
                    )
            context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--dark", action="store_true")
    asked = parser.parse_args()
    url, scheme = asked.url, "dark" if asked.dark else "light"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shared.CHROMIUM, args=[*shared.ALONE, "--no-sandbox"]
        )
        if url:
            take(browser, url, scheme)
        else:
            with tempfile.TemporaryDirectory() as folder:
                office = Path(folder) / "demo"
                fixtures.run_pulih("demo", str(office))
                with fixtures.serving(office) as served:
                    take(browser, served.url, scheme)
        browser.close()


if __name__ == "__main__":
    main()
