"""Tickets, over documents."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.domain.chain import Link, link, sealed
from pulih.domain.records import Page, TicketFilter
from pulih.domain.sop import STEPS
from pulih.domain.ticket import Ticket, text
from pulih.errors import Conflict, Duplicate, NotFound, Unavailable
from pulih.ports import Document, Documents, Equal
from pulih.store.codec import folded
from pulih.store.codec_ticket import TICKET, agenda_key, letter_key


@dataclass(frozen=True, slots=True)
class DocumentTickets:
    """Implements `ports.Tickets`."""

    documents: Documents

    def add(self, ticket: Ticket) -> None:
        """Keep a new ticket.

        Raises:
            Duplicate: Its number, letter number (field `letter_number`) or agenda number (`agenda_number`) is taken.
            Unavailable: There was a ticket of this number once.
        """
        ticket = sealed(ticket)
        try:
            self.documents.insert("tickets", ticket.number, TICKET.encode(ticket))
        except Duplicate as error:
            raise self._taken(ticket, error.field) from error
        try:
            self.documents.insert("seals", ticket.number, seal_of(link(ticket)))
        except Duplicate as error:
            raise _broken(ticket.number) from error

    def get(self, number: str) -> Ticket:
        """Return a ticket. Raises NotFound."""
        document = self.documents.get("tickets", number)
        if document is None:
            raise _unknown(number)
        return TICKET.decode(document)

    def save(self, ticket: Ticket, seen: int) -> None:
        """Keep a ticket that has grown.

        Raises:
            NotFound, Conflict: As `ports.Tickets` has it.
            Duplicate: As `add`.
            Unavailable: What was seen is not what was sealed; nothing may be built on it.
        """
        ticket = sealed(ticket)
        try:
            self.documents.update("tickets", ticket.number, TICKET.encode(ticket), expected=seen)
        except NotFound as error:
            raise _unknown(ticket.number) from error
        except Conflict as error:
            raise Conflict(
                "Tiket {number} sudah berubah sementara Anda mengisi. Lihat perubahannya, lalu kirim lagi.",
                now=error.now,
                number=ticket.number,
            ) from error
        except Duplicate as error:
            raise self._taken(ticket, error.field) from error
        if self.documents.get("seals", ticket.number) != seal_of(link(ticket, seen)):
            raise _broken(ticket.number)
        self.documents.update("seals", ticket.number, seal_of(link(ticket)))

    def list(self, wanted: TicketFilter, *, page: int = 1, size: int = 25) -> Page[Ticket]:
        """Return a page of tickets, the newest letter first. A page before the first is the first."""
        equal, words, page = _equal(wanted), folded(wanted.words).split(), max(1, page)
        total = self.documents.count("tickets", equal, words=words)
        found = self.documents.find(
            "tickets",
            equal,
            words=words,
            order="opened",
            descending=True,
            limit=size,
            start=(page - 1) * size,
        )
        return Page(tuple(TICKET.decode(document) for document in found), total, page, size)

    def versions(self, wanted: TicketFilter) -> dict[str, int]:
        """Return number -> version of the wanted tickets, without reading them; `words` are not asked."""
        return self.documents.versions("tickets", _equal(wanted))

    def counts(self, wanted: TicketFilter) -> dict[int, int]:
        """Return how many of the wanted open tickets wait at each step; every step of the procedure is there."""
        equal, words = _equal(wanted), folded(wanted.words).split()
        return {
            step.number: 0
            if wanted.step not in (None, step.number)
            else self.documents.count("tickets", {**equal, "step": step.number}, words=words)
            for step in STEPS
        }

    def _taken(self, ticket: Ticket, field: str) -> Duplicate:
        if field == "letter_key":
            return Duplicate(
                "Surat nomor {letter} dari OPD ini sudah tercatat di tiket {number}. "
                "Buka tiket itu, atau periksa nomor suratnya.",
                field="letter_number",
                letter=text(ticket.letter, "letter_number"),
                number=self._holder(field, letter_key(ticket)),
            )
        if field == "agenda_key":
            return Duplicate(
                "Nomor agenda {agenda} sudah dipakai tiket {number}. "
                "Periksa buku agenda, atau kosongkan agar diberi nomor berikutnya.",
                field="agenda_number",
                agenda=text(ticket.letter, "agenda_number"),
                number=self._holder(field, agenda_key(ticket)),
            )
        return Duplicate(
            "Nomor tiket {number} sudah dipakai. Ulangi, agar diberi nomor berikutnya.",
            number=ticket.number,
        )

    def _holder(self, field: str, value: str | None) -> str:
        """Return the number of the ticket that has a value, to name it to whoever typed the value again."""
        found = self.documents.find("tickets", {field: value}, limit=1)
        return str(found[0]["number"]) if found else ""


def seal_of(made: Link) -> Document:
    """Return the document that tells of a ticket's last entry, beside the ticket: an entry less is found by it."""
    version, digest = made
    return {"version": version, "digest": digest}


def _equal(wanted: TicketFilter) -> Equal:
    asked: dict[str, str | int | tuple[str, ...] | None] = {
        "agency": wanted.agency,
        "state": wanted.states,
        "step": wanted.step,
        "stage": wanted.stages,
        "team": wanted.member,
        "people": wanted.person,
        "year": wanted.year,
    }
    return {field: value for field, value in asked.items() if value not in ("", (), None)}


def _unknown(number: str) -> NotFound:
    return NotFound("Tiket {number} tidak ditemukan. Periksa nomornya.", number=number)


def _broken(number: str) -> Unavailable:
    return Unavailable(
        "Riwayat tiket {number} tidak cocok dengan segelnya; langkah ini tidak disimpan. "
        "Minta administrator memeriksanya dengan perintah pulih verify.",
        number=number,
    )
