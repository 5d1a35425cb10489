"""How facts become words on a paper: every fact that should be there and is not is named as missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pulih.domain import sop
from pulih.domain.agency import DeviceKind
from pulih.domain.facts import Fact, Facts, Kind
from pulih.domain.papers import spelled
from pulih.domain.papers.material import Material
from pulih.domain.papers.paper import NONE, Choice, Field, Said, Table
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.ticket import Entry, Ticket, rows, strings, text
from pulih.wording import Sentence, sentence

NOTHING = Said(NONE)
BY_HAND = Said()
_BLANK_ROWS = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells the facts of a ticket; of none, every place is left to be written by hand."""

    material: Material
    settings: PaperSettings

    @property
    def ticket(self) -> Ticket | None:
        """The ticket; None on an empty form."""
        return self.material.ticket

    @property
    def blank(self) -> bool:
        """Whether this is an empty form."""
        return self.material.ticket is None

    def said(self, value: str, missing: Sentence) -> Said:
        """Return a text, or what it is called where there is none."""
        if self.blank:
            return BY_HAND
        return Said(value) if value else Said(missing=missing)

    def entry(self, stage: str) -> Entry | None:
        """Return when a stage was last taken."""
        history = self.ticket.history if self.ticket else ()
        return next((entry for entry in reversed(history) if entry.stage == stage), None)

    def latest(self, *stages: str) -> str:
        """Return which of some stages was taken last; the first of them where none was."""
        history = self.ticket.history if self.ticket else ()
        return next(
            (entry.stage for entry in reversed(history) if entry.stage in stages), stages[0]
        )

    def entries(self, stage: str) -> list[Entry]:
        """Return each time a stage was taken."""
        history = self.ticket.history if self.ticket else ()
        return [entry for entry in history if entry.stage == stage]

    def facts(self, stage: str) -> Facts:
        """Return what a stage brought when it was last taken."""
        return self.ticket.facts_of(stage) if self.ticket else {}

    def fact(self, stage: str, name: str) -> Said:
        """Return a fact in words."""
        return self.fact_of(stage, self.facts(stage), name)

    def fact_of(self, stage: str, facts: Facts, name: str) -> Said:
        """Return a fact of one of the times that a stage was taken."""
        spec = spec_of(stage, name)
        if self.blank:
            return BY_HAND
        if value := self._worded(spec, facts):
            return Said(value)
        counts = spec.when is None or not facts or facts.get(spec.when[0]) == spec.when[1]
        wanted = spec.required and counts
        return Said(missing=_missing(stage, spec)) if wanted else NOTHING

    def field(self, stage: str, name: str, label: str = "") -> Field:
        """Return a fact as a line, under its own label or another."""
        return Field(label or spec_of(stage, name).label, self.fact(stage, name))

    def ticks(self, stage: str, name: str) -> tuple[Choice, ...]:
        """Return the answers that could be given, those given ticked."""
        facts = self.facts(stage)
        given = {text(facts, name), *strings(facts, name)}
        return tuple(
            Choice(choice.label, choice.id in given) for choice in spec_of(stage, name).choices
        )

    def happened(self, stage: str, write: Callable[[date], str] = spelled.day) -> Said:
        """Return when a stage was last taken, on the office's clock."""
        entry = self.entry(stage)
        told = write(entry.on.astimezone(self.material.zone)) if entry else ""
        return self.said(told, sentence("Tanggal {stage}", stage=sentence(sop.STAGES[stage].verb)))

    def moment(self, at: str) -> str:
        """Return a kept moment on the office's clock, in words."""
        return (
            spelled.moment(datetime.fromisoformat(at).astimezone(self.material.zone)) if at else ""
        )

    def table(
        self,
        caption: str,
        heads: tuple[str, ...],
        told: Sequence[tuple[Said, ...]],
        widths: tuple[int, ...],
    ) -> Table:
        """Return a table; on an empty form, with lines to write in."""
        empty = tuple(BY_HAND for _head in heads)
        lines = [empty] * _BLANK_ROWS if self.blank else list(told)
        return Table(caption, heads, tuple(lines), widths)

    def rows(self, stage: str, name: str, *columns: str) -> list[tuple[Said, ...]]:
        """Return the lines of a table of readings or tests, a cell for each of these columns."""
        lines = rows(self.facts(stage), name)
        return [tuple(plain(line.get(column, "")) for column in columns) for line in lines]

    def _worded(self, spec: Fact, facts: Facts) -> str:
        value = facts.get(spec.name)
        if isinstance(value, bool):
            return "Ya" if value else "Tidak"
        if isinstance(value, str) and value:
            return self._text(spec, value)
        labels = {choice.id: choice.label for choice in spec.choices}
        said = [self._name(spec, item) for item in strings(facts, spec.name)]
        return ", ".join(labels.get(item, item) for item in said)

    def _text(self, spec: Fact, value: str) -> str:
        if spec.kind is Kind.DATE:
            return spelled.day(date.fromisoformat(value))
        if spec.kind is Kind.MOMENT:
            return self.moment(value)
        if spec.kind is Kind.CHOICE:
            return next((choice.label for choice in spec.choices if choice.id == value), value)
        return self._name(spec, value)

    def _name(self, spec: Fact, key: str) -> str:
        """Return the name of what a reference means; a name that is not known is the reference itself."""
        named: Mapping[Kind, Mapping[str, str]] = {
            Kind.PERSON: {k: person.name for k, person in self.material.people.items()},
            Kind.PEOPLE: {k: person.name for k, person in self.material.people.items()},
            Kind.DEVICE: {
                k: f"{device.name} ({device.make})" for k, device in self.material.devices.items()
            },
            Kind.FAULT_TYPE: {k: fault.name for k, fault in self.material.fault_types.items()},
            Kind.AGENCY: {agency.id: agency.name for agency in [self.material.agency] if agency},
        }
        return named.get(spec.kind, {}).get(key, key)


def plain(value: str) -> Said:
    """Return a text that need not be there."""
    return Said(value) if value else NOTHING


def kind_of(value: str) -> str:
    """Return a device kind's name; what is none, as it is."""
    return DeviceKind(value).label if value in set(DeviceKind) else value


def spec_of(stage: str, name: str) -> Fact:
    """Return the specification of a fact."""
    return next(fact for fact in sop.STAGES[stage].facts if fact.name == name)


def _missing(stage: str, spec: Fact) -> Sentence:
    step = sop.STAGES[stage].step
    return sentence("{fact} (langkah {step})", fact=sentence(spec.label), step=step)
