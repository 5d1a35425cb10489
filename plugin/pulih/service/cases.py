"""Closed tickets as knowledge: writing them down, publishing what is due, finding them again in step 5."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pulih.domain.article import Article, named_device
from pulih.domain.authority import Deed, require
from pulih.domain.edition import Case, Edition
from pulih.domain.people import Person
from pulih.domain.records import Helped, Published
from pulih.domain.search import Found, Query
from pulih.domain.ticket import Ticket, text
from pulih.errors import NotFound
from pulih.ports import Records, Tools
from pulih.service.mending import mend
from pulih.service.publishing import Binder, stamp_of
from pulih.service.tickets import visible

FIRST_STEP_WITH_CASES = 5


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """Finds past cases and keeps the wiki true to the closed tickets."""

    tools: Tools
    _binder: Binder = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Remember from one publishing to the next what need not be looked into again."""
        object.__setattr__(self, "_binder", Binder(self.tools.calendar, self.tools.audience))

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
        helped = Counter(h.case for h in records.helped.find() if h.helped)
        retracted = (one.case for one in records.retracted.find())
        shown = replace(query, leave_out=(*query.leave_out, *retracted))
        found = self.tools.index.find(shown, records, helped)
        if (
            found.behind
        ):  # it was found all the same; the next search shall not have to read the cases
            self.tools.jobs.publish(soon=True)
        return found

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
        self.tools.jobs.publish()

    def unmark(self, by: Person, number: str, case: str) -> None:
        """Take a mark back. Raises as `mark`."""

        def forget(records: Records) -> None:
            visible(records, by, number)
            require(by, Deed.MARK_HELPFUL)
            records.helped.remove(f"{number}:{case}")

        self.tools.store.write(forget)
        self.tools.jobs.publish()

    def marks(self, by: Person, number: str) -> Mapping[str, bool]:
        """Return what was said of cases on a ticket: case number -> whether it helped."""
        with self.tools.store.reading() as records:
            visible(records, by, number)
            return {h.case: h.helped for h in records.helped.find(ticket=number)}

    def edition(self) -> Edition:
        """Return everything that the wiki is to show now."""
        with self.tools.store.reading() as records:
            return self._edition(records)

    def waiting(self) -> tuple[str, ...]:
        """Return the numbers of the cases whose page is not yet, or no longer, what it should be.

        Also of those that should have none any more.
        """
        with self.tools.store.reading() as records:
            edition, done = self._edition(records), _by_number(records)
        return tuple(self._due(edition, done))

    def on_wiki(self, number: str) -> bool:
        """Tell whether a closed ticket's page is on the wiki as it should be."""
        with self.tools.store.reading() as records:
            case = self._binder.case(records, number, self.tools.now())
            done = records.published.get(number)
        return (
            case is not None
            and self._is_current(case, done)
            and self.tools.publisher.has(
                case.article
            )  # the machine that published it may be another
        )

    def publish_due(self, *, anyway: bool = False) -> int:
        """Bring the wiki up to date; return how many pages were due.

        What is due is found by comparing, so that a crash loses nothing and a second call does nothing.

        Args:
            anyway: Build the site even when no page is due, as when the site's own files were lost.

        Raises:
            Unavailable: The site could not be built; the old one stays and the pages stay due.
        """
        mend(self.tools.store)
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
                edition = self._edition(records)
                stamp = stamp_of(edition, records.published.find(), publisher.version)
            if publisher.stamp == stamp:
                return False
            publisher.publish(edition, stamp)
        return True

    def _publish(self, *, anyway: bool) -> int:
        publisher = self.tools.publisher
        with self.tools.store.reading() as records:
            edition, kept = self._edition(records), _by_number(records)
        due = self._due(edition, kept)
        done = [self._published(case) for case in edition.cases if case.number in due]
        gone = due.keys() - {published.number for published in done}
        if due or anyway:
            shown = {**kept, **{published.number: published for published in done}}
            still = [published for number, published in shown.items() if number not in gone]
            publisher.publish(edition, stamp_of(edition, still, publisher.version))
        if due:

            def note(records: Records) -> None:
                for published in done:
                    records.published.put(published.number, published)
                for number in gone:
                    records.published.remove(number)

            self.tools.store.write(note)
        return len(due)

    def _edition(self, records: Records) -> Edition:
        return self._binder.edition(records, self.tools.now())

    def _due(self, edition: Edition, kept: Mapping[str, Published]) -> dict[str, None]:
        """Return the numbers of the pages that are not what they should be, in order of the cases."""
        here = {case.number: case for case in edition.cases}
        due = [n for n, case in here.items() if not self._is_current(case, kept.get(n))]
        return dict.fromkeys((*due, *(number for number in kept if number not in here)))

    def _is_current(self, case: Case, done: Published | None) -> bool:
        publisher = self.tools.publisher
        return done is not None and (done.digest, done.publisher) == (
            publisher.digest(case),
            publisher.version,
        )

    def _published(self, case: Case) -> Published:
        """Return the record of a page that is put on the wiki now."""
        publisher = self.tools.publisher
        return Published(
            number=case.number,
            version=case.article.version,
            digest=publisher.digest(case),
            at=self.tools.now(),
            publisher=publisher.version,
        )


def _by_number(records: Records) -> dict[str, Published]:
    return {one.number: one for one in records.published.find()}


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
        counted=False,
    )
