"""What prints a sheet: an engine, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pulih.domain.papers.layout import Layout


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be printed.

    Attributes:
        html: A whole document with its styles; its only addresses are `data:`. Fonts are not in it: see `fonts`.
        layout: The same as the page's own `@page`, for engines that do not read that.
        language: Of the text, as BCP 47 calls it.
    """

    html: str
    title: str
    layout: Layout
    language: str = "id"


class Engine(Protocol):
    """Makes PDFs. The same sheet gives the same bytes."""

    @property
    def name(self) -> str:
        """The engine and its version, kept with each paper."""

    def render(self, sheet: Sheet) -> bytes:
        """Return the PDF; nothing is fetched that the sheet names.

        Raises:
            Refused: The sheet names a file or an address.
            Unavailable: It takes too long, or the engine does not work here.
        """
