"""Papers put together in the background: those of a ticket, of a month, and the empty forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class BundleKind(StrEnum):
    """What is put together."""

    TICKET = "ticket"  # one PDF with contents
    MONTH = "month"  # a ZIP
    FORMS = "forms"  # one PDF with contents


class Stage(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNFINISHED = (Stage.WAITING, Stage.RUNNING)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Something to be put together, or put together already.

    Attributes:
        of: The ticket's number, or the month as `2026-11`; empty for forms.
        by: Who asked; nobody else is shown it.
        done, parts: How many of how many papers are in it; `parts` is 0 until they were counted.
        why: What went wrong, to be shown where it failed.
        name, media_type, digest, size: Of the file, once it is there.
    """

    id: str
    kind: BundleKind
    of: str
    by: str
    at: datetime
    state: Stage = Stage.WAITING
    done: int = 0
    parts: int = 0
    why: str = ""
    name: str = ""
    media_type: str = ""
    digest: str = ""
    size: int = 0

    @property
    def unfinished(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in UNFINISHED

    def begun(self) -> Bundle:
        """Return it at its beginning; a second beginning starts anew."""
        return replace(self, state=Stage.RUNNING, done=0, parts=0)

    def failed(self, why: str) -> Bundle:
        """Return it, given up."""
        return replace(self, state=Stage.FAILED, why=why)


@dataclass(frozen=True, slots=True)
class Bound:
    """One PDF out of many: its name on the outside, and the papers in it.

    Attributes:
        notes: Lines below the list of contents.
    """

    title: str
    parts: tuple[tuple[str, bytes], ...]
    notes: tuple[str, ...] = ()
