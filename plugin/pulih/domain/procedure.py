"""What a procedure is made of: steps, the single deeds within them, and the ways on. `sop.py` holds the data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pulih.domain.facts import Fact, Facts, Value
from pulih.domain.people import Role
from pulih.wording import N_, Bilingual


class Span(StrEnum):
    """The three stretches of time that the regulation gives working days to."""

    DISPOSITION = "disposisi"
    HANDLING = "penanganan"
    REPORTING = "pelaporan"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _SPANS[self]


_SPANS = {
    Span.DISPOSITION: N_("Disposisi"),
    Span.HANDLING: N_("Penanganan"),
    Span.REPORTING: N_("Pelaporan"),
}

SPAN_DAYS = {Span.DISPOSITION: 1, Span.HANDLING: 2, Span.REPORTING: 1}


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from a stage.

    Attributes:
        to: The stage that is due next, or `CLOSED` or `WITHDRAWN`.
        label: The outcome in a few words.
        said: The sentence of the history; `{who}` is the person, `{x}` the fact x.
        when: The fact and value that choose this way; the last way of a stage has none.
    """

    to: str
    label: str
    said: str
    when: tuple[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One deed of one person within a step.

    Attributes:
        verb: The deed as a button says it.
        roles: Who may do it.
        paper: Who else may type in what somebody of `roles` signed on paper; the signer's name is then a fact.
        appointed: Whether only technicians appointed at step 4 may do it.
        one_of: Groups of facts; of each group at least one must be brought.
        waiting: Whether the time here is the agency's and does not count against the office.
        during: For deeds beside the order: the steps during which they may be done.
    """

    id: str
    step: int
    verb: str
    roles: frozenset[Role]
    facts: tuple[Fact, ...]
    ways: tuple[Way, ...]
    paper: frozenset[Role] = frozenset()
    appointed: bool = False
    one_of: tuple[tuple[str, ...], ...] = ()
    waiting: bool = False
    during: range | None = None

    def way(self, facts: Facts) -> Way:
        """Return the way on that the facts choose."""
        return next(
            way for way in self.ways if way.when is None or facts.get(way.when[0]) == way.when[1]
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the regulation's table.

    Attributes:
        title: The short name.
        happens: What happens, in one sentence.
        needs: "Kelengkapan": what must be there.
        yields: "Output": what comes out.
    """

    number: int
    title: Bilingual
    happens: Bilingual
    needs: Bilingual
    yields: Bilingual
    span: Span
    stages: tuple[Stage, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who acts, in the order in which they act."""
        return tuple(
            dict.fromkeys(role for stage in self.stages for role in Role if role in stage.roles)
        )
