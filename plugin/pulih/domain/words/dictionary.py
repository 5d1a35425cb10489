"""The office's dictionary: which words mean the same, and which point to another. Pure.

It is a page of the wiki, so whatever stands there is read without trust: a line that is no entry is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pulih.domain.words.reading import terms, tokens

_MOST_LINES = 4000
_LONGEST_LINE = 600
_MOST_WORDS = 40  # of an entry
_LONGEST_PHRASE = 3  # terms
_ENTRY = re.compile(r"\s*[-*]\s+(?P<left>[^=~]+)(?P<sign>[=~])(?P<right>[^=~]+)")

Phrase = tuple[str, ...]


class Said(NamedTuple):
    """A term of a text: the place of its word, and whether it is denied."""

    at: int
    term: str
    denied: bool


NOT = "!"  # before a term: what is meant is its opposite, as in "tidak hidup"
_NOT_WORDS = frozenset(
    """
    tidak tdk tak gak ga nggak ngga enggak gk g ndak ndk nda gada kagak kaga tida tidk gag tanpa bukan blm belum no
    not cant wont doesnt gbs gbsa gabs gakbs gkbs gabisa tdkbs
    """.split()  # noqa: SIM905 - words read better as words
)
_BETWEEN = frozenset("bisa bs bsa dapat dpt mau bs pernah dapet can".split())  # noqa: SIM905 - as words


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What is known of words beside their forms.

    Attributes:
        same: Phrase, as `key_of` gives it -> the phrases that mean the same.
        near: Phrase -> what it points to without meaning it: *lemot* points to *bandwidth penuh*.
        words: Every word of it as it is typed, with its term, for slips.
        said: Every term of it.
    """

    same: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    near: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    words: Mapping[str, Phrase] = field(default_factory=dict)
    said: frozenset[str] = frozenset()


@lru_cache(maxsize=4)  # whoever opens the same office again in a process has it at once
def parse(page: str) -> Dictionary:
    """Return the dictionary that a page of Markdown holds.

    An entry is a list item: `- lambat = lemot, lelet, slow` says that all mean the same; `- lambat ~ bandwidth penuh`
    that the first point to the others. Long lines, phrases of more than three words and lines past the 4,000th are
    left out. Never raises.
    """
    same: dict[Phrase, dict[Phrase, None]] = {}
    near: dict[Phrase, dict[Phrase, None]] = {}
    words: dict[str, Phrase] = {}
    for left, sign, right in _entries(page):
        for written in (*left, *right):
            if written.isalpha() and (phrase := phrase_of(written)):
                words.setdefault(written, phrase)
        ours, theirs = _phrases(left), _phrases(right)
        if sign == "=":
            group = list(dict.fromkeys((*ours, *theirs)))
            for phrase in group:
                _add(same, phrase, group)
        else:
            for phrase in ours:
                _add(near, phrase, theirs)
    said = frozenset(term for phrase in (*same, *near) for term in phrase)
    return Dictionary(_settled(same), _settled(near), words, said)


def phrase_of(written: str) -> Phrase:
    """Return the terms of a phrase; what is denied has a mark before it. Empty where it says nothing."""
    return tuple(NOT + said.term if said.denied else said.term for said in said_by(tokens(written)))


def key_of(phrase: Iterable[str]) -> Phrase:
    """Return what phrases share that say the same in another order, or with a word twice."""
    return tuple(sorted(set(phrase)))


def said_by(words: Sequence[str]) -> list[Said]:
    """Return the terms of words, each with the place of its word; "tidak" denies the next word that says something."""
    found: list[Said] = []
    denied = False
    for at, word in enumerate(words):
        if word in _NOT_WORDS:
            denied = True
        elif not (denied and word in _BETWEEN):
            here = [Said(at, term, denied) for term in terms(word)]
            found += here
            denied = denied and not here
    return found


def _entries(page: str) -> Iterator[tuple[list[str], str, list[str]]]:
    for line in page[: _MOST_LINES * _LONGEST_LINE].splitlines()[:_MOST_LINES]:
        entry = _ENTRY.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        if entry:
            yield _written(entry["left"]), entry["sign"], _written(entry["right"])


def _written(part: str) -> list[str]:
    return [word for one in part.split(",") if (word := one.strip().lower())][:_MOST_WORDS]


def _phrases(written: Iterable[str]) -> list[Phrase]:
    found = ((one, phrase_of(one)) for one in written)
    return [phrase for one, phrase in found if _says(one, phrase)]


def _says(written: str, phrase: Phrase) -> bool:
    """Tell whether enough is left of a phrase: "frekuensi sama" would mean any frequency."""
    if not 0 < len(phrase) <= _LONGEST_PHRASE:
        return False
    return len(phrase) > 1 or phrase[0].startswith(NOT) or len(tokens(written)) == 1


def _add(to: dict[Phrase, dict[Phrase, None]], phrase: Phrase, others: Iterable[Phrase]) -> None:
    known = to.setdefault(key_of(phrase), {})
    known.update(dict.fromkeys(other for other in others if other != phrase))


def _settled(groups: Mapping[Phrase, Iterable[Phrase]]) -> dict[Phrase, tuple[Phrase, ...]]:
    return {phrase: tuple(others) for phrase, others in groups.items() if others}
