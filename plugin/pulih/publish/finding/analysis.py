"""What of a case is found by which word, and how much the place where it stands weighs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

from pulih.domain.edition import Case
from pulih.domain.words import terms

_MOST_KEPT = 20_000

REST, STORY, SYMPTOM, TITLE = range(4)


class Words(NamedTuple):
    """The terms of a text, each once, and the weight of each: 0 to 3."""

    terms: tuple[str, ...]
    weights: bytes


def weighed(places: Mapping[int, str]) -> Words:
    """Return the words of a text; each weighs as much as the best place where it stands.

    Args:
        places: Weight -> what stands at a place of such weight.
    """
    found: dict[str, int] = {}
    for weight in sorted(places):
        found.update(dict.fromkeys(terms(places[weight]), weight))
    return Words(tuple(found), bytes(found.values()))


def words_of(case: Case) -> Words:
    """Return the words of a case; its own number is not among them."""
    one = case.article
    readings = (f"{r.what} {r.value} {r.note}" for r in (*one.checks, *one.tests))
    rest = (
        one.agency_name, one.site, one.place, one.device_kind, one.device_make, one.location,
        one.installed, one.settings, one.result, one.prevention, one.recurrence_of, *readings,
        *(note.text for note in case.notes), *(picture.caption for picture in case.pictures),
    )  # fmt: skip
    return weighed(
        {
            REST: "\n".join(rest),
            STORY: f"{one.cause}\n{one.actions}\n{one.remote}\n{one.on_site}",
            SYMPTOM: f"{one.symptom}\n{one.observed}\n{one.fault_name}",
            TITLE: one.title,
        }
    )


class Analyses:
    """The words of cases as they were last told apart, by the digest of the case: telling them apart takes longest."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Words] = OrderedDict()

    def words(self, case: Case, digest: str) -> Words:
        """Return the words of a case."""
        found = self._kept.get(digest)
        if found is None:
            found = self._kept[digest] = words_of(case)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found
