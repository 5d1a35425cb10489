"""Plain values that the office keeps or passes around beside its tickets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pulih.domain.agency import Agency, Device, FaultType, Site
from pulih.domain.outside import Outside
from pulih.domain.people import Person

T = TypeVar("T")
UNFINISHED = ("waiting", "running")  # states of a run


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a ticket.

    Attributes:
        id: 32 hexadecimal digits, not guessable.
        ticket: The ticket's number; empty while the letter that will open it is being typed.
        digest: SHA-256 of the content, hexadecimal; the key in `Files`.
        used: Whether an entry of the history refers to it.
    """

    id: str
    ticket: str
    name: str
    media_type: str
    size: int
    digest: str
    by: str
    at: datetime
    used: bool = False


class RunKind(StrEnum):
    """What a run looks at."""

    EXAMINATION = "examination"  # the whole way of an agency, judged
    ADDRESSES = "addresses"  # some addresses, each for itself
    TOLD = "told"  # nothing: it is judged what people say
    SWEEP = "sweep"  # the whole network, of no ticket


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said to a run: the answer to a question, or a computer's code.

    Attributes:
        key: The question's id, or `pc/` and the computer's node. The newest of a key that stands is judged.
        findings: Each as `periksa.findings.Finding.as_dict` gives it.
        withdrawn_by: Who took it back, empty where it stands.
    """

    key: str
    by: str
    at: datetime
    findings: tuple[Mapping[str, Any], ...]
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Nobody took it back."""
        return not self.withdrawn_by


@dataclass(frozen=True, slots=True)
class ProbeRun:
    """A look at the network, to come, under way or done. What it shows is frozen with it.

    Attributes:
        ticket: Its number; empty for a sweep.
        at: When it was asked for; of a planned one, when it is to begin.
        targets: What is looked at where addresses were chosen: name, address, ports.
        state: `planned`, `waiting`, `running`, `done` or `failed`.
        progress: 0 to 1; `doing` says in a sentence what is being done.
        findings: The raw results, each as `periksa.findings.Finding.as_dict` gives it.
        names: Host names that were asked for where addresses were chosen.
        step: At which step of the procedure it was asked for; 0 where that is not known.
        about: The nodes that the agency complains about.
        network: What was looked at, in the shape of `periksa --path`, without accounts.
        labels: What people called the nodes of `network` that day.
        way: The way of the agency as `frozen.way_out` keeps it.
        told: What people said besides.
        verdict: On all that, as `periksa.examination.Examination.as_dict` gives it.
        segments: By place, what came back over it, as `periksa.segments.Pool.as_dict` gives it.
        comparison: With the run of step 5, as `periksa.compare.Comparison.as_dict` gives it, and `run`, that run's
            id, and `said`, its sentences.
        offices: Of a sweep: each as `periksa.sweep.Office.as_dict` gives it, and `agency`, an identifier.
        remarks: Templates: what the office should know of how this was looked at.
        since: When the watch after a repair began that this run is part of.
        again_at: When to look again before the comparison stands; None where it stands.
    """

    id: str
    ticket: str
    by: str
    at: datetime
    targets: tuple[Mapping[str, Any], ...] = ()
    state: str = "waiting"
    progress: float = 0.0
    doing: str = ""
    seconds: float = 0.0
    findings: tuple[Mapping[str, Any], ...] = ()
    names: tuple[str, ...] = ()
    kind: RunKind = RunKind.ADDRESSES
    step: int = 0
    about: tuple[str, ...] = ()
    network: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    way: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    verdict: Mapping[str, Any] = field(default_factory=dict)
    segments: Mapping[str, Any] = field(default_factory=dict)
    comparison: Mapping[str, Any] = field(default_factory=dict)
    offices: tuple[Mapping[str, Any], ...] = ()
    remarks: tuple[str, ...] = ()
    since: datetime | None = None
    again_at: datetime | None = None

    @property
    def going(self) -> bool:
        """It is asked for or under way."""
        return self.state in UNFINISHED

    @property
    def judged(self) -> bool:
        """It is done, and there is a verdict."""
        return self.state == "done" and bool(self.verdict)

    @property
    def standing(self) -> tuple[Told, ...]:
        """What people said and nobody took back: of each key the newest."""
        return tuple({one.key: one for one in self.told if one.stands}.values())

    @property
    def seen(self) -> tuple[Mapping[str, Any], ...]:
        """All findings that count: what was probed, then what people said."""
        return (*self.findings, *(found for one in self.standing for found in one.findings))


@dataclass(frozen=True, slots=True)
class Helped:
    """A technician's word that a past case helped with a ticket ("dipakai"), or did not ("tidak cocok").

    Attributes:
        query: What was typed to find it, without what is not to be kept; empty where nothing was typed.
    """

    case: str
    ticket: str
    by: str
    at: datetime
    helped: bool = True
    query: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What was last put on the wiki for a case: the article's version and the digest of the page.

    Attributes:
        publisher: The version of the publisher that made the page.
    """

    number: str
    version: int
    digest: str
    at: datetime
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed and could not save. `fields` maps a field's name to the strings it had."""

    person: str
    path: str
    fields: Mapping[str, list[str]]
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets to list. Empty fields do not filter; `words` must all be in the letter's texts.

    Attributes:
        member: Of the team appointed last.
        person: Over whose desk the ticket went: who did something in it, or is appointed.
    """

    words: str = ""
    agency: str = ""
    states: tuple[str, ...] = ()
    step: int | None = None
    stages: tuple[str, ...] = ()
    member: str = ""
    person: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list, and how many there are in all."""

    items: tuple[T, ...]
    total: int
    number: int = 1
    size: int = 25

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class RegistryFilter:
    """Which agencies, devices or people to list. Empty fields do not filter."""

    words: str = ""
    agency: str = ""
    kind: str = ""
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the wiki calls things today: identifier -> name."""

    agencies: Mapping[str, str] = field(default_factory=dict)
    fault_types: Mapping[str, str] = field(default_factory=dict)


def mark_of(item: Agency | Site | Device | FaultType | Outside | Person) -> str:
    """Return a short text that is another one when anything in the item is.

    A form carries the mark of what it showed, so that who saves an older one is told.
    """
    told = json.dumps(asdict(item), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
