"""Changes of an office's documents, as somebody would make them who knows how they are kept."""

from __future__ import annotations

from dataclasses import replace

from pulih.domain.chain import sealed
from pulih.domain.people import Role
from pulih.store.codec_ticket import TICKET

CLOSED, OPEN, RETURNED = "2026-0001", "2026-0002", "2026-0003"


def rewrite(rows, number, change, *, digests=False, seal=False):
    """Change a ticket's history as somebody would who knows how tickets are kept.

    What is derived from the history is made anew; the digests and the seal only where that is asked for.
    """
    ticket = TICKET.decode(rows["tickets"][number])
    ticket = replace(ticket, history=tuple(change(list(ticket.history))))
    if digests:
        ticket = sealed(
            replace(ticket, history=tuple(replace(e, digest="") for e in ticket.history))
        )
    rows["tickets"][number] = TICKET.encode(ticket)
    if seal:
        last = ticket.history[-1].digest
        rows["seals"][number] = {"version": ticket.version, "digest": last}


def entry(place, *, facts=(), **changes):
    """A change of one entry."""

    def change(history):
        told = {**history[place].facts, **dict(facts)}
        history[place] = replace(history[place], facts=told, **changes)
        return history

    return change


TOUCHED = {
    "a fact": entry(1, facts={"note": "Tidak pernah ditulis."}),
    "a fact of the first letter": entry(0, facts={"subject": "Lain"}),
    "a name": entry(2, name="Orang Lain"),
    "an account": entry(2, by="admin"),
    "a role": entry(0, role=Role.NETWORK_TEAM),
    "when it happened": lambda h: entry(1, on=h[0].on)(h),
    "when it was recorded": lambda h: entry(-1, at=h[-1].at.replace(year=2027))(h),
    "where it led": entry(1, to="appointment"),
    "another deed": entry(1, stage="withdrawal"),
    "the first is gone": lambda h: h[1:],
    "one in the middle is gone": lambda h: [*h[:2], *h[3:]],
    "the last is gone": lambda h: h[:-1],
    "two are gone": lambda h: h[:-2],
    "two have changed places": lambda h: [h[0], h[2], h[1], *h[3:]],
    "turned round": lambda h: h[::-1],
    "one is there twice": lambda h: [*h, h[-1]],
    "one was put between": lambda h: [*h[:2], replace(h[1], digest=""), *h[2:]],
    "one was added without a digest": lambda h: [*h, replace(h[-1], digest="")],
    "a digest is gone": entry(1, digest=""),
    "all digests are gone": lambda h: [replace(e, digest="") for e in h],
}


def put(table, key, **fields):
    return lambda rows: rows[table][key].update(fields)


def without(table, key):
    return lambda rows: rows[table].pop(key)


def another(table, key, like, **fields):
    return lambda rows: rows[table].update({key: {**rows[table][like], **fields}})


def fact(number, place, **facts):
    """Change a fact, and all that was made of it, as if it had always been so."""
    return lambda rows: rewrite(rows, number, entry(place, facts=facts), digests=True, seal=True)


def added(number, letter="005/9", agenda="009/2026"):
    """Add a ticket that would be flawless under a number that was given to it."""

    def change(rows):
        kept = TICKET.decode(rows["tickets"][RETURNED])
        facts = kept.history[0].facts | {"letter_number": letter, "agenda_number": agenda}
        first = replace(kept.history[0], facts=facts)
        rows["tickets"][number] = TICKET.encode(replace(kept, number=number))
        rewrite(rows, number, lambda h: [first, *h[1:]], digests=True, seal=True)

    return change


def any_of(table, change):
    """Make a change of one document, whatever its key is."""

    def changes(rows):
        key = next(key for key, kept in rows[table].items() if kept.get("used", True))
        change(table, key)(rows)

    return changes
