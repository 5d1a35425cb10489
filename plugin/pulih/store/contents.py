"""What every keeper of attachments needs: taking a content in once, by digest, and giving it out checked."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pulih.errors import Damaged, FilesAway, NotFound, Problem, TooLarge
from pulih.wording import Sentence, sentence

BLOCK = 1 << 18  # 256 KiB: what is held in memory of a content, however long it is
_MEGABYTE = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


def check(digest: str) -> None:
    """Do nothing for a digest. Raises NotFound for anything else, which might lead out of the keeper's place."""
    if not _DIGEST.fullmatch(digest):
        raise lost()


def pour(content: BinaryIO, file: BinaryIO, most: int) -> tuple[str, int]:
    """Write a content to a file; return its SHA-256 and size. Raises TooLarge over `most` bytes."""
    seen, size = hashlib.sha256(), 0
    while block := content.read(_MEGABYTE):
        size += len(block)
        if size > most:
            raise TooLarge([Problem("file", _limit(most))])
        seen.update(block)
        file.write(block)
    return seen.hexdigest(), size


@contextmanager
def spooled(content: BinaryIO, most: int) -> Iterator[tuple[BinaryIO, str, int]]:
    """Give a content as a file that can be read again, its SHA-256 and its size.

    So the digest is known, and a limit overstepped, before anything is sent anywhere; and sending can be repeated.

    Raises:
        TooLarge: It has over `most` bytes.
        Unavailable: The machine's folder for temporary files is full, or there is none.
    """
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed below, and errors within are not ours
    except OSError as error:
        raise _no_room() from error
    with file:
        try:
            digest, size = pour(content, file, most)
            file.seek(0)
        except OSError as error:
            raise _no_room() from error
        yield file, digest, size


def opened(
    digest: str, size: int, blocks: Iterator[bytes], close: Callable[[], object]
) -> BinaryIO:
    """Return a content that comes in blocks as a file that is read once, from front to back.

    Reading raises Damaged rather than give out the last block of what is not the content of this digest.
    """
    return io.BufferedReader(_Checked(digest, size, blocks, close), BLOCK)


class _Checked(io.RawIOBase):
    """Bytes that are hashed as they are read.

    It cannot seek, and not only because the digest wants each byte once: of a file that can, the web server reads
    everything on the one thread that serves all connections, where a slow database would hold up everybody.
    """

    def __init__(
        self, digest: str, size: int, blocks: Iterator[bytes], close: Callable[[], object]
    ) -> None:
        super().__init__()
        self._digest, self._missing = digest, size
        self._blocks, self._let_go = blocks, close
        self._seen = hashlib.sha256()
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what BufferedReader gives
        if not self._rest:
            self._rest = memoryview(self._next())
        given = self._rest[: len(buffer)]
        buffer[: len(given)] = given
        self._rest = self._rest[len(given) :]
        return len(given)

    def close(self) -> None:
        if not self.closed:
            self._let_go()
        super().close()

    def _next(self) -> bytes:
        block = next(self._blocks, b"")
        self._seen.update(block)
        self._missing -= len(block)
        ended = not block or self._missing <= 0
        if ended and (self._missing or self._seen.hexdigest() != self._digest):
            raise Damaged(
                "Isi berkas ini rusak di tempat penyimpanannya. Pulihkan dari cadangan terakhir, atau unggah kembali."
            )
        return block


def lost() -> NotFound:
    """Return what is said of a content that is not kept."""
    return NotFound("Isi berkas ini tidak ditemukan. Unggah kembali berkasnya.")


def _no_room() -> FilesAway:
    return FilesAway(
        "Berkas tidak dapat ditampung. Periksa ruang disk server untuk berkas sementara, lalu ulangi."
    )


def _limit(most: int) -> Sentence:
    return sentence(
        "Berkas terlalu besar; paling besar {most} MB. Kecilkan atau pindai ulang dengan mutu lebih rendah.",
        most=f"{most / _MEGABYTE:.3g}".replace(".", ","),
    )
