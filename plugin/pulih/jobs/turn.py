"""One at a time, among all who ask by the same name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol

from pulih.errors import Unavailable


class Turns(Protocol):
    """Turns that are let go by themselves when their holder dies: nobody would come to give them back."""

    def turn(self, name: str) -> AbstractContextManager[bool]:
        """Tell, without waiting, whether the block runs alone among all that ask for this name.

        Raises:
            Unavailable: Nothing can be told.
        """


class FileTurns:
    """Turns among the threads and processes of one machine."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds a file for each name, and make it. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    @contextmanager
    def turn(self, name: str) -> Iterator[bool]:
        """Tell whether the block runs alone; see `Turns`.

        A lock of huey's own is a row in its file: it would stay for ever when its holder is killed. The operating
        system lets go of a lock on a file by itself, and SQLite takes one on every system that Python runs on.

        Raises:
            Unavailable: The file cannot be made or opened.
        """
        path = self._folder / name
        try:
            file = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
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
