from __future__ import annotations

import pytest

from pulih.jobs import Collected, InlineJobs


def test_inline_jobs_are_done_at_once_in_order():
    done: list[str] = []
    jobs = InlineJobs()
    jobs.bind(publish=lambda: done.append("publish"), probe=done.append)

    jobs.probe("r1")
    jobs.publish()

    assert done == ["r1", "publish"]


def test_an_inline_job_hands_its_error_to_the_caller():
    jobs = InlineJobs()
    jobs.bind(publish=lambda: 1 / 0, probe=str)

    with pytest.raises(ZeroDivisionError):
        jobs.publish()


def test_inline_jobs_have_to_know_their_work():
    with pytest.raises(RuntimeError):
        InlineJobs().publish()
    with pytest.raises(RuntimeError):
        InlineJobs().probe("r1")


def test_collected_jobs_are_remembered_and_not_done():
    jobs = Collected()

    jobs.publish()
    jobs.probe("r1")
    jobs.probe("r2")

    assert (jobs.publishing, jobs.runs) == (1, ["r1", "r2"])
