"""What technicians add to a case after it was closed: notes, and that it still holds.

The article itself is never changed: it is the official record. What is wrong in it is put right by a note; what must
not be read goes with the whole page, see `retracting`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from pulih.domain.article import Article
from pulih.domain.authority import Deed, may, require
from pulih.domain.edition import Note, Review
from pulih.domain.facts import Fact, Kind
from pulih.domain.knowledge import Retracted
from pulih.domain.living import hushed, in_time
from pulih.domain.mask import Mask
from pulih.domain.people import Person
from pulih.domain.reading import read
from pulih.domain.records import Helped, Page
from pulih.domain.scrub import scrubbed
from pulih.domain.ticket import text
from pulih.errors import NotAllowed, NotFound, Refused
from pulih.ports import Records, Tools
from pulih.service.articles import outgoing_of
from pulih.service.reviewing import all_due, review_of
from pulih.wording import N_

NOTE = Fact("text", N_("Catatan"), Kind.PROSE, limit=2000)
STILL_HOLDS = N_("Masih berlaku.")


@dataclass(frozen=True, slots=True)
class Use:
    """A ticket that a case helped with: its subject, and the name of who said so."""

    said: Helped
    subject: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with what the office has added to it.

    Attributes:
        uses: Oldest first.
        notes: Oldest first.
        review: Why it should be looked at again.
        retracted: Where it is taken off the wiki.
    """

    article: Article
    uses: tuple[Use, ...]
    notes: tuple[Note, ...]
    review: tuple[Review, ...]
    retracted: Retracted | None


@dataclass(frozen=True, slots=True)
class KnowledgeDesk:
    """Keeps cases useful after they are closed."""

    tools: Tools

    def show(self, by: Person, number: str) -> CaseView:
        """Return a case with what was added to it. Raises NotAllowed, NotFound."""
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            article = article_in(records, number)
            helped = records.helped.find(case=number)
            notes = hushed(records.notes.find(case=number), outgoing_of(records, number).choices)
            return CaseView(
                article=article,
                uses=tuple(_use(records, h) for h in sorted(helped, key=_when) if h.helped),
                notes=in_time(notes),
                review=self._review(records, article),
                retracted=records.retracted.get(number),
            )

    def due(
        self, by: Person, *, page: int = 1, size: int = 25
    ) -> Page[tuple[Article, tuple[Review, ...]]]:
        """Return a page of the cases on the wiki that should be looked at again, the oldest first.

        Raises:
            NotAllowed: For people outside the office.
        """
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            found = all_due(records, self._today(), self.tools.calendar)
        start = (page - 1) * size
        return Page(tuple(found[start : start + size]), len(found), page, size)

    def add_note(self, by: Person, number: str, typed: str) -> Note:
        """Add a note to a case; the same text by the same person is one note.

        What must not go out is taken out of it, as it is out of the article: secrets, contacts, the names of those
        who reported.

        Raises:
            NotAllowed: The person is not of the network team.
            NotFound: There is no such case.
            Invalid: There is no text, or too much.
        """
        require(by, Deed.WRITE_NOTE)
        return self._keep(by, number, read_text(self.tools, NOTE, typed), answering=False)

    def confirm(self, by: Person, number: str) -> Note:
        """Say in a note that a case which is due to be looked at again still holds.

        Raises:
            NotAllowed, NotFound: As `add_note`.
            Refused: It is not due.
        """
        require(by, Deed.WRITE_NOTE)
        return self._keep(by, number, STILL_HOLDS, answering=True)

    def note(self, by: Person, number: str, key: str) -> Note:
        """Return a note that the person may remove. Raises NotAllowed, NotFound."""
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            return _removable(records, by, number, key)

    def remove_note(self, by: Person, number: str, key: str) -> Note:
        """Remove a note for good: it may say what should never have been written. Return what it was.

        Raises:
            NotAllowed: Neither its writer nor an administrator.
            NotFound: There is no such note of this case.
        """
        require(by, Deed.FIND_CASES)

        def remove(records: Records) -> Note:
            note = _removable(records, by, number, key)
            records.notes.remove(key)
            return note

        note = self.tools.store.write(remove)
        self.tools.jobs.publish()
        return note

    def _keep(self, by: Person, number: str, said: str, *, answering: bool) -> Note:
        now, key = self.tools.now(), uuid.uuid4().hex
        with self.tools.store.reading() as records:
            said = mask_of(records, number)(said)

        def keep(records: Records) -> Note:
            article = article_in(records, number)
            due = self._review(records, article)
            there = [n for n in records.notes.find(case=number) if (n.by, n.text) == (by.id, said)]
            if answering and not due:
                if again := [n for n in there if n.answers]:
                    return in_time(again)[-1]
                raise Refused("Kasus {number} tidak sedang menunggu ditinjau.", number=number)
            if there and not answering:
                return there[0]
            answers = due if answering else ()
            note = Note(key, number, by.id, scrubbed(by.name), now, said, answers)
            records.notes.put(note.id, note)
            return note

        note = self.tools.store.write(keep)
        self.tools.jobs.publish()
        return note

    def _review(self, records: Records, article: Article) -> tuple[Review, ...]:
        return review_of(records, article, self._today(), self.tools.calendar)

    def _today(self) -> date:
        return self.tools.calendar.local(self.tools.now()).date()


def may_remove(person: Person, note: Note) -> bool:
    """Tell whether a person may remove a note: who wrote it, and an administrator."""
    wrote = note.by == person.id and may(person, Deed.FIND_CASES)
    return wrote or may(person, Deed.KEEP_NOTES)


def _removable(records: Records, by: Person, number: str, key: str) -> Note:
    note = records.notes.get(key)
    if note is None or note.case != number:
        raise NotFound("Catatan ini tidak ada, atau sudah dihapus.")
    if not may_remove(by, note):
        raise NotAllowed("Hanya penulisnya dan administrator yang dapat menghapus catatan ini.")
    return note


def read_text(tools: Tools, spec: Fact, typed: str) -> str:
    """Return a text as it is kept. Raises Invalid where there is none, or too much."""
    today = tools.calendar.local(tools.now()).date()
    return text(read((spec,), {spec.name: typed}, today=today), spec.name)


def article_in(records: Records, number: str) -> Article:
    """Return a case's article. Raises NotFound."""
    article = records.articles.get(number)
    if article is None:
        raise NotFound("Kasus {number} tidak ditemukan.", number=number[:40])
    return article


def mask_of(records: Records, number: str) -> Mask:
    """Return what hides in a text on a case what is hidden in its article. Raises NotFound."""
    article_in(records, number)
    ticket = records.tickets.get(number)
    agency = records.agencies.get(ticket.agency)
    return Mask(ticket, agency, outgoing_of(records, number).choices)


def _when(said: Helped) -> tuple[object, str]:
    return said.at, said.ticket


def _use(records: Records, said: Helped) -> Use:
    letter = records.tickets.get(said.ticket).letter
    return Use(said, text(letter, "subject"), records.people.get(said.by).name)
