"""Where the office's records are kept; a rule of the procedure or a framework has no place here."""

from __future__ import annotations

from pathlib import Path

from pulih.ports import Store
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore
from pulih.store.tiny import TinyDocuments

__all__ = ["open_memory", "open_tiny"]


def open_memory() -> Store:
    """Return an empty store that lives as long as the process: for tests and demonstrations."""
    return OfficeStore(MemoryDocuments())


def open_tiny(path: Path) -> Store:
    """Open the store in one file, or make it where there is none, with the folders above it.

    Several processes may open the same file. It belongs on a local disk, not on a network share.

    Raises:
        Unavailable: The file is not a store of Pulih, comes from a newer version, or cannot be written.
    """
    return OfficeStore(TinyDocuments(path))
