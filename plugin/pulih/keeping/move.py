"""Moving an office from one store to another, in a way that may be broken off and begun again at any moment.

The old store is closed first, and stays readable; the new one is closed until both hold the same. Nothing is noted
but the marks: what is left to do is found by comparing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pulih.errors import Duplicate, PulihError, Refused
from pulih.keeping import marks
from pulih.keeping.carry import carry
from pulih.keeping.export import EXPORTED, in_order
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
        Refused: The office has moved elsewhere already; the new store is the old one, or not empty; both as before.
            Or one of them kept changing, or another process moves it too.
        Unavailable: One of the stores cannot be reached. What was copied stays, and the same command goes on from it.
    """
    _look(source.store, target)
    fresh = uuid.uuid4().hex
    key = past(source.store, lambda view: _leave(view, target.name, fresh))
    try:
        if past(target.store, lambda view: _arrive(view, source.store, key)):
            return Moved({}, 0)
    except PulihError:
        if key == fresh:  # nobody waits for a move that did not even begin
            past(source.store, lambda view: _take_back(view, key))
        raise
    files = 0
    for _round in range(_ROUNDS):
        for table in EXPORTED:
            with watch(sentence("Menyalin {table}", table=table)) as tell:
                _bring(source.store, target.store, table, key, tell)
        with watch(sentence("Menyalin berkas")) as tell:
            files += carry(source.store, source.files, target.files, tell).carried
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
        "Kedua penyimpanan belum sama. Hentikan layanan dan pekerja di semua mesin, lalu jalankan perintah yang sama; "
        "atau batalkan dengan --back-out."
    )


def back_out(source: DocumentStore, target: DocumentStore | None) -> None:
    """Give up a move that is not finished: the old store is open again; the new one is emptied, if it is given.

    The old store comes first: from then on the move cannot be finished any more, and nobody can have begun to work in
    the new one. Asked once more, it empties what an interruption left.

    Raises:
        Refused: No move is under way, or it is finished.
    """
    with source.reading() as view:
        mark, key = marks.closed(view), marks.given_up(view)
    if mark is not None or not (key and target and _holds(target, key)):
        key = mark.move if mark else ""
        past(source, lambda view: _take_back(view, key))
    if target and _holds(target, key):
        still = partial(_still, key=key)
        marks.clear(target, still)
        past(target, lambda view: _emptied(view, key))


def _holds(target: DocumentStore, key: str) -> bool:
    """Tell whether a store is half filled by this move."""
    with target.reading() as view:
        return marks.closed(view) == Closed(Why.ARRIVING, move=key)


def _take_back(view: Documents, key: str) -> None:
    """Open the old store again, if it is in this move yet."""
    mark = marks.closed(view)
    if mark is None or mark.why != Why.MOVING or mark.move != key:
        raise Refused(
            "Tidak ada pemindahan yang belum selesai. Untuk kembali ke penyimpanan lama, pindahkan lagi ke sana."
        )
    marks.give_up(view, key)


def _emptied(view: Documents, key: str) -> None:
    _still(view, key)
    marks.reopen(view)


def _look(source: DocumentStore, target: Place) -> None:
    """Do nothing where a move may begin or go on; the source stays open where it may not. Raises Refused."""
    with source.reading() as old:
        mark = marks.closed(old)
    _may_leave(mark, target.name)
    with target.store.reading() as new:
        there = marks.closed(new)
    if there == mark and (mark is not None or marks.same(source, target.store)):
        raise _same()
    with target.store.reading() as new:
        _fits(new, source, mark.move if mark else "")


def _leave(view: Documents, to: str, new: str) -> str:
    """Close the old store, if it is not yet; return which move it is: a new one, or the one that goes on."""
    mark = marks.closed(view)
    _may_leave(mark, to)
    if mark is None:
        mark = Closed(Why.MOVING, to, new)
        marks.close(view, mark)
    return mark.move


def _may_leave(mark: Closed | None, to: str) -> None:
    if mark is not None and (mark.why not in (Why.MOVING, Why.MOVED) or mark.to != to):
        raise Refused(
            "Kantor ini sedang atau sudah dipindahkan ke {place}. "
            "Selesaikan atau batalkan dulu pemindahan itu (--back-out).",
            place=mark.to or "–",
        )


def _arrive(view: Documents, source: DocumentStore, key: str) -> bool:
    """Close the new store.

    Returns:
        Whether this move is finished already.
    """
    _fits(view, source, key)
    if marks.closed(view) is None and marks.came_by(view) == key:
        return True
    marks.close(view, Closed(Why.ARRIVING, move=key))
    return False


def _fits(view: Documents, source: DocumentStore, key: str) -> None:
    """Do nothing for a new store that is empty, or has come by this move or is half filled by it.

    It may also be half filled by a move that was given up, or be what the office once moved away from. Raises Refused.
    """
    mark = marks.closed(view)
    with source.reading() as old:
        away, came = marks.given_up(old), marks.came_by(old)
    if mark is None:
        fits = marks.is_new(view) or marks.came_by(view) == key != ""
    elif mark.why == Why.ARRIVING:
        fits = mark.move in {key, away} - {""}
    elif mark.why == Why.MOVING and mark.move == key:
        raise _same()
    else:
        fits = mark.why == Why.MOVED and mark.move == came
    if not fits:
        raise Refused(
            "Penyimpanan tujuan tidak kosong. Sediakan basis data kosong untuk kantor ini, lalu ulangi. "
            "Bila kantor ini terlanjur tertutup oleh pemindahan ke sana, batalkan dengan --back-out."
        )


def _same() -> Refused:
    return Refused(
        "Tujuan itu penyimpanan yang sedang dipakai kantor ini, hanya ditulis lain; tidak ada yang perlu dipindahkan."
    )


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
    try:
        for key, document in rows:
            view.insert(table, key, document)
    except Duplicate as error:
        raise Refused(
            "Pemindahan yang sama sedang dijalankan oleh proses lain. Tunggu sampai proses itu selesai; "
            "bila ia terhenti, jalankan perintah yang sama sekali lagi."
        ) from error
