"""The papers of a ticket: which there are, how each would look, and the bytes of those that were issued."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pulih.domain.authority import Deed, may, require
from pulih.domain.issued import Numbered, series_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.making import make
from pulih.domain.papers.paper import Paper
from pulih.domain.people import Person
from pulih.domain.signed import Signed
from pulih.domain.ticket import Ticket
from pulih.errors import NotFound
from pulih.ports import Printer, Records, Tools
from pulih.service.papers_material import gather, settings_of, today
from pulih.service.slips import (
    Shelved,
    Slip,
    deed_to_see,
    frozen,
    hold_begun,
    may_withdraw,
    seen_by,
    shelved,
    slip_of,
    slips_of,
    unchanged,
)
from pulih.service.tickets import visible
from pulih.wording import Sentence

_FIRST_YEAR = 2020


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper with what a page about it needs.

    Attributes:
        shelved: What was issued of it.
        missing: What is not known yet and must be, before it can be issued; not asked where it was issued.
        may_withdraw: The files of those signed copies that this person may take back.
    """

    ticket: Ticket
    shelved: Shelved
    missing: tuple[Sentence, ...]
    may_issue: bool
    may_correct: bool
    may_cancel: bool
    may_attach: bool
    may_withdraw: frozenset[str]


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """Shows papers; it issues none."""

    tools: Tools
    printer: Printer

    def shelf(self, by: Person, number: str) -> tuple[Shelved, ...]:
        """Return the kinds of paper that a ticket has come to, in the order of the procedure.

        Raises:
            NotFound: There is no such ticket for this person.
        """
        with self.tools.store.reading() as records:
            ticket = visible(records, by, number)
            slips = slips_of(records, number)
        return tuple(
            shelved(ticket, kind, slips)
            for kind in PaperKind
            if may(by, deed_to_see(kind), ticket.agency)
            and (kind.begun(ticket) or any(slip.issued.kind == kind for slip in slips))
        )

    def show(self, by: Person, number: str, kind: PaperKind) -> PaperView:
        """Return a paper of a ticket.

        Raises:
            NotFound: There is no such ticket for this person, or this paper is not for them.
            OutOfOrder: The ticket has not come so far.
        """
        with self.tools.store.reading() as records:
            ticket = seen_by(records, by, number, kind)
            found = shelved(ticket, kind, slips_of(records, number))
            paper = None if found.current else self._draft(records, ticket, kind)
        return PaperView(
            ticket=ticket,
            shelved=found,
            missing=paper.missing if paper else (),
            may_issue=may(by, Deed.ISSUE_PAPER, ticket.agency),
            may_correct=may(by, Deed.CORRECT_PAPER, ticket.agency),
            may_cancel=may(by, Deed.CANCEL_PAPER, ticket.agency),
            may_attach=may(by, Deed.ATTACH, ticket.agency),
            may_withdraw=frozenset(
                copy.file
                for copy in (found.current.line.copies if found.current else ())
                if may_withdraw(by, copy)
            ),
        )

    def page(self, by: Person, number: str, kind: PaperKind) -> str:
        """Return the HTML of a paper as it would be issued now: a draft, what is missing in red. Raises as `show`."""
        return self.printer.page(self._drafted(by, number, kind))

    def draft(self, by: Person, number: str, kind: PaperKind) -> bytes:
        """Return the same as a PDF. Raises as `show`, and Unavailable where none can be made."""
        return self.printer.pdf(self._drafted(by, number, kind))

    def slip(self, by: Person, number: str, key: str) -> Slip:
        """Return a paper that was issued. Raises NotFound."""
        with self.tools.store.reading() as records:
            return slip_of(records, by, number, key)

    def content(self, by: Person, number: str, key: str) -> tuple[Slip, BinaryIO]:
        """Return a paper that was issued and its bytes, open.

        Raises:
            NotFound: There is no such paper for this person.
            Damaged: The bytes are not those that were issued.
        """
        with self.tools.store.reading() as records:
            slip = slip_of(records, by, number, key)
        return slip, io.BytesIO(frozen(self.tools.files, slip.issued))

    def signed(self, by: Person, number: str, key: str, file: str) -> tuple[Signed, BinaryIO]:
        """Return a signed copy of a paper as it came, and its bytes, open.

        Raises:
            NotFound: There is no such copy for this person.
            Damaged: The bytes are not those that came.
        """
        with self.tools.store.reading() as records:
            kept = slip_of(records, by, number, key).line.copy(file)
        return kept, io.BytesIO(unchanged(self.tools.files, kept))

    def register(self, by: Person, kind: PaperKind, year: int) -> tuple[Slip, ...]:
        """Return all papers of a kind and a year in the order of their numbers, struck ones too. Raises NotAllowed."""
        require(by, Deed.SEE_NUMBERS)
        with self.tools.store.reading() as records:
            lines = records.numbers.find(series=series_of(kind, year))
            slips = [_slip(records, line) for line in sorted(lines, key=lambda one: one.serial)]
        return tuple(slips)

    def years(self, by: Person) -> Mapping[int, Mapping[PaperKind, int]]:
        """Return how many numbers of each kind were given out, by year; the newest first. Raises NotAllowed."""
        require(by, Deed.SEE_NUMBERS)
        last = self.tools.calendar.local(self.tools.now()).year
        numbered = [kind for kind in PaperKind if kind.numbered]
        with self.tools.store.reading() as records:
            counts = {
                year: {kind: records.last_number(series_of(kind, year)) for kind in numbered}
                for year in range(last, _FIRST_YEAR - 1, -1)
            }
        return {
            year: given for year, given in counts.items() if year == last or any(given.values())
        }

    def _drafted(self, by: Person, number: str, kind: PaperKind) -> Paper:
        with self.tools.store.reading() as records:
            return self._draft(records, seen_by(records, by, number, kind), kind)

    def _draft(self, records: Records, ticket: Ticket, kind: PaperKind) -> Paper:
        hold_begun(ticket, kind)
        material = gather(records, ticket, self.tools, self.printer, kind)
        return make(kind, material, settings_of(records), today(self.tools))


def _slip(records: Records, line: Numbered) -> Slip:
    issued = records.papers.get(line.id)
    if issued is None:
        raise NotFound("Dokumen nomor {number} tidak ditemukan.", number=line.number)
    return Slip(issued, line)
