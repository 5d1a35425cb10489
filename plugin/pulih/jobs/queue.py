"""What a queue stands on: one file for one machine, or a database for many."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from huey import Huey, SqliteHuey

from pulih.errors import Unavailable
from pulih.jobs.aside import set_damaged_aside
from pulih.jobs.turn import turns_of
from pulih.ports import Turns


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of tasks, and the turns of those who work it off.

    Attributes:
        troubles: What the queue raises when it cannot be reached or written.
        tries: How often it is asked before that counts. A connection is found dead only by using it.
    """

    huey: Huey
    turns: Turns
    troubles: tuple[type[Exception], ...]
    tries: int = 1


def open_queue(path: Path, database: str = "") -> Queue:
    """Open the queue in a database, or in a file where none is named; make it where there is none.

    Raises:
        Unavailable: It cannot be opened.
    """
    if database:
        from pulih.jobs.shared import shared_queue  # noqa: PLC0415 - only a large office has its driver

        return shared_queue(database)
    try:
        turns = turns_of(path)
        set_damaged_aside(path, turns)
        path.touch(0o600)  # as the records beside it
        huey = SqliteHuey("pulih", filename=str(path), results=False)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(
            "Antrean pekerjaan {path} tidak dapat dibuka. "
            "Periksa ruang disk serta izin berkas itu dan foldernya, lalu ulangi.",
            path=path,
        ) from error
    return Queue(huey, turns, (sqlite3.Error,))
