"""The SQLite file behind the embedded store: how it is made, recognised, and held within a transaction."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pulih.store.faults import foreign, newer, reached, told
from pulih.store.links import PATIENCE, Link, Links, keep_off_haunted
from pulih.store.rows import Rows
from pulih.store.rows_flaws import is_searchable
from pulih.store.rows_sql import statements, table_names
from pulih.store.schema import TABLES, VERSION

_OURS = 0x50554C48  # "PULH", in the file's header
_preparing = threading.Lock()


class RowFile:
    """A file of rows, open.

    Nothing else in this process may open and close the file, not even to copy it: that takes SQLite's locks away.
    """

    def __init__(self, path: Path, bring_up: Callable[[Rows, int], None]) -> None:
        """Open or make the file. An older one's rows and version are given to `bring_up`, once."""
        self._path = path.resolve()
        self._links = Links(self._path)
        with told(path), reached(path):
            _prepare(self._path, bring_up)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Open a view; within another view of the thread it is the same one."""
        with told(self._path), ExitStack() as held:
            link = self._links.in_hand("reader")
            if link is None:
                with reached(self._path):
                    link = held.enter_context(self._links.lend("reader"))
                held.enter_context(link.begun("BEGIN"))
                self._check(link)
            yield Rows(link.connection, writable=False)

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """Open a transaction; it waits for those before it."""
        if self._links.in_hand("writer"):
            raise RuntimeError("a writing transaction within another")
        with told(self._path), ExitStack() as held:
            with reached(self._path):
                link = held.enter_context(self._links.lend("writer"))
                held.enter_context(link.turn.taken(PATIENCE))
            held.enter_context(link.begun("BEGIN IMMEDIATE"))
            self._check(link)
            yield Rows(link.connection, writable=True)
            link.end("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._links.close()

    def _check(self, link: Link) -> None:
        """See that no newer version has changed the tables meanwhile; a view stands still from here on."""
        if _header(link.connection, "user_version") != VERSION:
            raise newer(self._path)


def _prepare(path: Path, bring_up: Callable[[Rows, int], None]) -> None:
    """Make the file where there is none, and the tables that it lacks. Raises Unavailable where it is something else.

    Lists and indexes are made anew with them, from the documents.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _preparing:
        _touch(path)
    if _lacks(path):
        link = Link(path, writable=True)
        try:
            with link.turn.taken(PATIENCE):
                if _lacks(path):  # or another process was quicker
                    _complete(link, bring_up)
        finally:
            link.close()


def _touch(path: Path) -> None:
    """See that there is a file that may be written.

    A file that SQLite has open must not be opened here: closing it again would take SQLite's locks away.
    """
    try:
        path.touch(0o600, exist_ok=False)  # it will hold passwords, if sealed ones
    except FileExistsError:
        effective = os.access in os.supports_effective_ids
        if not os.access(path, os.R_OK | os.W_OK, effective_ids=effective):
            raise PermissionError(path) from None


def _lacks(path: Path) -> bool:
    """Tell whether the file has not all of today's tables, an older schema, or an index of words that is not whole."""
    keep_off_haunted(path)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if tables and _header(connection, "application_id") != _OURS:
            raise foreign(path)
        version = _header(connection, "user_version")
        if version > VERSION:
            raise newer(path)
        if version < VERSION or not table_names() <= tables:
            return True
        searched = (name for name, table in TABLES.items() if table.searched)
        return not all(is_searchable(connection, name) for name in searched)
    finally:
        connection.close()


def _complete(link: Link, bring_up: Callable[[Rows, int], None]) -> None:
    connection = link.connection
    connection.execute("PRAGMA journal_mode = WAL")
    with link.begun("BEGIN IMMEDIATE"):
        for statement in statements():
            connection.execute(statement)
        found = _header(connection, "user_version")
        if 0 < found < VERSION:
            bring_up(Rows(connection, writable=True), found)
        connection.execute(f"PRAGMA application_id = {_OURS}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        link.end("COMMIT")


def _header(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
