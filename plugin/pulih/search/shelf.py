"""The archive, ready to be searched: which case has which word, and how much that word says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from math import log

from pulih.domain.article import Article
from pulih.search.words import continues, may_continue, stems, words

_MOST_WORDS = 64  # of a query: the rarest say the most, and a pasted letter has hundreds
_MOST_LONGER = 64
_LIKE = 0.6  # an inflected word counts less than the word itself

Weights = Mapping[str, float]


Rows = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Hits:
    """What the words of a query say of an archive.

    Attributes:
        scores: Row -> how much; only cases with a word of the query are there.
        asked: The words of the query that are somewhere, the rarest first, and the rows that have them.
    """

    scores: Rows = field(default_factory=dict)
    asked: tuple[tuple[str, Rows], ...] = ()

    def words(self, row: int) -> list[str]:
        """Return the words of the query that a case has, the rarest first."""
        return [word for word, rows in self.asked if row in rows]


def weigh(article: Article) -> Weights:
    """Return the words of a case; a word counts by the best place where it stands."""
    places = {
        1: [
            article.number, article.agency_name, article.site, article.place, article.device_make,
            article.fault_name, article.location, article.installed, article.settings,
            article.result, article.prevention,
            *(f"{r.what} {r.value} {r.note}" for r in (*article.checks, *article.tests)),
        ],
        2: [article.cause, article.actions, article.remote, article.on_site],
        3: [article.symptom, article.observed],
        4: [article.title],
    }  # fmt: skip
    return {
        word: float(weight)
        for weight, texts in places.items()
        for text in texts
        for word in words(text)
    }


class Shelf:
    """An archive that does not change.

    Args:
        archive: The words of each case, as `weigh` gives them.
    """

    def __init__(self, archive: Sequence[Weights]) -> None:
        self._rows: dict[str, dict[int, float]] = {}
        for row, weights in enumerate(archive):
            for word, weight in weights.items():
                self._rows.setdefault(word, {})[row] = weight
        self._size = len(archive)
        self._sorted = sorted(self._rows)

    def find(self, text: str) -> Hits:
        """Return the cases that have words of `text`."""
        asked = sorted(self._asked(text), key=lambda one: (len(one[1]), one[0]))[:_MOST_WORDS]
        scores: dict[int, float] = {}
        for _word, rows in asked:
            rarity = log(1 + self._size / len(rows))
            for row, weight in rows.items():
                scores[row] = scores.get(row, 0.0) + rarity * weight
        return Hits(scores, tuple(asked))

    def _asked(self, text: str) -> Iterator[tuple[str, Rows]]:
        for word in dict.fromkeys(words(text)):
            rows = self._rows.get(word, {})
            like = list(self._like(word))
            if like:
                rows = dict(rows)
            for other in like:
                for row, weight in self._rows[other].items():
                    rows[row] = max(rows.get(row, 0.0), weight * _LIKE)
            if rows:
                yield word, rows

    def _like(self, word: str) -> Iterator[str]:
        yield from (stem for stem in stems(word) if stem in self._rows)
        if may_continue(word):
            begin = bisect_left(self._sorted, word)
            after = islice(self._sorted, begin, begin + _MOST_LONGER)
            for other in takewhile(lambda other: other.startswith(word), after):
                if other != word and continues(other, word):
                    yield other
