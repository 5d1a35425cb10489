"""Whether the numbers that were given out have neither gap nor double."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pulih.domain import sop
from pulih.domain.issued import Numbered
from pulih.domain.ticket import Ticket, text
from pulih.keeping.flaw import Flaw
from pulih.store.codec import folded
from pulih.wording import Sentence, sentence

_TICKET = re.compile(r"([0-9]{4})-([0-9]{4,18})")
_AGENDA = re.compile(r"([0-9]{3,9})/([0-9]{4})")


@dataclass(slots=True)
class Numbers:
    """Gathers the numbers of all tickets, and compares them with the counters in the end."""

    _given: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _counters: dict[str, int] = field(default_factory=dict)

    def ticket(self, number: str, ticket: Ticket | None) -> Iterator[Sentence]:
        """Take a ticket's number, and the agenda numbers that its letters ever had, where it can be read."""
        found = _TICKET.fullmatch(number)
        if found is None or number != f"{found[1]}-{int(found[2]):04d}":
            yield sentence("Nomornya bukan nomor tiket.")
        else:
            self._given[f"ticket-{found[1]}"].add(int(found[2]))
        for entry in ticket.history if ticket else ():
            agenda = folded(text(entry.facts, "agenda_number"))
            if entry.stage == sop.FIRST.id and (found := _AGENDA.fullmatch(agenda)):
                self._given[f"agenda-{found[2]}"].add(int(found[1]))

    def paper(self, line: Numbered) -> None:
        """Take the number of a paper, whatever became of it, where the office gave it."""
        if line.series:
            self._given[line.series].add(line.serial)

    def counter(self, series: str, last: int) -> None:
        """Take the last number of a series."""
        self._counters[series] = last

    def flaws(self) -> Iterator[Flaw]:
        """Yield a flaw for each series that is not whole.

        There is no double: keys of two tickets differ, and of the numbers of papers the store keeps each once.
        """
        for series in sorted(self._given.keys() | self._counters.keys()):
            last, given = self._counters.get(series, 0), self._given.get(series, set())
            if not series.startswith("agenda-") and max(given, default=0) > last:
                said = sentence(
                    "Penghitungnya di {last}, padahal nomor {given} sudah dipakai.",
                    last=last,
                    given=max(given),
                )
                yield Flaw("counters", series, said)
            # A number of the agenda above the counter was typed by hand, or the counter was lowered or removed: which
            # of them nobody can tell, and it is the same. Such a number is passed over when its turn comes.
            if gaps := last - sum(1 <= number <= last for number in given):
                first = next(n for n in range(1, last + 1) if n not in given)
                said = sentence(
                    "{gaps} nomor hilang dari urutannya; yang pertama {first}.",
                    gaps=gaps,
                    first=first,
                )
                yield Flaw("counters", series, said)
