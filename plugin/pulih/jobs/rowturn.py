"""Turns among any number of machines: a locked row in their common database."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pulih.errors import Unavailable

log = logging.getLogger(__name__)

Link = psycopg.Connection[tuple[Any, ...]]

MADE_BY = "create table if not exists jobs_turn (name text primary key)"

# How soon each side learns that the other is gone without a word: a machine that lost its power sends none.
_USUAL: dict[str, Any] = {
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "connect_timeout": 5,
    "application_name": "pulih jobs",
}
_OURS = {"client_encoding": "utf8"}
# A turn is a transaction that says nothing while its job is done: no limit may end it, and the server asks by itself
# whether the holder still lives. Only what the server knows is set, and only for this transaction.
_LEAVE_IT_OPEN = """
    select set_config(name, value, true) from pg_settings join (values
        ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'), ('statement_timeout', '0'),
        ('tcp_keepalives_idle', '15'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')
    ) as wanted (name, value) using (name)
"""
_LOCK = "select name from jobs_turn where name = %s for update nowait"
_ADD = "insert into jobs_turn (name) values (%s) on conflict do nothing"


def connect(url: str) -> Link:
    """Return a connection that notices a dead server; what the address says itself goes first.

    Raises:
        psycopg.Error: There is none. It does not repeat what stands in the address.
    """
    try:
        wanted = {**_USUAL, **conninfo_to_dict(url), **_OURS}
    except psycopg.ProgrammingError:
        raise psycopg.ProgrammingError("the address cannot be read") from None
    # A pooler in between may give each transaction another server, which knows no prepared statement.
    return psycopg.connect(**wanted, prepare_threshold=None)


_inherited: list[
    Link
] = []  # turns of the parent process, which this one does not have and must not end


class RowTurns:
    """Turns among all who use one database.

    A name is a row, and the turn a lock on it, held by a transaction on a connection of its own: the server lets go of
    it when the holder's process or machine dies, and nothing but plain SQL is asked of it.
    """

    def __init__(self, url: str) -> None:
        """Take the address of a database; the table is made where it is not there yet."""
        self._url = url

    @contextmanager
    def turn(self, name: str) -> Iterator[bool]:
        """Tell whether the block runs alone; see `ports.Turns`.

        Where the connection is lost in the middle, another may begin before the block ends. The log then says so.

        Raises:
            Unavailable: The database cannot be reached.
        """
        try:
            link = connect(self._url)
        except psycopg.Error as error:
            raise _unreachable() from error
        process, mine = os.getpid(), False
        try:
            mine = _take(link, name)
            yield mine
        finally:
            if process != os.getpid():
                _inherited.append(link)
            elif mine:
                _give_back(link, name)
            else:
                link.close()


def _take(link: Link, name: str) -> bool:
    try:
        for _ in range(2):  # the second time after adding the row
            link.execute(_LEAVE_IT_OPEN)
            if _locked(link, name):
                return True
            link.execute(_ADD, (name,))
            link.commit()
    except psycopg.errors.LockNotAvailable:
        return False
    except psycopg.Error as error:
        raise _unreachable() from error
    return False


def _locked(link: Link, name: str) -> bool:
    """Tell whether there is such a row, and lock it."""
    try:
        return link.execute(_LOCK, (name,)).fetchone() is not None
    except psycopg.errors.UndefinedTable:  # nobody opened a queue here yet
        link.rollback()
        link.execute(MADE_BY)
        return False


def _give_back(link: Link, name: str) -> None:
    with closing(link):
        try:
            link.rollback()
        except psycopg.Error:
            log.warning("the turn %s was lost before its end; its job may have run twice", name)


def _unreachable() -> Unavailable:
    return Unavailable(
        "Basis data pekerjaan latar belum dapat dihubungi. Periksa server basis data dan jaringannya, lalu ulangi."
    )
