"""Where the office's records are kept; a rule of the procedure or a framework has no place here."""

from __future__ import annotations

from pathlib import Path

from pulih.errors import Unavailable
from pulih.ports import Store
from pulih.store.filing import open_files
from pulih.store.memory import MemoryDocuments
from pulih.store.migrate import Spare
from pulih.store.office import DocumentStore, OfficeStore
from pulih.store.tiny import TinyDocuments

__all__ = [
    "Spare",
    "documents_in_postgres",
    "open_files",
    "open_memory",
    "open_postgres",
    "open_tiny",
]


def open_memory() -> Store:
    """Return an empty store that lives as long as the process: for tests and demonstrations."""
    return OfficeStore(MemoryDocuments())


def open_tiny(path: Path, *, spare: Spare | None = None) -> Store:
    """Open the store in one file, or make it where there is none, with the folders above it.

    Several processes may open the same file. It belongs on a local disk, not on a network share.

    Args:
        path: The file.
        spare: Told of the documents of an older version before they are brought to today's.

    Raises:
        Unavailable: The file is not a store of Pulih, comes from a newer version, or cannot be written.
    """
    return OfficeStore(TinyDocuments(path, spare=spare))


def open_postgres(url: str, *, spare: Spare | None = None) -> Store:
    """Open the store in a PostgreSQL database, or make it in an empty one.

    Any number of processes and machines may open the same database.

    Args:
        url: `postgresql://user:password@host:port/database`.
        spare: As in `open_tiny`.

    Raises:
        Unavailable: The database cannot be reached, is not one of Pulih, comes from a newer version, or the packages
            for it are not installed.
    """
    return OfficeStore(documents_in_postgres(url, spare=spare))


def documents_in_postgres(
    url: str, *, spare: Spare | None = None, begin: bool = True
) -> DocumentStore:
    """Open the documents themselves; as `open_postgres`. An empty database is refused unless one may `begin` there."""
    try:
        from pulih.store.postgres import PostgresDocuments  # noqa: PLC0415 - an extra: not every office has it
    except ModuleNotFoundError as error:
        raise Unavailable(
            "Untuk setelan database perlu paket tambahan. Pasang, di folder sumber Pulih: "
            ".venv/bin/pip install --editable '.[postgres]' --constraint constraints.txt"
        ) from error
    return PostgresDocuments(url, spare=spare, begin=begin)
