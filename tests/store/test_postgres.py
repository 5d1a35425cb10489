"""Opening a database: an empty one, one that others open too, and what is no store of ours."""

from __future__ import annotations

import io
import threading
import time
import traceback
from contextlib import suppress

import psycopg
import pytest
from forks import FORKS, ended, forked
from hypothesis import given
from hypothesis import strategies as some

from pulih.errors import Contended, Damaged, Unavailable
from pulih.store import open_postgres
from pulih.store.again import again
from pulih.store.filerows import open_rows
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
    ("address", "told"),
    [
        ("pulih.db", "postgresql://"),
        ("mysql://pulih:rahasia@db/pulih", "postgresql://"),
        ("postgresql://db", "postgresql://"),
        ("://rahasia", "postgresql://"),
        ("postgresql://pulih:rahasia@127.0.0.1:notaport/db", "postgresql://"),
        ("postgresql://pulih:12/rahasia@127.0.0.1/db", "postgresql://"),
        ("postgresql://pulih:12@rahasia@127.0.0.1/db", "postgresql://"),
        ("postgresql://pulih:rahasia%zz@127.0.0.1/db", "kode persen"),
        ("postgresql://pulih:rahasia@127.0.0.1/db?bogus=1", "parameter"),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(address, told):
    with pytest.raises(Unavailable, match=told) as caught:
        PostgresDocuments(address)

    shown = "".join(traceback.format_exception(caught.value))
    assert "rahasia" not in shown.replace(repr(address), "")


@pytest.mark.parametrize(
    "parameter",
    [
        "sslmode=maybe",
        "service=nobody",
        "keepalives_idle=abc",
        "connect_timeout=abc",
        "port=99999",
        "options=-c%20bogus%3D1",
    ],
)
def test_a_parameter_that_the_driver_does_not_know_is_blamed_on_the_address(database, parameter):
    with pytest.raises(Unavailable, match="parameter yang tidak dikenal"):
        PostgresDocuments(f"{database}?{parameter}")


def test_names_of_every_script_are_kept_whatever_the_address_says_of_letters(database):
    documents = PostgresDocuments(f"{database}?client_encoding=latin1")

    put(documents, "日本")

    assert keys(documents) == ["日本"]
    documents.close()


def test_a_server_on_this_machine_is_reached_by_the_folder_of_its_socket(database, cluster):
    folder = str(cluster.folder).replace("/", "%2F")
    name = database.rpartition("/")[2]
    documents = PostgresDocuments(f"postgresql://pulih@{folder}:{cluster.port}/{name}")

    put(documents, "one")

    assert keys(documents) == ["one"]
    documents.close()


def test_a_limit_of_the_server_is_named(documents, url):
    slow = PostgresDocuments(f"{url}?options=-c%20statement_timeout%3D200")
    with documents.writing() as view:
        view.insert("settings", "one", {})
        with pytest.raises(Unavailable, match="statement_timeout"):
            put(slow, "one")
    slow.close()


def test_a_limit_on_transactions_that_wait_is_named_and_leaves_no_doubt(documents, url, caplog):
    hasty = PostgresDocuments(f"{url}?options=-c%20idle_in_transaction_session_timeout%3D100")

    def dawdle() -> None:
        with hasty.writing() as view:
            view.insert("settings", "one", {})
            time.sleep(0.5)

    with pytest.raises(Unavailable, match="idle_in_transaction_session_timeout"):
        dawdle()

    assert keys(documents) == []
    assert not [record for record in caplog.records if record.exc_info]
    hasty.close()


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


@pytest.mark.parametrize("value", ["null", "[]", '"zzz"', '"[1, 2]"', '"[\\"a\\", 1]"', "7"])
def test_a_row_that_holds_no_document_is_named_and_does_not_hide_the_others(
    documents, url, sql, value
):
    with documents.writing() as view:
        for key in ("a", "b", "c"):
            view.insert("people", key, {"agency": "x"})
    sql(f"UPDATE people SET document = '{value}' WHERE key = 'b'", url)

    [flaw] = documents.flaws()

    assert "people, kunci b" in str(flaw)
    with documents.reading() as view:
        assert view.get("people", "a") == {"agency": "x"}
        with pytest.raises(Damaged, match="pulih restore"):
            view.get("people", "b")
        rows = view.scan("people")
        assert next(rows)[0] == "a"
        with pytest.raises(Damaged, match="b"):
            next(rows)
        assert next(rows)[0] == "c"


def test_a_counter_that_holds_no_number_is_damaged(documents, url, sql):
    with documents.writing() as view:
        view.next_number("tickets")
    sql("UPDATE counters SET document = 'null'", url)

    with pytest.raises(Damaged), documents.writing() as view:
        view.next_number("tickets")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER TABLE tickets DROP CONSTRAINT tickets_letter_key_key", ["tickets", "letter_key"]),
        ("ALTER TABLE people DROP CONSTRAINT people_pkey", ["people", "nilai key"]),
        ("ALTER TABLE tickets_team DROP CONSTRAINT tickets_team_pkey", ["tickets_team", "value"]),
        ("DROP INDEX people_by_agency", ["indeks people_by_agency", "CREATE INDEX"]),
        ("DROP INDEX tickets_team_of", ["indeks tickets_team_of"]),
        ("CREATE RULE odd AS ON DELETE TO people DO INSTEAD NOTHING", ["people", "odd"]),
        ("ALTER TABLE people DROP COLUMN words", ["people", "kolom words"]),
        ("ALTER TABLE people ALTER version TYPE text", ["people", "kolom version", "bigint"]),
        ("ALTER TABLE tickets_team DROP COLUMN value", ["tickets_team", "kolom value"]),
        ("DROP TABLE store", ["Tabel store tidak ada"]),
        ("DROP TABLE tickets_people", ["Tabel tickets_people tidak ada"]),
    ],
)
def test_a_table_that_is_not_as_it_was_made_is_a_flaw(database, sql, change, told):
    documents = PostgresDocuments(database)
    assert documents.flaws() == []
    sql(change)

    [flaw] = documents.flaws()

    assert all(part in str(flaw) for part in told)
    documents.close()


