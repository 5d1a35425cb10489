"""Connections to a SQLite file: lent to whoever reads or writes, kept for the next, and never shared.

No two threads use a connection at the same time, and a forked process starts afresh: SQLite's connections must not be
shared with a child, and a child must not even inherit them.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pulih.store.turn import Turn

PATIENCE = 10.0  # seconds until a writer gives up on another that does not end


class Link:
    """A connection."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        keep_off_haunted(path)
        self.path = path
        self.process = os.getpid()
        self.turn = Turn(path)
        _links.add(self)
        self.connection = sqlite3.connect(
            path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute(f"PRAGMA query_only = {not writable:d}")

    @contextmanager
    def begun(self, how: str) -> Iterator[None]:
        """Hold a transaction open; what was not committed in it is taken back."""
        self.connection.execute(how)
        try:
            yield
        finally:
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
        """Let go of the file, but not of a parent's connection: closing that would harm the parent."""
        self.turn.close()
        if self.process == os.getpid():
            self.connection.close()
            _links.discard(self)

    def __del__(self) -> None:
        if hasattr(self, "connection"):
            self.close()


_pools: weakref.WeakSet[Links] = weakref.WeakSet()
_links: weakref.WeakSet[Link] = weakref.WeakSet()  # that are open
_inherited: list[Link] = []
_haunted: set[Path] = set()


def keep_off_haunted(path: Path) -> None:
    """Do nothing where the file may be opened in this process. Raises RuntimeError elsewhere."""
    if path in _haunted:
        raise RuntimeError("the store was in use when this process was forked")


def _before_fork() -> None:
    """Close what nobody uses: in a child, SQLite would believe that it holds its parent's locks, and take none."""
    for links in list(_pools):
        links.rest()


def _in_child() -> None:
    """Keep off the files that were in use, where it is too late for that."""
    for link in list(_links):
        link.turn.close()
        _haunted.add(link.path)
        _inherited.append(link)  # never to be closed here
    _links.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_child=_in_child)


class Links:
    """The connections of one open file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: dict[str, list[Link]] = {"reader": [], "writer": []}
        self._lent = threading.local()  # what this thread has in its hands
        self._open = True
        _pools.add(self)

    def in_hand(self, name: str) -> Link | None:
        """Return the connection that this thread has been lent, or None."""
        link: Link | None = getattr(self._lent, name, None)
        return link if link and link.process == os.getpid() else None

    @contextmanager
    def lend(self, name: str) -> Iterator[Link]:
        """Lend this thread a connection as `reader` or as `writer`."""
        if not self._open:
            raise RuntimeError("the store is closed")
        link = self._kept(name) or Link(self._path, writable=name == "writer")
        setattr(self._lent, name, link)
        try:
            yield link
        finally:
            setattr(self._lent, name, None)
            if link.process == os.getpid():
                self._idle[name].append(link)
            if not self._open:
                self.rest()

    def close(self) -> None:
        """Close the connections; one that is lent when it is given back."""
        self._open = False
        self.rest()

    def rest(self) -> None:
        """Close the connections that nobody uses; others are made when they are needed."""
        for name in self._idle:
            while link := self._kept(name):
                link.close()

    def _kept(self, name: str) -> Link | None:
        """Return a connection that is not in use. There is no lock to be caught in by a fork: `pop` needs none."""
        try:
            return self._idle[name].pop()
        except IndexError:
            return None
