"""Issuing papers: a number, the bytes frozen, both in one transaction; correcting and cancelling them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pulih.domain.authority import Deed, require
from pulih.domain.issued import (
    Issued,
    Numbered,
    Standing,
    Struck,
    place_of,
    reason_of,
    series_of,
)
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.making import make
from pulih.domain.papers.number import numbered
from pulih.domain.papers.paper import Paper
from pulih.domain.papers.spelled import day
from pulih.domain.people import Person
from pulih.domain.ticket import Ticket, text
from pulih.errors import Contended, Invalid, Problem
from pulih.ports import Printer, Records, Tools
from pulih.service.papers import (
    hold_begun,
    occasion_of,
    seen_by,
    settings_of,
    slip_of,
    slips_of,
    today,
)
from pulih.service.papers_material import gather
from pulih.service.taking_numbers import Overtaken, hold_same, keeping
from pulih.wording import sentence

PATH = "dokumen/"
MOST_BYTES = 64 * 1024 * 1024
_TRIES = 40  # papers of one series that may come in between while this one is drawn
_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Planned:
    """A paper that is ready to be drawn, under the number that it will have if nobody is quicker."""

    ticket: Ticket
    kind: PaperKind
    occasion: int
    id: str
    series: str
    serial: int
    number: str
    paper: Paper
    old: str
    reason: str


@dataclass(frozen=True, slots=True)
class IssueDesk:
    """Issues papers.

    The number stands on the paper, and drawing takes longer than a transaction may. So the paper is drawn under the
    number that is next, its bytes are kept, and then one transaction takes the number; where it is another by then,
    all is taken back and drawn again. Of a process that is killed either the whole is left, or bytes that nothing
    refers to and that the next try keeps again: the same paper has the same bytes.

    Attributes:
        key: The office's secret, from which a paper's address is made that nobody can guess.
    """

    tools: Tools
    printer: Printer
    key: Callable[[], str]

    def issue(self, by: Person, number: str, kind: PaperKind, *, base: str) -> Issued:
        """Issue a paper of a ticket; where that was done already, return the one that is valid.

        Args:
            base: The address of the desk, as the QR code names it, with a slash at its end.

        Raises:
            NotFound: There is no such ticket for this person, or this paper is not for them.
            NotAllowed: They may not issue it.
            OutOfOrder: The ticket has not come so far.
            Invalid: A fact is missing.
            Unavailable: It cannot be drawn or kept; Contended where others kept taking the number.
        """
        return self._issue(by, number, kind, base, Deed.ISSUE_PAPER)

    def correct(self, by: Person, number: str, key: str, reason: str, *, base: str) -> Issued:
        """Issue a paper that takes the place of another and names it; the old one stays as it is.

        Args:
            key: The paper to be corrected.
            reason: Why; it is printed.

        Raises:
            Refused: The old one is not valid any more, or the ticket came to another of its kind.
            Invalid: The reason is missing or too long; else as `issue`.
        """
        with self.tools.store.reading() as records:
            old = slip_of(records, by, number, key)
        require(by, Deed.CORRECT_PAPER)
        said = reason_of(reason)
        old.line.replacing("-")  # refused now, and not after it was drawn
        kind = PaperKind(old.issued.kind)
        return self._issue(by, number, kind, base, Deed.CORRECT_PAPER, key, said)

    def cancel(self, by: Person, number: str, key: str, reason: str) -> Numbered:
        """Strike a number. The paper and its number are kept; the number is never given out again.

        Raises:
            NotFound: There is no such paper for this person.
            NotAllowed: They may not cancel it.
            Invalid: The reason is missing or too long.
            Refused: It is not valid any more.
        """
        with self.tools.store.reading() as records:
            slip_of(records, by, number, key)
        require(by, Deed.CANCEL_PAPER)
        struck = Struck(reason_of(reason), by.id, by.name, self.tools.now())

        def strike(records: Records) -> Numbered:
            line = slip_of(records, by, number, key).line.striking(struck)
            records.numbers.put(key, line)
            return line

        return self.tools.store.write(strike)

    def _issue(
        self,
        by: Person,
        number: str,
        kind: PaperKind,
        base: str,
        deed: Deed,
        old: str = "",
        reason: str = "",
    ) -> Issued:
        file = uuid.uuid4().hex
        for _ in range(_TRIES):
            now, on = self.tools.now(), today(self.tools)
            with self.tools.store.reading() as records:
                ticket = seen_by(records, by, number, kind)
                require(by, deed, ticket.agency)
                planned = self._plan(records, ticket, kind, on, base, old, reason)
            if isinstance(planned, Issued):
                return planned
            content = self.printer.pdf(planned.paper)
            digest, size = self.tools.files.keep(io.BytesIO(content), most=MOST_BYTES)
            issued = _issued(planned, by, now, Content(digest, size, file, self.printer.name))
            try:
                return self.tools.store.write(keeping(issued, by))
            except Overtaken:
                continue
        raise Contended(
            "Dokumen lain sejenis terus terbit pada saat yang sama. Tunggu sebentar, lalu ulangi."
        )

    def _plan(
        self,
        records: Records,
        ticket: Ticket,
        kind: PaperKind,
        on: date,
        base: str,
        old: str,
        reason: str,
    ) -> _Planned | Issued:
        """Return the paper as it will be, or the one that stands in its place already."""
        hold_begun(ticket, kind)
        occasion = occasion_of(kind, ticket)
        slips = slips_of(records, ticket.number)
        own = [s for s in slips if (s.issued.kind, s.issued.occasion) == (kind, occasion)]
        stands = next((slip for slip in own if slip.standing is Standing.VALID), None)
        if old:
            hold_same(stands, old)
        elif stands:
            return stands.issued
        settings = settings_of(records)
        series = series_of(kind, on.year) if kind.numbered else ""
        serial = records.last_number(series) + 1 if series else 0
        given = (
            numbered(settings.kinds[kind].pattern(on.year), serial, on)
            if series
            else text(ticket.letter, "letter_number")
        )
        key = self._token(place_of(ticket.number, kind, occasion), len(own), given)
        paper = make(
            kind,
            gather(records, ticket, self.tools, self.printer),
            settings,
            on,
            number=given,
            address=f"{base}{PATH}{key}",
            replaces=_named(stands.issued) if old and stands else "",
            reason=reason,
        )
        if paper.missing:
            raise Invalid(
                [
                    Problem(kind, sentence("Belum diketahui: {what}.", what=what))
                    for what in paper.missing
                ],
                sentence("Dokumen ini belum dapat diterbitkan: masih ada yang belum diketahui."),
            )
        return _Planned(ticket, kind, occasion, key, series, serial, given, paper, old, reason)

    def _token(self, place: str, before: int, number: str) -> str:
        """Return what a paper's QR code leads to: the same each time, and to be guessed by nobody without the key."""
        said = f"paper\n{place}\n{before}\n{number}".encode()
        made = hmac.digest(self.key().encode(), said, hashlib.sha256)[:_TOKEN_BYTES]
        return base64.b32encode(made).decode().rstrip("=").lower()


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a paper: digest, size, the attachment that will keep them, and what they were made with."""

    digest: str
    size: int
    file: str
    engine: str


def _issued(planned: _Planned, by: Person, at: datetime, content: Content) -> Issued:
    return Issued(
        id=planned.id,
        ticket=planned.ticket.number,
        kind=planned.kind,
        occasion=planned.occasion,
        series=planned.series,
        serial=planned.serial,
        number=planned.number,
        title=planned.kind.label,
        on=planned.paper.on or at.date(),
        parties=planned.paper.named,
        digest=content.digest,
        size=content.size,
        file=content.file,
        engine=content.engine,
        by=by.id,
        name=by.name,
        at=at,
        version=planned.ticket.version,
        replaces=planned.old,
        reason=planned.reason,
    )


def _named(old: Issued) -> str:
    return f"Nomor {old.number} tanggal {day(old.on)}"
