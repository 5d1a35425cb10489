"""A page on a Plone site: as it is wanted, as it was put there, and as it is found. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pulih.domain.edition import Case
from pulih.wording import Sentence


class PageKind(StrEnum):
    """What a page is for. The first three hold other pages."""

    ROOT = "root"  # <root>
    AGENCY = "agency"  # <root>/<OPD>
    SECTION = "section"  # <root>/perangkat, <root>/gangguan
    INDEX = "index"  # <root>/perangkat/<one>, <root>/gangguan/<one>
    CASE = "case"  # <root>/<OPD>/<number>

    @property
    def holds(self) -> bool:
        """Whether other pages stand in it."""
        return self in _HOLDING


_HOLDING = frozenset({PageKind.ROOT, PageKind.AGENCY, PageKind.SECTION})


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that belongs to a page.

    Attributes:
        id: What it is called in Plone: "<number>-1.jpg".
        image: Whether it is a photograph, shown in the page.
        digest: Another one when its content is another.
        source: The SHA-256 of the attachment in `Files` that it is made from; empty for the printed case.
    """

    id: str
    image: bool
    title: str
    media_type: str
    digest: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a file stands in Plone: `uid` never changes, `url` is absolute."""

    uid: str
    url: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph in the text of a page, and what is below it."""

    id: str  # of the `Attached`
    caption: str


@dataclass(frozen=True, slots=True)
class Body:
    """What a page says.

    Attributes:
        before, after: Clean HTML before and after the photographs.
        photos: In the order in which they are shown.
        words: All words, for searching.
    """

    before: str
    after: str = ""
    photos: tuple[Photo, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is to stand on a Plone site.

    Attributes:
        key: "root", "opd/<agency>", "kasus/<number>", "perangkat", "gangguan", "perangkat/<slug>",
            "gangguan/<fault type>".
        parent: The key of the page that it stands in; empty for the root.
        id: The last part of its address; the root's is its whole path below the site.
        subjects: Plone's keywords.
        digest: Of all that the page shows, its address left out.
        subject: The keyword whose pages an index lists.
        effective: The date under which Plone lists it.
        agency: The identifier of the OPD whose page it is, or whose case.
        made: Makes its text when told where its files stand, by their ids; without any, those are left out.
    """

    key: str
    kind: PageKind
    parent: str
    id: str
    title: str
    description: str
    digest: str
    subjects: tuple[str, ...] = ()
    case: Case | None = None
    attached: tuple[Attached, ...] = ()
    subject: str = ""
    effective: date | None = None
    agency: str = ""
    made: Callable[[Mapping[str, Shown]], Body] = field(
        default=lambda _shown: Body(""), compare=False, repr=False
    )


class Standing(StrEnum):
    """How a page stands that was put on a site, or was to be."""

    WRITING = (
        "writing"  # begun: noted before the first request, so that a lost answer is recognised
    )
    PUBLISHED = "published"
    EDITED = "edited"  # somebody changed it in Plone: not written over until a person decides
    GONE = "gone"  # somebody deleted it: not made again until a person decides
    TAKEN = "taken"  # something that is not ours stands at its address
    LOCKED = "locked"  # open in somebody's edit form: tried again later
    FAILED = "failed"  # refused, or not as it was written; tried again later
    KEPT = "kept"  # a person decided: theirs stays, until our case changes again
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file of a page as it was put on the site; `digest` is that of its `Attached`."""

    id: str
    uid: str
    digest: str


@dataclass(frozen=True, slots=True)
class Placed:
    """What is noted of a page on a site.

    Attributes:
        target: The identifier of the target; `key` is that of the `Wanted`.
        uid: Plone's; empty where it was never made.
        path: Below the site, no slash in front.
        digest: Of the `Wanted` that was written last.
        modified: As Plone gave it after our last write.
        why: What a person should know of it, as data of a `Sentence`; None for nothing.
        tries: How often in a row it could not be done.
        wanted: The digest of what is being written, while `standing` is WRITING.
        state: Plone's state of review after our last write; empty where it is not known.
        head: As in `Seen`, after our last write; empty where it is not known.
    """

    target: str
    key: str
    uid: str
    path: str
    digest: str
    modified: str
    standing: Standing
    at: datetime
    why: Mapping[str, Any] | None = None
    tries: int = 0
    files: tuple[PlacedFile, ...] = ()
    wanted: str = ""
    state: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of a walk through everything under the root.

    Attributes:
        path: Below the site, no slash in front.
        modified: ISO, UTC, with seconds; compared as it stands.
        state: Plone's state of review; empty where there is none.
        head: `head_of` title and description. It stands for `modified` in pages that hold others, which Plone calls
            modified whenever something is put into them.
    """

    uid: str
    path: str
    modified: str
    state: str
    head: str = ""


def head_of(title: str, description: str) -> str:
    """Return a short digest of what stands at the head of a page."""
    told = "\0".join(" ".join(text.split()) for text in (title, description))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Face:
    """What the pages of a site are made of.

    Attributes:
        text, blocks: Whether a document has Classic's `text`, Volto's `blocks`, or both.
        folder: The type of what holds pages: "Folder", or "Document" where documents are folders.
        collection: Whether a Collection may be added.
    """

    text: bool
    blocks: bool
    folder: str
    collection: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """What was learned on signing in.

    Attributes:
        user, name: Who we are there: identifier and full name.
        version: Plone's.
        root_found: Whether the folder `root` is there.
        missing: Rights that are lacking: "add", "edit", "publish".
        ticket_number: Whether the add-on is there, whose pages know the number of their ticket.
    """

    url: str
    user: str
    name: str
    version: str
    face: Face
    root: str
    root_found: bool
    missing: tuple[str, ...] = ()
    ticket_number: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """It was done, and read back. A page that was withdrawn has no files."""

    uid: str
    path: str
    modified: str
    files: tuple[PlacedFile, ...] = ()
    state: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """It was not done, and why."""

    standing: Standing
    why: Sentence


@dataclass(frozen=True, slots=True)
class Theirs:
    """A page as it stands in Plone, for who compares it with ours; `text` is plain."""

    title: str
    description: str
    subjects: tuple[str, ...]
    text: str
    modified: str
    url: str
