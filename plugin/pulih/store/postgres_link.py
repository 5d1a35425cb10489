"""Connections to PostgreSQL: kept by SQLAlchemy's pool, lent for one transaction, never shared with a child process.

Statements go to psycopg as they are: the first trip of a transaction carries two.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, PoolProxiedConnection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from pulih.errors import Unavailable
from pulih.store.postgres_faults import unknown, unreached
from pulih.wording import sentence

Row = tuple[Any, ...]
_DRIVER = "postgresql+psycopg"
_KEPT = 20  # connections that wait for their next transaction
# A server that has gone without a word is noticed within half a minute; the address may say otherwise.
_USUAL = {
    "application_name": "pulih",
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "client_encoding": "utf8",
}
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
            if self._driver.closed:
                raise unknown(self._place) from error
            raise

    def give_back(self) -> None:
        """Return the connection; the pool takes back what was not committed. A child leaves its parent's alone."""
        if self.process != os.getpid():
            _inherited.append(self)
        elif self._driver.closed:
            self._lent.invalidate()
        else:
            self._lent.close()

    def _hold(self) -> None:
        if self.process != os.getpid():
            raise RuntimeError("a child process cannot use its parent's transaction")


class Links:
    """The connections to one database."""

    def __init__(self, url: str) -> None:
        address = _address(url)
        self.place = f"{address.database} di {address.host or 'mesin ini'}"
        self._engine = create_engine(
            address,
            isolation_level="AUTOCOMMIT",  # our statements begin and end transactions themselves
            pool_size=_KEPT,
            max_overflow=-1,  # there are no more than threads
            pool_use_lifo=True,
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
            if driver.closed:
                lent.invalidate()
                raise _Stale(error) from error
            lent.close()
            raise


class _Stale(Exception):
    """A connection was lost before anything was asked of it."""

    def __init__(self, error: psycopg.Error) -> None:
        self.error = error


def _set_up(driver: psycopg.Connection[Row], _record: object) -> None:
    driver.execute(_SETTINGS)


def _address(url: str) -> URL:
    """Return the address for SQLAlchemy. Raises Unavailable for what is none."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise _no_address() from error
    if address.get_backend_name() not in ("postgresql", "postgres") or not address.database:
        raise _no_address()
    usual = {name: value for name, value in _USUAL.items() if name not in address.query}
    return address.set(drivername=_DRIVER).update_query_dict(usual)


def _no_address() -> Unavailable:
    return Unavailable(
        sentence("Setelan database bukan alamat basis data. Isi postgresql://pengguna@host/nama.")
    )


_all: weakref.WeakSet[Links] = weakref.WeakSet()
_inherited: list[object] = []  # never to be closed here


def _in_child() -> None:
    for links in list(_all):
        links.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
