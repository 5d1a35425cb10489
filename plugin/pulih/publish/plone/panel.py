"""The facts of a case as a table: who, what, when, and where they lead. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pulih.domain import sop
from pulih.domain.article import Article
from pulih.domain.edition import Case
from pulih.publish import addresses
from pulih.publish.literal import day
from pulih.publish.naming import model_name
from pulih.publish.plone.atlas import DEVICES, FAULTS, Atlas, kind_word
from pulih.publish.plone.tables import facts
from pulih.publish.plone.typed import line, words

_MOST = 6  # links in a row
_CLASSES = {
    choice.id: choice.label
    for fact in sop.STAGES["report"].facts
    if fact.name == "solution_class"
    for choice in fact.choices
}


@dataclass(frozen=True, slots=True)
class Ties:
    """What a case has to do with others.

    Attributes:
        here: The path of its page below the root.
        came_from: Numbers of the cases that it came back from, newest first.
        came_back: Numbers of the cases that came back from it.
    """

    atlas: Atlas
    here: str
    came_from: Sequence[str] = ()
    came_back: Sequence[str] = ()

    def to(self, path: str, shown: str) -> str:
        """Return a link to a page below the root; `shown` is HTML."""
        return f'<a href="{addresses.relative(self.here, path)}">{shown}</a>'

    def leads_to(self, case: Case) -> list[str]:
        """Return all that the page says of other pages: of other words or another place there, it is another page."""
        article = case.article
        kind, make = addresses.kind_of(article), model_name(article)
        told = [self.atlas.kinds[kind], self.atlas.faults[article.fault_type]]
        if make:
            told.append(self.atlas.models[addresses.model(kind, make)])
        for number in (*article.related, *case.helped, *self.came_from, "", *self.came_back):
            spot = self.atlas.cases.get(number)
            told.append(number)
            if spot:
                told += (addresses.relative(self.here, spot.path), spot.title)
        return told

    def case(self, number: str, *, short: bool = False) -> str:
        """Return a link to a case, or its number where it has no page here."""
        spot, shown = self.atlas.cases.get(number), words(number)
        if spot is None:
            return shown
        if short:
            return self.to(spot.path, shown)
        return f"{self.to(spot.path, words(spot.title))} ({shown})"


def panel(case: Case, ties: Ties) -> str:
    """Return the table. What is not known has no row."""
    article = case.article
    fault = ties.atlas.faults[article.fault_type]
    helped = f"{len(case.helped)} tiket: {_numbers(case.helped[::-1], ties)}" if case.helped else ""
    return facts(
        {
            "Nomor": words(article.number),
            # Not by the folder's name: that changes with the agency's.
            "OPD": f'<a href="./">{words(article.agency_name) or words(article.agency)}</a>',
            "Tempat": _joined(dict.fromkeys((article.place, article.site))),
            "Perangkat": " · ".join(_device(article, ties)),
            "Gangguan": ties.to(
                f"{FAULTS}/{fault}", words(article.fault_name) or words(article.fault_type)
            ),
            "Titik": line(article.location),
            "Dilaporkan": day(article.reported),
            "Selesai": day(article.resolved),
            "Lama kerja": f"{article.working_hours:.1f} jam kerja".replace(".", ","),
            "Penyelesaian": line(_CLASSES.get(article.solution_class, article.solution_class)),
            "Kambuh dari": _numbers(ties.came_from, ties),
            "Kambuh lagi": _numbers(ties.came_back, ties),
            "Membantu": helped,
        }
    )


def _device(article: Article, ties: Ties) -> Iterator[str]:
    kind, model = addresses.kind_of(article), model_name(article)
    yield ties.to(f"{DEVICES}/{ties.atlas.kinds[kind]}", words(kind_word(kind)))
    if model:
        there = ties.atlas.models[addresses.model(kind, model)]
        yield ties.to(f"{DEVICES}/{there}", words(model))


def _numbers(numbers: Sequence[str], ties: Ties) -> str:
    links = [ties.case(number, short=True) for number in numbers[:_MOST]]
    more = len(numbers) - _MOST
    return ", ".join(links) + (f", dan {more} lagi" if more > 0 else "")


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(filter(None, map(line, texts)))
