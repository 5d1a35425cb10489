"""Passes over Plone sites in the background: asked for with each publishing, and in nobody's way."""

from __future__ import annotations

import threading

import pytest

from pulih.errors import Unavailable

pytestmark = pytest.mark.slow


@pytest.fixture
def binding(jobs, work):
    """Tell the jobs how a pass is made here, and over which sites."""

    def bind(make, targets=("portal",)):
        jobs.bind(work.publish, work.probe, work.resume, work.here)
        jobs.bind_passes(make, lambda: targets)
        return jobs

    return bind


def test_what_is_to_be_published_is_brought_to_every_site_too(binding, work, soon):
    made = []
    jobs = binding(made.append, ("portal", "intranet"))
    jobs.publish()

    jobs.start_worker()

    soon(lambda: {"portal", "intranet"} <= set(made) and work.published)


def test_a_site_is_asked_for_by_name(binding, soon):
    made = []
    jobs = binding(made.append, ())
    jobs.start_worker()
    jobs.plone("intranet")

    soon(lambda: made == ["intranet"])


def test_those_who_ask_before_it_begins_share_one_pass(binding, soon):
    made = []
    jobs = binding(made.append, ())
    for _ in range(5):
        jobs.plone("portal")
    jobs.start_worker()
    jobs.plone("intranet")

    soon(lambda: "intranet" in made)
    assert made == ["portal", "intranet"]


def test_a_site_that_fails_keeps_neither_the_wiki_nor_a_run_from_being_done(binding, work, soon):
    def fail(_target):
        raise Unavailable("Catatan kantor tidak dapat dibaca.")

    jobs = binding(fail)
    jobs.start_worker()
    jobs.publish()
    jobs.probe("r1")

    soon(lambda: work.published and work.runs == ["r1"])


def test_while_a_pass_takes_its_time_pages_are_published_and_runs_done(binding, work, soon):
    begun, may_end = threading.Event(), threading.Event()

    def long(_target):
        begun.set()
        may_end.wait(30)

    jobs = binding(long)
    jobs.start_worker()
    soon(begun.is_set)
    jobs.publish()
    jobs.probe("r1")

    soon(lambda: work.published and work.runs == ["r1"])
    may_end.set()


def test_a_pass_that_wants_to_go_on_goes_on(binding, soon):
    made, waits = [], [0.0, 0.1, None]

    def make(target):
        made.append(target)
        return waits.pop(0)

    jobs = binding(make, ())
    jobs.plone("portal")
    jobs.start_worker()

    soon(lambda: not waits)
    assert made == ["portal"] * 3


def test_a_worker_that_starts_takes_up_what_a_kill_left(binding, soon):
    made = []
    jobs = binding(made.append)

    jobs.start_worker()

    soon(lambda: made == ["portal"])


def test_however_often_it_is_asked_for_a_site_is_tried_again_later_once(binding, soon):
    made = []

    def make(target):
        made.append(target)
        return 600.0

    jobs = binding(make, ())
    jobs.start_worker()
    for times in (1, 2, 3):
        jobs.plone("portal")
        soon(lambda times=times: len(made) == times)

    jobs.stop_worker()
    left = [*jobs._huey.scheduled(), *jobs._huey.pending()]
    assert [list(task.args) for task in left if task.name == "plone"] == [["portal"]]
