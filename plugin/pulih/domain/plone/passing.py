"""A pass over a Plone site: what is asked of the next one, how far the one under way is, how the last one went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

# After a page could not be written, and after each time more in a row; the last stays.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (60, 120, 300, 600, 1800, 3600))
_LONGEST = timedelta(minutes=10)  # for a site that does not answer: whoever mends it waits for us
_SILENT = timedelta(minutes=5)  # without a sign of life, whoever made the pass was stopped


@dataclass(frozen=True, slots=True)
class Counts:
    """What a pass did, in pages.

    Attributes:
        same: That were as they should be, and cost no request.
        held: That could not be brought up to date; each says why itself.
    """

    same: int = 0
    made: int = 0
    changed: int = 0
    moved: int = 0
    withdrawn: int = 0
    held: int = 0

    @property
    def written(self) -> int:
        """How many pages were written or taken away."""
        return self.made + self.changed + self.moved + self.withdrawn


@dataclass(frozen=True, slots=True)
class PassState:
    """How the passes over a target stand; kept in the records, so that every machine of the office sees it.

    Attributes:
        target: The target's id.
        asked_at, asked_by: When somebody asked for a pass, and their name; None once it has begun.
        again: What somebody decided to write over, or to make again: the page's key -> `modified` of the version there
            that they decided about, empty where the page was gone.
        emptying: Everything there is to be withdrawn.
        leaving: … and then the target forgotten.
        begun_at, moved_at, ended_at: Of the last pass; `moved_at` is its last sign of life.
        walked_at: When the site was last looked through.
        doing: The key of the page it is at.
        done, of: How many of how many steps it has taken.
        cut: It let others go first, and goes on where it was.
        counts: What it has done so far.
        contact: What the site was found to be: plain values, as `Contact` has them; empty before the first contact.
        contact_at: When it was last reached.
        failed_at, why, failures: When a pass was given up, why (a sentence as data), and how often in a row.
        next_at: Before this no pass begins by itself.
    """

    target: str
    asked_at: datetime | None = None
    asked_by: str = ""
    again: Mapping[str, str] = field(default_factory=dict)
    emptying: bool = False
    leaving: bool = False
    begun_at: datetime | None = None
    moved_at: datetime | None = None
    walked_at: datetime | None = None
    ended_at: datetime | None = None
    doing: str = ""
    done: int = 0
    of: int = 0
    cut: bool = False
    counts: Counts = Counts()
    contact: Mapping[str, Any] = field(default_factory=dict)
    contact_at: datetime | None = None
    failed_at: datetime | None = None
    why: Mapping[str, Any] | None = None
    failures: int = 0
    next_at: datetime | None = None

    def under_way(self, now: datetime) -> bool:
        """Tell whether a pass is being made at this moment."""
        return (
            self.begun_at is not None
            and self.ended_at is None
            and self.moved_at is not None
            and now - self.moved_at < _SILENT
        )

    def resting(self, now: datetime) -> timedelta:
        """Return for how long no pass begins by itself."""
        if self.asked_at is not None or self.next_at is None:
            return timedelta()
        return max(timedelta(), self.next_at - now)

    def asked(self, by: str, now: datetime) -> PassState:
        """Return the state once somebody asked for a pass now, whatever went wrong before."""
        return replace(self, asked_at=now, asked_by=by)

    def begun(self, now: datetime) -> PassState:
        """Return the state at the beginning of a pass, or where one goes on that was cut."""
        fresh = replace(self, asked_at=None, asked_by="", moved_at=now, ended_at=None, cut=False)
        if self.cut:
            return fresh
        return replace(fresh, begun_at=now, doing="", done=0, of=0, counts=Counts())

    def ended(self, now: datetime) -> PassState:
        """Return the state after a pass that came to its end; what single pages were held for is theirs to say."""
        return replace(
            self,
            moved_at=now,
            ended_at=now,
            cut=False,
            doing="",
            failed_at=None,
            why=None,
            failures=0,
            next_at=None,
        )

    def failed(self, now: datetime, why: Mapping[str, Any]) -> PassState:
        """Return the state after a pass that was given up; each one more in a row waits longer."""
        wait = min(WAITS[min(self.failures, len(WAITS) - 1)], _LONGEST)
        return replace(
            self,
            moved_at=now,
            ended_at=now,
            cut=False,
            doing="",
            failed_at=now,
            why=why,
            failures=self.failures + 1,
            next_at=now + wait,
        )
