"""The office's dictionary: which words mean the same, and which point to another. Pure.

It is a page of the wiki, so whatever stands there is read without trust: a line that is no entry is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pulih.domain.words.reading import terms, tokens

_MOST_LINES = 4000
_LONGEST_LINE = 600
_MOST_WORDS = 40  # of an entry
_LONGEST_PHRASE = 3  # terms
_ENTRY = re.compile(r"\s*[-*]\s+(?P<left>[^=~]+)(?P<sign>[=~])(?P<right>[^=~]+)")

Phrase = tuple[str, ...]
NOT = "!"  # before a term: what is meant is its opposite, as in "tidak hidup"
_NOT_WORDS = frozenset(
    "tidak tdk tak gak ga nggak ngga enggak gk g ndak ndk bukan blm belum no not".split()  # noqa: SIM905 - as words
)
_BETWEEN = frozenset("bisa bs bsa dapat dpt mau bs pernah".split())  # noqa: SIM905 - as words


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What is known of words beside their forms.

    Attributes:
        same: Phrase -> the phrases that mean the same.
        near: Phrase -> what it points to without meaning it: *lemot* points to *bandwidth penuh*.
        words: Every word of it as it is typed, with its term, for slips.
    """

    same: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    near: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    words: Mapping[str, Phrase] = field(default_factory=dict)


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
    return Dictionary(_settled(same), _settled(near), words)


def phrase_of(written: str) -> Phrase:
    """Return the terms of a phrase; a word that is denied has a mark before it. Empty where it says nothing."""
    found: list[str] = []
    denied = False
    for token in tokens(written):
        if token in _NOT_WORDS:
            denied = True
        elif not (denied and token in _BETWEEN):
            found += [NOT + term if denied else term for term in terms(token)]
            denied = False
    return tuple(found)


def denied_at(words: list[str], at: int) -> bool:
    """Tell whether a word among the words of a text is denied by those before it."""
    before = at - 1
    while before >= 0 and words[before] in _BETWEEN:
        before -= 1
    return before >= 0 and words[before] in _NOT_WORDS


def _entries(page: str) -> Iterator[tuple[list[str], str, list[str]]]:
    for line in page[: _MOST_LINES * _LONGEST_LINE].splitlines()[:_MOST_LINES]:
        entry = _ENTRY.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        if entry:
            yield _written(entry["left"]), entry["sign"], _written(entry["right"])


def _written(part: str) -> list[str]:
    return [word for one in part.split(",") if (word := one.strip().lower())][:_MOST_WORDS]


def _phrases(written: Iterable[str]) -> list[Phrase]:
    found = (phrase_of(one) for one in written)
    return [phrase for phrase in found if 0 < len(phrase) <= _LONGEST_PHRASE]


def _add(to: dict[Phrase, dict[Phrase, None]], phrase: Phrase, others: Iterable[Phrase]) -> None:
    known = to.setdefault(phrase, {})
    known.update(dict.fromkeys(other for other in others if other != phrase))


def _settled(groups: Mapping[Phrase, Iterable[Phrase]]) -> dict[Phrase, tuple[Phrase, ...]]:
    return {phrase: tuple(others) for phrase, others in groups.items() if others}
