"""The SQLite file behind the embedded store: who is connected, and what a transaction is.

Every thread has a connection for its views and one for its transactions, and a forked process starts afresh: SQLite's
connections must not be shared with a child.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pulih.store.faults import foreign, newer, told
from pulih.store.rows import Rows, statements
from pulih.store.schema import VERSION
from pulih.store.turn import Turn

_OURS = 0x50554C48  # "PULH", in the file's header
_PATIENCE = 10.0  # seconds until a writer gives up on another program that holds the file


class _Link:
    """One thread's connection. `busy` while a transaction is open on it."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.process = os.getpid()
        self.busy = False
        self.turn = Turn(path)
        self.connection = sqlite3.connect(
            path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute(f"PRAGMA query_only = {not writable:d}")
        _links.add(self)

    @contextmanager
    def begun(self, how: str, path: Path) -> Iterator[None]:
        """Hold a transaction open; what was not committed in it is taken back.

        Raises:
            Unavailable: Meanwhile a newer version has changed the tables.
        """
        self.connection.execute(how)
        self.busy = True
        try:
            if _header(self.connection, "user_version") != VERSION:  # a view stands still from here
                raise newer(path)
            yield
        finally:
            self.busy = False
            self.end("ROLLBACK")

    def end(self, how: str) -> None:
        """Commit or roll back."""
        if self.process != os.getpid():
            raise RuntimeError("a child process cannot end its parent's transaction")
        if self.connection.in_transaction:
            self.connection.execute(how)
        elif how == "COMMIT":  # a full disk makes SQLite take everything back by itself
            raise sqlite3.OperationalError("the transaction is gone")

    def close(self) -> None:
        """Let go of the file; of a parent's connection only the lock, as closing it would harm the parent."""
        self.turn.close()
        if self.process == os.getpid():
            self.connection.close()
        else:
            _inherited.append(self.connection)

    def __del__(self) -> None:
        if hasattr(self, "connection"):
            self.close()


_links: weakref.WeakSet[_Link] = weakref.WeakSet()
_inherited: list[sqlite3.Connection] = []


def _abandon() -> None:
    for link in list(_links):
        link.close()
    _links.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_abandon)


class RowFile:
    """A file of rows, open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mine = threading.local()
        self._links: weakref.WeakSet[_Link] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._open = True
        with told(path):
            _prepare(path)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Open a view; within another view of the thread it is the same one."""
        link = self._link(writable=False)
        with ExitStack() as held:
            if not link.busy:
                with told(self._path):
                    held.enter_context(link.begun("BEGIN", self._path))
            try:
                yield Rows(link.connection, writable=False)
            except sqlite3.Error:
                with told(self._path):
                    raise

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        """Open a transaction; it waits for those before it."""
        link = self._link(writable=True)
        if link.busy:
            raise RuntimeError("a writing transaction within another")
        with ExitStack() as held:
            with told(self._path):
                held.enter_context(link.turn.taken(_PATIENCE))
                held.enter_context(link.begun("BEGIN IMMEDIATE", self._path))
            try:
                yield Rows(link.connection, writable=True)
                link.end("COMMIT")
            except sqlite3.Error:
                with told(self._path):
                    raise

    def close(self) -> None:
        """Close the connections of this process; one within a transaction when its thread is through."""
        self._open = False
        with self._lock:
            for link in list(self._links):
                if not link.busy:
                    link.close()

    def _link(self, *, writable: bool) -> _Link:
        if not self._open:
            raise RuntimeError("the store is closed")
        name = "writer" if writable else "reader"
        link: _Link | None = getattr(self._mine, name, None)
        if link is None or link.process != os.getpid():
            with told(self._path):
                link = _Link(self._path, writable=writable)
            setattr(self._mine, name, link)
            with self._lock:
                self._links.add(link)
        return link


def _prepare(path: Path) -> None:
    """Make the file where there is none. Raises Unavailable where it is something else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # it will hold passwords, if sealed ones
    if _is_empty(path):
        link = _Link(path, writable=True)
        with link.turn.taken(_PATIENCE):
            if _is_empty(path):
                _create(link.connection)
        link.close()


def _is_empty(path: Path) -> bool:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and _header(connection, "application_id") != _OURS:
            raise foreign(path)
        if _header(connection, "user_version") > VERSION:
            raise newer(path)
    finally:
        connection.close()
    return not tables


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_OURS}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _header(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
