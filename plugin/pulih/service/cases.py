"""Closed tickets as knowledge: writing them down, publishing what is due, finding them again in step 5."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pulih.domain.article import Article, named_device
from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.records import Helped, Names, Published
from pulih.domain.scrub import scrubbed
from pulih.domain.search import Found, Query
from pulih.domain.ticket import Ticket, text
from pulih.errors import NotFound
from pulih.ports import Records, Tools
from pulih.service.tickets import visible

FIRST_STEP_WITH_CASES = 5


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """Finds past cases and keeps the wiki true to the closed tickets."""

    tools: Tools

    def search(self, by: Person, query: Query) -> Found:
        """Return the cases that fit. Raises NotAllowed for people outside the office."""
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            return self._find(records, query)

    def similar(self, by: Person, ticket: Ticket, *, words: str = "", most: int = 5) -> Found:
        """Return "Temuan serupa": the cases like this ticket, by OPD, device, fault type and words.

        Raises:
            NotAllowed: For people outside the office.
        """
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            return self._find(records, query_for(records, ticket, words=words, most=most))

    def _find(self, records: Records, query: Query) -> Found:
        helped = Counter(h.case for h in records.helped.find(helped=True))
        return self.tools.index.find(query, records.articles.find(), helped)

    def get(self, by: Person, number: str) -> Article:
        """Return a case. Raises NotFound."""
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            article = records.articles.get(number)
        if article is None:
            raise NotFound("Kasus {number} tidak ditemukan.", number=number)
        return article

    def mark(self, by: Person, number: str, case: str, *, helped: bool) -> None:
        """Record that a past case helped with a ticket ("dipakai") or did not. Saying it twice is the same as once.

        Raises:
            NotAllowed: The person is not of the network team.
            NotFound: There is no such ticket or case.
        """
        said = Helped(case, number, by.id, self.tools.now(), helped)

        def keep(records: Records) -> None:
            visible(records, by, number)
            require(by, Deed.MARK_HELPFUL)
            if records.articles.get(case) is None:
                raise NotFound("Kasus {number} tidak ditemukan.", number=case)
            records.helped.put(f"{number}:{case}", said)

        self.tools.store.write(keep)

    def unmark(self, by: Person, number: str, case: str) -> None:
        """Take a mark back. Raises as `mark`."""

        def forget(records: Records) -> None:
            visible(records, by, number)
            require(by, Deed.MARK_HELPFUL)
            records.helped.remove(f"{number}:{case}")

        self.tools.store.write(forget)

    def marks(self, by: Person, number: str) -> Mapping[str, bool]:
        """Return what was said of cases on a ticket: case number -> whether it helped."""
        with self.tools.store.reading() as records:
            visible(records, by, number)
            return {h.case: h.helped for h in records.helped.find(ticket=number)}

    def waiting(self) -> tuple[str, ...]:
        """Return the numbers of the cases whose page is not yet, or no longer, what it should be."""
        with self.tools.store.reading() as records:
            due = self._due(records.articles.find(), _by_number(records.published.find()))
        return tuple(article.number for article in due)

    def on_wiki(self, number: str) -> bool:
        """Tell whether a closed ticket's page is on the wiki as it should be."""
        with self.tools.store.reading() as records:
            article = records.articles.get(number)
            done = records.published.get(number)
        return (
            article is not None
            and self._is_current(article, done)
            and self.tools.publisher.has(article)  # the machine that published it may be another
        )

    def publish_due(self, *, anyway: bool = False) -> int:
        """Bring the wiki up to date; return how many pages were due.

        What is due is found by comparing, so that a crash loses nothing and a second call does nothing.

        Args:
            anyway: Build the site even when no page is due, as when the site's own files were lost; and compare the
                pages themselves, not only what they were made from.

        Raises:
            Unavailable: The site could not be built; the old one stays and the pages stay due.
        """
        with self.tools.publisher.turn():
            return self._publish(anyway=anyway)

    def publish_here(self) -> bool:
        """Bring this machine's wiki to what the office has published; tell whether it was behind.

        Of several machines of one office each serves a wiki of its own, but one of them publishes what is due.

        Raises:
            Unavailable: The site could not be built; the old one stays.
        """
        publisher = self.tools.publisher
        with publisher.turn():
            with self.tools.store.reading() as records:
                names = _names(records)
                stamp = self._stamp(records.published.find(), names)
                if publisher.stamp == stamp:
                    return False
                articles = records.articles.find()
            publisher.publish(articles, names, stamp)
        return True

    def _publish(self, *, anyway: bool) -> int:
        with self.tools.store.reading() as records:
            articles = records.articles.find()
            kept = _by_number(records.published.find())
            names = _names(records)
        due = self._due(articles, kept, anyway=anyway)
        done = _by_number([self._published(article) for article in due])
        if due or anyway:
            stamp = self._stamp({**kept, **done}.values(), names)
            self.tools.publisher.publish(articles, names, stamp)
        if due:

            def note(records: Records) -> None:
                for published in done.values():
                    records.published.put(published.number, published)

            self.tools.store.write(note)
        return len(due)

    def _due(
        self, articles: Sequence[Article], kept: Mapping[str, Published], *, anyway: bool = False
    ) -> list[Article]:
        return [a for a in articles if not self._is_current(a, kept.get(a.number), anyway=anyway)]

    def _stamp(self, published: Iterable[Published], names: Names) -> str:
        """Return a digest of what a wiki shows, and of what it is made with."""
        shown = sorted((p.number, p.version, p.publisher, p.digest) for p in published)
        called = [sorted(names.agencies.items()), sorted(names.fault_types.items())]
        told = json.dumps([self.tools.publisher.version, shown, called])
        return hashlib.sha256(told.encode()).hexdigest()

    def _is_current(
        self, article: Article, done: Published | None, *, anyway: bool = False
    ) -> bool:
        """Tell whether a page is what it should be. Only `anyway` is it rendered for that, which takes its time."""
        publisher = self.tools.publisher
        return (
            done is not None
            and (done.version, done.publisher) == (article.version, publisher.version)
            and not (anyway and done.digest != publisher.digest(article))
        )

    def _published(self, article: Article) -> Published:
        """Return the record of a page that is put on the wiki now."""
        publisher = self.tools.publisher
        return Published(
            number=article.number,
            version=article.version,
            digest=publisher.digest(article),
            at=self.tools.now(),
            publisher=publisher.version,
        )


def _by_number(published: Iterable[Published]) -> dict[str, Published]:
    return {one.number: one for one in published}


def _names(records: Records) -> Names:
    return Names(
        {a.id: scrubbed(a.name) for a in records.agencies.all(active=None)},
        {f.id: scrubbed(f.name) for f in records.fault_types.all(active=None)},
    )


def query_for(records: Records, ticket: Ticket, *, words: str = "", most: int = 5) -> Query:
    """Return what is known of a ticket, as a question for past cases."""
    found = ticket.facts_of("examination")
    key = named_device(ticket).key
    device = records.devices.get(key) if key else None
    letter = ticket.letter
    return Query(
        words=words or " ".join((text(letter, "subject"), text(letter, "disturbed"))),
        agency=ticket.agency,
        device=key,
        device_kind=device.kind.value if device else "",
        device_make=device.make if device else "",
        fault_type=text(found, "fault_type"),
        leave_out=(ticket.number,),
        most=most,
    )
