"""A paper as it will be: made from what the ticket says now, under the number that is next."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pulih.domain.issued import Issued, Standing, place_of, series_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.making import make
from pulih.domain.papers.number import numbered
from pulih.domain.papers.paper import Paper
from pulih.domain.papers.spelled import day
from pulih.domain.people import Person
from pulih.domain.ticket import Ticket, text
from pulih.errors import Invalid, Problem
from pulih.ports import Printer, Records, Tools
from pulih.service.papers_material import gather, settings_of
from pulih.service.slips import hold_begun, occasion_of, slips_of
from pulih.service.taking_numbers import hold_same
from pulih.wording import sentence

PATH = "dokumen/"
_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a paper: digest, size, the attachment that will keep them, and what they were made with."""

    digest: str
    size: int
    file: str
    engine: str


@dataclass(frozen=True, slots=True)
class Planned:
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

    def issued(self, by: Person, at: datetime, content: Content) -> Issued:
        """Return it as it is kept, once it was drawn."""
        return Issued(
            id=self.id,
            ticket=self.ticket.number,
            kind=self.kind,
            occasion=self.occasion,
            series=self.series,
            serial=self.serial,
            number=self.number,
            title=self.kind.label,
            on=self.paper.on or at.date(),
            parties=self.paper.named,
            digest=content.digest,
            size=content.size,
            file=content.file,
            engine=content.engine,
            by=by.id,
            name=by.name,
            at=at,
            version=self.ticket.version,
            replaces=self.old,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans papers.

    Attributes:
        key: The office's secret, from which a paper's address is made that nobody can guess.
        base: The desk's address, with a slash at its end.
    """

    tools: Tools
    printer: Printer
    key: Callable[[], str]
    base: str

    def plan(
        self,
        records: Records,
        ticket: Ticket,
        kind: PaperKind,
        on: date,
        *,
        old: str = "",
        reason: str = "",
    ) -> Planned | Issued:
        """Return the paper as it will be, or the one that stands in its place already.

        Args:
            old: The paper that it shall correct, and `reason` why.

        Raises:
            OutOfOrder: The ticket has not come so far.
            Refused: The old one does not stand any more.
            Invalid: A fact is missing.
        """
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
        token = token_of(self.key(), place_of(ticket.number, kind, occasion), len(own), given)
        paper = make(
            kind,
            gather(records, ticket, self.tools, self.printer, kind),
            settings,
            on,
            number=given,
            address=f"{self.base}{PATH}{token}",
            replaces=_named(stands.issued) if old and stands else "",
            reason=reason,
        )
        _hold_known(paper)
        return Planned(ticket, kind, occasion, token, series, serial, given, paper, old, reason)


def token_of(key: str, place: str, before: int, number: str) -> str:
    """Return what a paper's QR code leads to: the same each time, and to be guessed by nobody without the key.

    Args:
        before: How many papers were issued in its place before.
    """
    said = f"paper\n{place}\n{before}\n{number}".encode()
    made = hmac.digest(key.encode(), said, hashlib.sha256)[:_TOKEN_BYTES]
    return base64.b32encode(made).decode().rstrip("=").lower()


def _hold_known(paper: Paper) -> None:
    """Do nothing where nothing is missing on a paper. Raises Invalid."""
    if not paper.missing:
        return
    raise Invalid(
        [
            Problem(paper.kind, sentence("Belum diketahui: {what}.", what=what))
            for what in paper.missing
        ],
        sentence("Dokumen ini belum dapat diterbitkan: masih ada yang belum diketahui."),
    )


def _named(old: Issued) -> str:
    return f"Nomor {old.number} tanggal {day(old.on)}"
