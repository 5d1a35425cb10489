"""One at a time: among the processes of a machine by a file, among machines by a row."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from pulih.errors import Unavailable
from pulih.jobs.queue import open_queue
from pulih.jobs.rowturn import RowTurns
from pulih.jobs.turn import turns_of

HOLDER = """
    import sys, time
    from pathlib import Path
    from pulih.jobs.queue import open_queue

    with open_queue(Path(sys.argv[1]), sys.argv[2]).turns.turn("publish") as mine:
        print(mine, flush=True)
        time.sleep(60)
"""


@pytest.fixture
def queue(place):
    queue = open_queue(*place)
    yield queue
    queue.huey.storage.close()


@pytest.fixture
def turns(queue):
    return queue.turns


@pytest.fixture
def row_turns(database):
    queue = open_queue(None, database)
    yield queue.turns
    queue.huey.storage.close()


def test_while_one_has_the_turn_nobody_else_gets_it(turns):
    with turns.turn("publish") as mine, turns.turn("publish") as theirs:
        assert (mine, theirs) == (True, False)

    with turns.turn("publish") as mine:
        assert mine


def test_turns_of_other_names_are_free(turns):
    with turns.turn("publish") as one, turns.turn("probe-1") as other:
        assert one
        assert other


def test_what_fails_within_a_turn_gives_it_back_and_is_told(turns):
    with pytest.raises(ZeroDivisionError), turns.turn("publish"):
        raise ZeroDivisionError

    with turns.turn("publish") as mine:
        assert mine


def test_of_many_that_ask_first_at_once_one_gets_it(turns):
    all_asked = threading.Barrier(8)

    def ask(_: int) -> bool:
        with turns.turn("publish") as mine:
            all_asked.wait(30)
            return mine

    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(ask, range(8))) == 1


def test_a_holder_that_is_killed_lets_go(turns, place, soon):
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), *map(str, place)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "True\n"
        with turns.turn("publish") as mine:
            assert not mine
        holder.kill()

    def free() -> bool:
        with turns.turn("publish") as mine:
            return mine

    soon(free)


@pytest.mark.postgres
def test_a_servers_limit_on_idle_transactions_does_not_end_a_turn(row_turns, database):
    with psycopg.connect(database, autocommit=True) as server:
        name = server.info.dbname
        server.execute(f"alter database {name} set idle_in_transaction_session_timeout = '100ms'")

    with row_turns.turn("publish") as mine:
        time.sleep(0.5)
        with row_turns.turn("publish") as theirs:
            assert (mine, theirs) == (True, False)


@pytest.mark.postgres
def test_a_turn_is_a_plain_row_lock_on_a_connection_that_is_watched(row_turns, database):
    with row_turns.turn("publish"), psycopg.connect(database) as server:
        locks = server.execute("select distinct locktype from pg_locks where locktype = 'advisory'")
        assert locks.fetchall() == []
        states = server.execute(
            "select state from pg_stat_activity where application_name = 'pulih jobs' order by 1"
        ).fetchall()
        assert ("idle in transaction",) in states


@pytest.mark.postgres
def test_a_turn_whose_connection_was_lost_is_told_in_the_log(row_turns, database, caplog):
    with row_turns.turn("publish"), psycopg.connect(database, autocommit=True) as server:
        server.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'"
        )

    assert [record.getMessage() for record in caplog.records] == [
        "the turn publish was lost before its end; its job may have run twice"
    ]
    with row_turns.turn("publish") as mine:
        assert mine


@pytest.mark.postgres
def test_a_turn_at_a_database_that_is_away_is_unavailable(cluster):
    with (
        pytest.raises(Unavailable),
        RowTurns(cluster.url("there_is_none_of_this_name")).turn("publish"),
    ):
        pass


def test_a_command_takes_turns_with_the_workers_without_opening_their_queue(place, turns):
    other = turns_of(*place)
    with turns.turn("plone") as mine, other.turn("plone") as theirs:
        assert (mine, theirs) == (True, False)
    with other.turn("plone") as mine:
        assert mine


@pytest.mark.postgres
def test_turns_are_had_in_a_database_where_nobody_opened_a_queue_yet(database):
    turns = turns_of(None, database)
    for _ in range(2):
        with turns.turn("plone") as mine, turns.turn("plone") as theirs:
            assert (mine, theirs) == (True, False)


def test_turns_are_had_in_a_folder_that_is_not_there_yet(tmp_path):
    folder = tmp_path / "data"
    turns = turns_of(folder / "jobs.db")
    assert not folder.exists()
    with turns.turn("plone") as mine:
        assert mine
