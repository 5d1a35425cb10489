from __future__ import annotations

import threading

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def binding(jobs, work):
    """Tell the jobs how papers are put together here."""

    def bind(bundle):
        jobs.bind(work.publish, work.probe, work.resume, work.here, bundle=bundle)
        return jobs

    return bind


def test_papers_that_were_asked_for_are_put_together(binding, soon):
    made = []
    jobs = binding(made.append)
    jobs.bundle("k1")

    jobs.start_worker()

    soon(lambda: made == ["k1"])


def test_one_is_made_at_a_time_and_the_next_waits(binding, soon):
    made, at_once, may_end = [], [], threading.Event()
    lock = threading.Lock()

    def make(key):
        at_once.append(lock.acquire(blocking=False))
        may_end.wait(10)
        lock.release()
        made.append(key)

    jobs = binding(make)
    jobs.start_worker()
    for key in ("k1", "k2", "k3"):
        jobs.bundle(key)
    soon(lambda: at_once)
    may_end.set()

    soon(lambda: sorted(made) == ["k1", "k2", "k3"])
    assert all(at_once)


def test_while_papers_are_made_and_pages_published_a_diagnostic_run_is_done(binding, work, soon):
    begun, may_end = [], threading.Event()

    def make(key):
        begun.append(key)
        may_end.wait(10)

    jobs = binding(make)
    work.may_end.clear()
    jobs.start_worker()
    jobs.bundle("k1")
    soon(lambda: begun and work.times)

    jobs.probe("r1")

    soon(lambda: work.runs == ["r1"])
    may_end.set()


def test_papers_that_cannot_be_made_stop_nothing_else(binding, work, soon):
    def fail(_key):
        raise ZeroDivisionError

    jobs = binding(fail)
    jobs.start_worker()
    jobs.bundle("k1")
    jobs.probe("r1")

    soon(lambda: work.runs == ["r1"])
