"""What a site of others may show of the office: an OPD's open tickets, its newest cases, and what a search finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pulih.domain.agency import Agency, Site
from pulih.domain.article import Article
from pulih.domain.door import Door
from pulih.domain.mask import Mask
from pulih.domain.records import TicketFilter
from pulih.domain.scrub import NONE, scrubbed
from pulih.domain.search import Query
from pulih.domain.ticket import Ticket, text
from pulih.ports import Records, Tools
from pulih.service.admitting import not_open
from pulih.service.audience import Circle, circle_of
from pulih.service.finding import FindingDesk
from pulih.service.published import PublishedDesk
from pulih.service.publishing import Binder
from pulih.service.work import OPEN

MOST = 10
_MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class OpenShown:
    """An open ticket; its subject as the door's audience may read it."""

    ticket: Ticket
    subject: str


@dataclass(frozen=True, slots=True)
class AgencyShown:
    """What an OPD's page shows.

    Attributes:
        open: The newest of its open tickets; `waiting` is how many there are.
        cases: The newest of its cases that are on the wiki.
        sites: Its places, for a letter to name one.
    """

    agency: Agency
    open: tuple[OpenShown, ...]
    waiting: int
    cases: tuple[Article, ...]
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class FoundShown:
    """What a search found: the best cases, and how many more fit."""

    words: str
    articles: tuple[Article, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ShowDesk:
    """Shows through a door what its audience may read, of the agencies that it is open to."""

    tools: Tools
    finding: FindingDesk

    def agencies(self, door: Door) -> tuple[Agency, ...]:
        """Return the agencies in use, by name."""
        with self.tools.store.reading() as records:
            return tuple(one for one in records.agencies.all() if door.allows(one.id))

    def agency(self, door: Door, key: str) -> AgencyShown:
        """Return what an OPD's page shows. Raises NotFound, NotAllowed where the door is not open to it."""
        with self.tools.store.reading() as records:
            agency = records.agencies.get(key)
            if not door.allows(agency.id):
                raise not_open(door)
            circle = circle_of(records, door.audience)
            wanted = TicketFilter(agency=agency.id, states=OPEN)
            page = records.tickets.list(wanted, size=MOST)
            return AgencyShown(
                agency=agency,
                open=tuple(_open(ticket, agency, circle) for ticket in page.items),
                waiting=page.total,
                cases=tuple(self._newest(records, door, agency)),
                sites=tuple(
                    replace(site, name=scrubbed(site.name, door.audience, house=circle.house))
                    for site in records.sites.all(agency.id)
                ),
            )

    def search(self, door: Door, words: str) -> FoundShown:
        """Return the cases on the wiki that fit, best first; without words, the newest."""
        tools = replace(self.tools, audience=door.audience)
        desk = PublishedDesk(tools, self.finding)
        query = Query(words=words[:_MOST_WORDS], most=MOST, counted=False)
        # A door that is open to some agencies asks for each by itself: the best of all are among the best of each.
        asked = [replace(query, only=(("agency", key),)) for key in door.agencies] or [query]
        answers = [desk.search(one) for one in asked]
        scores = {m.article.number: m.score for told in answers for m in told.found.matches}
        found = [article for told in answers for article in told.articles]
        found.sort(key=lambda one: (scores[one.number], one.closed_at), reverse=True)
        total = sum(told.found.total for told in answers)
        hidden = sum(len(told.found.matches) - len(told.articles) for told in answers)
        return FoundShown(query.words, tuple(found[:MOST]), max(0, total - hidden - MOST))

    def _newest(self, records: Records, door: Door, agency: Agency) -> Iterator[Article]:
        """Yield the newest cases of an agency as they stand on the wiki, for those who read through the door."""
        binder, now = Binder(self.tools.calendar, door.audience), self.tools.now()
        left = MOST
        articles = records.articles.find(agency=agency.id)
        for article in sorted(articles, key=lambda a: (a.closed_at, a.number), reverse=True):
            if not left:
                return
            if records.published.get(article.number) is None:
                continue
            if case := binder.case(records, article.number, now):
                left -= 1
                yield case.article


def _open(ticket: Ticket, agency: Agency, circle: Circle) -> OpenShown:
    """Return an open ticket as those outside may read it: its article will be masked in the same way."""
    choices = circle.choices.get(ticket.number, NONE)
    hide = Mask(ticket, agency, choices, circle.house, circle.audience)
    return OpenShown(ticket, hide(text(ticket.letter, "subject")))
