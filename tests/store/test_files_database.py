"""Attachments in PostgreSQL: nothing half is ever seen, and a lost connection is told or passed over."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time

import psycopg
import pytest

from pulih.errors import NotFound, Unavailable
from pulih.store.contents import BLOCK
from pulih.store.filerows import open_rows
from pulih.store.filing import open_files

pytestmark = pytest.mark.postgres
MANY = 100_000_000


@pytest.fixture
def row_files(database):
    opened = open_rows(database)
    yield opened
    opened.close()


@pytest.fixture
def rows(database):
    """A plain connection to the same database, in transactions of its own."""
    with psycopg.connect(database) as connection:
        yield connection


def keep(files, content):
    return files.keep(io.BytesIO(content), most=MANY)[0]


def waits(database):
    """Tell whether somebody waits for a lock in this database."""
    with psycopg.connect(database) as looker:
        found = looker.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
    return found[0] > 0


def until(told, seconds=20.0):
    last = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < last
        time.sleep(0.02)


def test_without_a_setting_attachments_go_where_the_records_go(database, tmp_path):
    files = open_files("", tmp_path / "files", database=database)
    digest = keep(files, b"surat")
    files.close()

    with psycopg.connect(database) as rows:
        assert rows.execute("SELECT digest, size FROM contents").fetchall() == [(digest, 5)]
    assert not (tmp_path / "files").exists()


def test_another_machine_sees_what_one_has_kept(row_files, database):
    other = open_rows(database)
    digest = keep(row_files, b"surat")

    with other.open(digest) as kept:
        assert kept.read() == b"surat"
    other.close()


def test_many_that_open_an_empty_database_at_once_make_the_tables_once(database):
    opened, refusals = [], []

    def open_it():
        try:
            opened.append(open_rows(database))
        except Unavailable as refusal:
            refusals.append(refusal)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for files in opened:
        files.close()

    assert (len(opened), refusals) == (8, [])


def test_an_account_that_may_make_no_tables_uses_those_that_are_there(
    row_files, rows, database, cluster
):
    rows.execute("CREATE ROLE petugas LOGIN")
    rows.execute("GRANT SELECT, INSERT ON contents, content_parts TO petugas")
    rows.commit()
    try:
        files = open_rows(database.replace(f"{cluster.user}@", "petugas@"))
        assert keep(files, b"surat")
        files.close()
    finally:
        rows.execute("DROP OWNED BY petugas")
        rows.execute("DROP ROLE petugas")
        rows.commit()


_KEEPING = """
import io, sys
from pulih.store.filerows import open_rows
files = open_rows(sys.argv[1])
files.keep(io.BytesIO(b"x" * int(sys.argv[2])), most=100_000_000)
print("kept")
"""


def test_a_keeper_that_is_killed_half_way_leaves_nothing(row_files, rows, database, child):
    content = b"x" * (20 * BLOCK)
    digest = hashlib.sha256(content).hexdigest()
    # Whoever comes to part 10 waits for us, with ten parts written.
    rows.execute("INSERT INTO content_parts VALUES (%s, 10, '')", (digest,))
    keeper = child(_KEEPING, database, len(content))
    until(lambda: waits(database))

    keeper.kill()
    said, _ = keeper.communicate()
    rows.rollback()

    assert "kept" not in said
    with pytest.raises(NotFound):
        row_files.open(digest)
    assert keep(row_files, content) == digest  # waits until the server has noticed the death
    with row_files.open(digest) as kept:
        assert kept.read() == content
    assert rows.execute("SELECT count(*) FROM content_parts").fetchone() == (20,)


def test_a_content_is_not_seen_before_all_of_it_is_there(row_files, rows, database):
    content = b"x" * (3 * BLOCK)
    digest = hashlib.sha256(content).hexdigest()
    rows.execute("INSERT INTO content_parts VALUES (%s, 2, '')", (digest,))
    keeper = threading.Thread(target=keep, args=(row_files, content))
    keeper.start()
    until(lambda: waits(database))

    with pytest.raises(NotFound):
        row_files.open(digest)

    rows.rollback()
    keeper.join()
    with row_files.open(digest) as kept:
        assert kept.read() == content


def test_the_second_of_two_keepers_goes_on_where_the_first_has_failed(row_files, rows, database):
    content, kept_as = b"x" * BLOCK, []
    digest = hashlib.sha256(content).hexdigest()
    rows.execute("INSERT INTO contents VALUES (%s, %s)", (digest, len(content)))
    second = threading.Thread(target=lambda: kept_as.append(keep(row_files, content)))
    second.start()
    until(lambda: waits(database))

    rows.rollback()
    second.join()

    assert kept_as == [digest]
    with row_files.open(digest) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE content_parts SET bytes = 'x' || substr(bytes, 2) WHERE part = 1",
        "DELETE FROM content_parts WHERE part = 1",
        "DELETE FROM content_parts WHERE part = 2",
        "UPDATE contents SET size = size - 1",
        "UPDATE contents SET size = size + 1",
        "UPDATE content_parts SET part = part + 1 WHERE part = 2",
    ],
)
def test_what_is_damaged_is_told_and_not_given_out_until_it_is_handed_in_again(
    row_files, rows, harm
):
    # Each part begins with another byte than the one that is written over it.
    content = b"".join(b"\0" + os.urandom(size) for size in (BLOCK - 1, BLOCK - 1, 4))
    digest = keep(row_files, content)
    rows.execute(harm)
    rows.commit()

    given = []
    with row_files.open(digest) as kept, pytest.raises(Unavailable, match="rusak"):
        given.extend(iter(lambda: kept.read(BLOCK), b""))
    assert sum(map(len, given)) < len(content)

    keep(row_files, content)
    with row_files.open(digest) as kept:
        assert kept.read() == content


def test_connections_that_are_cut_between_two_parts_are_made_anew(row_files, rows):
    content = os.urandom(5 * BLOCK)
    digest = keep(row_files, content)
    with row_files.open(digest) as kept:
        begun = kept.read(1000)
        rows.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert begun + kept.read() == content


def test_a_database_that_goes_in_the_middle_of_a_reading_is_told(cluster):
    with cluster.database() as url:
        files = open_rows(url)
        kept = files.open(keep(files, os.urandom(5 * BLOCK)))
        kept.read(1000)

    with kept, pytest.raises(Unavailable):
        kept.read()
    with pytest.raises(Unavailable):
        keep(files, b"surat")
    files.close()


def test_a_reader_that_takes_its_time_holds_no_connection(row_files, rows):
    digest = keep(row_files, os.urandom(5 * BLOCK))
    open_at_once = [row_files.open(digest) for _ in range(30)]
    for kept in open_at_once:
        assert kept.read(10)

    busy = rows.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle'"
    ).fetchone()
    for kept in open_at_once:
        kept.close()
    assert busy == (0,)
