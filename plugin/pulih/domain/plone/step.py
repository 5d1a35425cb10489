"""One thing to do on a Plone site. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pulih.domain.plone.page import Placed, Wanted


class Act(StrEnum):
    """What is done to a page."""

    WITHDRAW = "withdraw"
    NOTE = "note"  # only `Step.note` is kept: no request
    LOOK = "look"  # whether somebody wrote in it, or it was only touched
    MOVE = "move"
    CREATE = "create"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        page: What is wanted; None where nothing is any more. It may have another `id` for the time being: of a MOVE
            where pages change places, and where a page cannot have its address yet.
        placed: What is noted of the page, with its path as it is once the steps before are done. Where a CREATE has
            one, and where its standing is WRITING or FAILED, `adopt` is to be asked first: the page may be there, or
            elsewhere on the site. An empty `modified` asks for its history.
        note: What is to be kept of a NOTE.
        parent: The path below the site that the page is to stand in. A CREATE and a MOVE are left out where what holds
            the page could not be brought to its own place.
        over: A person decided that what somebody did there is written over.
    """

    act: Act
    page: Wanted | None = None
    placed: Placed | None = None
    note: Placed | None = None
    parent: str = ""
    over: bool = False

    @property
    def goal(self) -> str:
        """The path at which the page is to stand; the root's identifier is its whole path."""
        name = self.page.id.rpartition("/")[2] if self.page else ""
        return f"{self.parent}/{name}" if self.parent else name
