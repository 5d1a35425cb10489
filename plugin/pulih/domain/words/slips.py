"""How a word may be written that is meant to be another one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_VOWELS = str.maketrans("", "", "aiueo")
_AGAIN = re.compile(r"([a-z])\1+")
_TWICE = re.compile(r"([a-z]{3,})2(?:nya|an)?")
_SHORTEST = 4  # letters of a word that may hold a slip
_SHORTEST_FOR_TWO = 7
_SHORTEST_SKELETON = 2
_FEW_VOWELS = 0.3


def slips_allowed(word: str) -> int:
    """Return how many slips a word may hold: short ones none, and what holds digits none, since it is a name."""
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return 0
    return 2 if len(word) >= _SHORTEST_FOR_TWO else 1


def distance(one: str, other: str, most: int) -> int:
    """Return the letters that are wrong, missing, too many or exchanged with their neighbour; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                least = min(least, above[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]


def skeleton(word: str) -> str:
    """Return a word without its vowels, as in hurried messages: jrngn is jaringan."""
    return squeezed(word).translate(_VOWELS)


def is_skeleton(word: str) -> bool:
    """Tell whether a word looks as if its vowels had been left out."""
    bones = skeleton(word)
    vowels = len(word) - len(word.translate(_VOWELS))
    return len(bones) > _SHORTEST_SKELETON and vowels <= _FEW_VOWELS * len(word)


def squeezed(word: str) -> str:
    """Return a word with letters once that stand there several times: lemottt is lemot."""
    return _AGAIN.sub(r"\1", word)


def respelled(word: str) -> Iterator[str]:
    """Yield a word in the spellings that hurry gives it: putus2 is putus, matiii is mati."""
    twice = _TWICE.fullmatch(word)
    if twice:
        yield twice[1]
    if word.isalpha() and squeezed(word) != word:
        yield squeezed(word)


def bigrams(word: str) -> set[str]:
    """Return the pairs of letters of a word, its ends marked."""
    marked = f"^{word}$"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}
