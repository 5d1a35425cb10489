"""The papers of a ticket: which there are, how each would look, and the bytes of those that were issued."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from pulih.domain.authority import Deed, may, require
from pulih.domain.issued import Issued, Numbered, Standing, place_of, series_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.making import make
from pulih.domain.papers.paper import Paper
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.papers.stored import from_document
from pulih.domain.people import Person
from pulih.domain.records import Attachment
from pulih.domain.ticket import Ticket
from pulih.errors import Damaged, NotFound, OutOfOrder
from pulih.ports import Printer, Records, Tools
from pulih.service.papers_material import gather
from pulih.service.tickets import visible
from pulih.wording import Sentence

SETTINGS = "papers"
INNER = frozenset(
    {PaperKind.DISPOSITION, PaperKind.REPORT}
)  # they go from desk to desk in the office
# Of these each occasion has a paper of its own: the letter that came again, the second device that was replaced.
_EACH_TIME = frozenset({PaperKind.RECEIPT, PaperKind.DISPOSITION, PaperKind.REPLACEMENT})
_AGAIN = {PaperKind.ASSIGNMENT: ("appointment", "reappointment")}
_FIRST_YEAR = 2020


@dataclass(frozen=True, slots=True)
class Slip:
    """A paper that was issued, with its line in the register."""

    issued: Issued
    line: Numbered

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.line.standing


@dataclass(frozen=True, slots=True)
class Shelved:
    """A kind of paper on a ticket's shelf.

    Attributes:
        current: The one that is valid for what the ticket came to last, if it was issued.
        before: All others that were ever issued, the newest first.
        again: Whether the step behind it was taken once more after it was issued.
    """

    kind: PaperKind
    current: Slip | None
    before: tuple[Slip, ...]
    again: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper with what a page about it needs.

    Attributes:
        shelved: What was issued of it.
        missing: What is not known yet and must be, before it can be issued; not asked where it was issued.
    """

    ticket: Ticket
    shelved: Shelved
    missing: tuple[Sentence, ...]
    may_issue: bool
    may_correct: bool
    may_cancel: bool
    may_attach: bool


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
        with self.tools.files.open(slip.issued.digest) as kept:
            content = kept.read()
        if hashlib.sha256(content).hexdigest() != slip.issued.digest:
            raise Damaged(
                "Berkas dokumen nomor {number} bukan lagi yang diterbitkan. Pulihkan dari cadangan terakhir.",
                number=slip.issued.number,
            )
        return slip, io.BytesIO(content)

    def signed(self, by: Person, number: str, key: str, file: str) -> tuple[Attachment, BinaryIO]:
        """Return a signed copy of a paper as it came, and its bytes, open. Raises NotFound."""
        with self.tools.store.reading() as records:
            slip = slip_of(records, by, number, key)
            kept = records.attachments.get(file)
        if kept is None or all(one.file != file for one in slip.line.signed):
            raise NotFound("Salinan ini tidak ditemukan.")
        return kept, self.tools.files.open(kept.digest)

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
        material = gather(records, ticket, self.tools, self.printer)
        return make(kind, material, settings_of(records), today(self.tools))


def today(tools: Tools) -> date:
    """Return the date in the office."""
    return tools.calendar.local(tools.now()).date()


def settings_of(records: Records) -> PaperSettings:
    """Return what the office decided about its papers."""
    return from_document(records.settings.get(SETTINGS) or {})


def occasion_of(kind: PaperKind, ticket: Ticket) -> int:
    """Return the how-maniest time the ticket has come to a paper of its own of this kind, from 1."""
    times = sum(1 for entry in ticket.history if entry.stage == kind.stage)
    return max(1, times) if kind in _EACH_TIME else 1


def hold_begun(ticket: Ticket, kind: PaperKind) -> None:
    """Do nothing where a paper of this kind can be made by now. Raises OutOfOrder."""
    if not kind.begun(ticket):
        raise OutOfOrder(
            "Tiket {number} belum sampai pada dokumen ini. Selesaikan dahulu langkahnya.",
            number=ticket.number,
        )


def deed_to_see(kind: PaperKind) -> Deed:
    """Return what somebody must be allowed who sees a paper of this kind."""
    return Deed.SEE_INNER_PAPERS if kind in INNER else Deed.SEE_PAPERS


def seen_by(records: Records, by: Person, number: str, kind: PaperKind) -> Ticket:
    """Return a ticket whose papers of a kind a person may see. To others they do not exist. Raises NotFound."""
    ticket = visible(records, by, number)
    if not may(by, deed_to_see(kind), ticket.agency):
        raise NotFound("Dokumen ini tidak ditemukan.")
    return ticket


def slip_of(records: Records, by: Person, number: str, key: str) -> Slip:
    """Return a paper of a ticket that was issued. Raises NotFound, also where it is not for this person."""
    visible(records, by, number)
    issued, line = records.papers.get(key), records.numbers.get(key)
    if issued is None or line is None or issued.ticket != number:
        raise NotFound("Dokumen ini tidak ditemukan.")
    seen_by(records, by, number, PaperKind(issued.kind))
    return Slip(issued, line)


def slips_of(records: Records, number: str) -> tuple[Slip, ...]:
    """Return all papers of a ticket that were ever issued, the newest first."""
    lines = {line.id: line for line in records.numbers.find(ticket=number)}
    slips = [Slip(paper, lines[paper.id]) for paper in records.papers.find(ticket=number)]
    return tuple(sorted(slips, key=lambda slip: (slip.issued.at, slip.issued.serial), reverse=True))


def shelved(ticket: Ticket, kind: PaperKind, slips: tuple[Slip, ...]) -> Shelved:
    """Return what was issued of a kind, the one first that stands for what the ticket came to last."""
    own = [slip for slip in slips if slip.issued.kind == kind]
    place = place_of(ticket.number, kind, occasion_of(kind, ticket))
    current = next(
        (s for s in own if s.standing is Standing.VALID and s.issued.place == place), None
    )
    stages = _AGAIN.get(kind, (kind.stage,))
    since = ticket.history[current.issued.version :] if current else ()
    return Shelved(
        kind,
        current,
        tuple(slip for slip in own if slip is not current),
        again=any(entry.stage in stages for entry in since),
    )


def _slip(records: Records, line: Numbered) -> Slip:
    issued = records.papers.get(line.id)
    if issued is None:
        raise NotFound("Dokumen nomor {number} tidak ditemukan.", number=line.number)
    return Slip(issued, line)
