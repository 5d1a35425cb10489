"""The store of a large office: `Documents` in PostgreSQL, for any number of processes on any number of machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pulih.ports import Documents
from pulih.store import postgres_sql as sql
from pulih.store.migrate import Spare
from pulih.store.postgres_faults import other_version, told
from pulih.store.postgres_flaws import flaws
from pulih.store.postgres_link import Link, Links
from pulih.store.postgres_prepare import prepare
from pulih.store.postgres_values import found
from pulih.store.postgres_view import View
from pulih.store.refusals import closed
from pulih.store.schema import CLOSED, VERSION
from pulih.wording import Sentence


class PostgresDocuments:
    """A store of documents in one database.

    Writing is serializable: what a transaction has read still holds when it commits, or it raises Contended.
    """

    def __init__(self, url: str, *, spare: Spare | None = None, begin: bool = True) -> None:
        """Open the store, or make it in an empty database; bring an older one to today's schema, once.

        Args:
            url: `postgresql://user:password@host:port/database`, with libpq's settings as its query.
            spare: Told of the old documents before they are changed.

        Raises:
            Unavailable: The database cannot be reached, is something else, or is newer.
        """
        self._links = Links(url)
        try:
            prepare(self._links, lambda link: View(link, writable=True), spare, begin=begin)
        except BaseException:
            self._links.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Documents]:
        """Open a view of what is committed now; within another view of the thread it is the same one."""
        with told(self._links.place), ExitStack() as held:
            link = self._links.in_hand("reader")
            if link is None:
                link = held.enter_context(self._links.begun("reader", sql.READING))
                self._check(link)
            yield View(link, writable=False)

    @contextmanager
    def writing(self, *, anyway: bool = False) -> Iterator[Documents]:
        """Open a transaction."""
        if self._links.in_hand("writer"):
            raise RuntimeError("a writing transaction within another")
        with told(self._links.place), self._links.begun("writer", sql.WRITING) as link:
            self._check(link)
            if link.standing[1] and not anyway:
                raise closed(found(CLOSED, link.standing[1])[1])
            yield View(link, writable=True)
            link.commit()

    def flaws(self) -> list[Sentence]:
        """Return what is wrong with the tables, and where they disagree with the documents in them."""
        with told(self._links.place), self._links.begun("looker", sql.LOOKING) as link:
            return list(flaws(link))

    def close(self) -> None:
        """Let go of the connections."""
        self._links.close()

    def _check(self, link: Link) -> None:
        """See that the tables are still of this version: another process may have brought them further."""
        version = link.standing[0] if link.standing else 0
        if version != VERSION:
            raise other_version(self._links.place, newer=version > VERSION)
