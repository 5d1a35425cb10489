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
_MOST_READ = 6000  # entries of postings that are read for candidates
_MOST_READ_SMALL = 10_000  # … in a small archive
_DENSER = 8  # times as many cases: looking each up is then quicker than reading them all
_TOP = 1.6  # times its own rarity that a word may say by a synonym
_MOST_WEIGHED = 40  # candidates that the other words of a query are weighed on
_MOST_WEIGHING = 16  # of the other words
_MOST_LINES = 5  # ways of each of them
_FEW = 500  # rows that are sorted at once
_NEAR_BEST = 0.7  # of the best score


@dataclass(frozen=True, slots=True)
class Line:
    """A way, ready to be weighed: what one unit of weight in each of its postings says."""

    way: Way
    parts: tuple[tuple[float, Posting], ...]

    def at(self, row: int) -> float:
        """Return what it says of one case; 0 where one of its terms is missing."""
        if len(self.parts) == 1:
            share, posting = self.parts[0]
            return share * posting.at(row)
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
    left = _MOST_READ if postings.cases > _SMALL else _MOST_READ_SMALL
    for one in leading:
        found, read = _gains(one, left)
        left = max(0, left - read)
        for row in found.keys() & scores.keys():
            found[row] += scores[row]
        scores |= found
    rest = words[len(leading) :][:_MOST_WEIGHING]
    for row in best_rows(scores, _MOST_WEIGHED) if rest else ():
        scores[row] += sum(one.at(row)[0] for one in rest)
    return scores


def best_rows(scores: dict[int, float], most: int | None = None) -> list[int]:
    """Return the rows, the best first; among equals those that came last."""
    rows = list(scores)
    if most is not None and len(rows) > _FEW:  # few are near the best: sorting those is enough
        bar = _NEAR_BEST * max(scores.values())
        near = [row for row, says in scores.items() if says >= bar]
        rows = near if len(near) >= most else rows
    rows.reverse()
    rows.sort(key=scores.__getitem__, reverse=True)
    return rows[:most]


def _weighed(postings: Postings, one: Asked) -> Weighed:
    top = _TOP * max(postings.rarity(term) for term in one.ways[0].terms)
    lines = []
    for way in one.ways:
        share = one.share * way.weight / len(way.terms)
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
        gains, more = _together(line, max(most - read, 1))
        read += more
        for row in gains.keys() & found.keys():
            gains[row] = max(gains[row], found[row])
        found |= gains
    return found, read


def _together(line: Line, most: int) -> tuple[dict[int, float], int]:
    """Return row -> what a way says there, for the latest cases that have all of its terms, and how much was read."""
    (share, posting), *others = sorted(line.parts, key=lambda part: len(part[1]))
    begin = max(0, len(posting) - most)
    found = posting.gains(share, begin)
    read = len(found)
    for share, other in others:
        from_here = other.place(next(iter(found), 0))
        if len(other) - from_here > _DENSER * len(found):
            read += len(found)
            found = {row: x + share * w for row, x in found.items() if (w := other.at(row))}
        else:
            gains = other.gains(share, from_here)
            read += len(gains)
            found = {row: x + gains[row] for row, x in found.items() if row in gains}
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
    return min(len(posting) for _share, posting in line.parts)
