from __future__ import annotations

from pulih.jobs import Collected


def test_collected_jobs_are_remembered_and_not_done():
    jobs = Collected()

    jobs.publish()
    jobs.probe("r1")
    jobs.probe("r2")

    assert (jobs.publishing, jobs.runs) == (1, ["r1", "r2"])
