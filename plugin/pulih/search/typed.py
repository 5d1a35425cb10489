"""The words of a query as they were meant: those that were run together apart, those that were split whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_LONGEST = 40  # letters of what is taken apart
_SHORTEST = 5  # letters of what is taken apart, and of what is put together
_MOST_PIECES = 4
_SHORTEST_PIECE = 3  # letters; shorter pieces must be among SHORT
_LETTERS_AND_DIGITS = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
_NAMES = frozenset({"dlink", "tplink"})  # of makers, whose pieces are words of other things
# Words of two letters that are written together with others.
SHORT = frozenset("ap di fo ga gk ip ke ac hp pc pd tp yg".split())  # noqa: SIM905 - words read better as words

Known = Callable[[str], bool]


class Typed(NamedTuple):
    """A word that is looked for, and how it was typed."""

    word: str
    typed: str


def meant(words: Sequence[str], known: Known) -> list[Typed]:
    """Return words as they were meant, by what is known."""
    found: list[Typed] = []
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2) if _is_split(words[at : at + n], n, known)), 1)
        typed = " ".join(words[at : at + size])
        whole = "".join(words[at : at + size])
        pieces = [whole] if size > 1 or known(whole) else _apart(whole, known)
        found += [Typed(piece, typed) for piece in pieces]
        at += size
    return found


def _is_split(pieces: Sequence[str], size: int, known: Known) -> bool:
    """Tell whether neighbours are one word that was split: it is known, and one of them is nothing by itself.

    A name of several words, as TP-Link, is one also where each of them is something.
    """
    if len(pieces) < size or not all(piece.isalnum() for piece in pieces):
        return False
    whole = "".join(pieces)
    if len(whole) < _SHORTEST or not known(whole):
        return False
    if whole in _NAMES:
        return True
    return not all(len(piece) > 1 and known(piece) for piece in pieces)


def _apart(word: str, known: Known) -> list[str]:
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isascii() or not word.isalnum():
        return [word]
    if not word.isalpha():
        pieces = _LETTERS_AND_DIGITS.findall(word)
        return pieces if len(pieces) == 2 and all(map(known, pieces)) else [word]  # noqa: PLR2004 - a word, a number
    return min(_ways(word, known, _MOST_PIECES), key=_likelihood, default=[word])


def _ways(word: str, known: Known, most: int) -> Iterator[list[str]]:
    """Yield the ways to write a word as at most so many known ones."""
    if _is_piece(word, known):
        yield [word]
    if most > 1:
        for at in range(2, len(word) - 1):
            if _is_piece(word[:at], known):
                for rest in _ways(word[at:], known, most - 1):
                    yield [word[:at], *rest]


def _is_piece(word: str, known: Known) -> bool:
    return (len(word) >= _SHORTEST_PIECE or word in SHORT) and known(word)


def _likelihood(pieces: list[str]) -> tuple[int, int]:
    return len(pieces), -min(map(len, pieces))
