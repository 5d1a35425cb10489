"""Taking a case off the wiki, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.domain.article import Article
from pulih.domain.authority import Deed, require
from pulih.domain.facts import Fact, Kind
from pulih.domain.knowledge import Retracted
from pulih.domain.people import Person
from pulih.domain.records import Page
from pulih.errors import Refused
from pulih.ports import Records, Tools
from pulih.service.knowledge import article_in, mask_of, read_text
from pulih.wording import N_

REASON = Fact("reason", N_("Alasan"), Kind.PROSE, limit=500)


@dataclass(frozen=True, slots=True)
class RetractDesk:
    """Keeps from the wiki what must not be read there; ticket and article stay as they are."""

    tools: Tools

    def retract(self, by: Person, number: str, reason: str) -> Retracted:
        """Take a case off the wiki. The ticket, the article and its notes stay. Twice by one person is once.

        Raises:
            NotAllowed: Neither the head of the section nor an administrator.
            NotFound: There is no such case.
            Invalid: There is no reason, or it is too long.
            Refused: Somebody else took it off already.
        """
        require(by, Deed.RETRACT_CASE)
        said, now = read_text(self.tools, REASON, reason), self.tools.now()
        with self.tools.store.reading() as records:
            said = mask_of(records, number)(said)

        def keep(records: Records) -> Retracted:
            article_in(records, number)
            before = records.retracted.get(number)
            if before and before.by != by.id:
                raise Refused(
                    "Kasus {number} sudah ditarik dari wiki oleh {name}.",
                    number=number,
                    name=before.name,
                )
            retracted = before or Retracted(number, by.id, by.name, now, said)
            records.retracted.put(number, retracted)
            return retracted

        retracted = self.tools.store.write(keep)
        self.tools.jobs.publish()
        return retracted

    def put_back(self, by: Person, number: str) -> None:
        """Put a case on the wiki again; nothing happens where it is there. Raises NotAllowed, NotFound."""
        require(by, Deed.RETRACT_CASE)

        def keep(records: Records) -> None:
            article_in(records, number)
            records.retracted.remove(number)

        self.tools.store.write(keep)
        self.tools.jobs.publish()

    def is_retracted(self, number: str) -> bool:
        """Tell whether a case is taken off the wiki; that is no secret."""
        with self.tools.store.reading() as records:
            return records.retracted.get(number) is not None

    def page(self, by: Person, *, page: int = 1, size: int = 25) -> Page[tuple[Retracted, Article]]:
        """Return a page of the cases that are taken off the wiki, the last first. Raises NotAllowed."""
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            all_ = sorted(records.retracted.find(), key=lambda r: (r.at, r.case), reverse=True)
            start = (page - 1) * size
            some = tuple((r, article_in(records, r.case)) for r in all_[start : start + size])
        return Page(some, len(all_), page, size)
