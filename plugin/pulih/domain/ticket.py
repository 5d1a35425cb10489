"""The ticket and its history: the only code that moves a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Self

from pulih.domain import sop
from pulih.domain.facts import Fact, Facts
from pulih.domain.people import Person, Role
from pulih.domain.reading import EARLIEST, read
from pulih.errors import (
    Finished,
    Invalid,
    NotAllowed,
    NotYourStep,
    OutOfOrder,
    Problem,
    Unavailable,
)
from pulih.wording import N_, sentence

_SET_BACK = timedelta(minutes=5)  # as far as a time server corrects a clock that runs


class State(StrEnum):
    """What a ticket is, derived from its history."""

    OPEN = "open"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _STATES[self]


_STATES = {
    State.OPEN: N_("Berjalan"),
    State.RETURNED: N_("Dikembalikan ke OPD"),
    State.CLOSED: N_("Selesai"),
    State.WITHDRAWN: N_("Dicabut"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed in a ticket's history.

    Attributes:
        stage: The stage taken, a key of `sop.STAGES`.
        to: What was due afterwards: a stage, `sop.CLOSED` or `sop.WITHDRAWN`.
        by: The person's identifier; `name` and `role` are what they were at that moment.
        at: When it was recorded, UTC.
        on: When it happened, UTC; earlier than `at` when it was first written on paper.
        digest: Its link in the chain (`domain/chain.py`), once it is kept. It says nothing of its own: entries that
            say the same are equal.
    """

    stage: str
    to: str
    by: str
    name: str
    role: Role
    at: datetime
    on: datetime
    facts: Facts
    digest: str = field(default="", compare=False)

    @property
    def way(self) -> sop.Way:
        """The way on that was chosen."""
        return sop.STAGES[self.stage].way(self.facts)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A fault on its way through the procedure. It is its history: everything else is derived."""

    number: str
    history: tuple[Entry, ...] = ()

    @classmethod
    def open(
        cls,
        number: str,
        by: Person,
        at: datetime,
        facts: Mapping[str, object],
        *,
        on: datetime | None = None,
        zone: tzinfo = UTC,
    ) -> Self:
        """Return the ticket that a letter opens (step 1). Raises as `take` does."""
        return cls(number).take(sop.FIRST.id, by, at, facts, on=on, zone=zone)

    @property
    def version(self) -> int:
        """How many entries there are; entries are only added, so it names a state of the ticket."""
        return len(self.history)

    @property
    def due(self) -> sop.Stage | None:
        """The stage that is due, or None when the ticket is at its end."""
        return sop.STAGES.get(self.history[-1].to) if self.history else sop.FIRST

    @property
    def step(self) -> sop.Step | None:
        """The row of the procedure that is due, or None at the end."""
        return sop.step_of(self.due) if self.due else None

    @property
    def state(self) -> State:
        """What the ticket is now."""
        if self.due is None:
            return State(self.history[-1].to)
        return State.RETURNED if self.due is sop.FIRST and self.history else State.OPEN

    @property
    def opened(self) -> datetime:
        """When the letter came in."""
        return self.history[0].on

    @property
    def closed(self) -> datetime | None:
        """When the ticket came to its end, if it has."""
        return None if self.due else self.history[-1].on

    def facts_of(self, stage: str) -> Facts:
        """Return the facts brought when `stage` was last taken; empty when it was not."""
        return next((entry.facts for entry in reversed(self.history) if entry.stage == stage), {})

    @property
    def letter(self) -> Facts:
        """The facts of the letter as it last came in."""
        return self.facts_of(sop.FIRST.id)

    @property
    def agency(self) -> str:
        """The identifier of the agency that reports. It does not change when a letter comes again."""
        return text(self.history[0].facts, "agency") if self.history else ""

    @property
    def team(self) -> tuple[str, ...]:
        """The identifiers of the technicians appointed last."""
        return tuple(strings(self._appointment, "technicians"))

    @property
    def lead(self) -> str:
        """The identifier of the technician who leads."""
        return text(self._appointment, "lead")

    @property
    def _appointment(self) -> Facts:
        stages = ("appointment", "reappointment")
        return next((entry.facts for entry in reversed(self.history) if entry.stage in stages), {})

    def asides(self) -> tuple[sop.Stage, ...]:
        """Return the deeds beside the order that the ticket allows now."""
        step = self.step
        return tuple(
            s for s in sop.ASIDE if step and self.history and step.number in (s.during or ())
        )

    def refusal(self, stage: sop.Stage, by: Person) -> NotAllowed | None:
        """Return why `by` may not take `stage`, or None when they may. The one place that decides it.

        It does not look at the order: whether the stage is due is another question.
        """
        if not by.active:
            return NotAllowed("Akun ini tidak aktif lagi. Hubungi administrator.")
        if by.role not in stage.roles | stage.paper:
            return NotYourStep(
                "Langkah ini dikerjakan oleh {roles}.",
                roles=[sentence(r.label) for r in Role if r in stage.roles],
            )
        if by.role is Role.OPD and self.history and by.agency != self.agency:
            return NotAllowed("Tiket ini milik OPD lain.")
        if stage.appointed and by.id not in self.team:
            return NotYourStep("Langkah ini dikerjakan oleh teknisi yang ditunjuk untuk tiket ini.")
        return None

    def take(
        self,
        stage: str,
        by: Person,
        at: datetime,
        facts: Mapping[str, object],
        *,
        on: datetime | None = None,
        zone: tzinfo = UTC,
    ) -> Self:
        """Return the ticket with one more entry.

        Args:
            stage: A key of `sop.STAGES`.
            by: Who does it.
            at: Now; aware.
            facts: What the stage must be told (`Stage.facts`), raw or read.
            on: When it happened, if it was first written on paper; not after `at`, not before the entry before.
            zone: Where the office is, for what "today" means.

        Raises:
            Finished: The ticket is closed or withdrawn.
            OutOfOrder: Another stage is due.
            NotAllowed: The person may not take this stage of this ticket.
            Invalid: A fact is missing or does not fit.
            Unavailable: The clock is far behind the last entry.
        """
        deed = sop.STAGES.get(stage)
        if deed is None:
            raise OutOfOrder("Langkah {stage} tidak dikenal.", stage=stage)
        if refusal := self.refusal(deed, by):
            raise refusal
        self._hold_order(deed)
        at = self._clock(at)
        on = self._happened(on or at, at)
        specs = (*deed.facts, *(_paper(deed, by)))
        read_facts = read(specs, facts, today=at.astimezone(zone).date(), one_of=deed.one_of)
        if deed is sop.FIRST:
            self._hold_agency(by, read_facts)
            if on.astimezone(zone).date().isoformat() < text(read_facts, "letter_date"):
                raise Invalid([Problem("on", sentence("Lebih awal dari tanggal surat."))])
        way = deed.way(read_facts)
        to = way.to or self.history[-1].to
        entry = Entry(deed.id, to, by.id, by.name, by.role, at.astimezone(UTC), on, read_facts)
        return replace(self, history=(*self.history, entry))

    def _hold_order(self, deed: sop.Stage) -> None:
        due = self.due
        if due is None:
            raise Finished(
                "Tiket {number} sudah berakhir; tidak ada yang dapat ditambahkan.",
                number=self.number,
            )
        if deed is due or deed in self.asides():
            return
        raise OutOfOrder(
            "Belum waktunya. Yang ditunggu sekarang: langkah {step}, {title}. Muat ulang halaman tiket.",
            step=due.step,
            title=sop.step_of(due).title,
        )

    def _clock(self, at: datetime) -> datetime:
        """Return now, but not before the last entry: clocks are set back a little now and then."""
        last = self.history[-1].at if self.history else at
        if last - at > _SET_BACK:
            raise Unavailable(
                "Jam server menunjukkan {now}, padahal langkah terakhir tiket ini dicatat {before}. "
                "Perbaiki jam server, lalu simpan lagi.",
                now=at,
                before=last,
            )
        return max(at, last)

    def _happened(self, on: datetime, at: datetime) -> datetime:
        last = self.history[-1].on if self.history else None
        if on.year < EARLIEST.year:
            raise Invalid(
                [Problem("on", sentence("Tahun {year} tidak masuk akal di sini.", year=on.year))]
            )
        if on > at:
            raise Invalid([Problem("on", sentence("Waktu ini belum terjadi."))])
        if last and on < last:
            # A form knows minutes only: the same minute is not earlier.
            if on < last.replace(second=0, microsecond=0):
                said = sentence("Lebih awal dari langkah sebelumnya, {before}.", before=last)
                raise Invalid([Problem("on", said)])
            on = last
        return on.astimezone(UTC)

    def _hold_agency(self, by: Person, facts: Facts) -> None:
        agency = facts["agency"]
        if by.role is Role.OPD and agency != by.agency:
            raise NotAllowed("Anda hanya dapat melapor untuk OPD sendiri.")
        if self.history and agency != self.agency:
            raise Invalid(
                [
                    Problem(
                        "agency",
                        sentence("OPD sebuah tiket tidak dapat diganti. Catat surat baru."),
                    )
                ]
            )


def _paper(stage: sop.Stage, by: Person) -> tuple[Fact, ...]:
    """Whoever types in a paper must name who signed it."""
    if by.role in stage.roles or by.role not in stage.paper:
        return ()
    return tuple(replace(fact, required=True) for fact in stage.facts if fact.name == "signed_by")


def text(facts: Facts, name: str) -> str:
    """Return a fact that is text, or an empty string."""
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def strings(facts: Facts, name: str) -> list[str]:
    """Return a fact that is a list of strings, or an empty list."""
    value = facts.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def rows(facts: Facts, name: str) -> list[dict[str, str]]:
    """Return a fact that is rows, or an empty list."""
    value = facts.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
