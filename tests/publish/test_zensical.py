"""The same `mkdocs.yml` and `wiki/` with Zensical, MkDocs' successor: every page is there and says the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def zensical(built, tmp_path_factory) -> Path:
    """The site of the whole archive as Zensical builds it of what our publisher has put under `wiki/`."""
    office, folder = built.parents[1], tmp_path_factory.mktemp("zensical")
    shutil.copytree(office / "wiki", folder / "wiki")
    shutil.copy(office / "mkdocs.yml", folder)
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", "mkdocs.yml"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=110,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout + done.stderr, done.stdout + done.stderr
    return folder / "site"


def pages(site: Path) -> dict[str, Path]:
    """Return the pages of a site; not the one for what is not found, which the desk has of its own."""
    root = site.resolve()
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*.html")}
    return {name: path for name, path in found.items() if name != "404.html"}


def test_every_page_and_every_file_of_the_wiki_is_there(built, zensical):
    assert pages(zensical).keys() == pages(built).keys()
    root = built.resolve()
    own = {
        p.relative_to(root)
        for f in ("gambar", "umpan", "assets/cari")
        for p in (root / f).rglob("*.*")
    }
    for name in own | {Path("assets/pulih.css"), Path("assets/luring.js")}:
        assert (zensical / name).read_bytes() == (root / name).read_bytes(), name


def test_every_page_says_the_same(built, zensical, seen):
    there = pages(zensical)
    for name, page in pages(built).items():
        one, other = (seen(p.read_text(encoding="utf-8")) for p in (page, there[name]))

        assert told(other) == told(one), name
        assert other.one("html").attributes["lang"] == one.one("html").attributes["lang"] == "id"


def told(page) -> list[str]:
    """Return what a page's article says, a line each."""
    return [line.strip() for line in page.one("article").text.splitlines() if line.strip()]


def test_every_link_within_the_site_leads_somewhere(zensical, seen):
    there = pages(zensical)
    anchors = {
        name: {node.attributes.get("id") for node in seen(path.read_text(encoding="utf-8"))}
        for name, path in there.items()
    }
    for name, path in there.items():
        page = seen(path.read_text(encoding="utf-8"))
        for node in page.one("article").all("a", "img"):
            link = urlsplit(
                urljoin(
                    f"https://wiki/{name}",
                    node.attributes.get("href") or node.attributes.get("src"),
                )
            )
            if link.netloc != "wiki":
                continue
            target = unquote(link.path).lstrip("/")
            target += "index.html" if not target or target.endswith("/") else ""
            assert (zensical / target).is_file(), (name, node.attributes)
            if link.fragment:
                assert unquote(link.fragment) in anchors[target], (name, node.attributes)
