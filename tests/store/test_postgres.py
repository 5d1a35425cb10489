"""Opening a database: an empty one, one that others open too, and what is no store of ours."""

from __future__ import annotations

import os
import threading
from contextlib import suppress

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as some

from pulih.errors import Contended, Unavailable
from pulih.store import open_postgres
from pulih.store.again import again
from pulih.store.postgres import PostgresDocuments
from pulih.store.postgres_sql import table_names
from pulih.store.postgres_values import found, kept
from pulih.store.schema import VERSION

pytestmark = pytest.mark.postgres


@pytest.fixture
def documents(databases, tmp_path):
    """A store with the tables, empty."""
    opened = PostgresDocuments(databases(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def url(databases, tmp_path):
    """The address of the database of `documents`."""
    return databases(tmp_path)


@pytest.fixture
def sql(database):
    """Run a statement in a database, as somebody else."""

    def run(statement: str, url: str = database) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)

    return run


def put(documents, key):
    def once() -> None:
        with documents.writing() as view:
            view.insert("settings", key, {})

    again(once)


def keys(documents):
    with documents.reading() as view:
        return [key for key, _document in view.scan("settings")]


def tables(url):
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in rows}


# ---- Making the tables --------------------------------------------------------------------------


def test_an_empty_database_is_given_its_tables_once(database):
    for _ in range(2):
        PostgresDocuments(database).close()

    assert tables(database) == {"pulih", *table_names()}


def test_many_may_make_the_same_new_store_at_once(database):
    opened, errors = [], []

    def work() -> None:
        try:
            opened.append(PostgresDocuments(database))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    put(opened[0], "one")
    assert [keys(documents) for documents in opened] == [["one"]] * 8
    for documents in opened:
        documents.close()


def test_a_store_that_was_left_half_made_is_completed(database):
    PostgresDocuments(database).close()
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE pulih SET version = 0")
        connection.execute("DROP TABLE tickets, tickets_team, settings")

    documents = PostgresDocuments(database)
    put(documents, "one")
    documents.close()

    assert tables(database) == {"pulih", *table_names()}


def test_lists_are_read_by_an_index_in_their_order(documents, url):
    with documents.writing() as view:
        for n in range(2000):
            view.insert(
                "tickets",
                f"{n:05}",
                {"state": "open" if n % 50 else "closed", "opened": f"{n % 97}"},
            )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE tickets")
        plan = "\n".join(
            row[0]
            for row in connection.execute(
                "EXPLAIN SELECT document FROM tickets WHERE state = 'open' "
                "ORDER BY opened DESC NULLS LAST, key LIMIT 25"
            )
        )

    assert "Index Scan using tickets_by_" in plan
    assert "Sort" not in plan


# ---- What is no store of ours -------------------------------------------------------------------


def test_the_tables_of_another_program_are_refused_and_left_as_they_were(database, sql):
    sql("CREATE TABLE tickets (x int)")

    with pytest.raises(Unavailable, match=r"tabel program lain \(tickets\)"):
        PostgresDocuments(database)

    assert tables(database) == {"tickets"}


def test_a_mark_of_another_program_is_refused(database, sql):
    sql("CREATE TABLE pulih (x int)")

    with pytest.raises(Unavailable, match="program lain"):
        PostgresDocuments(database)


def test_tables_of_another_program_under_other_names_do_not_matter(database, sql):
    sql("CREATE TABLE theirs (x int)")

    PostgresDocuments(database).close()

    assert "theirs" in tables(database)


def test_a_store_of_a_newer_version_is_refused(database, sql):
    PostgresDocuments(database).close()
    sql(f"UPDATE pulih SET version = {VERSION + 1}")

    with pytest.raises(Unavailable, match="lebih baru"):
        PostgresDocuments(database)


def test_a_store_that_becomes_newer_while_it_is_open_is_refused_from_then_on(database, sql):
    documents = PostgresDocuments(database)
    put(documents, "one")
    sql(f"UPDATE pulih SET version = {VERSION + 1}")

    with pytest.raises(Unavailable, match="lebih baru"):
        put(documents, "two")
    with pytest.raises(Unavailable, match="lebih baru"), documents.reading():
        pass
    documents.close()


