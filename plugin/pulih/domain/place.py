"""How the wiki's publishing stands: the site itself, and its copies in other places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pulih.wording import Sentence


@dataclass(frozen=True, slots=True)
class PlaceState:
    """How a copy of the site in another place stands.

    Attributes:
        place: As the setting has it: a folder, or a target of rsync.
        opens: Where its start page is, for whoever wants to look.
        shown_at: When it was last brought up to date; None where it never was.
        waiting: Whether the site that the desk serves is another than the one in the place.
        under_way: Whether it is being copied, here and now.
        why: Why it could not be brought up to date the last time; None where it could.
        tried_at: When that was tried.
        next_at: From when on it is tried again by itself.
        failures: How often in a row it failed.
    """

    place: str
    opens: str
    shown_at: datetime | None = None
    waiting: bool = True
    under_way: bool = False
    why: Sentence | None = None
    tried_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A case whose page is not what it should be, and why."""

    number: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class WikiState:
    """How the wiki stands.

    Attributes:
        cases: How many cases are on it.
        published_at: When a case was last put on it; None where none was.
        waiting: In no particular order.
        failed_at, why, cause: When publishing failed the last time and why, and what the builder said, for whoever
            knows it; nothing once it has succeeded.
        asked_at, asked_by: When somebody asked for everything to be published again, and who; None once it is done.
    """

    cases: int = 0
    published_at: datetime | None = None
    waiting: tuple[WaitingPage, ...] = ()
    failed_at: datetime | None = None
    why: Sentence | None = None
    cause: str = ""
    asked_at: datetime | None = None
    asked_by: str = ""
    places: tuple[PlaceState, ...] = ()
