"""Which cases share a part of the index. A function of the cases alone, never of the order in which they came.

A case stands in the year of its number, in blocks of consecutive numbers. A year's latest numbers are a segment of
their own, small enough to be one file: a case that was just closed changes that, not the large ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

from pulih.domain.edition import Case

_BLOCK = 2048  # numbers of a segment
_STEP = 64  # the latest numbers: from one to two steps
CHUNK = 4  # numbers whose texts share a file

_NUMBER = re.compile(r"[0-9]{1,9}")


class Place(NamedTuple):
    """Where a case stands among those of its year; `regular` when year and sequence tell its number."""

    year: int
    seq: int
    number: str
    regular: bool = True


class Segment(NamedTuple):
    """Cases whose words are kept together, in the order of their numbers."""

    name: str
    year: int
    latest: bool
    cases: tuple[tuple[Place, Case], ...]


@lru_cache(maxsize=1 << 15)
def place_of(number: str, year: int) -> Place:
    """Return where a case stands; one with an odd number somewhere in its year's first block."""
    begin, _, rest = number.partition("-")
    if begin == str(year) and _NUMBER.fullmatch(rest):
        return Place(year, int(rest), number, regular=f"{int(rest):04d}" == rest)
    seq = crc32(number.encode("utf-8", "surrogatepass")) % _BLOCK
    return Place(year, seq, number, regular=False)


def segments(cases: Iterable[Case]) -> list[Segment]:
    """Return the segments, the oldest first."""
    placed = sorted(
        ((place_of(case.article.number, case.article.year), case) for case in cases),
        key=itemgetter(0),
    )
    tails = _tails([place for place, _ in placed])
    found: dict[tuple[int, bool, int], list[tuple[Place, Case]]] = defaultdict(list)
    for place, case in placed:
        latest = place.seq >= tails.get(place.year, place.seq + 1)
        found[place.year, latest, 0 if latest else place.seq // _BLOCK].append((place, case))
    return [
        Segment(f"{year}-baru" if latest else f"{year}-{block}", year, latest, tuple(members))
        for (year, latest, block), members in sorted(found.items(), key=itemgetter(0))
    ]


def _tails(places: Iterable[Place]) -> Mapping[int, int]:
    """Return where the latest numbers begin: in the newest year, and in the one before while that is young."""
    newest: dict[int, int] = {}
    for place in places:
        if place.regular:
            newest[place.year] = max(place.seq, newest.get(place.year, 0))
    last = max(newest, default=0)
    years = (last, last - 1) if newest.get(last, 0) < _STEP else (last,)
    return {y: max(newest[y] // _STEP - 1, 0) * _STEP for y in years if y in newest}
