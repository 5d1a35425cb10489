"""Opening what an office keeps, for commands about all of it, without the desks above it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from pulih.bootstrap import office_documents, office_files
from pulih.cli.base import say
from pulih.config import Settings, read_settings
from pulih.errors import Refused
from pulih.keeping.lost import hold_left, hold_lost
from pulih.ports import Files
from pulih.store.office import DocumentStore

NEW_DATABASE = "PULIH_NEW_DATABASE"
_SECRETLY = "postgresql"


@dataclass(frozen=True, slots=True)
class Given:
    """The address of a database that a command was given; `secretly`, if it was not among its words."""

    database: str
    secretly: bool = False


def given(word: str) -> Given:
    """Return the address that an option names.

    The words of a command are there for all to see who work on the machine. So `postgresql` stands for the address in
    `PULIH_NEW_DATABASE`, or one that is asked for, unseen, where there is somebody to ask.

    Raises:
        Refused: There is neither.
    """
    if word != _SECRETLY:
        return Given(word)
    database = os.environ.get(NEW_DATABASE, "")
    if not database and sys.stdin.isatty():
        database = click.prompt(say("Alamat basis data (tidak ditampilkan)"), hide_input=True)
    if not database:
        raise Refused("Isi alamat basis data di variabel {name}, lalu ulangi.", name=NEW_DATABASE)
    return Given(database.strip(), secretly=True)


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
        hold_left(settings, store)
        yield settings, store, files
