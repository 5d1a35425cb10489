"""Every store of documents, empty; a test that asks for `documents` or `store` runs once for each.

A new kind of store is one line in `_OPENERS`, and then owes everything that these tests say.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest

from pulih.domain.ticket import Ticket
from pulih.store.bucket import BucketFiles
from pulih.store.files import FolderFiles
from pulih.store.filing import open_files
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore
from pulih.store.postgres import PostgresDocuments
from pulih.store.tiny import TinyDocuments

_OPENERS = {
    "memory": lambda _folder, **_: MemoryDocuments(),
    "tiny": lambda folder, **_: TinyDocuments(folder / "pulih.db"),
    "postgres": lambda folder, databases: PostgresDocuments(databases(folder)),
}
_MARKS = {"tiny": pytest.mark.slow, "postgres": pytest.mark.postgres}


@pytest.fixture(params=[pytest.param(name, marks=_MARKS.get(name, ())) for name in _OPENERS])
def open_documents(request):
    """Open a store in a folder; each call is another connection, or in memory another store."""
    postgres = request.param == "postgres"
    databases = request.getfixturevalue("databases") if postgres else None
    return partial(_OPENERS[request.param], databases=databases)


@pytest.fixture
def databases(emptied, cluster):
    """Give each folder a database of its own: the first one that was emptied, further ones that are new."""
    known: dict[Path, str] = {}
    with ExitStack() as held:

        def of(folder: Path) -> str:
            if folder not in known:
                known[folder] = held.enter_context(cluster.database()) if known else emptied
            return known[folder]

        yield of


@pytest.fixture
def documents(open_documents, tmp_path):
    """An empty store of documents."""
    opened = open_documents(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def store(documents):
    """An empty store as the services see it."""
    return OfficeStore(documents)


@pytest.fixture(
    params=[
        "folder",
        pytest.param("database", marks=pytest.mark.postgres),
        pytest.param("bucket", marks=pytest.mark.bucket),
    ]
)
def files_by_name(request, tmp_path):
    """How `open_files` is asked for an empty place of attachments: words for a command, a setting as `name=value`."""
    folder = str(tmp_path / "files")
    if request.param == "folder":
        return ["folder", folder]
    if request.param == "database":
        return ["database", folder, f"database={request.getfixturevalue('database')}"]
    bucket, server = (request.getfixturevalue(name) for name in ("bucket", "bucket_server"))
    keys = [f"access_key={server.access_key}", f"secret_key={server.secret_key}"]
    return [f"s3://{bucket}/kantor", folder, f"endpoint={server.url}", *keys]


@pytest.fixture
def files(files_by_name):
    """Each place of attachments, empty."""
    where, folder, *rest = files_by_name
    opened = open_files(where, Path(folder), **dict(word.split("=", 1) for word in rest))
    yield opened
    opened.close()


@pytest.fixture
def stored(files, request, tmp_path):
    """Tell which digests are kept in `files`, by another way than its own."""

    def digests() -> list[str]:
        if isinstance(files, FolderFiles):
            return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
        if isinstance(files, BucketFiles):  # its own list may name twice what two have put at once
            kept = request.getfixturevalue("bucket_server").folder / files.bucket
            return sorted(path.name for path in kept.rglob("*") if path.is_file())
        with psycopg.connect(request.getfixturevalue("database")) as rows:
            taken = rows.execute("SELECT digest FROM contents ORDER BY 1").fetchall()
            parts = rows.execute("SELECT DISTINCT digest FROM content_parts").fetchall()
        assert set(parts) <= set(taken)
        return [digest for (digest,) in taken]

    return digests


@pytest.fixture
def objects(bucket_server):
    """A plain client of the tests' bucket server."""
    client = bucket_server.client()
    yield client
    client.close()


@pytest.fixture
def path(tmp_path):
    """Where an embedded store may be made."""
    return tmp_path / "pulih.db"


@pytest.fixture
def tiny(path):
    """An embedded store of documents, empty."""
    opened = TinyDocuments(path)
    yield opened
    opened.close()


LetterMaker = Callable[..., Ticket]


@pytest.fixture
def letter(cast, facts_for, clock) -> LetterMaker:
    """Make the ticket that a letter opens: by default, number n of the year is letter n, n hours later."""

    def make(n: int = 1, **changes: object) -> Ticket:
        at = clock() + timedelta(hours=n)
        facts = facts_for("letter", **{"letter_number": f"005/{n}", **changes})
        return Ticket.open(f"2026-{n:04d}", cast.lead, at, {"signed_by": "Dewi", **facts})

    return make
