"""Cases as the wiki shows them, where nothing has been added to them."""

from __future__ import annotations

from collections.abc import Iterable

from pulih.domain.article import Article
from pulih.domain.edition import Case, Edition
from pulih.domain.records import Names


def edition(articles: Iterable[Article], names: Names | None = None) -> Edition:
    """Return what the wiki shows of these articles."""
    return Edition(tuple(map(Case, articles)), names or Names())
