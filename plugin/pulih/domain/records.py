"""Plain values that the office keeps or passes around beside its tickets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from pulih.domain.agency import Agency, Device, FaultType, Site
from pulih.domain.outside import Outside
from pulih.domain.people import Person

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class ProbeRun:
    """A diagnostic run of a ticket, running or done.

    Attributes:
        state: `waiting`, `running`, `done` or `failed`.
        progress: 0 to 1; `doing` says in a sentence what is being done.
        targets: What is looked at: name, address, ports.
        findings: The raw results, each as `periksa.findings.Finding.as_dict` gives it.
    """

    id: str
    ticket: str
    by: str
    at: datetime
    targets: tuple[Mapping[str, Any], ...]
    state: str = "waiting"
    progress: float = 0.0
    doing: str = ""
    seconds: float = 0.0
    findings: tuple[Mapping[str, Any], ...] = ()
    names: tuple[str, ...] = ()


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
