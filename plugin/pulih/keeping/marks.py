"""What a store notes about itself while it is filled from elsewhere, moved, or has been moved.

The document `closed` in table `store` keeps everybody from writing but those who go past it on purpose. It says
`why`, for whoever meets it; `to`, the place that the records moved or move to; and `move`, which move, import or
restoring it is: whoever fills a store holds it by that alone, and stops when another has taken it over.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from typing import TypeVar

from pulih.domain.agency import FAULT_TYPES
from pulih.errors import Refused
from pulih.keeping.export import EXPORTED, MARKS
from pulih.ports import Document, Documents
from pulih.store.again import again
from pulih.store.codec import FAULT_TYPE
from pulih.store.office import DocumentStore
from pulih.store.schema import CLOSED

T = TypeVar("T")

_CAME, _GIVEN_UP, _TRIAL = "came", "given-up", "trial"
BATCH = 500  # documents in a transaction


class Why(StrEnum):
    """Why a store is closed."""

    IMPORTING = "importing"  # an import has begun here, and is not whole
    RESTORING = "restoring"  # a backup is being brought here, and the office has no folder yet
    MOVING = "moving"  # its records are being copied elsewhere
    ARRIVING = "arriving"  # records are being copied here, and are not whole
    MOVED = "moved"  # the office works on another store


@dataclass(frozen=True, slots=True)
class Closed:
    """The mark of a store that may not be written to."""

    why: str
    to: str = ""
    move: str = ""


def closed(view: Documents) -> Closed | None:
    """Return the mark, or None where the store is open."""
    document = view.get(MARKS, CLOSED)
    if document is None:
        return None
    return Closed(**{name: str(document.get(name, "")) for name in ("why", "to", "move")})


def close(view: Documents, mark: Closed) -> None:
    """Set the mark, over an older one."""
    view.remove(MARKS, CLOSED)
    view.insert(MARKS, CLOSED, asdict(mark))


def reopen(view: Documents) -> None:
    """Take the mark away."""
    view.remove(MARKS, CLOSED)


def mine(view: Documents, mark: Closed) -> None:
    """Do nothing while the store bears this very mark. Raises Refused when another process took it over or away."""
    if closed(view) != mark:
        raise Refused(
            "Proses lain sudah mengambil alih penyimpanan ini; yang ini berhenti dan tidak mengubah apa pun lagi. "
            "Tunggu yang lain selesai, lalu periksa dengan pulih verify."
        )


def let_go(view: Documents, mark: Closed) -> None:
    """Take one's own mark away. Raises Refused as `mine`."""
    mine(view, mark)
    reopen(view)


def came_by(view: Documents) -> str:
    """Return the move that the records came by, or an empty string."""
    return str((view.get(MARKS, _CAME) or {"move": ""})["move"])


def note_coming(view: Documents, move: str) -> None:
    """Note the move that the records came by."""
    view.remove(MARKS, _CAME)
    view.insert(MARKS, _CAME, {"move": move})


def given_up(view: Documents) -> str:
    """Return the last move from here that was given up, or an empty string."""
    return str((view.get(MARKS, _GIVEN_UP) or {"move": ""})["move"])


def give_up(view: Documents, move: str) -> None:
    """Open the store again, and note the move: the other store may still hold what it brought there."""
    view.remove(MARKS, _GIVEN_UP)
    view.insert(MARKS, _GIVEN_UP, {"move": move})
    reopen(view)


def same(one: DocumentStore, other: DocumentStore) -> bool:
    """Tell whether what is written into one store is there in the other: by name they may differ all the same."""
    sign: Document = {"move": uuid.uuid4().hex}

    def write(view: Documents) -> None:
        view.remove(MARKS, _TRIAL)
        view.insert(MARKS, _TRIAL, sign)

    past(one, write)
    with other.reading() as view:
        found = view.get(MARKS, _TRIAL)
    past(one, lambda view: view.remove(MARKS, _TRIAL))
    return found == sign


def is_new(view: Documents) -> bool:
    """Tell whether a store holds nothing but the fault types that every new office begins with."""
    usual: dict[str, Document] = {item.id: FAULT_TYPE.encode(item) for item in FAULT_TYPES}
    if any(view.count(table) for table in EXPORTED if table != "fault_types"):
        return False
    return all(usual.get(key) == document for key, document in view.scan("fault_types"))


def past(store: DocumentStore, deed: Callable[[Documents], T]) -> T:
    """Do a deed in one transaction that goes past the mark, as often as the database asks for it."""

    def once() -> T:
        with store.writing(anyway=True) as view:
            return deed(view)

    return again(once)


def clear(store: DocumentStore, still: Callable[[Documents], None]) -> None:
    """Remove every document but the marks, in transactions of `BATCH`; each asks `still` first, which may raise."""
    for table in EXPORTED:
        with store.reading() as view:
            keys = [key for key, _document in view.scan(table)]
        for some in batches(keys, BATCH):
            past(store, partial(_clear, table=table, keys=some, still=still))


def _clear(
    view: Documents, table: str, keys: list[str], still: Callable[[Documents], None]
) -> None:
    still(view)
    drop(view, table, keys)


def drop(view: Documents, table: str, keys: Iterable[str]) -> None:
    """Remove documents."""
    for key in keys:
        view.remove(table, key)


def batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most so many."""
    some: list[T] = []
    for item in items:
        some.append(item)
        if len(some) == most:
            yield some
            some = []
    if some:
        yield some
