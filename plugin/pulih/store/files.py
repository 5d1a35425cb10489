"""The content of attachments in a folder, each under the digest of what is in it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pulih.errors import FilesAway
from pulih.store.contents import check, lost, pour

_DRAFT = "masuk-"
_FORGOTTEN = 24 * 3600.0  # seconds after which a draft is one that a crash left behind


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """Implements `ports.Files`. The same content is kept once; nothing is ever changed in place.

    Several threads and processes may share the folder.
    """

    folder: Path

    def keep(self, content: BinaryIO, *, most: int) -> tuple[str, int]:
        """Keep a content durably; return its SHA-256 and size in bytes.

        Raises:
            TooLarge: It has over `most` bytes. Its problem's field is `file`; nothing is kept.
            Unavailable: The folder cannot be written, or is full.
        """
        with _told(), self._draft() as (file, draft):
            digest, size = pour(content, file, most)
            file.flush()
            os.fsync(file.fileno())
            place = self._place(digest)
            _make_folder(place.parent)
            draft.replace(place)
            sync(place.parent)
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """Open a content for reading. Raises NotFound, also for what is no digest; Unavailable."""
        check(digest)
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError as error:
            raise lost() from error
        except OSError as error:
            raise _broken() from error

    def close(self) -> None:
        """Do nothing: a folder is not held open."""

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    @contextmanager
    def _draft(self) -> Iterator[tuple[BinaryIO, Path]]:
        """Open a file that is gone afterwards unless it was moved to its place."""
        _make_folder(self.folder)
        self._sweep()
        number, name = tempfile.mkstemp(prefix=_DRAFT, dir=self.folder)
        try:
            with os.fdopen(number, "wb") as file:
                yield file, Path(name)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()

    def _sweep(self) -> None:
        """Remove the drafts of processes that ended in the middle."""
        for draft in self.folder.glob(f"{_DRAFT}*"):
            with suppress(FileNotFoundError):  # somebody else swept it away
                if draft.stat().st_mtime < time.time() - _FORGOTTEN:
                    draft.unlink()


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync(folder.parent)


def sync(folder: Path) -> None:
    """Make a folder's list of names durable; a system that cannot open folders does so by itself."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _broken() from error


def _broken() -> FilesAway:
    return FilesAway(
        "Berkas tidak dapat disimpan atau dibaca sekarang. Periksa ruang dan izin folder berkas, lalu ulangi."
    )
