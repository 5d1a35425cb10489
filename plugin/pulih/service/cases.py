"""Closed tickets as knowledge: reading a case, and publishing what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulih.domain.article import Article
from pulih.domain.authority import Deed, require
from pulih.domain.edition import Case, Edition
from pulih.domain.people import Person
from pulih.domain.records import Published
from pulih.errors import NotFound
from pulih.ports import Records, Tools
from pulih.service.mending import mend
from pulih.service.publishing import Binder, stamp_of


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """Shows past cases and keeps the wiki true to the closed tickets."""

    tools: Tools
    _binder: Binder = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Remember from one publishing to the next what need not be looked into again."""
        object.__setattr__(self, "_binder", Binder(self.tools.calendar, self.tools.audience))

    def get(self, by: Person, number: str) -> Article:
        """Return a case. Raises NotFound."""
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            article = records.articles.get(number)
        if article is None:
            raise NotFound("Kasus {number} tidak ditemukan.", number=number)
        return article

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
        mend(self.tools.store, doubted=bool(self.tools.index.behind))
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
