"""The archive, ready to be searched: which case has which word, and how much that word says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from math import log

from pulih.domain.article import Article
from pulih.search.words import continues, may_continue, stems, words

_MOST_WORDS = 64  # of a query: the rarest say the most, and a pasted letter has hundreds
_MOST_LONGER = 64
_LIKE = 0.6  # an inflected word counts less than the word itself

Weights = Mapping[str, float]


@dataclass(slots=True)
class Hit:
    """What the words of a query say of a case: how much, and which words of the query it has, the rarest first."""

    score: float = 0.0
    words: list[str] = field(default_factory=list)


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
        3: [article.symptom],
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

    def find(self, text: str) -> dict[int, Hit]:
        """Return the cases that have words of `text`, by their row in the archive."""
        asked = [(self._rarity(rows), word, rows) for word, rows in self._asked(text)]
        asked.sort(key=lambda one: (-one[0], one[1]))
        hits: dict[int, Hit] = {}
        for rarity, word, rows in asked[:_MOST_WORDS]:
            for row, weight in rows.items():
                hit = hits.setdefault(row, Hit())
                hit.score += rarity * weight
                hit.words.append(word)
        return hits

    def _asked(self, text: str) -> Iterable[tuple[str, Mapping[int, float]]]:
        for word in dict.fromkeys(words(text)):
            rows = dict(self._rows.get(word, {}))
            for other in self._like(word):
                for row, weight in self._rows[other].items():
                    rows[row] = max(rows.get(row, 0.0), weight * _LIKE)
            if rows:
                yield word, rows

    def _like(self, word: str) -> Iterable[str]:
        yield from (stem for stem in stems(word) if stem in self._rows)
        if may_continue(word):
            begin = bisect_left(self._sorted, word)
            after = islice(self._sorted, begin, begin + _MOST_LONGER)
            for other in takewhile(lambda other: other.startswith(word), after):
                if other != word and continues(other, word):
                    yield other

    def _rarity(self, rows: Mapping[int, float]) -> float:
        return log(1 + self._size / len(rows))
