"""Tickets as documents: the history, and beside it what is derived from it for lists."""

from __future__ import annotations

import re
from datetime import datetime

from pulih.domain.people import Role
from pulih.domain.ticket import Entry, Ticket, text
from pulih.ports import Document
from pulih.store.codec import Codec, folded, wording

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LOOKED_IN = ("subject", "disturbed", "place", "letter_number", "agenda_number")


def encode(ticket: Ticket) -> Document:
    """Return the document of a ticket. The letter as it last came in decides what it is found by."""
    letter = ticket.letter
    return {
        "number": ticket.number,
        "version": ticket.version,
        "history": [_entry(entry) for entry in ticket.history],
        "agency": ticket.agency,
        "state": ticket.state.value,
        "step": ticket.step.number if ticket.step else None,
        "stage": ticket.due.id if ticket.due else None,
        "team": list(ticket.team),
        "people": people_of(ticket),
        "year": year_of(ticket.number),
        "opened": ticket.opened.isoformat() if ticket.history else None,
        "letter_key": letter_key(ticket),
        "agenda_key": agenda_key(ticket),
        "words": wording(
            ticket.number, ticket.agency, *(text(letter, name) for name in _LOOKED_IN)
        ),
    }


def decode(document: Document) -> Ticket:
    """Return the ticket that a document was made of."""
    return Ticket(document["number"], tuple(_entry_back(entry) for entry in document["history"]))


def people_of(ticket: Ticket) -> list[str]:
    """Return over whose desks a ticket went: the identifiers of all who did something, and of the appointed team."""
    return list(dict.fromkeys((*(entry.by for entry in ticket.history), *ticket.team)))


def year_of(number: str) -> str:
    """Return the year that a ticket's number names, or an empty string."""
    found = _YEAR.search(number)
    return found.group() if found else ""


def letter_key(ticket: Ticket) -> str | None:
    """Return what may stand only once of an agency's letters: capitals and spaces make no other letter."""
    number = folded(text(ticket.letter, "letter_number"))
    return f"{ticket.agency}\n{number}" if number else None


def agenda_key(ticket: Ticket) -> str | None:
    """Return the agenda number as it may stand only once, or None where there is none yet."""
    return folded(text(ticket.letter, "agenda_number")) or None


def _entry(entry: Entry) -> Document:
    return {
        "stage": entry.stage,
        "to": entry.to,
        "by": entry.by,
        "name": entry.name,
        "role": entry.role.value,
        "at": entry.at.isoformat(),
        "on": entry.on.isoformat(),
        "facts": dict(entry.facts),
        "digest": entry.digest,
    }


def _entry_back(document: Document) -> Entry:
    return Entry(
        stage=document["stage"],
        to=document["to"],
        by=document["by"],
        name=document["name"],
        role=Role(document["role"]),
        at=datetime.fromisoformat(document["at"]),
        on=datetime.fromisoformat(document["on"]),
        facts=document["facts"],
        digest=document.get("digest", ""),
    )


TICKET = Codec(encode, decode)