def test_a_trigger_of_somebody_else_is_a_flaw(database, sql):
    documents = PostgresDocuments(database)
    sql("CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
    sql("CREATE TRIGGER odd BEFORE INSERT OR UPDATE ON people EXECUTE FUNCTION odd()")

    [flaw] = documents.flaws()

    assert "Tabel people: odd" in str(flaw)
    documents.close()


def test_what_a_flaw_says_to_run_mends_it(database, sql):
    documents = PostgresDocuments(database)
    for change in (
        "ALTER TABLE tickets DROP CONSTRAINT tickets_letter_key_key",
        "ALTER TABLE seals DROP CONSTRAINT seals_pkey",
        "ALTER TABLE tickets_team DROP CONSTRAINT tickets_team_pkey",
        "DROP INDEX people_by_agency, tickets_by_state",
    ):
        sql(change)

    for flaw in documents.flaws():
        sql(str(flaw).rpartition("menjalankan: ")[2])

    assert documents.flaws() == []
    documents.close()


def test_a_table_that_is_missing_is_not_taken_for_a_passing_trouble(documents, database, sql):
    opened = PostgresDocuments(database)
    sql("DROP TABLE seals")

    with pytest.raises(Unavailable, match="pulih verify"), opened.reading() as view:
        view.count("seals")
    opened.close()


def test_a_part_that_belongs_to_no_content_is_a_flaw(database, sql):
    documents, files = PostgresDocuments(database), open_rows(database)
    for content in (b"", b"x" * 300_000):
        files.keep(io.BytesIO(content), most=10**6)
    assert documents.flaws() == []
    sql("INSERT INTO content_parts SELECT digest, 2, 'x' FROM contents WHERE size > 0")
    sql("INSERT INTO content_parts VALUES ('stray', 0, 'x')")

    flaws = [str(flaw) for flaw in documents.flaws()]

    assert len(flaws) == 2
    assert "stray: 1 bagian" in flaws[1]
    files.close()
    documents.close()


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


@FORKS
def test_a_forked_process_has_connections_of_its_own(documents):
    put(documents, "parent")

    assert ended(forked(lambda: put(documents, "child"))) == 0

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
        assert ended(forked(lambda: work(view))) == 0
        view.insert("settings", "later", {})

    assert keys(documents) == ["later", "own", "parent"]


def test_a_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pulih.store.postgres", None)

    with pytest.raises(Unavailable, match=r"\[postgres\]"):
        open_postgres("postgresql://pulih@127.0.0.1/pulih")
