"""A queue's file that is damaged is set aside, and another is begun: nothing relies on what stands in a queue."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from pulih.ports import Turns

log = logging.getLogger(__name__)

_DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def set_damaged_aside(path: Path, turns: Turns) -> None:
    """Rename the file and what SQLite keeps beside it, where the file is damaged or no database at all.

    A process that has it open works on with what it has; its jobs are found by looking.

    Raises:
        OSError, Unavailable: The folder cannot be written.
        sqlite3.Error: The file cannot be opened, damaged or not.
    """
    if not _damaged(path):
        return
    with turns.turn("set-aside") as mine:
        if mine and _damaged(path):
            mark = f"rusak-{time.strftime('%Y%m%d-%H%M%S')}"
            for part in ("-wal", "-shm", ""):
                old = path.with_name(path.name + part)
                if old.exists():
                    old.replace(path.with_name(f"{path.name}.{mark}{part}"))
            log.warning(
                "%s is damaged: set aside as %s.%s, a new one begins", path, path.name, mark
            )


def _damaged(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            return bool(file.execute("pragma quick_check").fetchone() != ("ok",))
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in _DAMAGE:
            return True
        raise
