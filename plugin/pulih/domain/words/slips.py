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
_FEW_VOWELS = 0.34
_LIKELY, _LESS_LIKELY, _LEAST_LIKELY = 0.9, 0.75, 0.6
_ENGLISH = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
)
_ENGLISH_ENDS = ("s", "es", "ed", "ing")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    letter: "".join(row[max(0, at + step) : at + step + 2] for row in _ROWS for step in (-1, 0))
    for keys in _ROWS
    for at, letter in enumerate(keys)
}


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
    return min(row[-1], most + 1)


def likelihood(one: str, other: str) -> float:
    """Return how likely a word is a slip of another that is about as long, from 0 to 1: hurry has its habits."""
    at = _first_difference(one, other)
    end = _first_difference(one[::-1], other[::-1])
    end = min(end, len(one) - at, len(other) - at)
    said, meant = one[at : len(one) - end], other[at : len(other) - end]
    if at == 0:
        return _LEAST_LIKELY
    if len(said) == len(meant) and sorted(said) == sorted(meant):
        return 1.0  # exchanged
    if not said:
        return 1.0 if meant.translate(_VOWELS) == "" or meant == one[at - 1] else _LIKELY
    if not meant:
        return 1.0 if said == other[at - 1] * len(said) else _LIKELY
    if len(said) == len(meant) == 1:
        vowels = said in "aiueo" and meant in "aiueo"
        return _LIKELY if vowels or meant in _BESIDE.get(said, "") else _LESS_LIKELY
    return _LESS_LIKELY


def _first_difference(one: str, other: str) -> int:
    both = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))


def skeleton(word: str) -> str:
    """Return a word without its vowels, as in hurried messages: jrngn is jaringan, and so is jrgn."""
    return squeezed(word[:1] + word[1:].translate(_VOWELS)).replace("ng", "g")


def is_skeleton(word: str) -> bool:
    """Tell whether a word looks as if vowels had been left out of it."""
    vowels = len(word) - len(word.translate(_VOWELS))
    return len(skeleton(word)) >= _SHORTEST_SKELETON and vowels <= _FEW_VOWELS * len(word)


def shortens(short: str, word: str) -> bool:
    """Tell whether a word may be written so short: its letters in order, none of its consonants left out."""
    letters = iter(word)
    return len(short) < len(word) and all(letter in letters for letter in short)


def squeezed(word: str) -> str:
    """Return a word with letters once that stand there several times: lemottt is lemot."""
    return _AGAIN.sub(r"\1", word)


def respelled(word: str) -> Iterator[str]:
    """Yield a word in the spellings that hurry gives it: putus2 is putus, matiii is mati."""
    twice = _TWICE.fullmatch(word)
    if twice:
        yield twice[1]
    if not word.isalpha():
        return
    if squeezed(word) != word:
        yield squeezed(word)


def english_forms(word: str) -> Iterator[str]:
    """Yield the forms that an English word may have besides this one: cables is cable, dropping is dropped."""
    if not (word.isascii() and word.isalpha()):
        return
    roots = {word} if len(word) >= _SHORTEST else set()
    for end, instead in _ENGLISH:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST - 1:
            root = word[: -len(end)] + instead
            roots.add(root[:-1] if root[-1] == root[-2] and end != "s" else root)
    for root in sorted(roots):
        whole = {root, root.removesuffix("e"), root.removesuffix("y") + "i", root + root[-1]}
        for form in {root, *(part + end for part in whole for end in _ENGLISH_ENDS)}:
            if form != word:
                yield form


def bigrams(word: str) -> set[str]:
    """Return the pairs of letters of a word, its ends marked."""
    marked = f"^{word}$"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}
