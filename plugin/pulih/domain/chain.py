"""The chain of a ticket's history: each entry sealed with a digest of what it says and of the entry before it.

Whoever changes, removes, adds or moves an entry afterwards breaks the chain, unless they make it anew from there to
its end; that is found where the last digest was written down elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from pulih.domain.ticket import Entry, Ticket

Link = tuple[int, str]  # how many entries there are, and the digest of the last


def sealed(ticket: Ticket) -> Ticket:
    """Return the ticket with a digest for each of its last entries that has none yet.

    A digest that is there stays, whether it fits or not, and so does a hole before it: a history that was changed must
    not be made good by the next step.
    """
    fresh = ticket.version
    while fresh and not ticket.history[fresh - 1].digest:
        fresh -= 1
    history = list(ticket.history)
    for place in range(fresh, ticket.version):
        before = history[place - 1].digest if place else ""
        made = digest(ticket.number, place + 1, before, history[place])
        history[place] = replace(history[place], digest=made)
    return replace(ticket, history=tuple(history))


def link(ticket: Ticket, version: int | None = None) -> Link:
    """Return where the chain stood when the ticket had so many entries; where it stands, when no number is given.

    Raises:
        IndexError: The ticket never had so many.
    """
    place = ticket.version if version is None else version
    if not 0 <= place <= ticket.version:
        raise IndexError(place)
    return place, ticket.history[place - 1].digest if place else ""


def flaw(ticket: Ticket) -> int | None:
    """Return the position, from 1, of the first entry whose digest does not fit it; None when all do."""
    before = ""
    for position, entry in enumerate(ticket.history, start=1):
        if entry.digest != digest(ticket.number, position, before, entry):
            return position
        before = entry.digest
    return None


def digest(number: str, position: int, before: str, entry: Entry) -> str:
    """Return the SHA-256 of an entry, hexadecimal: of JSON with sorted keys and nothing between its parts, in UTF-8.

    A fact that a stage learns to ask for changes no digest of an entry that was not asked. Were an entry itself to
    gain a field, it would have to be left out here where an entry does not have it.

    Args:
        number: The ticket's.
        position: The entry's place in the history, from 1.
        before: The digest of the entry before; empty for the first.
        entry: Its own digest plays no part.
    """
    said = {
        "number": number,
        "position": position,
        "before": before,
        "stage": entry.stage,
        "to": entry.to,
        "by": entry.by,
        "name": entry.name,
        "role": entry.role.value,
        "at": entry.at.isoformat(),
        "on": entry.on.isoformat(),
        "facts": entry.facts,
    }
    text = _JSON.encode(said)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# Facts hold no numbers, whose many spellings would be the one thing about JSON that is not canonical.
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=dict)
