"""Every store of documents, empty; a test that asks for `documents` or `store` runs once for each.

A new kind of store is one line in `_OPENERS`, and then owes everything that these tests say.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from pulih.domain.ticket import Ticket
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore
from pulih.store.tiny import TinyDocuments

_OPENERS = {
    "memory": lambda _folder: MemoryDocuments(),
    "tiny": lambda folder: TinyDocuments(folder / "pulih.db"),
}


@pytest.fixture(params=_OPENERS)
def open_documents(request):
    """Open a store in a folder; each call is another connection, or in memory another store."""
    return _OPENERS[request.param]


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


@pytest.fixture
def child():
    """Start a Python process on some code; it ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object, **how: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            **how,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
