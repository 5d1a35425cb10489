"""An embedded store knows where its columns do not say what its documents do."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from pulih.store.office import OfficeStore
from pulih.store.tiny import TinyDocuments

TOUCHED = {
    "a column": ("UPDATE tickets SET state = 'closed' WHERE id = 1", "2026-0001: kolom state"),
    "a key": ("UPDATE tickets SET key = 'x' WHERE id = 1", "kunci x: kolom key"),
    "words": ("UPDATE tickets SET words = '' WHERE id = 1", "2026-0001: kolom words"),
    "a member": ("UPDATE tickets_people SET value = 'x' WHERE id = 1", "2026-0001: kolom people"),
    "a member too many": (
        "INSERT INTO tickets_team (value, id) VALUES ('x', 1)",
        "2026-0001: kolom team",
    ),
    "members of nothing": (
        "INSERT INTO tickets_team (value, id) VALUES ('x', 77)",
        "#77: kolom team",
    ),
    "a document": (
        "UPDATE tickets_text SET text = replace(text, 'dukcapil', 'dikbud') WHERE id = 2",
        "2026-0002: kolom agency",
    ),
    "no document": ("DELETE FROM tickets_text WHERE id = 2", "2026-0002: kolom text"),
    "no row": ("DELETE FROM tickets WHERE id = 2", "#2: kolom text"),
    "no JSON": ("UPDATE tickets_text SET text = '{' WHERE id = 2", "2026-0002: kolom text"),
    "no object": ("UPDATE tickets_text SET text = '[]' WHERE id = 2", "2026-0002: kolom text"),
    "no text": (
        "UPDATE tickets_text SET text = CAST(X'7BFF' AS TEXT) WHERE id = 2",
        "2026-0002: kolom text",
    ),
}


@pytest.fixture
def filled(path, letter):
    documents = TinyDocuments(path)
    store = OfficeStore(documents)
    store.write(lambda records: [records.tickets.add(letter(n)) for n in (1, 2)])
    documents.close()
    return path


def test_a_store_that_nobody_touched_has_no_flaw(filled):
    documents = TinyDocuments(filled)

    assert documents.flaws() == []
    documents.close()


@pytest.mark.parametrize(("sql", "words"), TOUCHED.values(), ids=TOUCHED)
def test_a_row_that_somebody_touched_is_named(filled, sql, words):
    with closing(sqlite3.connect(filled)) as raw, raw:
        raw.execute(sql)

    documents = TinyDocuments(filled)
    said = [str(flaw) for flaw in documents.flaws()]
    documents.close()

    assert any(words in one for one in said), said
