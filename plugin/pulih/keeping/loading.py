"""Putting an export into an empty store: all of it, or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from pulih.errors import (
    Duplicate,
    Invalid,
    NotFound,
    PulihError,
    Refused,
    TooLarge,
    Unavailable,
)
from pulih.keeping import marks
from pulih.keeping.flaw import BROKEN
from pulih.keeping.lines import wrong
from pulih.keeping.marks import Closed, Why, past
from pulih.keeping.progress import Tell, silent
from pulih.keeping.reading import Content, Export, Row
from pulih.ports import Documents, Files
from pulih.store.migrate import migrate
from pulih.store.office import DocumentStore
from pulih.store.schema import VERSION
from pulih.wording import N_, sentence

MOST_BYTES = 1 << 40  # of one content; what an office takes in is its services' business
_BATCH_BYTES = 4 << 20
_NOT_EMPTY = {
    Why.IMPORTING: N_(
        "Penyimpanan kantor ini tidak kosong. Impor hanya ke kantor baru: pulih new FOLDER, lalu ulangi."
    ),
    Why.RESTORING: N_(
        "Basis data itu tidak kosong, dan tidak ada yang dipulihkan ke sana. Sediakan basis data kosong, lalu ulangi."
    ),
}
_UNFIT = N_("dokumen ini tidak dapat disimpan.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was put into the store: documents, contents, and the digests of those that the export knew to be lost."""

    documents: int
    files: int
    lost: tuple[str, ...]


def load(
    store: DocumentStore,
    source: BinaryIO,
    *,
    files: Files | None = None,
    of: int = 0,
    tell: Tell = silent,
) -> Loaded:
    """Put an export into a store that is empty, or holds a rest of an import that did not come to its end.

    The store is closed meanwhile, so that a half is never taken for a whole: not by a service, nor after a crash. The
    fault types that every new office begins with give way to those of the export. Documents of an older schema are
    brought to today's.

    Args:
        files: Where contents go; without it those in the export are read and left out.
        of: How much there is to tell of.

    Raises:
        Invalid: The export is damaged; the sentence names the line, and the store is empty as before.
        Refused: The store is not empty, or another import took it over.
    """
    export = Export(source)
    with begun(store, Why.IMPORTING) as mark:
        loaded = fill(store, mark, export, files=files, of=of, tell=tell)
        finish(store, mark)
    return loaded


@contextmanager
def begun(store: DocumentStore, why: Why) -> Iterator[Closed]:
    """Close a store under a mark of one's own, and empty it; yield the mark.

    A rest of the same kind is taken over: who left it, should he live yet, is refused at his next transaction. After
    an error the store is empty and open again, unless another has taken it over or it cannot be reached.

    Raises:
        Refused: The store is not empty.
    """
    mark = Closed(why, move=uuid.uuid4().hex)

    def begin(view: Documents) -> None:
        _may_begin(view, why)
        marks.close(view, mark)

    past(store, begin)
    try:
        marks.clear(store, partial(marks.mine, mark=mark))
        yield mark
    except BaseException:
        with suppress(PulihError):  # the error that came first is the one to tell
            marks.clear(store, partial(marks.mine, mark=mark))
            finish(store, mark)
        raise


def fill(
    store: DocumentStore,
    mark: Closed,
    export: Export,
    *,
    files: Files | None = None,
    of: int = 0,
    tell: Tell = silent,
) -> Loaded:
    """Put an export into a store that is closed under one's own mark, and stays so. Raises as `load`."""
    documents, kept, lost = 0, 0, []
    for item in _batched(export):
        if isinstance(item, list):
            past(store, partial(_insert, mark=mark, rows=item))
            documents += len(item)
        elif item.file is None:
            lost.append(item.digest)
        else:
            with item.file:
                if files:
                    keep(files, cast("BinaryIO", item.file), item.digest)
            kept += 1
        tell(export.size, max(of, export.size))
    past(store, partial(_bring_up, mark=mark, schema=export.schema))
    return Loaded(documents, kept, tuple(lost))


def finish(store: DocumentStore, mark: Closed) -> None:
    """Open a store that is closed under one's own mark. Raises Refused where it is another's by now."""
    past(store, partial(marks.let_go, mark=mark))


def _may_begin(view: Documents, why: Why) -> None:
    mark = marks.closed(view)
    if mark.why != why if mark else not marks.is_new(view):
        raise Refused(_NOT_EMPTY[why])


def _batched(export: Export) -> Iterator[list[Row] | Content]:
    """Yield rows in batches, bounded in number and in how long their lines were; contents one by one."""
    rows: list[Row] = []
    size = 0
    for item in export:
        if isinstance(item, Row):
            rows.append(item)
            size += item.size
            if len(rows) < marks.BATCH and size < _BATCH_BYTES:
                continue
        if rows:
            yield rows
            rows, size = [], 0
        if isinstance(item, Content):
            yield item
    if rows:
        yield rows


def _insert(view: Documents, mark: Closed, rows: list[Row]) -> None:
    marks.mine(view, mark)
    for row in rows:
        try:
            view.insert(row.table, row.key, row.document)
        except (Duplicate, *BROKEN) as error:
            raise wrong(row.line, _UNFIT) from error


def keep(files: Files, content: BinaryIO, digest: str) -> None:
    """Keep a content, which must come out as it went in."""
    try:
        kept, _size = files.keep(content, most=MOST_BYTES)
    except TooLarge as error:
        raise Unavailable(error.sentence) from error
    if kept != digest:
        raise Unavailable("Isi berkas berubah saat disimpan. Periksa disk, lalu ulangi.")


def _bring_up(view: Documents, mark: Closed, schema: int) -> None:
    marks.mine(view, mark)
    if schema < VERSION:
        try:
            migrate(view, schema)
        except (Duplicate, NotFound, *BROKEN) as error:
            raise Invalid(
                [],
                sentence(
                    "Ekspor versi {schema} ini tidak dapat dibawa ke bentuk sekarang. "
                    "Tidak ada yang dimasukkan; pakai salinan yang utuh.",
                    schema=schema,
                ),
            ) from error
