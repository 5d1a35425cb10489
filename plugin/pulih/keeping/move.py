"""Moving an office from one store to another, in a way that may be broken off and begun again at any moment.

The old store is closed first, and stays readable; the new one is closed until both hold the same. Nothing is noted
but the marks: what is left to do is found by comparing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pulih.errors import Damaged, NotFound, Refused, TooLarge, Unavailable
from pulih.keeping import marks
from pulih.keeping.export import EXPORTED, contents, in_order
from pulih.keeping.loading import MOST_BYTES
from pulih.keeping.marks import BATCH, Closed, Why, past
from pulih.keeping.progress import Tell, Watch, silent, unseen
from pulih.keeping.tables import Held, held
from pulih.ports import Document, Documents, Files
from pulih.store.office import DocumentStore
from pulih.wording import sentence

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A store, its contents, and what people call it: `embedded` or HOST/NAME, without a password."""

    store: DocumentStore
    files: Files
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What both stores hold now, and how many contents were carried over; nothing, if the move was finished before."""

    tables: dict[str, Held]
    files: int


def move(source: Place, target: Place, watch: Watch = unseen) -> Moved:
    """Move an office, or go on with a move that did not come to its end.

    Raises:
        Refused: The office has moved elsewhere already; the new store is not empty; or one of them kept changing.
        Unavailable: One of the stores cannot be reached. What was copied stays, and the same command goes on from it.
    """
    key = past(source.store, lambda view: _leave(view, target.name))
    if past(target.store, lambda view: _arrive(view, source, key)):
        return Moved({}, 0)
    files = 0
    for _round in range(_ROUNDS):
        for table in EXPORTED:
            with watch(sentence("Menyalin {table}", table=table)) as tell:
                _bring(source.store, target.store, table, key, tell)
        with watch(sentence("Menyalin berkas")) as tell:
            files += _carry(source, target, tell)
        with watch(sentence("Membandingkan")) as tell:
            # Not in a view: a transaction that began before the closing then either counts, or fails.
            there = past(source.store, held)
            with target.store.reading() as new:
                here = held(new, tell)
        if there == here:
            past(source.store, lambda view: _left(view, target.name, key))
            past(target.store, lambda view: _arrived(view, key))
            return Moved(here, files)
    raise Refused(
        "Kedua penyimpanan belum sama. Hentikan layanan dan pekerja di semua mesin, lalu jalankan perintah yang sama."
    )


def back_out(source: DocumentStore, target: DocumentStore | None) -> None:
    """Give up a move that is not finished: the old store is open again; the new one is emptied, if it is given.

    Raises:
        Refused: No move is under way, or it is finished.
    """
    with source.reading() as view:
        mark = marks.closed(view)
    if mark is None or mark.why != Why.MOVING:
        raise Refused(
            "Tidak ada pemindahan yang belum selesai. Untuk kembali ke penyimpanan lama, pindahkan lagi ke sana."
        )
    if target:
        with target.reading() as view:
            there = marks.closed(view)
        if there == Closed(Why.ARRIVING, move=mark.move):
            marks.clear(target)
            past(target, marks.reopen)
    past(source, marks.reopen)


def _leave(view: Documents, to: str) -> str:
    """Close the old store, if it is not yet; return which move it is."""
    mark = marks.closed(view)
    if mark is None:
        mark = Closed(Why.MOVING, to, uuid.uuid4().hex)
        marks.close(view, mark)
    if mark.why not in (Why.MOVING, Why.MOVED) or mark.to != to:
        raise Refused(
            "Kantor ini sedang atau sudah dipindahkan ke {place}. "
            "Selesaikan atau batalkan dulu pemindahan itu (--back-out).",
            place=mark.to or "–",
        )
    return mark.move


def _arrive(view: Documents, source: Place, key: str) -> bool:
    """Close the new store, which is empty, or half filled by this move, or what the office once moved away from.

    Returns:
        Whether this move is finished already.
    """
    mark = marks.closed(view)
    if mark is None and marks.came_by(view) == key:
        return True
    if mark is None:
        fits = marks.is_new(view)
    elif mark.why == Why.ARRIVING:
        fits = mark.move == key
    else:
        with source.store.reading() as old:
            fits = mark.why == Why.MOVED and mark.move == marks.came_by(old)
    if not fits:
        raise Refused(
            "Penyimpanan tujuan tidak kosong. Sediakan basis data kosong untuk kantor ini, lalu ulangi."
        )
    marks.close(view, Closed(Why.ARRIVING, move=key))
    return False


def _left(view: Documents, to: str, key: str) -> None:
    _still(view, key)
    marks.close(view, Closed(Why.MOVED, to, key))


def _arrived(view: Documents, key: str) -> None:
    _still(view, key)
    marks.note_coming(view, key)
    marks.reopen(view)


def _still(view: Documents, key: str) -> None:
    """Do nothing while the store is in this move. Raises Refused when another process ended it, or backed out."""
    mark = marks.closed(view)
    if mark is None or mark.move != key:
        raise Refused("Pemindahan ini sudah diakhiri oleh proses lain. Periksa, lalu ulangi.")


def _bring(source: DocumentStore, target: DocumentStore, table: str, key: str, tell: Tell) -> None:
    """Make one table of the new store as that of the old."""
    with source.reading() as old, target.reading() as new:
        of = old.count(table)
        other = [name for name, _ in _different(new, old, table)]
        wanted = [name for name, _ in _different(old, new, table, tell, of)]
    # What is other goes first: a value that may stand only once may have gone from one document to another.
    for some in marks.batches(other, BATCH):
        past(target, partial(_drop, table=table, keys=some, move=key))
    with source.reading() as old:
        found = ((name, old.get(table, name)) for name in wanted)
        rows = ((name, document) for name, document in found if document is not None)
        done = of
        for batch in marks.batches(rows, BATCH):
            past(target, partial(_insert, table=table, rows=batch, move=key))
            done += len(batch)
            tell(done, of + len(wanted))


def _different(
    one: Documents, other: Documents, table: str, tell: Tell = silent, of: int = 0
) -> Iterator[tuple[str, Document]]:
    """Yield the documents that the other view does not have, or not as they are here."""
    theirs = in_order(other, table)
    last = next(theirs, None)
    for done, (key, document) in enumerate(in_order(one, table), start=1):
        while last and last[0] < key:
            last = next(theirs, None)
        if last != (key, document):
            yield key, document
        if of:
            tell(done, of)


def _drop(view: Documents, table: str, keys: list[str], move: str) -> None:
    _still(view, move)
    marks.drop(view, table, keys)


def _insert(view: Documents, table: str, rows: list[tuple[str, Document]], move: str) -> None:
    _still(view, move)
    for key, document in rows:
        view.insert(table, key, document)


def _carry(source: Place, target: Place, tell: Tell) -> int:
    """Bring the contents that the new place lacks; return how many those were."""
    with source.store.reading() as view:
        digests = contents(view)
    carried = 0
    for done, digest in enumerate(digests, start=1):
        if not _has(target.files, digest):
            carried += _take(source.files, target.files, digest)
        tell(done, len(digests))
    return carried


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


def _has(files: Files, digest: str) -> bool:
    try:
        files.open(digest).close()
    except NotFound:
        return False
    return True
