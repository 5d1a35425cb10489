"""One at a time, among all who ask by the same name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pulih.errors import Unavailable
from pulih.ports import Turns


def turns_of(path: Path, database: str = "") -> Turns:
    """Return the turns of those who work a queue off, without opening it; nothing is made before the first."""
    if database:
        from pulih.jobs.rowturn import RowTurns  # noqa: PLC0415 - only a large office has its driver

        return RowTurns(database)
    return FileTurns(path.with_name("locks"))


class FileTurns:
    """Turns among the threads and processes of one machine."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds a file for each name; it is made for the first turn."""
        self._folder = folder

    @contextmanager
    def turn(self, name: str) -> Iterator[bool]:
        """Tell whether the block runs alone; see `ports.Turns`.

        A lock of huey's own is a row in its file: it would stay for ever when its holder is killed. The operating
        system lets go of a lock on a file by itself, and SQLite takes one on every system that Python runs on.

        Raises:
            Unavailable: The file cannot be made or opened.
        """
        path = self._folder / name
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(path, timeout=0, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise _unopened(path) from error
        with closing(file):
            try:
                file.execute("begin exclusive")
            except sqlite3.Error as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise _unopened(path) from error
                yield False
            else:
                yield True


def _unopened(path: Path) -> Unavailable:
    return Unavailable(
        "{path} tidak dapat dibuka. Periksa ruang disk serta izin berkas itu dan foldernya, lalu ulangi.",
        path=path,
    )
