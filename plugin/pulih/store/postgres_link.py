"""Connections to PostgreSQL: kept by SQLAlchemy's pool, lent for one transaction, never shared with a child process.

Statements go to psycopg as they are: the first trip of a transaction carries two.
"""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import PoolProxiedConnection, create_engine, event

from pulih.store.postgres_address import parameters, place
from pulih.store.postgres_faults import unknown, unreached

log = logging.getLogger(__name__)

Row = tuple[Any, ...]
_KEPT = 20  # connections that wait for their next transaction
# As long as a writer waits for its turn at a file.
_SETTINGS = "SET lock_timeout = '10s'"


class Link:
    """A connection within its transaction."""

    def __init__(self, lent: PoolProxiedConnection, standing: Row, place: str) -> None:
        self.standing = standing
        self.process = os.getpid()
        self._lent = lent
        self._driver = cast("psycopg.Connection[Row]", lent.driver_connection)
        self._place = place
        self._failed: psycopg.Error | None = None

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> psycopg.Cursor[Row]:
        """Do a statement. After one that failed there is nothing that could be committed."""
        self._hold()
        try:
            return self._driver.execute(cast("Any", sql), values)
        except psycopg.Error as error:
            self._failed = error
            raise

    def commit(self) -> None:
        """Make the transaction durable. Raises Unavailable where nobody can know whether it is."""
        self._hold()
        if self._failed:
            raise self._failed
        if self._driver.info.transaction_status is not TransactionStatus.INTRANS:
            raise psycopg.InternalError("the transaction is gone")
        try:
            self._driver.execute("COMMIT", prepare=False)
        except psycopg.Error as error:
            idle = isinstance(error, psycopg.errors.IdleInTransactionSessionTimeout)
            if (
                self._driver.closed and not idle
            ):  # of an idle one it is known that it did not commit
                raise unknown(self._place) from error
            raise

    def give_back(self) -> None:
        """Return the connection, and take back what was not committed. A child leaves its parent's alone."""
        if self.process != os.getpid():
            _inherited.append(self)
        else:
            _let_go(self._lent, self._place)

    def _hold(self) -> None:
        if self.process != os.getpid():
            raise RuntimeError("a child process cannot use its parent's transaction")


class Links:
    """The connections to one database."""

    def __init__(self, url: str) -> None:
        address = parameters(url)
        self.place = place(address)
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=partial(psycopg.connect, **cast("Any", address)),
            isolation_level="AUTOCOMMIT",  # our statements begin and end transactions themselves
            pool_size=_KEPT,
            max_overflow=-1,  # there are no more than threads
            pool_use_lifo=True,
            pool_reset_on_return=None,  # `_let_go` does so, and knows what it may leave out
            hide_parameters=True,
        )
        event.listen(self._engine, "connect", _set_up)
        self._lent = threading.local()  # what this thread has in its hands
        self._open = True
        _all.add(self)

    def in_hand(self, name: str) -> Link | None:
        """Return the connection that this thread has been lent under a name, or None."""
        link: Link | None = getattr(self._lent, name, None)
        return link if link and link.process == os.getpid() else None

    @contextmanager
    def begun(self, name: str, opening: str) -> Iterator[Link]:
        """Lend this thread a connection in a new transaction. What was not committed at the end is taken back."""
        if not self._open:
            raise RuntimeError("the store is closed")
        link = self._begin(opening)
        setattr(self._lent, name, link)
        try:
            yield link
        finally:
            setattr(self._lent, name, None)
            link.give_back()

    def look(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Row]:
        """Return the rows of a statement that stands alone."""
        with self.begun("looker", "BEGIN; SELECT 1") as link:
            done = link.run(sql, values)
            rows = done.fetchall() if done.description else []
            link.commit()
        return rows

    def close(self) -> None:
        """Close the connections; one that is lent when it is given back."""
        self._open = False
        self._engine.dispose()

    def forget(self) -> None:
        """Leave the connections to the parent process, and begin with none."""
        _inherited.append(self._engine.pool)
        self._engine.dispose(close=False)

    def _begin(self, opening: str) -> Link:
        """Open a transaction; on a new connection where the server was restarted since the old ones were made."""
        try:
            return self._begun(opening)
        except _Stale:
            self._engine.dispose()
        try:
            return self._begun(opening)
        except _Stale as stale:
            raise stale.error from None

    def _begun(self, opening: str) -> Link:
        try:
            lent = self._engine.raw_connection()
        except psycopg.Error as error:
            raise unreached(self.place, error) from error
        driver = cast("psycopg.Connection[Row]", lent.driver_connection)
        try:
            cursor = driver.execute(cast("Any", opening))
            cursor.nextset()
            return Link(lent, cursor.fetchone() or (), self.place)
        except psycopg.Error as error:
            stale = driver.closed
            _let_go(lent, self.place)
            if stale:
                raise _Stale(error) from error
            raise


class _Stale(Exception):
    """A connection was lost before anything was asked of it."""

    def __init__(self, error: psycopg.Error) -> None:
        self.error = error


def _let_go(lent: PoolProxiedConnection, place: str) -> None:
    """Return a connection to the pool, with no transaction left in it; one that was lost is not kept."""
    driver = cast("psycopg.Connection[Row]", lent.driver_connection)
    try:
        if not driver.closed:
            driver.rollback()  # asks nothing of the server after a commit
    except psycopg.Error as error:
        log.warning("a connection to %s was lost: %s", place, str(error).partition("\n")[0])
    if driver.closed:
        lent.invalidate()
    else:
        lent.close()


def _set_up(driver: psycopg.Connection[Row], _record: object) -> None:
    driver.execute(_SETTINGS)


_all: weakref.WeakSet[Links] = weakref.WeakSet()
_inherited: list[object] = []  # never to be closed here


def _in_child() -> None:
    for links in list(_all):
        links.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
