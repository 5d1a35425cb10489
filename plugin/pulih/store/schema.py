"""The tables: what each is keyed by, what may stand only once, and what is found without reading all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pulih.ports import Document, Equal

VERSION = 7
WORDS = "words"
CLOSED = "closed"  # a document of the table `store`: this store is moved elsewhere, and takes nothing more


@dataclass(frozen=True, slots=True)
class Table:
    """A table of documents.

    Attributes:
        key: What the key of a document is, for whoever reads an export.
        unique: Fields whose value may stand only once; a document without the value is free.
        indexed: Fields that `find` may ask for and order by. Where it asks for several, the first of them here leads:
            it should be the one that fewest documents share.
        types: What an indexed field holds where it is no text: `int` or `bool`.
        order: The field that lists are ordered by, so that they need no sorting.
        falling: Whether those lists run from the highest down.
        lists: Fields that hold lists, and equal each of their members.
        worded: Whether documents have a field `words`, with the text that words are looked for in.
        searched: Whether there are so many of them that the words need an index.
        beside: A field to keep in every index, so that what is counted by it and another need not be read.
        since: The version of the schema that it came with.
    """

    key: str
    unique: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    types: Mapping[str, type] = field(default_factory=dict)
    order: str = ""
    falling: bool = False
    lists: tuple[str, ...] = ()
    worded: bool = False
    searched: bool = False
    beside: str = ""
    since: int = 1

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields with one value that can be asked for."""
        return (*self.unique, *self.indexed)

    def check(self, equal: Equal, order: str, words: object) -> None:
        """Do nothing where `find` may be asked this. Raises KeyError naming the first field that is not indexed."""
        known = {*self.columns, *self.lists}
        asked = [*equal, *((order,) if order else ())]
        wrong = [field for field in asked if field not in known]
        if words and not self.worded:
            wrong.append(WORDS)
        if wrong:
            raise KeyError(wrong[0])


def _listed(*indexed: str) -> Table:
    """Return a table of the registry: items that are in use or not, listed by name."""
    return Table(
        "id",
        indexed=(*indexed, "active", "sort"),
        types={"active": bool},
        order="sort",
        worded=True,
    )


TABLES: Mapping[str, Table] = {
    "tickets": Table(
        "number",
        unique=("letter_key", "agenda_key"),
        indexed=("stage", "step", "agency", "year", "state", "opened"),
        types={"step": int},
        order="opened",
        falling=True,
        lists=("team", "people"),
        worded=True,
        searched=True,
        beside="state",
    ),
    "people": _listed("agency", "kind"),
    "agencies": _listed("agency"),
    "sites": _listed("agency"),
    "devices": _listed("agency", "kind"),
    "fault_types": _listed(),
    "articles": Table("number", indexed=("agency", "fault_type", "device")),
    "entries": Table(
        "number", indexed=("seq",), types={"seq": int}, since=4
    ),  # of the index of cases
    "published": Table("number"),
    "attachments": Table("id", indexed=("ticket", "used"), types={"used": bool}),
    "runs": Table("id", indexed=("ticket", "state")),
    "outages": Table("id", lists=("tickets",), since=5),  # tickets with one cause
    "helped": Table("ticket:case", indexed=("case", "ticket", "helped"), types={"helped": bool}),
    "notes": Table("id", indexed=("case",), since=3),
    "retracted": Table("number", since=3),  # cases that are taken off the wiki
    "wanted": Table("id", since=3),  # what was looked for in the cases and not found
    "outgoing": Table("number", since=3),  # what of a ticket goes out to the wiki, as was decided
    "logins": Table("device", since=5),  # accounts with which devices are looked at
    "papers": Table(
        "id", indexed=("ticket", "series", "month"), since=6
    ),  # that were issued; written once
    "numbers": Table(
        "id", unique=("held", "number_key"), indexed=("ticket", "series"), since=6
    ),  # of papers, and what became of each
    "bundles": Table("id", indexed=("by", "state"), since=6),  # of papers, made in the background
    "plone_targets": Table("id", since=7),  # Plone sites that cases are published to
    "plone_pages": Table(
        "target/key", indexed=("target", "standing"), since=7
    ),  # what stands there of ours
    "plone_passes": Table(
        "target", since=7
    ),  # what is asked of the next pass, and how the last went
    "doors": Table("id", since=7),  # through which Plone sites ask and hand in letters
    "door_requests": Table("id", indexed=("door", "kind"), since=7),  # that were answered
    "drafts": Table("person:path", indexed=("person",)),
    "secrets": Table("person"),
    "settings": Table("name"),
    "counters": Table("series"),
    "seals": Table(
        "number", since=2
    ),  # of each ticket: how many entries its history has, and the digest of the last
    "store": Table(
        "name"
    ),  # about this store itself: `closed` while and after it is moved elsewhere
}


def matches(document: Document, equal: Equal, words: Sequence[str] = ()) -> bool:
    """Tell whether a document has these values and all these words; the meaning of `find`, in Python."""
    text = document.get(WORDS) or ""
    return all(word in text for word in words) and all(
        _holds(document.get(field), wanted) for field, wanted in equal.items()
    )


def _holds(value: object, wanted: object) -> bool:
    asked = wanted if isinstance(wanted, list | tuple) else (wanted,)
    kept = value if isinstance(value, list | tuple) else (value,)
    return any(one in asked for one in kept)
