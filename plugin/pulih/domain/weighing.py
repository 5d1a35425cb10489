"""How much each term says of a case: BM25F over its fields, with lengths that do not depend on the archive.

So what a case weighs never changes when others come, and may be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pulih.domain.article import Article
from pulih.domain.search import Entry
from pulih.domain.words import terms

VERSION = 3  # of how cases are weighed; what was kept with another is weighed anew
FULL = 255
_SATURATION = 1.8
_LENGTHS = 0.7  # how much a longer text's words say less


class Field(NamedTuple):
    """A part of a case: what one mention in it counts, and how many terms it usually has."""

    weight: float
    usual: float


_TITLE, _SYMPTOM, _CAUSE = Field(6.0, 5), Field(2.2, 25), Field(3.0, 14)
_ACTIONS, _THING, _REST = Field(1.0, 30), Field(2.2, 4), Field(0.8, 20)

Weights = Mapping[str, int]


def weigh(article: Article) -> Weights:
    """Return what each term of a case says, from 1 to 255."""
    counted: dict[str, float] = {}
    for field, texts in _fields(article):
        found = [term for text in texts for term in terms(text)]
        longer = max(1.0, len(found) / field.usual)
        share = field.weight / (1 - _LENGTHS + _LENGTHS * longer)
        for term in found:
            counted[term] = counted.get(term, 0.0) + share
    return {
        term: max(1, round(FULL * count / (_SATURATION + count))) for term, count in counted.items()
    }


def entry_of(article: Article, *, seq: int = 0, seal: str = "") -> Entry:
    """Return what is kept of a case for the index."""
    return Entry(
        seq=seq,
        seal=seal,
        number=article.number,
        agency=article.agency,
        site=article.site,
        device=article.device,
        device_kind=article.device_kind,
        device_make=article.device_make,
        fault_type=article.fault_type,
        fault_name=article.fault_name,
        year=article.year,
        solution_class=article.solution_class,
        closed_at=article.closed_at.isoformat(),
        weights=weigh(article),
        reported=article.reported.isoformat(),
        resolved=article.resolved.isoformat(),
        recurrence_of=article.recurrence_of,
    )


def _fields(article: Article) -> Iterable[tuple[Field, Iterable[str]]]:
    readings = (f"{r.what} {r.value} {r.note}" for r in (*article.checks, *article.tests))
    yield _TITLE, (article.title,)
    yield _SYMPTOM, (article.symptom, article.observed)
    yield _CAUSE, (article.cause, article.fault_name)
    yield _ACTIONS, (article.actions, article.remote, article.on_site)
    yield _THING, (article.device_make, article.device_kind.replace("-", " "), article.installed)
    yield (
        _REST,
        (
            article.number, article.agency_name, article.site, article.place, article.location,
            article.settings, article.result, article.prevention, *readings,
        ),
    )  # fmt: skip