def test_a_database_that_cannot_hold_every_letter_is_refused(cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        server.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    try:
        with pytest.raises(Unavailable, match="UTF8"):
            PostgresDocuments(cluster.url("latin"))
    finally:
        with psycopg.connect(cluster.url(), autocommit=True) as server:
            server.execute("DROP DATABASE latin WITH (FORCE)")


# ---- What cannot be reached ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["pulih.db", "mysql://pulih:rahasia@db/pulih", "postgresql://db", "://rahasia"]
)
def test_what_is_no_address_is_refused_without_repeating_it(address):
    with pytest.raises(Unavailable, match="postgresql://") as caught:
        PostgresDocuments(address)

    assert "rahasia" not in str(caught.value)


def test_a_database_that_is_not_there_is_named_without_its_password(cluster):
    url = f"postgresql://pulih:rahasia@127.0.0.1:{cluster.port}/nirgends"

    with pytest.raises(Unavailable, match=r"nirgends di 127\.0\.0\.1 tidak ada") as caught:
        PostgresDocuments(url)

    assert "rahasia" not in "".join(map(str, (caught.value, caught.value.__cause__)))


def test_an_account_that_the_server_does_not_know_is_told_so(cluster):
    with pytest.raises(Unavailable, match="nama pengguna atau kata sandinya"):
        PostgresDocuments(f"postgresql://siapa@127.0.0.1:{cluster.port}/postgres")


def test_a_server_that_does_not_answer_is_told_so(cluster):
    with pytest.raises(Unavailable, match="tidak dapat dihubungi"):
        PostgresDocuments("postgresql://pulih@127.0.0.1:1/pulih")


def test_a_database_with_too_many_connections_is_told_so(documents, url, sql, cluster):
    name = url.rpartition("/")[2]
    sql("CREATE ROLE tamu LOGIN", url)
    sql(f"ALTER DATABASE {name} CONNECTION LIMIT 0", cluster.url())
    try:
        with pytest.raises(Unavailable, match="terlalu banyak"):
            PostgresDocuments(url.replace("pulih@", "tamu@"))
    finally:
        sql(f"ALTER DATABASE {name} CONNECTION LIMIT -1", cluster.url())
        sql("DROP ROLE tamu", url)


def test_an_account_without_rights_is_told_so(database, sql):
    sql("CREATE ROLE tamu LOGIN")
    try:
        with pytest.raises(Unavailable, match="tidak berhak"):
            PostgresDocuments(database.replace("pulih@", "tamu@"))
    finally:
        sql("DROP ROLE tamu")


def test_a_database_that_is_read_only_gives_and_does_not_take(database, sql, cluster):
    PostgresDocuments(database).close()
    name = database.rpartition("/")[2]
    sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on", cluster.url())

    documents = PostgresDocuments(database)
    assert keys(documents) == []
    with pytest.raises(Unavailable, match="hanya dapat dibaca"):
        put(documents, "one")
    documents.close()


def test_a_closed_store_is_a_mistake_to_use(database):
    documents = PostgresDocuments(database)
    documents.close()

    with pytest.raises(RuntimeError), documents.reading():
        pass


# ---- Documents ----------------------------------------------------------------------------------

SCALARS = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False)
    | some.text(some.characters(codec=None), max_size=8)
)
JSON = some.dictionaries(
    some.text(some.characters(codec=None), max_size=4),
    SCALARS | some.lists(SCALARS, max_size=3),
    max_size=4,
)


@given(document=JSON, key=some.text(some.characters(codec=None), max_size=200))
def test_any_document_comes_back_as_it_was(made, document, key):
    with psycopg.connect(made) as connection:
        [(value,)] = connection.execute("SELECT CAST(%s AS jsonb)", (kept(key, document),))

    back = found(key, value)

    assert back == (key, document)
    assert repr(sorted(back[1].items())) == repr(sorted(document.items()))


@pytest.mark.parametrize(
    "key", ["", "\0", "\1", "\ud800", "\ue000", "x" * 5000, "'; DROP", "%s", "é😀"]
)
def test_any_key_is_found_again_and_stands_once(documents, key):
    with documents.writing() as view:
        view.insert("drafts", key, {"person": key})
        view.insert("drafts", f"{key}x", {"person": f"{key}x"})

        assert view.get("drafts", key) == {"person": key}
        assert view.find("drafts", {"person": key}) == [{"person": key}]
        assert dict(view.scan("drafts")) == {key: {"person": key}, f"{key}x": {"person": f"{key}x"}}
        view.remove("drafts", key)
        assert view.count("drafts") == 1


