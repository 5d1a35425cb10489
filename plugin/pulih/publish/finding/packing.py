"""How the index is written: numbers as letters, parts as calls of one function. `cari-berkas.js` reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache

MARK = "/*pulih: generated*/"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE = 32  # the other half of the letters says that more follows
_WORD_LETTERS, _NUMBER_LETTERS = 3, 4
_SPREAD = 65521


def script(part: str, *values: object) -> str:
    """Return a script that hands values over as a part of the index."""
    told = ",".join(json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in values)
    return f"{MARK}\npulihCari.{part}({told});\n"


@lru_cache(maxsize=1 << 16)
def number(value: int) -> str:
    """Return a number from 0 in letters: one for those below 32."""
    if value < _BASE:
        return _LETTERS[value]
    return _LETTERS[_BASE + value % _BASE] + number(value // _BASE)


def numbers(values: Iterable[int]) -> str:
    """Return numbers from 0 in letters."""
    return "".join(map(number, values))


def gaps(rising: Sequence[int]) -> str:
    """Return numbers that rise, each as what it is above the one before; the first above -1."""
    return numbers(b - a - 1 for a, b in zip((-1, *rising), rising, strict=False))


def bucket(term: str, buckets: int) -> int:
    """Return in which part of the alphabet a term is: all that begin alike are in the same.

    So that a word that is still being typed is looked for in one place.
    """
    begin = term[: _WORD_LETTERS if term[0].isalpha() else _NUMBER_LETTERS]
    spread = 0
    for letter in begin:
        spread = (spread * 31 + ord(letter)) % _SPREAD
    return spread % buckets
