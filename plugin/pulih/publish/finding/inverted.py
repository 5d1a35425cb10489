"""From cases to words: the files of a segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from pulih.publish.finding.analysis import Words
from pulih.publish.finding.packing import bucket, number, script

_WEIGHTS = 4
# Cases -> parts: a part is a few kilobytes, so that a word costs little to look up and a segment few files.
_PARTS = ((128, 4), (512, 16), (1536, 64))
_MOST_PARTS = 128


def parts_for(cases: int) -> int:
    """Return in how many parts the words of so many cases are kept."""
    return next((parts for most, parts in _PARTS if cases <= most), _MOST_PARTS)


def inverted(texts: Iterable[Words]) -> dict[str, str]:
    """Return the terms of texts in their order, and in letters which texts have them with which weight."""
    rows: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for row, (terms, weights) in enumerate(texts):
        for term, weight in zip(terms, weights, strict=True):
            code = (row - last.get(term, -1) - 1) * _WEIGHTS + weight
            last[term] = row
            if term in rows:
                rows[term].append(code)
            else:
                rows[term] = [code]
    return {term: "".join(map(number, rows[term])) for term in sorted(rows)}


class Inverted:
    """The words of a segment, made when its first part is asked for.

    Args:
        name, mark: The segment's; a reader knows by the mark whether a part belongs to the list that it has.
        texts: In the order of the segment.
    """

    def __init__(self, name: str, mark: str, texts: Iterable[Words], parts: int) -> None:
        self._name, self._mark, self._texts, self._count = name, mark, texts, parts

    @cached_property
    def _parts(self) -> Sequence[str]:
        parts: list[tuple[list[str], list[str]]] = [([], []) for _ in range(self._count)]
        for term, rows in inverted(self._texts).items():
            terms, found = parts[bucket(term, self._count)]
            terms.append(term)
            found.append(rows)
        self._texts = ()
        return [
            script("isi", self._name, self._mark, k, " ".join(terms), " ".join(found))
            for k, (terms, found) in enumerate(parts)
        ]

    def part(self, k: int) -> str:
        """Return a part as a script."""
        return self._parts[k]
