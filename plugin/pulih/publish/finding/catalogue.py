"""The list that a search begins with: every case by number, and by what it can be sifted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pulih.domain.article import Article
from pulih.domain.records import Names
from pulih.publish import addresses
from pulih.publish.finding.packing import gaps, numbers, script
from pulih.publish.finding.segments import Segment
from pulih.publish.literal import one_line
from pulih.publish.naming import kind_label


class Listed(NamedTuple):
    """A segment with the mark that its parts carry, and how many they are."""

    segment: Segment
    mark: str
    parts: int


class _Facet(NamedTuple):
    """Something that cases are sifted by: its identifier and what it is called."""

    key: Callable[[Article], str]
    name: Callable[[Article], str]


def facets(names: Names) -> Mapping[str, _Facet]:
    """Return what cases are sifted by besides the year; a name is today's, else the newest case's word."""
    return {
        "opd": _Facet(
            lambda a: a.agency,
            lambda a: names.agencies.get(a.agency) or a.agency_name or a.agency,
        ),
        "perangkat": _Facet(addresses.kind_of, lambda a: kind_label(addresses.kind_of(a))),
        "gangguan": _Facet(
            lambda a: a.fault_type,
            lambda a: names.fault_types.get(a.fault_type) or a.fault_name or a.fault_type,
        ),
    }


def catalogue(listed: Sequence[Listed], names: Names, guides: str) -> str:
    """Return the list as a script.

    Args:
        guides: The mark of the hand-written pages' part; empty where there are none.
    """
    cases = [case.article for one in listed for _, case in one.segment.cases]
    by_age = sorted(cases, key=lambda article: (article.year, article.closed_at))
    columns: dict[str, list[int]] = {}
    told: dict[str, object] = {"panduan": guides}
    for label, facet in facets(names).items():
        keys = [facet.key(article) for article in cases]
        called = {facet.key(article): facet.name(article) for article in by_age}
        order = {key: n for n, key in enumerate(sorted(called))}
        told[label] = [[key, one_line(called[key]) or "–"] for key in order]
        columns[label] = [order[key] for key in keys]
    begin, rows = 0, []
    for one in listed:
        end = begin + len(one.segment.cases)
        rows.append([*_segment(one), *(numbers(column[begin:end]) for column in columns.values())])
        begin = end
    return script("daftar", told | {"segmen": rows})


def _segment(one: Listed) -> list[object]:
    places = [place for place, _ in one.segment.cases]
    # Two odd numbers may share a place: told apart by their order, the gap is then one less than none.
    seqs = [place.seq + n for n, place in enumerate(places)]
    odd = [[n, one_line(place.number)] for n, place in enumerate(places) if not place.regular]
    return [one.segment.name, one.mark, one.parts, one.segment.year, gaps(seqs), odd]
