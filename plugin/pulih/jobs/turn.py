"""One at a time, among the threads and processes of a machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pulih.errors import Unavailable


@contextmanager
def turn(path: Path) -> Iterator[bool]:
    """Tell, without waiting, whether the block runs alone among all that ask for the same `path`.

    A lock of huey's own is a row in its file: it would stay for ever when its holder is killed. The operating system
    lets go of a lock on a file by itself, and SQLite takes one on every system that Python runs on.

    Raises:
        Unavailable: The file cannot be made or opened.
    """
    try:
        file = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise Unavailable("{path} tidak dapat dibuka.", path=path) from error
    with closing(file):
        try:
            file.execute("begin exclusive")
        except sqlite3.Error as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise Unavailable("{path} tidak dapat dibuka.", path=path) from error
            yield False
        else:
            yield True
