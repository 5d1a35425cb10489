"""The queue in a database: nothing in it runs by itself, and it heals when the server comes back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial

import psycopg
import pytest
from forks import FORKS, ended, forked

from pulih.errors import Unavailable
from pulih.jobs.background import HueyJobs, open_jobs
from pulih.jobs.queue import open_queue

pytestmark = pytest.mark.postgres


@pytest.fixture
def shared(database, work):
    jobs = HueyJobs(open_queue(None, database), waits=(0.2, 1.5))
    jobs.bind(work.publish, work.probe, work.resume, work.here)
    yield jobs
    work.may_end.set()
    jobs.close()


@pytest.fixture
def away(cluster):
    """The server stops, and answers again after the block."""

    @contextmanager
    def stopped():
        cluster.stop()
        try:
            yield
        finally:
            cluster.start()

    return stopped


def messages(database: str) -> list[dict]:
    with psycopg.connect(database) as server:
        return [json.loads(data) for (data,) in server.execute("select data from jobs_task")]


def test_a_message_is_plain_data_and_names_what_the_worker_knows(shared, database):
    shared.probe("r1")

    (told,) = messages(database)

    assert told["message"]["args"] == ["r1"]
    assert told["message"]["name"].endswith(".probe")


def test_a_message_nobody_knows_does_not_take_the_worker_along(shared, database, work, soon):
    with psycopg.connect(database) as server:
        for data in (b"\x80\x04.", b"[]", b'{"message": {"name": "rm"}}'):
            server.execute("insert into jobs_task (queue, data) values ('pulih', %s)", (data,))

    shared.start_worker(threads=1)
    shared.probe("r1")

    soon(lambda: work.runs == ["r1"])


def test_nobody_listens_and_nobody_is_notified(shared, database, soon, work):
    with psycopg.connect(database, autocommit=True) as server:
        server.execute(f'listen "{shared._huey.storage.channel}"')
        shared.start_worker()
        shared.publish()
        soon(lambda: work.published)

        assert list(server.notifies(timeout=0.2)) == []
        said = server.execute(
            "select query from pg_stat_activity where application_name = 'pulih jobs'"
        ).fetchall()
    assert not [query for (query,) in said if query.lower().startswith("listen")]


def test_many_that_open_a_new_queue_at_once_all_may(database):
    with ThreadPoolExecutor(8) as many:
        opened = list(many.map(lambda _: open_jobs(None, database), range(8)))

    for jobs in opened:
        jobs.close()


def test_a_database_that_cannot_be_reached_is_unavailable(cluster):
    with pytest.raises(Unavailable, match="Periksa setelan database"):
        open_jobs(None, cluster.url("there_is_none_of_this_name"))


def test_an_address_that_cannot_be_read_is_not_repeated(cluster):
    address = f"postgresql://pulih:RAHASIA%zz@127.0.0.1:{cluster.port}/postgres"

    with pytest.raises(Unavailable) as caught:
        open_jobs(None, address)

    error: BaseException | None = caught.value
    while error is not None:
        assert "RAHASIA" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_a_database_that_can_only_be_read_is_told_so(database):
    with pytest.raises(Unavailable, match="hanya dapat dibaca"):
        open_jobs(None, f"{database}?options=-c%20default_transaction_read_only%3Don")


def test_what_is_asked_for_is_kept_in_every_script_whatever_the_address_says(database):
    jobs = open_jobs(None, f"{database}?client_encoding=latin1")
    jobs.probe("日本")

    assert messages(database)[0]["message"]["args"] == ["日本"]
    jobs.close()


def test_asking_after_the_server_was_restarted_is_heard(shared, away, database, caplog):
    shared.probe("r1")

    with away():
        pass
    shared.probe("r2")

    assert [told["message"]["args"] for told in messages(database)] == [["r1"], ["r2"]]
    assert not caplog.records


def test_a_worker_lives_on_while_the_server_is_away(shared, away, work, soon, caplog):
    shared.start_worker()
    soon(lambda: work.published)
    threads = [thread for _, thread in shared._worker._consumer.worker_threads]

    with away():
        soon(lambda: "the queue cannot be reached" in caplog.text)
        shared.publish()
        shared.probe("lost")
        before = work.published
    soon(lambda: "the queue is reached again" in caplog.text)
    shared.probe("r1")
    shared.publish()

    soon(lambda: work.runs == ["r1"] and work.published > before)
    assert all(thread.is_alive() for thread in threads)
    assert caplog.text.count("the queue cannot be reached") == 1
    # The wiki, the Plone sites with it, and the run.
    assert caplog.text.count("could not be asked for; the next look finds it") == 3


def test_a_server_that_goes_away_while_a_page_is_made_leaves_it_to_the_next_try(
    shared, away, work, soon, caplog
):
    def fail() -> None:
        with away():  # the queue's connection, and that of the turn, are lost in mid-job
            raise Unavailable("Disk penuh.")

    shared.bind(fail, work.probe)
    shared._look()
    assert [record.exc_info for record in caplog.records if "not published" in record.msg] == [
        False
    ]

    shared.bind(work.publish, work.probe)
    shared.start_worker()
    shared.publish()
    soon(lambda: work.published)


# ---- A process that forks -----------------------------------------------------------------------


@FORKS
def test_forked_processes_and_their_parent_ask_at_once_and_all_is_heard(shared, database):
    shared.probe("before")

    def ask(name: str) -> None:
        for n in range(20):
            shared.probe(f"{name}-{n}")
            shared._huey.pending_count()

    children = [forked(partial(ask, f"child{n}")) for n in range(3)]
    ask("parent")

    assert [ended(child) for child in children] == [0, 0, 0]
    heard = {told["message"]["args"][0] for told in messages(database)}
    names = ("parent", "child0", "child1", "child2")
    assert heard == {"before", *(f"{name}-{n}" for name in names for n in range(20))}


@FORKS
def test_a_process_forked_while_a_thread_holds_the_connection_does_not_wait_for_it(shared):
    shared.probe("before")

    with shared._huey.storage.lock:
        child = forked(lambda: shared.probe("child"))

    assert ended(child) == 0
    assert shared._huey.pending_count() == 2


@FORKS
def test_a_forked_process_that_closes_its_queue_leaves_that_of_its_parent_open(shared, caplog):
    shared.probe("before")

    assert ended(forked(shared.close)) == 0

    shared.probe("after")
    assert shared._huey.pending_count() == 2
    assert not caplog.records


@FORKS
def test_a_process_forked_within_a_turn_does_not_end_it(shared, caplog):
    turns = shared._queue.turns

    with ExitStack() as held:
        assert held.enter_context(turns.turn("publish"))
        assert ended(forked(held.close)) == 0
        with turns.turn("publish") as another:
            assert not another

    with turns.turn("publish") as mine:
        assert mine
    assert not caplog.records
