"""Past cases by words and by context, with the reasons for each."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from math import log2
from threading import Lock

from pulih.domain.article import Article
from pulih.domain.search import Found, Match, Query
from pulih.search.context import has_context, in_common
from pulih.search.shelf import Hits, Shelf, Weights, weigh
from pulih.wording import Sentence, sentence

FACETS = ("agency", "device_kind", "fault_type", "year", "solution_class")
_ONLY = frozenset({*FACETS, "device", "device_make", "site"})

_MOST_KEPT = 20_000
_MOST_SHOWN = 6
_WORDS_AT_MOST = 12.0  # what words alone can weigh, against the bonuses in `context`
_HALF = 30.0  # the score of words that gets half of it: about two rare words in title or symptom
_HELPED_AT_MOST = (
    0.05  # of the score: orders cases that are about as good, and never buries a better one
)
_HELPED_ENOUGH = 5  # doublings of the count

Key = tuple[str, int]


class WordIndex:
    """Scans the archive in memory.

    A case is recognised by number and version; its words are kept from call to call, and so is the last archive.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Key, Weights] = OrderedDict()
        self._last: tuple[list[Key], Shelf] = ([], Shelf([]))

    def find(self, query: Query, articles: Sequence[Article], helped: Mapping[str, int]) -> Found:
        """Return the best matches; with no words and no context, the newest. Never raises on odd words.

        What matches neither a word nor the context is no match. Facets count all matches, not only this page.
        """
        asked = bool(query.words.strip())
        hits = self._shelf(articles).find(query.words) if asked else Hits()
        everything = not asked and not has_context(query)
        matches = [
            (score, article.closed_at, article.number, row)
            for row, article in enumerate(articles)
            if article.number not in query.leave_out and _fits(query, article)
            for score in [_score(query, article, hits.scores.get(row, 0.0), helped)]
            if everything or score > 0
        ]
        matches.sort(reverse=True)
        start = max(query.start, 0)
        page = tuple(
            Match(articles[row], score, _reasons(query, articles[row], hits.words(row), helped))
            for score, _closed, _number, row in matches[start : start + max(query.most, 0)]
        )
        return Found(page, len(matches), _facets([articles[row] for *_, row in matches]))

    def _shelf(self, articles: Sequence[Article]) -> Shelf:
        keys = [(article.number, article.version) for article in articles]
        with self._lock:
            if self._last[0] != keys:
                archive = [self._words(*pair) for pair in zip(keys, articles, strict=True)]
                self._last = (keys, Shelf(archive))
            return self._last[1]

    def _words(self, key: Key, article: Article) -> Weights:
        if key not in self._kept:
            self._kept[key] = weigh(article)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]


def _fits(query: Query, article: Article) -> bool:
    """Tell whether a case passes the filters: one of the values of each attribute. Unknown attributes do not filter."""
    wanted: dict[str, set[str]] = {}
    for name, value in query.only:
        if name in _ONLY:
            wanted.setdefault(name, set()).add(value)
    return all(str(getattr(article, name)) in values for name, values in wanted.items())


def _score(query: Query, article: Article, words: float, helped: Mapping[str, int]) -> float:
    score = _WORDS_AT_MOST * words / (words + _HALF)
    score += sum(bonus for bonus, _reason in in_common(query, article))
    doublings = log2(1 + max(helped.get(article.number, 0), 0))
    return score * (1 + _HELPED_AT_MOST * min(1.0, doublings / _HELPED_ENOUGH))


def _reasons(
    query: Query, article: Article, words: Sequence[str], helped: Mapping[str, int]
) -> tuple[Sentence, ...]:
    reasons = [reason for _bonus, reason in in_common(query, article)]
    if words:
        reasons.append(sentence("Kata yang cocok: {words}", words=words[:_MOST_SHOWN]))
    if (count := helped.get(article.number, 0)) > 0:
        reasons.append(sentence("Dipakai {count} kali", count=count))
    return tuple(reasons)


def _facets(articles: Sequence[Article]) -> dict[str, tuple[tuple[str, int], ...]]:
    counts = {name: Counter(str(getattr(a, name)) for a in articles) for name in FACETS}
    return {
        name: tuple(sorted(((v, n) for v, n in count.items() if v), key=lambda c: (-c[1], c[0])))
        for name, count in counts.items()
    }
