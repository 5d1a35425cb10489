"""The whole office as lines of JSON, the same for the same records whatever store they come from.

    {"crc":…,"files":true,"format":"pulih-export","schema":3,"version":1}
    {"crc":…,"document":{…},"key":"2026-0001","table":"tickets"}       tables as in the schema, keys in order
    {"crc":…,"file":"<SHA-256>","size":70000}                          contents in order of digest
    {"crc":…,"data":"<base64>"}                                        its parts, each of at most `PART` bytes
    {"crc":…,"end":{"files":1,"tables":{"tickets":1,…}},"sha256":"<of all lines before>"}

There is no time and no name of a machine in it. What a store notes about itself (table `store`) is not the office's
and stays where it is.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO, Protocol

from pulih.errors import Damaged, NotFound
from pulih.keeping.lines import line_of
from pulih.keeping.progress import Tell, silent
from pulih.ports import Document, Documents, Files
from pulih.store.schema import TABLES, VERSION

FORMAT = "pulih-export"
FORMAT_VERSION = 1
PART = 768 << 10  # bytes of a content in a line; in base64 a third more
MARKS = "store"
EXPORTED = tuple(name for name in TABLES if name != MARKS)
_BLOCK = 1 << 20
_BEGINNING = 50  # characters


class Sink(Protocol):
    """Where the lines go: a file, a pipe, a member of an archive."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has in it.

    Attributes:
        tables: How many documents of each table.
        files: How many contents.
        lost: Digests of contents that records refer to and that are not there, or not as they were.
    """

    tables: dict[str, int]
    files: int
    lost: tuple[str, ...]

    @property
    def documents(self) -> int:
        """How many documents there are in all."""
        return sum(self.tables.values())


def export(
    view: Documents,
    out: Sink,
    *,
    files: Files | None = None,
    schema: int = VERSION,
    tell: Tell = silent,
) -> Exported:
    """Write everything that a view shows, and the contents where `files` is given.

    A content that is lost does not keep the rest from being saved: a line says so in its place.

    Args:
        schema: The version of the schema that the documents are of. Tables that came later are left out, unnamed: a
            Pulih of that version takes no other.
        tell: Told documents and contents done, and how many there are.

    Raises:
        OSError: From `out`, as it comes.
    """
    lines = _Lines(out)
    digests = contents(view) if files else []
    names = [table for table in EXPORTED if TABLES[table].since <= schema]
    of = sum(view.count(table) for table in names) + len(digests)
    header = {"format": FORMAT, "version": FORMAT_VERSION, "schema": schema, "files": bool(files)}
    lines.put(header)
    tables, done = {}, 0
    for table in names:
        before = done
        for key, document in in_order(view, table):
            lines.put({"table": table, "key": key, "document": document})
            done += 1
            tell(done, of)
        tables[table] = done - before
    lost = []
    for digest in digests:
        if files and not lines.put_content(files, digest):
            lost.append(digest)
        done += 1
        tell(done, of)
    lines.put({"end": {"tables": tables, "files": len(digests)}, "sha256": lines.digest})
    return Exported(tables, len(digests) - len(lost), tuple(lost))


def in_order(view: Documents, table: str) -> Iterator[tuple[str, Document]]:
    """Yield every key and its document in order of key, as Python compares.

    A database that orders long keys by their beginning alone gives those of one beginning together; so they need only
    be put in order among themselves.
    """
    for _start, some in groupby(view.scan(table), lambda row: row[0][:_BEGINNING]):
        yield from sorted(some, key=itemgetter(0))


def contents(view: Documents) -> list[str]:
    """Return the digests of the contents that records refer to, in order, each once."""
    return sorted({str(document["digest"]) for _key, document in view.scan("attachments")})


def size_of(files: Files, digest: str) -> int | None:
    """Return how many bytes a content has, or None when it is not there or not what its digest says."""
    seen, size = hashlib.sha256(), 0
    try:
        for block in blocks(files, digest):
            seen.update(block)
            size += len(block)
    except (NotFound, Damaged):
        return None
    return size if seen.hexdigest() == digest else None


def blocks(files: Files, digest: str, most: int = _BLOCK) -> Iterator[bytes]:
    """Yield a content in blocks of `most` bytes, the last as long as it is. Raises NotFound."""
    with files.open(digest) as content:
        while block := _full(content, most):
            yield block


def _full(content: BinaryIO, most: int) -> bytes:
    """Read so many bytes, however few the stream gives at a time."""
    block = content.read(most)
    while block and len(block) < most and (more := content.read(most - len(block))):
        block += more
    return block


class _Lines:
    """Writes lines and keeps the digest of what was written."""

    def __init__(self, out: Sink) -> None:
        self._out = out
        self._seen = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._seen.hexdigest()

    def put(self, record: Document) -> None:
        line = line_of(record)
        self._seen.update(line)
        self._out.write(line)

    def put_content(self, files: Files, digest: str) -> bool:
        """Write a content; tell whether it was there."""
        size = size_of(files, digest)
        record: dict[str, Any] = {"file": digest}
        self.put(record | ({"lost": True} if size is None else {"size": size}))
        if size is not None:
            for block in blocks(files, digest, PART):
                self.put({"data": base64.b64encode(block).decode("ascii")})
        return size is not None
