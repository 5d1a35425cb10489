"""What the words of a query make of an archive. The same cases and the same query, the same scores, wherever kept.

What is read is bounded, however large the archive: the rarest words bring cases in, the others only weigh on those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulih.search.asking import Asked, Way
from pulih.search.postings import Posting, Postings

_MOST_LEADING = 8  # words that bring cases in, the rarest of a query
_SHARE_TOO_COMMON = 0.2
_SMALL = 500  # cases in an archive where every word may bring cases in
_MOST_READ = 10_000  # entries of postings that are read for candidates
_TOP = 1.3  # times its own rarity that a word may say by a synonym
_MOST_WEIGHED = 40  # candidates that the other words of a query are weighed on
_MOST_WEIGHING = 16  # of the other words
_MOST_LINES = 5  # ways of each of them


@dataclass(frozen=True, slots=True)
class Line:
    """A way, ready to be weighed: what one unit of weight in each of its postings says."""

    way: Way
    parts: tuple[tuple[float, Posting], ...]

    def at(self, row: int) -> float:
        """Return what it says of one case; 0 where one of its terms is missing."""
        says = 0.0
        for share, posting in self.parts:
            weight = posting.at(row)
            if not weight:
                return 0.0
            says += share * weight
        return says


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word of a query with its ways, ready to be weighed, and how many entries they have."""

    asked: Asked
    lines: tuple[Line, ...]
    size: int

    def at(self, row: int) -> tuple[float, Way | None]:
        """Return what the word says of one case, and by which of its ways."""
        best, by = 0.0, None
        for line in self.lines[:_MOST_LINES]:
            says = line.at(row)
            if says > best:
                best, by = says, line.way
        return best, by


def weighed(postings: Postings, asked: Sequence[Asked]) -> list[Weighed]:
    """Return the words of a query ready to be weighed, the rarest first."""
    ready = [_weighed(postings, one) for one in asked]
    return sorted(ready, key=lambda one: (one.size, one.asked.word))


def score(postings: Postings, words: Sequence[Weighed]) -> dict[int, float]:
    """Return row -> score for the cases that the leading words bring in; the best of them by all words."""
    leading = _leading(postings, words)
    scores: dict[int, float] = {}
    left = _MOST_READ
    for one in leading:
        found, read = _gains(one, left)
        left = max(0, left - read)
        for row, says in found.items():
            scores[row] = scores.get(row, 0.0) + says
    rest = words[len(leading) :][:_MOST_WEIGHING]
    for row in best_rows(scores)[:_MOST_WEIGHED] if rest else ():
        scores[row] += sum(one.at(row)[0] for one in rest)
    return scores


def best_rows(scores: dict[int, float]) -> list[int]:
    """Return the rows, the best first; among equals those that came last."""
    rows = list(scores)
    rows.reverse()
    rows.sort(key=scores.__getitem__, reverse=True)
    return rows


def _weighed(postings: Postings, one: Asked) -> Weighed:
    top = _TOP * max(postings.rarity(term) for term in one.ways[0].terms)
    lines = []
    for way in one.ways:
        share = way.weight / len(way.terms)
        rarities = ((min(top, postings.rarity(term)), postings.of(term)) for term in way.terms)
        lines.append(Line(way, tuple((share * rarity, posting) for rarity, posting in rarities)))
    return Weighed(one, tuple(lines), sum(_size(line) for line in lines))


def _gains(one: Weighed, most: int) -> tuple[dict[int, float], int]:
    """Return row -> what a word says there, and how much was read: the weightiest ways, the latest cases."""
    found: dict[int, float] = {}
    read = 0
    for line in one.lines:
        if read >= most and read:
            break
        share, posting = min(line.parts, key=lambda part: len(part[1].rows))
        begin = max(0, len(posting.rows) - max(most - read, 1))
        read += len(posting.rows) - begin
        rows = posting.rows[begin:]
        if len(line.parts) == 1:
            pairs = zip(rows, (share * w for w in posting.weights[begin:]), strict=True)
        else:
            pairs = zip(rows, map(line.at, rows), strict=True)
        if found:
            for row, says in pairs:
                if says > found.get(row, 0.0):
                    found[row] = says
        else:
            found = {row: says for row, says in pairs if says}
    return found, read


def _leading(postings: Postings, words: Sequence[Weighed]) -> Sequence[Weighed]:
    if postings.cases <= _SMALL:
        return words
    read, many = 0, 0
    for one in words[:_MOST_LEADING]:
        common = one.size > _SHARE_TOO_COMMON * postings.cases
        if many and (common or read > _MOST_READ):
            break
        read += one.size
        many += 1
    return words[:many]


def _size(line: Line) -> int:
    return min(len(posting.rows) for _share, posting in line.parts)
