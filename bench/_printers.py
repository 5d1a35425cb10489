"""Others who print the same papers: pdfkit, Chromium, Typst. Each gives its way to print, or says why it has none."""

from __future__ import annotations

import json
import shutil
import tempfile
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pulih.documents.choosing import Chosen
from pulih.documents.fonts import faces, folder
from pulih.documents.html import html
from pulih.documents.press import Press
from pulih.documents.qr import code
from pulih.domain.papers.paper import Paper, Said
from pulih.publish.photograph import photograph

HERE = Path(__file__).parent
Told = dict[str, Any]
Deed = Callable[[int], object]
_MOMENT = 1_710_720_000  # PDF/A asks Typst for one


@contextmanager
def pdfkit(papers: Sequence[Paper]) -> Iterator[Deed | str]:
    """Print with our second engine."""
    if shutil.which("wkhtmltopdf") is None:
        yield "wkhtmltopdf is not installed"
        return
    press = Press(Chosen("pdfkit"), photograph)
    yield lambda _: [press.pdf(paper) for paper in papers]


@contextmanager
def chromium(papers: Sequence[Paper]) -> Iterator[Deed | str]:
    """Print with a Chromium that stays open."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), "")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only the developers have it
    except ImportError:
        program = ""
    if not program:
        yield "no Chromium on PATH, or no playwright"
        return
    letters = f"<style>{faces()}</style></head>"
    pages = [html(paper).replace("</head>", letters, 1) for paper in papers]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()

        def print_all(_: int) -> None:
            for content in pages:
                page.set_content(content)
                page.pdf(prefer_css_page_size=True, tagged=True, print_background=True)

        yield print_all
        browser.close()


@contextmanager
def typst(papers: Sequence[Paper]) -> Iterator[Deed | str]:
    """Print one Berita Acara with a template in Typst's own language."""
    try:
        import typst as library  # noqa: PLC0415 - only for this bench
    except ImportError:
        yield "not installed (make search-tools)"
        return
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copy(HERE / "_berita_acara.typ", root)
        facts = _facts(papers[0], root)
        compiler = library.Compiler(
            str(root / "_berita_acara.typ"),
            root=str(root),
            font_paths=[str(folder())],
            ignore_system_fonts=True,
        )

        def compile_one(at: int) -> None:
            facts["number"] = f"{at:03}/BA/DKISP/III/2024"
            compiler.compile(
                format="pdf",
                sys_inputs={"facts": json.dumps(facts)},
                pdf_standards=["a-2a"],
                timestamp=_MOMENT,
            )

        yield compile_one


def _facts(paper: Paper, root: Path) -> Told:
    """Return what the template shows; pictures as files beside it."""
    head = paper.letterhead
    assert head is not None
    sources = [head.arms, paper.diagram, code(paper.address), *(p.source for p in paper.pictures)]
    files = [_file(root, n, source) for n, source in enumerate(sources)]
    return {
        "lines": [said.text for said in head.lines],
        "address": list(head.address),
        "title": list(paper.title),
        "dated": paper.dated.text,
        "check": paper.address,
        "texts": {name: said.text for name, said in paper.texts.items()},
        "fields": {row.label: row.said.text for row in paper.fields["about"]},
        "parties": [
            [p.called, *map(_text, (p.name, p.nip, p.rank, p.position, p.address))]
            for p in paper.parties
        ],
        "tables": [
            {
                "caption": table.caption,
                "heads": list(table.heads),
                "rows": [[said.text for said in row] for row in table.rows],
                "widths": list(table.widths) or [1] * len(table.heads),
            }
            for table in paper.tables.values()
        ],
        "signatures": [
            [[list(s.above), _text(s.name), _text(s.rank), _text(s.nip)] for s in row]
            for row in paper.signatures
        ],
        "arms": files[0],
        "diagram": files[1],
        "qr": files[2],
        "pictures": [
            [file, picture.caption] for file, picture in zip(files[3:], paper.pictures, strict=True)
        ],
    }


def _text(said: Said) -> str:
    return said.text


def _file(root: Path, n: int, source: str) -> str:
    if not source:
        return ""
    kind, _, content = source.partition(",")
    ending = "svg" if "svg" in kind else "png" if "png" in kind else "jpg"
    path = root / f"{n}.{ending}"
    path.write_bytes(b64decode(content) if kind.endswith("base64") else unquote(content).encode())
    return path.name
