"""From what is typed to what is looked for: each word with the ways in which a case may say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pulih.domain.words import terms, tokens
from pulih.domain.words.courtesy import COURTESY
from pulih.domain.words.dictionary import NOT, Dictionary, Phrase, denied_at
from pulih.domain.words.slips import respelled
from pulih.search.postings import Postings
from pulih.search.vocabulary import Vocabulary

_LONGEST_TEXT = 10_000
_MOST_TOKENS = 400
_MOST_WAYS = 40
_PHRASE = 3

_SAME, _NEAR, _SPLIT, _BONES, _BEGUN, _NAME = 0.6, 0.3, 0.9, 0.6, 0.6, 1.0
_SLIP = {1: 0.8, 2: 0.6}


class How(StrEnum):
    """How a word of a case answers a word of a query."""

    ITSELF = "itself"
    SYNONYM = "synonym"
    NEAR = "near"
    SLIP = "slip"
    SPLIT = "split"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Way:
    """Terms of which a case must have all, and how much of the word that is."""

    terms: Phrase
    weight: float
    how: How


@dataclass(frozen=True, slots=True)
class Asked:
    """A word or phrase of a query, and the ways in which a case may say it, the best first."""

    word: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads queries by what there is to find, and by the office's dictionary."""

    postings: Postings
    vocabulary: Vocabulary
    dictionary: Dictionary

    def read(self, text: str) -> list[Asked]:
        """Return what a text asks for; words that no case can answer are left out. Never raises on odd text."""
        words = tokens(text[:_LONGEST_TEXT])[:_MOST_TOKENS]
        found: dict[Phrase, Asked] = {}
        for at, word in enumerate(words):
            for own, ways in self._of_word(words, at):
                if ways and own not in found:
                    found[own] = Asked(word, _best(ways))
            for size in range(2, _PHRASE + 1):
                self._of_phrase(words[at : at + size], found)
        return list(found.values())

    def _of_word(self, words: list[str], at: int) -> Iterator[tuple[Phrase, list[Way]]]:
        word = words[at]
        if word in COURTESY:
            return
        for term in terms(word):
            ways = list(self._ways((term,), 1.0, How.ITSELF))
            if not self.postings.count(term):
                ways += self._guessed(term, word)
            if denied_at(words, at):
                ways += self._meant((NOT + term,), 1.0)
            yield (term,), ways

    def _of_phrase(self, words: list[str], found: dict[Phrase, Asked]) -> None:
        phrase = tuple(term for word in words for term in terms(word))
        if len(words) < 2 or not phrase:  # noqa: PLR2004 - a phrase has two words
            return
        ways = self._meant(phrase, 1.0)
        joined = "".join(words)
        if len(words) == 2 and joined in self.vocabulary:  # noqa: PLR2004 - only two words are taken for one
            ways += [
                way for term in terms(joined) for way in self._ways((term,), _SPLIT, How.SPLIT)
            ]
        if ways and phrase not in found:
            found[phrase] = Asked(" ".join(words), _best(ways))

    def _ways(self, phrase: Phrase, share: float, how: How) -> Iterator[Way]:
        if self._is_there(phrase):
            yield Way(phrase, share, how)
        yield from self._meant(phrase, share)

    def _meant(self, phrase: Phrase, share: float) -> list[Way]:
        same = self.dictionary.same.get(phrase, ())
        near = self.dictionary.near.get(phrase, ())
        return [
            *(Way(one, share * _SAME, How.SYNONYM) for one in same if self._is_there(one)),
            *(Way(one, share * _NEAR, How.NEAR) for one in near if self._is_there(one)),
        ]

    def _guessed(self, term: str, word: str) -> list[Way]:
        """Return what a word that nothing has may be meant for."""
        for other in respelled(word):
            found = self._through(other, _NAME, How.SLIP)
            if found:
                return found
        found = []
        for other, slips in self.vocabulary.like(term) or self.vocabulary.like(word):
            found += self._through(other, _SLIP[slips], How.SLIP)
        for other in self.vocabulary.boned(word):
            found += self._through(other, _BONES, How.SLIP)
        if parts := self.vocabulary.parts(word) or self.vocabulary.parts(term):
            phrase = tuple(one for part in parts for one in terms(part))
            found += self._ways(phrase, _SPLIT, How.SPLIT)
        if not found:
            for other in self.vocabulary.begun(term):
                found += self._through(other, _BEGUN, How.BEGUN)
        return found

    def _through(self, other: str, share: float, how: How) -> list[Way]:
        own = (other,) if self.postings.count(other) else ()
        phrase = own or self.dictionary.words.get(other) or tuple(terms(other))
        return list(self._ways(phrase, share, how)) if phrase else []

    def _is_there(self, phrase: Phrase) -> bool:
        return all(self.postings.count(term) for term in phrase)


def _best(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return the ways, each once, the weightiest first."""
    best: dict[Phrase, Way] = {}
    for way in ways:
        if way.terms not in best or best[way.terms].weight < way.weight:
            best[way.terms] = way
    return tuple(sorted(best.values(), key=lambda way: (-way.weight, way.terms))[:_MOST_WAYS])
