"""Reading an export. Whoever wrote it is not trusted: everything is checked, and every refusal names the line."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO

from pulih.errors import Invalid, Unavailable
from pulih.keeping.export import EXPORTED, FORMAT, FORMAT_VERSION, PART
from pulih.keeping.lines import lines, record_of, wrong
from pulih.keeping.progress import Tell, silent
from pulih.ports import Document
from pulih.store.schema import VERSION
from pulih.wording import N_, sentence

_DIGEST = re.compile(r"[0-9a-f]{64}")
_IN_MEMORY = 1 << 20
_SHAPE = N_("bentuk baris ini tidak dikenal.")
_TABLE = N_("tabelnya tidak dikenal.")
_ORDER = N_("baris ini tidak pada urutannya, atau kuncinya sudah ada.")
_CONTENT = N_("isi berkas ini tidak cocok dengan sidik jarinya.")
_SUM = N_("jumlah atau sidik jari di akhir tidak cocok dengan baris-baris sebelumnya.")
_AFTER = N_("ada baris sesudah akhir ekspor.")


@dataclass(frozen=True, slots=True)
class Row:
    """A document, with the number of the line that it stood on and how long that was."""

    line: int
    table: str
    key: str
    document: Document
    size: int


@dataclass(frozen=True, slots=True)
class Content:
    """A content that is what its digest says; None where it was lost already when the export was made."""

    line: int
    digest: str
    file: IO[bytes] | None


@dataclass(slots=True)
class _Seen:
    """What came so far."""

    tables: dict[str, int] = field(default_factory=lambda: dict.fromkeys(EXPORTED, 0))
    files: int = 0
    last: tuple[int, str] = (-1, "")  # place of the table, key
    digest: str = ""  # of the last content


class Export:
    """An export that is being read.

    Attributes:
        schema: The version of the schema that its documents are of.
        has_files: Whether the contents are in it.
        line: The number of the line that was read last.
    """

    def __init__(self, source: BinaryIO) -> None:
        """Read the first line.

        Raises:
            Invalid: It is no export, or a newer Pulih wrote it.
        """
        self._lines = lines(source)
        self._sum = hashlib.sha256()
        self._seen = _Seen()
        self._length = 0  # of the last line
        self.line = 0
        number, header = self._next()
        match header:
            case {"format": str(name), "version": int(version), "schema": int(schema)} if (
                name == FORMAT and _number(version) and _number(schema)
            ):
                pass
            case _:
                raise wrong(number, _SHAPE)
        if version > FORMAT_VERSION or schema > VERSION:
            raise Invalid(
                [],
                sentence(
                    "Ekspor ini dibuat oleh Pulih yang lebih baru. Pasang versi terbaru, lalu ulangi."
                ),
            )
        if header.keys() != {"format", "version", "schema", "files"}:
            raise wrong(number, _SHAPE)
        self.schema = schema
        self.has_files = header["files"] is True

    @property
    def size(self) -> int:
        """How many documents and contents came so far."""
        return sum(self._seen.tables.values()) + self._seen.files

    def __iter__(self) -> Iterator[Row | Content]:
        """Yield everything in it; that it was all, and whole, is known when this ends without a word.

        Raises:
            Invalid: The line that is named is damaged, missing, or was never written by Pulih.
        """
        while True:
            before = self._sum.hexdigest()
            number, record = self._next()
            match record:
                case {"table": str(table), "key": str(key), "document": dict(document), **rest} if (
                    not rest
                ):
                    self._count(number, table, key)
                    yield Row(number, table, key, document, self._length)
                case {"file": str(digest), **rest} if self.has_files and len(rest) == 1:
                    yield self._content(number, digest, rest)
                case {"end": dict(counts), "sha256": str(digest), **rest} if not rest:
                    if digest != before or not self._counted(counts):
                        raise wrong(number, _SUM)
                    break
                case _:
                    raise wrong(number, _SHAPE)
        if next(self._lines, None) is not None:
            raise wrong(number + 1, _AFTER)

    def _next(self) -> tuple[int, Document]:
        number, line = next(self._lines, (0, b""))
        if not line:
            raise Invalid(
                [],
                sentence(
                    "Ekspor ini terpotong: baris terakhirnya tidak ada. "
                    "Tidak ada yang dimasukkan; pakai salinan yang utuh."
                ),
            )
        self._sum.update(line)
        self._length, self.line = len(line), number
        return number, record_of(number, line)

    def _count(self, number: int, table: str, key: str) -> None:
        if table not in self._seen.tables:
            raise wrong(number, _TABLE)
        place = (EXPORTED.index(table), key)
        if place <= self._seen.last or self._seen.files:
            raise wrong(number, _ORDER)
        self._seen.last = place
        self._seen.tables[table] += 1

    def _counted(self, counts: Document) -> bool:
        """Tell whether as much came as the end says; an older Pulih does not know every table."""
        match counts:
            case {"tables": dict(tables), "files": files, **rest} if not rest:
                whole = dict.fromkeys(EXPORTED, 0) | tables
                return bool(files == self._seen.files and whole == self._seen.tables)
            case _:
                return False

    def _content(self, number: int, digest: str, rest: dict[str, Any]) -> Content:
        if not _DIGEST.fullmatch(digest):
            raise wrong(number, _SHAPE)
        if digest <= self._seen.digest:
            raise wrong(number, _ORDER)
        self._seen.digest = digest
        self._seen.files += 1
        match rest:
            case {"lost": True}:
                return Content(number, digest, None)
            case {"size": int(size)} if _number(size, 0):
                return Content(number, digest, self._parts(number, digest, size))
            case _:
                raise wrong(number, _SHAPE)

    def _parts(self, first: int, digest: str, size: int) -> IO[bytes]:
        """Return a content, gathered from the lines that follow."""
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the receiver closes it
        try:
            if self._gather(file, size) != digest:
                raise wrong(first, _CONTENT)  # noqa: TRY301 - the file is closed below, as after any error
            file.seek(0)
        except OSError as error:
            file.close()
            raise Unavailable(
                "Ruang sementara tidak dapat ditulisi: {reason}. Kosongkan ruang disk, lalu ulangi.",
                reason=error.strerror or error,
            ) from error
        except BaseException:
            file.close()
            raise
        return file

    def _gather(self, file: IO[bytes], size: int) -> str:
        """Write so many bytes out of the next lines to a file; return their digest."""
        seen = hashlib.sha256()
        while size:
            number, record = self._next()
            block = _block(number, record)
            if len(block) != min(size, PART):
                raise wrong(number, _CONTENT)
            seen.update(block)
            file.write(block)
            size -= len(block)
        return seen.hexdigest()


def _number(value: int, least: int = 1) -> bool:
    """Tell whether an integer is one, and no `true`, which is one to Python."""
    return type(value) is int and value >= least


def _block(number: int, record: Document) -> bytes:
    match record:
        case {"data": str(data), **rest} if not rest:
            try:
                return base64.b64decode(data, validate=True)
            except ValueError as error:
                raise wrong(number, _CONTENT) from error
        case _:
            raise wrong(number, _SHAPE)


def check(source: BinaryIO, tell: Tell = silent) -> Export:
    """Read an export from its start to its end, and keep nothing of it but its sizes. Raises Invalid."""
    of = source.seek(0, 2)
    source.seek(0)
    export = Export(source)
    for item in export:
        tell(source.tell(), of)
        if isinstance(item, Content) and item.file:
            item.file.close()
    return export
