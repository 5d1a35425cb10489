"""Making the tables of a database, and bringing them to today's schema.

Several processes may come to an empty or an older database at once: the row with its version is there first, and
whoever locks it does the work, while the others wait and then find it done.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from pulih.errors import Unavailable
from pulih.ports import Documents
from pulih.store import postgres_sql as sql
from pulih.store.again import again
from pulih.store.migrate import Spare, migrate
from pulih.store.postgres_faults import foreign, misencoded, other_version, told
from pulih.store.postgres_link import Link, Links
from pulih.store.schema import VERSION

_TOGETHER = (  # what those who make the same table at once are told, each by another check
    psycopg.errors.UniqueViolation,
    psycopg.errors.DuplicateTable,
    psycopg.errors.DuplicateObject,
    psycopg.errors.InternalError_,
)
_TRIES = 20


def prepare(
    links: Links, view: Callable[[Link], Documents], spare: Spare | None, *, begin: bool = True
) -> None:
    """Make what is missing. Raises Unavailable where the database is something else, or newer.

    Args:
        begin: Whether to make everything in a database that is empty; else it is refused as well.
    """
    with told(links.place):
        if not begin and not _version(links):
            raise Unavailable(
                "Di basis data {place} belum ada catatan kantor. Periksa setelan database.",
                place=links.place,
            )
        if _version(links) is None:
            _mark(links)

    def once() -> None:
        with told(links.place):
            if _version(links) != VERSION:
                _bring_up(links, view, spare)

    again(once)


def _version(links: Links) -> int | None:
    """Return the version of the tables: 0 before they are made, None before anything is."""
    try:
        rows = links.look(sql.VERSION_NOW)
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.errors.UndefinedColumn:
        raise foreign(links.place, [sql.MARKS]) from None
    if not rows:  # another process is just about to add it
        return None
    version = int(rows[0][0])
    if version > VERSION:
        raise other_version(links.place, newer=True)
    return version


def _mark(links: Links) -> None:
    if links.look("SHOW server_encoding") != [("UTF8",)]:
        raise misencoded(links.place)
    strangers = links.look(sql.STRANGERS, {"names": sql.table_names()})
    if strangers:
        raise foreign(links.place, sorted(name for (name,) in strangers))
    for statement in sql.MAKE_MARKS:
        for rest in reversed(range(_TRIES)):
            try:
                links.look(statement)
                break
            except _TOGETHER:
                if not rest:
                    raise


def _bring_up(links: Links, view: Callable[[Link], Documents], spare: Spare | None) -> None:
    with links.begun("writer", sql.PREPARING) as link:
        found = int(link.standing[0])
        if found > VERSION:
            raise other_version(links.place, newer=True)
        if found < VERSION:
            link.run("; ".join(sql.definitions()))
            if found:
                documents = view(link)
                if spare:
                    spare(documents, found)
                migrate(documents, found)
            link.run(sql.SET_VERSION)
            link.commit()
