"""From what is typed to what is looked for: each word with the ways in which a case may say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pulih.domain.words import ROOTS, SPELLINGS, STOPS, terms, tokens
from pulih.domain.words.courtesy import COURTESY, ENGLISH, LIGHT
from pulih.domain.words.dictionary import (
    NOT,
    Dictionary,
    Phrase,
    Said,
    key_of,
    said_by,
)
from pulih.domain.words.names import other_names, range_of
from pulih.domain.words.slips import english_forms, respelled
from pulih.search.postings import Postings
from pulih.search.typed import Typed, meant
from pulih.search.vocabulary import Vocabulary

_LONGEST_TEXT = 10_000
_MOST_TOKENS = 400
_MOST_WAYS = 40
_MOST_GUESSED = 30  # words of a query that no case has; a log that was pasted is full of them
_PHRASE = 3
_WIDEST = 4  # words from the first of a phrase to its last

_SAME, _NEAR, _SPLIT, _BONES, _BEGUN, _NAME = 0.6, 0.4, 1.0, 0.8, 0.6, 1.0
_FORM = 0.9
_ELSEWHERE = 0.75  # of a guess that no case has, and only the dictionary knows
_LIGHT, _FOREIGN, _TOGETHER = 0.7, 0.8, 0.85
_MOST_BONED = 3
_UNASKED = COURTESY | ENGLISH


class How(StrEnum):
    """How a word of a case answers a word of a query."""

    ITSELF = "itself"
    SYNONYM = "synonym"
    NEAR = "near"
    SLIP = "slip"
    SPLIT = "split"
    BEGUN = "begun"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Way:
    """Terms of which a case must have all, and how much of the word that is.

    Attributes:
        meant: The word that was guessed; empty where none was.
    """

    terms: Phrase
    weight: float
    how: How
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A word or phrase of a query, and the ways in which a case may say it, the best first."""

    word: str
    ways: tuple[Way, ...]
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads queries by what there is to find, and by the office's dictionary."""

    postings: Postings
    vocabulary: Vocabulary
    dictionary: Dictionary

    def read(self, text: str) -> list[Asked]:
        """Return what a text asks for; words that no case can answer are left out. Never raises on odd text."""
        typed = meant(tokens(text[:_LONGEST_TEXT])[:_MOST_TOKENS], self._is_known)
        said = said_by([one.word for one in typed])
        found: dict[Phrase, Asked] = {}
        strange: set[tuple[str, str, bool]] = set()
        for n, (at, term, denied) in enumerate(said):
            one = typed[at]
            this = term, one.word, denied
            if one.word not in _UNASKED and (term,) not in found and this not in strange:
                if not self.postings.count(term):
                    strange.add(this)
                guess = this in strange and len(strange) <= _MOST_GUESSED
                ways = self._of_word(term, one.word, denied=denied, guess=guess)
                if ways:
                    as_typed = ways if one.typed == one.word else map(_otherwise, ways)
                    found[term,] = Asked(one.typed, _best(as_typed), self._share(one.word, ways))
            for size in range(2, _PHRASE + 1):
                self._of_phrase(said[n : n + size], typed, found)
        return list(found.values())

    def _is_known(self, word: str) -> bool:
        if word in STOPS or word in _UNASKED or word in self.dictionary.words:
            return True
        return bool(found := terms(word)) and self._is_there(tuple(found))

    def _share(self, word: str, ways: list[Way]) -> float:
        """Return how much a word counts: what the trade or the office has a word for says most."""
        if word in LIGHT or not LIGHT.isdisjoint(SPELLINGS.get(word, ())):
            return _LIGHT
        said = self.dictionary.said
        known = any(c.isdecimal() for c in word) or any(t in said for w in ways for t in w.terms)
        return 1.0 if known else _FOREIGN

    def _of_word(self, term: str, word: str, *, denied: bool, guess: bool) -> list[Way]:
        ways = list(self._ways((term,), 1.0, How.ITSELF))
        ways += self._forms(term)
        ways += self._named(term)
        if guess:
            ways += self._guessed(term, word)
        if denied:
            ways += self._meant((NOT + term,), 1.0)
        return ways

    def _of_phrase(
        self, said: Sequence[Said], typed: Sequence[Typed], found: dict[Phrase, Asked]
    ) -> None:
        phrase = tuple(one.term for one in said)
        first, last = said[0].at, said[-1].at
        if len(set(phrase)) < len(phrase) or last - first > _WIDEST or phrase in found:
            return
        ways = self._meant(phrase, 1.0)
        if any(one.denied for one in said):
            ways += self._meant(tuple(NOT + s.term if s.denied else s.term for s in said), 1.0)
        joined = "".join(one.word for one in typed[first : last + 1])
        if last - first == 1 and self.postings.count(joined):
            ways += self._ways((joined,), _SPLIT, How.SPLIT)
        if ways:
            words = " ".join(dict.fromkeys(one.typed for one in typed[first : last + 1]))
            found[phrase] = Asked(words, _best(ways), _TOGETHER)

    def _ways(self, phrase: Phrase, share: float, how: How) -> Iterator[Way]:
        if self._is_there(phrase):
            yield Way(phrase, share, how)
        yield from self._meant(phrase, share)

    def _meant(self, phrase: Phrase, share: float) -> list[Way]:
        same = self.dictionary.same.get(key_of(phrase), ())
        near = self.dictionary.near.get(key_of(phrase), ())
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
        for other in self._boned(word):
            found += self._through(other, _BONES, How.SLIP)
        if not found:
            for other, share in self.vocabulary.like(term) or self.vocabulary.like(word):
                there = 1.0 if self.postings.count(other) else _ELSEWHERE
                found += self._through(other, share * there, How.SLIP)
        if not found:
            for other in self.vocabulary.begun(term):
                found += self._through(other, _BEGUN, How.BEGUN)
        return found

    def _forms(self, term: str) -> list[Way]:
        """Return the English forms of a word that cases have, or the dictionary."""
        found: list[Way] = []
        if term in ROOTS:
            return found
        for other in english_forms(term):
            if other in self.vocabulary and other not in ROOTS:
                found += self._through(other, _FORM, How.FORM)
        return found

    def _named(self, term: str) -> list[Way]:
        """Return the other names of an interface that cases have, and the addresses of a range."""
        found = [Way((one,), _FORM, How.SPLIT) for one in other_names(term)]
        if begin := range_of(term):
            found += [Way((one,), _FORM, How.BEGUN) for one in self.vocabulary.begun(begin)]
        return [way for way in found if self._is_there(way.terms)]

    def _boned(self, word: str) -> list[str]:
        """Return what a word without its vowels may be, the commonest in the archive."""
        known = self.vocabulary.boned(word)
        return sorted(known, key=lambda one: (-self.postings.count(one), one))[:_MOST_BONED]

    def _through(self, other: str, share: float, how: How) -> list[Way]:
        own = (other,) if self.postings.count(other) else ()
        phrase = own or self.dictionary.words.get(other) or tuple(terms(other))
        return (
            [replace(way, meant=other) for way in self._ways(phrase, share, how)] if phrase else []
        )

    def _is_there(self, phrase: Phrase) -> bool:
        return all(self.postings.count(term) for term in phrase)


def _otherwise(way: Way) -> Way:
    return replace(way, weight=way.weight * _SPLIT, how=How.SPLIT) if way.how is How.ITSELF else way


def _best(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return the ways, each once, the weightiest first."""
    best: dict[Phrase, Way] = {}
    for way in ways:
        if way.terms not in best or best[way.terms].weight < way.weight:
            best[way.terms] = way
    return tuple(sorted(best.values(), key=lambda way: (-way.weight, way.terms))[:_MOST_WAYS])
