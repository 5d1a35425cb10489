"""Carrying the contents of attachments from one place to another; broken off, the same again goes on from there."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.errors import Damaged, NotFound, TooLarge, Unavailable
from pulih.keeping.export import contents
from pulih.keeping.loading import MOST_BYTES
from pulih.keeping.progress import Tell, silent
from pulih.ports import Files
from pulih.store.office import DocumentStore


@dataclass(frozen=True, slots=True)
class Carried:
    """How many contents were there before, how many were carried, and which are whole in neither place."""

    there: int
    carried: int
    lost: tuple[str, ...]


def carry(store: DocumentStore, source: Files, target: Files, tell: Tell = silent) -> Carried:
    """Bring the contents that records refer to and the target lacks. Raises Unavailable; what was brought stays."""
    with store.reading() as view:
        digests = contents(view)
    there, carried, lost = 0, 0, []
    for done, digest in enumerate(digests, start=1):
        if has(target, digest):
            there += 1
        elif _take(source, target, digest):
            carried += 1
        else:
            lost.append(digest)
        tell(done, len(digests))
    return Carried(there, carried, tuple(lost))


def has(files: Files, digest: str) -> bool:
    """Tell whether a content is there. Raises Unavailable."""
    try:
        files.open(digest).close()
    except NotFound:
        return False
    return True


def _take(source: Files, target: Files, digest: str) -> bool:
    """Bring one content over; tell whether it was there and whole. If not, `verify` says so."""
    try:
        content = source.open(digest)
    except NotFound:
        return False
    with content:
        try:
            kept, _size = target.keep(content, most=MOST_BYTES)
        except Damaged:
            return False
        except TooLarge as error:
            raise Unavailable(error.sentence) from error
    return kept == digest
