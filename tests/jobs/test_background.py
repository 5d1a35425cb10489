from __future__ import annotations

import signal
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import time_machine

from pulih.errors import Unavailable
from pulih.jobs.background import open_jobs

pytestmark = pytest.mark.slow


def settled(jobs, work) -> bool:
    """Tell whether a worker has done what it does when it starts, and all that was asked for."""
    left = (
        jobs._huey.pending_count() + jobs._huey.scheduled_count() + len(jobs._huey._tasks_in_flight)
    )
    return work.resumed > 0 and work.published > 0 and left == 0


def test_what_was_asked_for_is_done(jobs, work, soon):
    jobs.start_worker()
    soon(lambda: work.published)
    before = work.published

    jobs.publish()
    jobs.probe("r1")

    soon(lambda: work.published > before and work.runs == ["r1"])


def test_what_was_asked_for_before_a_worker_starts_waits_for_it(place, jobs, work, soon):
    asking = open_jobs(*place)
    asking.probe("r1")
    asking.close()

    jobs.start_worker()

    soon(lambda: work.runs == ["r1"])


def test_a_run_for_later_is_done_after_one_that_was_asked_for_afterwards(jobs, work, soon):
    jobs.probe("later", delay=1.5)
    jobs.probe("now")
    jobs.start_worker()

    soon(lambda: len(work.runs) == 2)
    assert work.runs == ["now", "later"]


def test_many_requests_make_few_builds(jobs, work, soon):
    jobs.start_worker()
    soon(lambda: settled(jobs, work))
    work.may_end.clear()
    jobs.publish()
    soon(lambda: len(work.times) > work.published)

    for _ in range(100):
        jobs.publish()
    work.may_end.set()
    jobs.probe("last")

    soon(lambda: work.runs and settled(jobs, work))
    assert work.published <= 5


@pytest.mark.slow
def test_a_page_that_is_due_while_a_build_runs_gets_a_build_of_its_own(jobs, work, soon):
    jobs.start_worker()
    soon(lambda: settled(jobs, work))
    work.may_end.clear()
    jobs.publish()
    soon(lambda: len(work.times) > work.published)
    running = len(work.times)

    jobs.publish()
    time.sleep(0.2)
    assert len(work.times) == running
    work.may_end.set()

    soon(lambda: len(work.times) == running + 1)


def test_nothing_has_to_be_asked_for_after_a_stop(jobs, work, soon):
    jobs.start_worker()

    soon(lambda: work.resumed and work.published)


@pytest.mark.slow
def test_a_failed_build_is_tried_again_after_ever_longer_waits(jobs, work, soon, caplog):
    work.trouble = [Unavailable("Disk penuh."), Unavailable("Disk penuh.")]

    jobs.start_worker()

    soon(lambda: work.published)
    assert [record.args[0] for record in caplog.records if "next try" in record.msg] == [0.2, 1.5]
    assert not any(record.exc_info for record in caplog.records)


def test_a_new_worker_does_not_wait_for_the_next_try(bound, work, soon):
    patient = bound(600)
    work.trouble = [Unavailable("Disk penuh.")]
    patient.start_worker()
    soon(lambda: work.times and not work.trouble)
    patient.stop_worker()
    before = work.published  # by a look, if a minute began just then

    patient.start_worker()

    soon(lambda: work.published > before)


@pytest.mark.parametrize("trouble", [ZeroDivisionError(), SystemExit(1)])
def test_a_build_that_breaks_does_not_take_the_worker_along(jobs, work, soon, trouble):
    work.trouble = [trouble]
    jobs.start_worker()
    soon(lambda: work.times)

    jobs.probe("r1")

    soon(lambda: work.runs and work.published)


def test_a_run_that_breaks_does_not_take_the_worker_along(jobs, work, soon):
    jobs.start_worker(threads=1)

    jobs.probe("broken")
    jobs.probe("r2")

    soon(lambda: work.runs == ["broken", "r2"])


def test_stopping_waits_for_the_job_under_way(jobs, work, soon):
    work.may_end.clear()
    jobs.start_worker()
    soon(lambda: work.times)
    threading.Timer(0.3, work.may_end.set).start()

    jobs.stop_worker()

    assert work.published >= 1


def test_stopping_does_not_wait_for_ever(jobs, work, soon):
    work.may_end.clear()
    jobs.start_worker()
    soon(lambda: work.times)
    start = time.monotonic()

    jobs.stop_worker(patience=0.2)

    assert time.monotonic() - start < 2


def test_a_worker_leaves_signals_alone_in_any_thread(jobs, work, soon):
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]

    jobs.start_worker()
    jobs.stop_worker()
    thread = threading.Thread(target=jobs.start_worker)
    thread.start()
    thread.join()

    soon(lambda: work.published)
    after = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]
    assert after == before


def test_a_worker_needs_to_know_its_work_and_starts_once(place, jobs):
    unbound = open_jobs(*place)
    with pytest.raises(RuntimeError):
        unbound.start_worker()
    unbound.close()

    jobs.start_worker()
    with pytest.raises(RuntimeError):
        jobs.start_worker()


def test_asking_never_fails_and_the_next_look_finds_it(place, jobs, caplog):
    path, database = place
    prefix = "jobs_" if database else ""
    broken = psycopg.connect(database) if database else sqlite3.connect(path)
    with closing(broken):
        broken.execute(f"drop table {prefix}task")
        broken.execute(f"drop table {prefix}kv")
        broken.commit()

    jobs.publish()
    jobs.probe("r1")

    # Whoever asks for the wiki asks for the Plone sites with it.
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 3
    with pytest.raises(Unavailable):
        jobs.start_worker()


def test_a_place_that_cannot_hold_the_queue_is_unavailable(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")

    with pytest.raises(Unavailable):
        open_jobs(tmp_path / "data" / "jobs.db")


def test_a_worker_makes_its_rounds_though_others_work_too(bound, work, soon):
    one, other = bound(0.2), bound(0.2)

    one.start_worker()
    other.start_worker()

    soon(lambda: work.rounds == 2)


def test_rounds_are_made_without_working_the_queue_off(jobs, work, soon):
    jobs.start_rounds()
    jobs.publish()

    soon(lambda: work.rounds == 1)
    assert work.published == 0


def test_many_clocks_make_one_look(bound, work):
    one, other = bound(0.2), bound(0.2)

    for _ in range(3):
        one._look()
        other._look()

    assert work.published == 1


def test_what_a_worker_that_died_left_undone_is_found_without_a_restart(bound, work):
    one, other = bound(0.2), bound(0.2)

    for _ in range(3):
        one._look_far()
        other._look_far()

    assert (work.resumed, work.published) == (1, 1)


def test_a_clock_that_is_set_back_does_not_end_the_looks(jobs, work):
    jobs._look()
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=2), tick=True):
        jobs._look()

    assert work.published == 2


def test_what_is_built_is_carried_elsewhere_though_building_fails(jobs, soon):
    carried = []

    def fail():
        raise Unavailable("Disk penuh.")

    jobs.bind(fail, str, here=fail, carry=lambda: carried.append(1))
    jobs.start_rounds()

    soon(lambda: carried)


def test_only_who_asks_for_it_soon_does_not_wait_for_the_next_try(bound, work, soon):
    patient = bound(600)
    work.trouble = [Unavailable("Disk penuh.")]
    work.may_end.clear()
    patient.start_worker()
    soon(lambda: work.times)

    patient.publish()  # while a build runs that is going to fail
    work.may_end.set()
    time.sleep(1.5)  # longer than the turn to publish is waited for
    assert work.published == 0
    patient.publish(soon=True)

    soon(lambda: work.published)
