"""Prints papers: a page becomes a PDF with whichever engine the office has."""

from __future__ import annotations

import hashlib
import threading
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from pulih.documents.engine import Engine, Sheet
from pulih.documents.html import html, sample
from pulih.documents.joining import bind
from pulih.documents.leaflet import leaflet
from pulih.domain.bundle import Bound
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Paper
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.passed import Passed

_SIDE = 1000  # pixels: sharp at 70 mm on paper, and a tenth of a megabyte
_MOST_KEPT = 24


@dataclass(slots=True)
class _Kept:
    """The photographs that were made small last: three papers of a ticket show the same."""

    small: OrderedDict[bytes, bytes | None] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, content: bytes, make: Callable[[bytes], bytes | None]) -> bytes | None:
        key = hashlib.sha256(content).digest()
        with self.lock:
            if key in self.small:
                self.small.move_to_end(key)
                return self.small[key]
        made = make(content)
        with self.lock:
            self.small[key] = made
            while len(self.small) > _MOST_KEPT:
                self.small.popitem(last=False)
        return made


def _undrawn(_way: tuple[Passed, ...]) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Press:
    """Implements `ports.Printer`.

    Attributes:
        photograph: Makes a picture anew as a JPEG of at most so many pixels a side; None where it cannot be trusted.
        draw: Draws a way that was looked at, as an SVG.
    """

    engine: Engine
    photograph: Callable[[bytes, int], bytes | None]
    draw: Callable[[tuple[Passed, ...]], str] = _undrawn
    _kept: _Kept = field(default_factory=_Kept)

    @property
    def name(self) -> str:
        """The engine and its version."""
        return self.engine.name

    def page(self, paper: Paper) -> str:
        """Return the paper as one HTML page."""
        return html(paper)

    def pdf(self, paper: Paper) -> bytes:
        """Return the paper as a PDF. Raises Unavailable."""
        return self.engine.render(Sheet(html(paper), paper.name, paper.layout))

    def leaflet(self, title: str, body: str) -> bytes:
        """Return a title and clean HTML as a PDF. Raises Unavailable."""
        return leaflet(self.engine, title, body)

    def sample(self, kind: PaperKind, settings: PaperSettings) -> Paper:
        """Return a paper of made-up facts, as it would look with these settings."""
        return sample(kind, settings)

    def photo(self, content: bytes) -> str | None:
        """Return a photograph made small, as a `data:` address; None where it is none."""
        small = self._kept.get(content, lambda whole: self.photograph(whole, _SIDE))
        return f"data:image/jpeg;base64,{b64encode(small).decode()}" if small else None

    def picture(self, way: tuple[Passed, ...]) -> str:
        """Return the picture of a way that was looked at, as a `data:` address; empty where nobody looked."""
        drawn = b64encode(self.draw(way).encode()).decode() if way else ""
        return f"data:image/svg+xml;base64,{drawn}" if drawn else ""

    def joined(self, bound: Bound) -> bytes:
        """Return papers as one PDF with their list in front. Raises Unavailable."""
        return bind(self.engine, bound)
