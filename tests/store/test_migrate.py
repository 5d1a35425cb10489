"""A store of an older version is brought to today's when it is opened: once, wholly, and after a copy was made."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime

import psycopg
import pytest
from relevance import OURS, reports

from pulih.domain.knowledge import Retracted
from pulih.errors import Unavailable
from pulih.service.mending import mend
from pulih.store import open_postgres, open_tiny
from pulih.store.migrate import STEPS
from pulih.store.office import OfficeStore
from pulih.store.schema import TABLES, VERSION

AT = datetime(2026, 3, 2, tzinfo=UTC)
ARTICLE = reports(OURS)[0]
OLDER = """
    DROP TABLE seals;
    DROP TABLE store;
"""


NEW = ("notes", "retracted", "wanted", "outgoing")  # since version 3
PAPERS = tuple(name for name, table in TABLES.items() if table.since == 5)
PLONE = tuple(name for name, table in TABLES.items() if table.since == 7)


class Tiny:
    """An embedded store that can be made older."""

    def __init__(self, path):
        self.path = path

    def open(self, spare=None):
        return open_tiny(self.path, spare=spare)

    def age(self):
        with sqlite3.connect(self.path) as file:
            file.executescript(
                f"{OLDER} DROP TABLE seals_text; DROP TABLE store_text; PRAGMA user_version = 1;"
            )
        file.close()

    def age_to_2(self):
        with sqlite3.connect(self.path) as file:
            for name in NEW:
                file.executescript(f"DROP TABLE {name}; DROP TABLE {name}_text;")
            file.execute("PRAGMA user_version = 2")
        file.close()

    def age_to_3(self):
        with sqlite3.connect(self.path) as file:
            file.executescript("DROP TABLE entries; DROP TABLE entries_text;")
            file.execute("PRAGMA user_version = 3")
        file.close()

    def age_to_4(self):
        with sqlite3.connect(self.path) as file:
            for name in PAPERS:
                file.executescript(f"DROP TABLE {name}; DROP TABLE {name}_text;")
            file.execute("PRAGMA user_version = 4")
        file.close()

    def age_to_6(self):
        with sqlite3.connect(self.path) as file:
            for name in PLONE:
                file.executescript(f"DROP TABLE {name}; DROP TABLE {name}_text;")
            file.execute("PRAGMA user_version = 6")
        file.close()

    def version(self):
        with sqlite3.connect(self.path) as file:
            [(version,)] = file.execute("PRAGMA user_version")
        file.close()
        return version


class Postgres:
    """A store in a database that can be made older."""

    def __init__(self, url):
        self.url = url

    def open(self, spare=None):
        return open_postgres(self.url, spare=spare)

    def age(self):
        with psycopg.connect(self.url) as connection:
            connection.execute(f"{OLDER} UPDATE pulih SET version = 1")

    def age_to_2(self):
        with psycopg.connect(self.url) as connection:
            for name in NEW:
                connection.execute(f"DROP TABLE {name}")
            connection.execute("UPDATE pulih SET version = 2")

    def age_to_3(self):
        with psycopg.connect(self.url) as connection:
            connection.execute("DROP TABLE entries")
            connection.execute("UPDATE pulih SET version = 3")

    def age_to_4(self):
        with psycopg.connect(self.url) as connection:
            for name in PAPERS:
                connection.execute(f"DROP TABLE {name}")
            connection.execute("UPDATE pulih SET version = 4")

    def age_to_6(self):
        with psycopg.connect(self.url) as connection:
            for name in PLONE:
                connection.execute(f"DROP TABLE {name}")
            connection.execute("UPDATE pulih SET version = 6")

    def version(self):
        with psycopg.connect(self.url) as connection:
            [(version,)] = connection.execute("SELECT version FROM pulih")
        return version


@pytest.fixture(params=["tiny", pytest.param("postgres", marks=pytest.mark.postgres)])
def older(request, tmp_path, story):
    """A store of version 1 with one ticket."""
    in_file = request.param == "tiny"
    kept = Tiny(tmp_path / "pulih.db") if in_file else Postgres(request.getfixturevalue("database"))
    store = kept.open()
    with store.writing() as records:
        records.tickets.add(story.closed)
    store.close()
    kept.age()
    return kept


def tickets(store: OfficeStore):
    with store.documents.reading() as view:
        return view.count("tickets"), view.count("seals")


def test_every_version_has_its_step():
    assert set(STEPS) == set(range(2, VERSION + 1))


def test_an_older_store_is_brought_up_when_it_is_opened(older):
    store = older.open()

    assert tickets(store) == (1, 1)
    store.close()
    assert older.version() == VERSION


def test_a_store_of_version_2_gains_tables_that_can_be_used(older):
    older.open().close()
    older.age_to_2()

    store = older.open()

    with store.writing() as records:
        tables = [getattr(records, name) for name in NEW]
        assert [table.find() for table in tables] == [[]] * 4
        records.retracted.put("2026-0001", Retracted("2026-0001", "salim", "Salim", AT, "Keliru."))
    with store.reading() as records:
        assert records.retracted.get("2026-0001").reason == "Keliru."
        assert records.tickets.get("2026-0001").closed is not None
    store.close()
    assert older.version() == VERSION


def test_a_copy_of_the_old_documents_can_be_made_before_they_are_changed(older):
    seen = []

    def spare(view, found):
        seen.append(
            (found, view.count("tickets"), view.count("seals"), len(list(view.scan("tickets"))))
        )

    older.open(spare).close()
    older.open(spare).close()

    assert seen == [(1, 1, 0, 1)]


def test_where_no_copy_can_be_made_the_old_store_stays_as_it_was(older):
    def spare(_view, _found):
        raise Unavailable("Disk penuh.")

    with pytest.raises(Unavailable, match="Disk penuh"):
        older.open(spare)

    assert older.version() == 1
    store = older.open()
    assert tickets(store) == (1, 1)
    store.close()


def test_a_step_that_fails_changes_nothing(older, monkeypatch):
    def stumble(view):
        view.insert("settings", "half", {})
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("pulih.store.migrate.STEPS", {2: stumble})
        with pytest.raises(ZeroDivisionError):
            older.open()

    assert older.version() == 1
    store = older.open()
    with store.documents.reading() as view:
        assert view.get("settings", "half") is None
    store.close()


def test_of_many_who_open_an_older_store_at_once_one_brings_it_up(older):
    copies, stores, errors = [], [], []

    def work() -> None:
        try:
            stores.append(older.open(lambda _view, found: copies.append(found)))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert copies == [1]
    assert [tickets(store) for store in stores] == [(1, 1)] * 6
    for store in stores:
        store.close()


def test_a_store_of_version_3_has_its_cases_indexed_afterwards(older):
    store = older.open()
    with store.writing() as records:
        records.articles.put(ARTICLE.number, ARTICLE)
    store.close()
    older.age_to_3()

    store = older.open()

    with store.reading() as records:
        assert not records.entries.standing().current
        assert [entry.number for entry in records.entries.stale()] == [ARTICLE.number]
    assert mend(store) == 1
    with store.reading() as records:
        assert records.entries.standing().current
        assert [entry.number for entry in records.entries.after(0)] == [ARTICLE.number]
    assert mend(store) == 0
    store.close()


def test_a_store_of_version_4_gains_papers_and_their_numbers(older):
    older.open().close()
    older.age_to_4()

    store = older.open()

    with store.writing() as records:
        assert [getattr(records, name).find() for name in PAPERS] == [[]] * len(PAPERS)
        assert (records.last_number("paper-x-2026"), records.next_number("paper-x-2026")) == (0, 1)
        assert records.last_number("paper-x-2026") == 1
    store.close()
    assert older.version() == VERSION


def test_a_store_of_version_6_gains_plone_sites_and_doors(older):
    older.open().close()
    older.age_to_6()

    store = older.open()

    with store.writing() as records:
        assert [getattr(records, name).find() for name in PLONE] == [[]] * len(PLONE)
        assert records.plone_pages.find(target="x") == []
    with store.reading() as records:
        assert records.tickets.get("2026-0001").closed is not None
    store.close()
    assert older.version() == VERSION
