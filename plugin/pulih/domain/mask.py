"""Taking out of a ticket's prose its contacts by name and number, and all that `scrub` finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pulih.domain import sop
from pulih.domain.agency import Agency
from pulih.domain.called import known_by
from pulih.domain.people import Role
from pulih.domain.scrub import (
    NOBODY,
    NONE,
    Audience,
    Choices,
    Finding,
    House,
    cells_under,
    look,
    look_beyond,
    masked,
)
from pulih.domain.ticket import Ticket


class Mask:
    """Takes out of a ticket's prose what is not for every colleague.

    That is what `scrub` finds, and the ticket's contacts: their names and numbers however they are written.

    Args:
        ticket: Its private facts, and whoever acted for the agency, are the contacts.
        agency: The words of its name are nobody's name.
        choices: What was decided of the ticket's texts.
        house: What the office knows of itself.
        audience: Who will read it.
    """

    def __init__(
        self,
        ticket: Ticket,
        agency: Agency,
        choices: Choices = NONE,
        house: House = NOBODY,
        audience: Audience = Audience.INTRANET,
    ) -> None:
        patterns = [
            *([house.people.pattern] if house.people else ()),
            *known_by(_private(ticket), (agency.id, agency.name, agency.short)),
        ]
        people = re.compile("|".join(patterns)) if patterns else None
        self._house = replace(house, people=people, parts=frozenset())
        self._choices, self._audience = choices, audience

    def __call__(self, prose: str, /) -> str:
        """Return the text with a mask for whatever is hidden in it."""
        return masked(prose, self.found(prose))

    def row(self, what: str, *cells: str) -> tuple[str, ...]:
        """Return a line of a table, masked; what its first cell asks for ("password wifi") is hidden in the others."""
        under = cells_under(self.found, what, cells)
        return self(what), *(
            self(masked(cell, found)) for cell, found in zip(cells, under, strict=True)
        )

    def found(self, prose: str) -> tuple[Finding, ...]:
        """Return what is found in a text, also what is readable because somebody decided so."""
        return look(prose, self._audience, self._choices, self._house)

    def found_in_row(self, what: str, *cells: str) -> tuple[tuple[Finding, ...], ...]:
        """Return what is found in each cell of a line of a table."""
        under = cells_under(self.found, what, cells)
        return self.found(what), *(
            self._in_cell(cell, found) for cell, found in zip(cells, under, strict=True)
        )

    def _in_cell(self, cell: str, under: tuple[Finding, ...]) -> tuple[Finding, ...]:
        alone = (f for f in self.found(cell) if not any(_meet(f, one) for one in under))
        return tuple(sorted([*under, *alone], key=lambda f: f.start))


class PublicMask:
    """Takes out of texts that are masked already what only the public may not read."""

    def __init__(self, house: House, choices: Choices = NONE) -> None:
        self._house, self._choices = house, choices

    def __call__(self, prose: str, /) -> str:
        """Return the text with a mask for whatever is hidden in it."""
        return masked(prose, look_beyond(prose, self._choices, self._house))

    def row(self, what: str, *cells: str) -> tuple[str, ...]:
        """Return a line of a table, masked."""
        return self(what), *map(self, cells)


def _meet(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _private(ticket: Ticket) -> Iterator[str]:
    for entry in ticket.history:
        if entry.role is Role.OPD:
            yield entry.name
        for fact in sop.STAGES[entry.stage].facts:
            value = entry.facts.get(fact.name)
            if fact.private and isinstance(value, str):
                yield value
