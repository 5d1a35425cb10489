"""Finding past cases. Implements `ports.Index`; knows articles and queries, never a store or a request."""

from __future__ import annotations

from pulih.search.index import WordIndex
from pulih.search.kamus import Kamus

__all__ = ["Kamus", "WordIndex"]
