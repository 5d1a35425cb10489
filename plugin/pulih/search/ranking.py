"""What the words of a query make of an archive. The same cases and the same query, the same scores, wherever kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pulih.search.asking import Asked, Way
from pulih.search.postings import Postings

_MOST_LEADING = 8  # words that bring cases in, the rarest of a query
_SHARE_TOO_COMMON = 0.2
_SMALL = 500  # cases in an archive where every word may bring cases in
_MOST_READ = 40_000  # entries of postings that are read for candidates
_TOP = 1.3  # times its own rarity that a word may say by a synonym
_MOST_WEIGHED = 200  # candidates that all words of a query are weighed on


def score(postings: Postings, asked: Sequence[Asked]) -> dict[int, float]:
    """Return row -> score for the cases that say anything of what is asked."""
    counts = {one.word: sum(_count(postings, way) for way in one.ways) for one in asked}
    rarest = sorted(asked, key=lambda one: (counts[one.word], one.word))
    leading = _leading(postings, rarest, counts)
    scores: dict[int, float] = {}
    for one in leading:
        for row, says in gains(postings, one).items():
            scores[row] = scores.get(row, 0.0) + says
    rest = rarest[len(leading) :]
    if rest and scores:
        best = sorted(scores, key=lambda row: (-scores[row], row))[:_MOST_WEIGHED]
        for row in best:
            scores[row] += sum(gain_at(postings, one, row)[0] for one in rest)
    return scores


def gains(postings: Postings, one: Asked) -> dict[int, float]:
    """Return row -> what a word of a query says there, by the best of its ways."""
    found: dict[int, float] = {}
    top = _top(postings, one)
    for way in one.ways:
        first, *others = way.terms
        rarity = way.weight * min(top, postings.rarity(first)) / len(way.terms)
        if not others:
            for row, weight in postings.of(first).pairs():
                says = rarity * weight
                if says > found.get(row, 0.0):
                    found[row] = says
        else:
            for row, says in _together(postings, way, top).items():
                if says > found.get(row, 0.0):
                    found[row] = says
    return found


def gain_at(postings: Postings, one: Asked, row: int) -> tuple[float, Way | None]:
    """Return what a word says of one case, and by which of its ways."""
    top, best, by = _top(postings, one), 0.0, None
    for way in one.ways:
        weights = [postings.of(term).at(row) for term in way.terms]
        if all(weights):
            says = _said(postings, way, weights, top)
            if says > best:
                best, by = says, way
    return best, by


def _top(postings: Postings, one: Asked) -> float:
    """Return the most that one of its words may say: a rare synonym of a common word is no rare word."""
    first = one.ways[0]
    return _TOP * max(postings.rarity(term) for term in first.terms)


def _together(postings: Postings, way: Way, top: float) -> Mapping[int, float]:
    rarest = min(way.terms, key=postings.count)
    found = {}
    for row in postings.of(rarest).rows:
        weights = [postings.of(term).at(row) for term in way.terms]
        if all(weights):
            found[row] = _said(postings, way, weights, top)
    return found


def _said(postings: Postings, way: Way, weights: Sequence[int], top: float) -> float:
    pairs = zip(way.terms, weights, strict=True)
    says = sum(min(top, postings.rarity(term)) * weight for term, weight in pairs)
    return way.weight * says / len(way.terms)


def _count(postings: Postings, way: Way) -> int:
    return min(postings.count(term) for term in way.terms)


def _leading(
    postings: Postings, rarest: Sequence[Asked], counts: Mapping[str, int]
) -> Sequence[Asked]:
    if postings.cases <= _SMALL:
        return rarest
    read, many = 0, 0
    for many, one in enumerate(rarest[:_MOST_LEADING]):
        common = counts[one.word] > _SHARE_TOO_COMMON * postings.cases
        read += counts[one.word]
        if many and (common or read > _MOST_READ):
            return rarest[:many]
    return rarest[: many + 1]