def test_keys_are_in_the_order_of_their_letters(documents):
    names = [
        "\0",
        "\1",
        "\2",
        "A",
        "a",
        "é",
        "\ud7ff",
        "\ud800",
        "\udfff",
        "\ue000",
        "\uffff",
        "😀",
    ]
    with documents.writing() as view:
        for name in reversed(names):
            view.insert("settings", name, {})

    assert keys(documents) == names


def test_a_long_table_is_gone_through_in_parts(documents):
    with documents.writing() as view:
        for n in range(1001):
            view.insert("settings", f"{n:04}", {"n": n})

    with documents.reading() as view:
        assert [document["n"] for _key, document in view.scan("settings")] == list(range(1001))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE tickets SET state = 'closed'", "tickets, kunci 1: kolom state"),
        ("UPDATE tickets SET words = ''", "kolom words"),
        ("UPDATE tickets SET version = 7", "kolom version"),
        ("UPDATE tickets SET document = document || '{\"step\": 9}'", "kolom step"),
        ("DELETE FROM tickets_team WHERE value = 'rina'", "kolom team"),
        ("INSERT INTO tickets_people VALUES ('x', '2')", "kunci 2: kolom people"),
    ],
)
def test_a_column_that_does_not_say_what_the_document_says_is_a_flaw(
    documents, url, sql, change, told
):
    with documents.writing() as view:
        view.insert(
            "tickets",
            "1",
            {"version": 1, "state": "open", "step": 3, "words": "a", "team": ["rina", "bayu"]},
        )
    sql(change, url)

    [flaw] = documents.flaws()

    assert told in str(flaw)


# ---- After a mistake ----------------------------------------------------------------------------


def test_a_fault_that_was_swallowed_keeps_its_transaction_from_being_kept(documents):
    def swallow() -> None:
        with documents.writing() as view:
            view.insert("settings", "one", {})
            with suppress(psycopg.Error):
                view._link.run("SELECT 1 / 0")

    with pytest.raises(Unavailable):
        swallow()

    assert keys(documents) == []


def test_a_transaction_that_was_ended_behind_our_back_is_not_taken_for_kept(documents):
    def lose() -> None:
        with documents.writing() as view:
            view.insert("settings", "one", {})
            view._link.run("ROLLBACK")

    with pytest.raises(Unavailable):
        lose()

    assert keys(documents) == []


def test_whoever_waits_too_long_for_another_is_asked_to_come_back(documents, url, monkeypatch):
    monkeypatch.setattr("pulih.store.postgres_link._SETTINGS", "SET lock_timeout = '200ms'")
    put(documents, "one")
    other = PostgresDocuments(url)

    def wait() -> None:
        with other.writing() as theirs:
            theirs.update("settings", "one", {"a": 2})

    with documents.writing() as view:
        view.update("settings", "one", {"a": 1})
        with pytest.raises(Contended):
            wait()
    other.close()


# ---- Among processes ----------------------------------------------------------------------------

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def forked(work):
    """Run `work` in a forked process; return its exit code."""
    process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must not run the rest of the tests
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@FORKS
def test_a_forked_process_has_connections_of_its_own(documents):
    put(documents, "parent")

    assert forked(lambda: put(documents, "child")) == 0

    put(documents, "later")
    assert keys(documents) == ["child", "later", "parent"]


@FORKS
def test_a_process_forked_within_a_transaction_neither_ends_nor_uses_it(documents):
    def work(view) -> None:
        with pytest.raises(RuntimeError):
            view.insert("settings", "child", {})
        put(documents, "own")

    with documents.writing() as view:
        view.insert("settings", "parent", {})
        assert forked(lambda: work(view)) == 0
        view.insert("settings", "later", {})

    assert keys(documents) == ["later", "own", "parent"]


def test_a_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pulih.store.postgres", None)

    with pytest.raises(Unavailable, match=r"pulih\[postgres\]"):
        open_postgres("postgresql://pulih@127.0.0.1/pulih")
