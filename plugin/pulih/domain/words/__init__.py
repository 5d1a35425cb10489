"""How words are compared: one reading for what is kept and for what is asked. Pure.

The published site's search does the same in the browser (`wiki/assets/cari-kata.js`) with the same tables; a test
holds the two together.
"""

from __future__ import annotations

from pulih.domain.words.reading import fold, terms, tokens
from pulih.domain.words.stemming import MAYBE, PARTICLES, SUFFIXES, SURE, stem
from pulih.domain.words.tables import ROOTS, SPELLINGS, STOPS

__all__ = [
    "MAYBE",
    "PARTICLES",
    "ROOTS",
    "SPELLINGS",
    "STOPS",
    "SUFFIXES",
    "SURE",
    "fold",
    "stem",
    "terms",
    "tokens",
]
