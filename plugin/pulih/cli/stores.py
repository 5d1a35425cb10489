"""Opening what an office keeps, for commands about all of it, without the desks above it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pulih.bootstrap import hold_lost, office_documents, office_files
from pulih.config import Settings, read_settings
from pulih.ports import Files
from pulih.store.office import DocumentStore


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[DocumentStore, Files]]:
    """Open the records and the contents that settings name."""
    with ExitStack() as held:
        store = office_documents(settings)
        held.callback(store.close)
        files = office_files(settings)
        held.callback(files.close)
        yield store, files


@contextmanager
def opened_here(folder: Path) -> Iterator[tuple[Settings, DocumentStore, Files]]:
    """Open those of the office in a folder."""
    settings = read_settings(folder, os.environ)
    hold_lost(settings)
    with opened(settings) as (store, files):
        yield settings, store, files
