"""A case of the demo office, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file to attach before the step is taken; its identifier then joins the fact `fact`."""

    fact: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """One deed, with everything its step must be told except the identifiers of `files`.

    Attributes:
        stage: A key of `sop.STAGES`.
        by: A person's identifier.
        on: When it happens; aware, within working hours.
        facts: Raw, as `facts.read` takes them. `recurrence_of` is the key of an earlier case, not a ticket's number.
    """

    stage: str
    by: str
    on: datetime
    facts: Mapping[str, object]
    files: tuple[DemoFile, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoExtra:
    """Something done besides the steps: a note to a case, a mark that it helped, a decision of what goes out of it.

    Attributes:
        what: A key of `beside.DEEDS`.
        said: What the deed must be told, by the names that it reads. Other cases are named by their keys.
    """

    what: str
    by: str
    on: datetime
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DemoCase:
    """A ticket from its letter to where it stands.

    Attributes:
        ends: `sop.CLOSED`, `sop.WITHDRAWN`, or the stage that is due.
        beside: In the order in which they are told.
    """

    key: str
    ends: str
    entries: tuple[DemoEntry, ...]
    beside: tuple[DemoExtra, ...] = ()
