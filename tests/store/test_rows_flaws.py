"""An embedded store knows where its columns do not say what its documents do."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from pulih.domain.records import TicketFilter
from pulih.store.office import OfficeStore
from pulih.store.tiny import TinyDocuments

pytestmark = pytest.mark.slow

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


# ---- The index of words -------------------------------------------------------------------------

INDEXED = """
    INSERT INTO tickets_search (rowid, words) SELECT id, words FROM tickets_fresh JOIN tickets USING (id);
    DELETE FROM tickets_fresh;
"""
FORGET = "INSERT INTO tickets_search (tickets_search, rowid, words) SELECT 'delete', id, words FROM tickets"
UNSEARCHABLE = {
    "emptied": f"{INDEXED} INSERT INTO tickets_search (tickets_search) VALUES ('delete-all')",
    "one is gone": f"{INDEXED} {FORGET} WHERE id = 1",
    "none is fresh": "DELETE FROM tickets_fresh",
    "one is not fresh": "DELETE FROM tickets_fresh WHERE id = 1",
    "a fresh one too many": f"{INDEXED} INSERT INTO tickets_fresh VALUES (1)",
}


def touch(path, script):
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executescript(script)


def found_by(store, words):
    with store.reading() as records:
        return [t.number for t in records.tickets.list(TicketFilter(words=words)).items]


@pytest.mark.parametrize("script", UNSEARCHABLE.values(), ids=UNSEARCHABLE)
def test_an_index_of_words_that_is_not_whole_is_named_and_made_anew_at_the_next_opening(
    filled, script
):
    documents = TinyDocuments(filled)
    touch(filled, script)

    [flaw] = documents.flaws()
    documents.close()
    again = TinyDocuments(filled)

    assert "Indeks kata tabel tickets" in str(flaw)
    assert again.flaws() == []
    assert found_by(OfficeStore(again), "2026-00") == ["2026-0002", "2026-0001"]
    again.close()


def test_an_index_with_one_for_another_is_named(filled):
    touch(
        filled,
        f"{INDEXED} {FORGET} WHERE id = 1; INSERT INTO tickets_search (rowid, words) VALUES (9, 'lain')",
    )
    documents = TinyDocuments(filled)

    said = [str(flaw) for flaw in documents.flaws()]
    documents.close()

    assert said == [
        "Tabel tickets, kunci 2026-0001: kolom tickets_search tidak sesuai dengan dokumennya."
    ]


def test_documents_without_words_do_not_make_an_index_less_whole(filled, letter):
    documents = TinyDocuments(filled)

    def put(number, **more):
        with documents.writing() as view:
            view.insert("tickets", number, {"number": number, **more})

    for n in range(3, 260):  # more than come into the index at once
        put(f"2026-{n:04d}", **({} if n % 2 else {"words": f"kata {n}"}))
    with documents.writing() as view:
        for n in (3, 4, 258, 259):
            view.remove("tickets", f"2026-{n:04d}")
        view.update("tickets", "2026-0005", {"number": "2026-0005", "words": "kata baru"})
        view.update("tickets", "2026-0006", {"number": "2026-0006"})

    assert documents.flaws() == []
    documents.close()


def test_an_index_that_somebody_dropped_is_made_anew_at_the_next_opening(filled):
    touch(filled, "DROP INDEX tickets_by_stage")

    TinyDocuments(filled).close()

    with closing(sqlite3.connect(filled)) as raw:
        assert raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'tickets_by_stage'").fetchone()
