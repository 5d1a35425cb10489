"""What the wiki shows at one time: the cases, and what the office has added to them since they were closed. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from pulih.domain.agency import Device, Site
from pulih.domain.article import Article
from pulih.domain.records import Names

_VALUES = attrgetter(*(one.name for one in fields(Article)))


class Review(StrEnum):
    """Why a case should be looked at again ("perlu ditinjau")."""

    OLD = "old"  # and it has helped nobody for long
    RETIRED = "retired"  # its device is in use no more


@dataclass(frozen=True, slots=True)
class Note:
    """A technician's later word on a case, kept apart from the official record.

    Attributes:
        id: 32 hexadecimal digits.
        by: The person's identifier; `name` is what they were called on that day.
        answers: Why the case was to be looked at again, where the note says that it still holds.
    """

    id: str
    case: str
    by: str
    name: str
    at: datetime
    text: str
    answers: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph that was ticked to be published.

    Attributes:
        digest: SHA-256 of the attachment's content, the key in `Files`. What is published is made anew from it,
            without what a camera notes beside the picture.
    """

    digest: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the wiki shows it: the article as its audience may read it, and what has been added since.

    Attributes:
        helped: Numbers of the tickets that it helped with, oldest first.
        notes: Oldest first.
    """

    article: Article
    helped: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    review: tuple[Review, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def number(self) -> str:
        """The ticket's number."""
        return self.article.number

    @property
    def digest(self) -> str:
        """A short digest of all of it; two that show the same have the same."""
        added = (self.helped, self.notes, self.review, self.pictures)
        # What is kept has no control characters: between values, one is no part of them.
        told = "\0".join(map(str, (*_VALUES(self.article), added)))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that the wiki shows of the office.

    Attributes:
        cases: In no particular order; no two of one number.
        names: What agencies and fault types are called today.
        sites, devices: By identifier, as their audience may read them; also those no longer in use.
        recurring: Cases that came back: number -> those that they came back from, newest first; see `recurrence`.
    """

    cases: tuple[Case, ...] = ()
    names: Names = field(default_factory=Names)
    sites: Mapping[str, Site] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    recurring: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
