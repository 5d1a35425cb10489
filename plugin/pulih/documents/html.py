"""A paper as one HTML document that fetches nothing. Whatever was typed is text there, never markup."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from textwrap import wrap

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pulih.documents.qr import code
from pulih.documents.samples import adapted, paper_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Layout
from pulih.domain.papers.paper import Paper
from pulih.domain.papers.settings import PaperSettings

_PAGES = "pages"
_LONGEST = 100
_LONG = re.compile(rf"\S{{{_LONGEST},}}")
_WORDS = re.compile(r"(\s+)")
_COUNTED = re.compile(r"(?=.{12,})[\w-]+(?:[./][\w-]+)+")
_PARTS = re.compile(r"(?<=[./])")
# Grey on the sheet itself, not in its text: what reads aloud does not stumble over it.
_DRAFT = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 215 330'%3E"
    "%3Ctext x='107' y='165' text-anchor='middle' font-size='44' font-weight='bold' fill='%23eeeeee' "
    "transform='rotate(-50 107 165)'%3EKONSEP%3C/text%3E%3C/svg%3E"
)


def html(paper: Paper) -> str:
    """Return the paper's page."""
    page = _environment().get_template(f"{paper.kind.value}/page.html")
    qr = code(paper.address) if paper.address else ""
    return page.render(paper=paper, styles=Markup(styles(paper)), qr=qr)  # noqa: S704 - ours, and numbers


def styles(paper: Paper) -> str:
    """Return the style rules of a paper: its sheet, what all papers share, and its own."""
    own = _text(f"{paper.kind.value}/page.css")
    return f"{_sheet(paper.layout, draft=paper.draft)}\n{_text('base.css')}{own}"


def sample(kind: PaperKind, settings: PaperSettings | None = None) -> Paper:
    """Return the example of a kind, with made-up people; with an office's settings, as that office would have it."""
    raw = json.loads(_text(f"{kind.value}/sample.json"))
    paper = paper_of(kind, raw)
    return adapted(paper, raw, json.loads(_text("people.json")), settings) if settings else paper


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pulih.documents", _PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_breakable,
    )
    environment.filters["address"] = _address
    environment.filters["parted"] = _parted
    return environment


def _breakable(value: object) -> object:
    """Return a text with places to break in words that are longer than any is: those take an engine minutes."""
    if type(value) is not str:  # what was escaped before is of another kind
        return value
    return _LONG.sub(lambda word: "\u200b".join(wrap(word[0], _LONGEST)), value)


def _parted(value: str) -> Markup:
    """Return the text of a cell; a long number of an inventory goes over to the next line after a dot or a slash."""
    return Markup("").join(  # in between stands no more than a place to break
        Markup("<wbr>").join(escape(part) for part in _PARTS.split(word))
        if _COUNTED.fullmatch(word)
        else escape(word)
        for word in _WORDS.split(str(_breakable(value)))
    )


def _address(value: str) -> Markup:
    """Return a `data:` address as it stands in a page; any other is none."""
    return escape(value if value.startswith("data:") else "")


@cache
def _text(name: str) -> str:
    return resources.files("pulih.documents").joinpath(_PAGES, name).read_text(encoding="utf-8")


def _sheet(layout: Layout, *, draft: bool) -> str:
    """Return the rules of the sheet: its size and white, the page numbers, and how it looks on a screen."""
    wide, high = layout.size.millimetres
    around = layout.margins
    margins = f"{around.top}mm {around.right}mm {around.bottom}mm {around.left}mm"
    number = (
        ""
        if layout.pages is Corner.NONE
        else f'@{layout.pages.value}{{content:"Halaman " counter(page) " dari " counter(pages);'
        'font-family:"Pulih Sans",sans-serif;font-size:8pt}'
    )
    behind = f'background:url("{_DRAFT}") center/contain no-repeat;' if draft else ""
    return (
        f"@page{{size:{wide}mm {high}mm;margin:{margins};{behind}{number}}}\n"
        f"body{{font-size:{layout.points}pt}}\n"
        f"@media screen{{html{{background:#888}}.sheet{{box-sizing:border-box;width:{wide}mm;min-height:{high}mm;"
        f"padding:{margins};margin:4mm auto;background:#fff}}}}"
    )
