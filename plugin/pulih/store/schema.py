"""The tables: what each is keyed by, what may stand only once, and what is found without reading all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulih.ports import Document, Equal

VERSION = 2
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of documents.

    Attributes:
        key: What the key of a document is, for whoever reads an export.
        unique: Fields whose value may stand only once; a document without the value is free.
        indexed: Fields that `find` may ask for and order by. Where it asks for several, the first of them here leads:
            it should be the one that fewest documents share.
        order: The field that lists are ordered by, so that they need no sorting.
        lists: Fields that hold lists, and equal each of their members.
        worded: Whether documents have a field `words`, with the text that words are looked for in.
    """

    key: str
    unique: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    order: str = ""
    lists: tuple[str, ...] = ()
    worded: bool = False

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


TABLES: Mapping[str, Table] = {
    "tickets": Table(
        "number",
        unique=("letter_key", "agenda_key"),
        indexed=("stage", "step", "agency", "year", "state", "opened"),
        order="opened",
        lists=("team", "people"),
        worded=True,
    ),
    "people": Table("id", indexed=("agency", "kind", "active", "sort"), order="sort", worded=True),
    "agencies": Table("id", indexed=("agency", "active", "sort"), order="sort", worded=True),
    "sites": Table("id", indexed=("agency", "active", "sort"), order="sort", worded=True),
    "devices": Table("id", indexed=("agency", "kind", "active", "sort"), order="sort", worded=True),
    "fault_types": Table("id", indexed=("active", "sort"), order="sort", worded=True),
    "articles": Table("number", indexed=("agency", "fault_type", "device")),
    "published": Table("number"),
    "attachments": Table("id", indexed=("ticket", "used")),
    "runs": Table("id", indexed=("ticket", "state")),
    "helped": Table("ticket:case", indexed=("case", "ticket", "helped")),
    "drafts": Table("person:path", indexed=("person",)),
    "secrets": Table("person"),
    "settings": Table("name"),
    "counters": Table("series"),
    "seals": Table("number"),  # of each ticket: how many entries its history has, and the digest of the last
    "store": Table("name"),  # about this store itself: `closed` while and after it is moved elsewhere
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
