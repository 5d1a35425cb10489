"""Several tickets with one cause: offered from a verdict, noted by a technician, and taken back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pulih.domain.authority import Deed, require
from pulih.domain.calling import Called
from pulih.domain.outage import Outage, affected
from pulih.domain.people import Person
from pulih.domain.records import ProbeRun, TicketFilter
from pulih.domain.ticket import State, Ticket, text
from pulih.domain.verdict import read_verdict
from pulih.errors import NotFound, NotYourStep, Refused
from pulih.ports import Records, Tools
from pulih.service.comparing import judged_runs
from pulih.service.paths import PathDesk
from pulih.service.performing import LAST
from pulih.service.tickets import visible
from pulih.wording import Sentence

_MOST = 200  # open tickets that are looked through
_OPEN = TicketFilter(states=(State.OPEN.value,))


@dataclass(frozen=True, slots=True)
class Beside:
    """Another ticket, in a line."""

    number: str
    agency: str
    subject: str
    step: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Open tickets that a place explains besides, which nobody has noted as one outage yet.

    Attributes:
        where: What people call the place.
        tickets: The longest open first.
    """

    run: str
    place: str
    where: Sentence
    tickets: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class OutageView:
    """An outage, with what a page about one of its tickets needs."""

    outage: Outage
    others: tuple[Beside, ...]
    may_leave: bool


@dataclass(frozen=True, slots=True)
class OutageDesk:
    """Knows which tickets have one cause. People of an agency are told nothing of the tickets of others."""

    tools: Tools
    paths: PathDesk

    def of(self, by: Person, number: str) -> OutageView | None:
        """Return the outage that a ticket belongs to. Raises NotFound, NotAllowed."""
        with self.tools.store.reading() as records:
            visible(records, by, number)
            require(by, Deed.FIND_CASES)
            outage = _outage_of(records, number)
            if outage is None:
                return None
            tickets = [records.tickets.get(one) for one in outage.tickets]
            others = tuple(_line(records, one) for one in tickets if one.number != number)
            return OutageView(outage, others, any(by.id in one.team for one in tickets))

    def offered(self, by: Person, number: str) -> Offer | None:
        """Return the tickets that the newest verdict of a ticket explains besides; None where there are none.

        Raises:
            NotFound, NotAllowed: As they say.
        """
        with self.tools.store.reading() as records:
            ticket = visible(records, by, number)
            require(by, Deed.FIND_CASES)
            return self._offer(records, ticket)

    def join(self, by: Person, number: str, others: Sequence[str]) -> Outage:
        """Note that other tickets have the same cause as this one.

        Raises:
            NotFound: No such ticket.
            NotAllowed: The person is not a technician of this ticket.
            Refused: One of the others is not offered any more, or belongs to another outage.
        """
        now, key = self.tools.now(), uuid.uuid4().hex

        def deed(records: Records) -> Outage:
            ticket = visible(records, by, number)
            require(by, Deed.PROBE)
            if by.id not in ticket.team:
                raise NotYourStep(
                    "Gangguan bersama dicatat oleh teknisi yang ditunjuk untuk tiket ini."
                )
            offer = self._offer(records, ticket)
            open_to = {one.number for one in offer.tickets} if offer else set()
            if offer is None or not others or not set(others) <= open_to:
                raise Refused(
                    "Tiket yang dipilih tidak lagi berada di balik tempat gangguan ini. "
                    "Muat ulang halaman tiket, lalu pilih lagi."
                )
            outage = _outage_of(records, number) or Outage(
                key, offer.place, str(offer.where), (), by.id, now, offer.run
            )
            outage = outage.joined([number, *others], by, now)
            records.outages.put(outage.id, outage)
            return outage

        return self.tools.store.write(deed)

    def leave(self, by: Person, number: str, ticket: str) -> None:
        """Take back that a ticket has the same cause as the others of its outage.

        Args:
            number: The ticket from which that is done.
            ticket: The one that leaves; one left alone leaves with it.

        Raises:
            NotFound: No such ticket, or it belongs to no outage.
            NotAllowed: The person is a technician of none of them.
        """
        now = self.tools.now()

        def deed(records: Records) -> None:
            visible(records, by, number)
            require(by, Deed.PROBE)
            outage = _outage_of(records, number)
            if outage is None or ticket not in outage.tickets:
                raise NotFound("Tiket ini tidak tercatat pada gangguan bersama itu.")
            if not any(by.id in records.tickets.get(one).team for one in outage.tickets):
                raise NotYourStep("Catatan ini dibatalkan oleh teknisi salah satu tiketnya.")
            records.outages.put(outage.id, outage.left(ticket, by, now))

        self.tools.store.write(deed)

    def _offer(self, records: Records, ticket: Ticket) -> Offer | None:
        step = ticket.step
        runs = judged_runs(records, ticket.number)
        if step is None or step.number > LAST or not runs:
            return None
        verdict = read_verdict(runs[-1].verdict)
        if verdict is None or not verdict.candidates:
            return None
        own = _outage_of(records, ticket.number)
        others = _waiting(records, {ticket.number, *(own.tickets if own else ())})
        if not others:
            return None
        found = self.paths.described(records)
        asked = {str(one["node"]) for part in ("resolvers", "services") for one in found.data[part]}
        for one in verdict.candidates:
            agencies = affected(found.tree, asked, one.place, one.fault)
            under = [other for other in others if other.agency in agencies]
            if ticket.agency in agencies and under:
                return _offered(records, runs[-1], one.place, under)
        return None


def _waiting(records: Records, but: Collection[str]) -> list[Ticket]:
    """Return the open tickets whose fault is not mended, and that belong to no outage, the longest open first."""
    found = records.tickets.list(_OPEN, size=_MOST).items
    open_ones = [one for one in found if one.step and one.step.number <= LAST]
    free = [one for one in open_ones if one.number not in but]
    return [one for one in reversed(free) if _outage_of(records, one.number) is None]


def _outage_of(records: Records, number: str) -> Outage | None:
    return next(iter(records.outages.find(tickets=number)), None)


def _offered(records: Records, run: ProbeRun, place: str, tickets: Sequence[Ticket]) -> Offer:
    lines = tuple(_line(records, one) for one in tickets)
    return Offer(run.id, place, Called(run.labels).place(place), lines)


def _line(records: Records, ticket: Ticket) -> Beside:
    step = ticket.step.number if ticket.step else 0
    agency = records.agencies.get(ticket.agency).name
    return Beside(ticket.number, agency, text(ticket.letter, "subject"), step)
