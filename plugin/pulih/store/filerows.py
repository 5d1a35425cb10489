"""The content of attachments in PostgreSQL, in rows of 256 KiB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from pulih.errors import Unavailable
from pulih.store.again import again
from pulih.store.contents import BLOCK, check, lost, opened, spooled
from pulih.store.postgres_faults import told
from pulih.store.postgres_link import Link, Links

# A content is all there, or not at all, and never changed unless it is damaged. No large objects: plain rows go with
# a dump, with replication, and into the databases that only speak PostgreSQL's language.
_MISSING = (
    "SELECT count(*) < 2 FROM information_schema.tables WHERE table_schema = current_schema() "
    "AND table_name IN ('contents', 'content_parts')"
)
_HEADS = "CREATE TABLE IF NOT EXISTS contents (digest text PRIMARY KEY, size bigint NOT NULL)"
_PARTS = (
    "CREATE TABLE IF NOT EXISTS content_parts "
    "(digest text, part integer, bytes bytea NOT NULL, PRIMARY KEY (digest, part))"
)
_TAKE = "INSERT INTO contents (digest, size) VALUES (%(digest)s, %(size)s) ON CONFLICT DO NOTHING"
_ADD = "INSERT INTO content_parts (digest, part, bytes) VALUES (%(digest)s, %(part)s, %(bytes)s)"
_SET_SIZE = "UPDATE contents SET size = %(size)s WHERE digest = %(digest)s"
_REMOVE = "DELETE FROM content_parts WHERE digest = %(digest)s"
_SIZE = "SELECT size FROM contents WHERE digest = %(digest)s"
_PART = "SELECT bytes FROM content_parts WHERE digest = %(digest)s AND part = %(part)s"
# Whoever waited for the same digest then sees what the other has made of it.
_OPENING = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT 1"
_OURS = "files"


@dataclass(frozen=True, slots=True)
class DatabaseFiles:
    """Implements `ports.Files`. Several threads, processes and machines may share the tables."""

    links: Links

    def keep(self, content: BinaryIO, *, most: int) -> tuple[str, int]:
        """Keep a content durably; return its SHA-256 and size in bytes.

        Raises:
            TooLarge: It has over `most` bytes. Its problem's field is `file`; nothing is kept.
            Unavailable: The database cannot be reached, or is full.
        """
        with spooled(content, most) as (file, digest, size):
            again(lambda: self._put(file, digest, size))
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """Open a content for reading. Raises NotFound, also for what is no digest; Unavailable."""
        check(digest)
        with self._transaction() as link:
            found = link.run(_SIZE, {"digest": digest}).fetchone()
        if found is None:
            raise lost()
        return opened(digest, found[0], self._blocks(digest, found[0]), lambda: None)

    def close(self) -> None:
        """Let go of the connections."""
        self.links.close()

    def prepare(self) -> None:
        """Make the tables where they are missing. Raises Unavailable, also where the account may not."""
        with self._transaction() as link:
            missing = link.run(_MISSING).fetchone()
        if missing and missing[0]:
            again(self._make)  # another process may make the same at the same moment

    def _make(self) -> None:
        with self._transaction() as link:
            link.run(_HEADS)
            link.run(_PARTS)

    def _put(self, file: BinaryIO, digest: str, size: int) -> None:
        with self._transaction() as link:
            # Whoever takes the same digest waits here, and then finds it taken; or free, if this one has failed.
            if link.run(_TAKE, {"digest": digest, "size": size}).rowcount:
                _add(link, file, digest)
                return
        if self._is_sound(digest):
            return
        with self._transaction() as link:
            link.run(
                _SET_SIZE, {"digest": digest, "size": size}
            )  # whoever else mends it waits here
            link.run(_REMOVE, {"digest": digest})
            _add(link, file, digest)

    def _is_sound(self, digest: str) -> bool:
        """Tell whether a content comes out as it went in."""
        try:
            with self.open(digest) as kept:
                while kept.read(BLOCK):
                    pass
        except Unavailable:
            return False
        return True

    def _blocks(self, digest: str, size: int) -> Iterator[bytes]:
        """Yield the parts, each read in its own transaction: a slow reader holds no connection."""
        part = given = 0
        while given < size:
            with self._transaction() as link:
                found = link.run(_PART, {"digest": digest, "part": part}).fetchone()
            if found is None:
                return
            block: bytes = found[0]
            part, given = part + 1, given + len(block)
            yield block

    @contextmanager
    def _transaction(self) -> Iterator[Link]:
        with told(self.links.place), self.links.begun(_OURS, _OPENING) as link:
            yield link
            link.commit()


def _add(link: Link, file: BinaryIO, digest: str) -> None:
    file.seek(0)
    for part, block in enumerate(iter(lambda: file.read(BLOCK), b"")):
        link.run(_ADD, {"digest": digest, "part": part, "bytes": block})


def open_rows(url: str) -> DatabaseFiles:
    """Return the files in the database at `url`, with their tables made if they are missing.

    Raises:
        Unavailable: It cannot be reached, or the account may not make tables.
    """
    files = DatabaseFiles(Links(url))
    files.prepare()
    return files
