"""A page of the site as it was rendered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A rendered page.

    Attributes:
        html: The file's content; empty for a page that MkDocs would leave out.
        anchors: What may be linked to on it.
        asks: The anchors on other pages that it links to: (page, anchor, the link as it is written).
    """

    html: bytes
    anchors: frozenset[str]
    asks: tuple[tuple[str, str, str], ...]
