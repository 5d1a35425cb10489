"""A queue and workers, once over the file of one machine and once over a database for many."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pulih.jobs.background import HueyJobs
from pulih.jobs.queue import open_queue

SCRIPT = Path(__file__).with_name("worker_process.py")


class Work:
    """What the jobs do in these tests: they write down that they were done."""

    def __init__(self) -> None:
        self.published = 0
        self.resumed = 0
        self.rounds = 0
        self.runs: list[str] = []
        self.trouble: list[BaseException] = []
        self.times: list[float] = []
        self.may_end = threading.Event()
        self.may_end.set()

    def publish(self) -> int:
        self.times.append(time.monotonic())
        self.may_end.wait(10)
        if self.trouble:
            raise self.trouble.pop(0)
        self.published += 1
        return 1

    def probe(self, run: str) -> None:
        self.runs.append(run)
        if run == "broken":
            raise ZeroDivisionError

    def resume(self) -> None:
        self.resumed += 1

    def here(self) -> None:
        self.rounds += 1


@pytest.fixture
def work():
    return Work()


@pytest.fixture(params=["file", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request, tmp_path):
    """Where the queue is: its file, and its database where it has one."""
    database = request.getfixturevalue("database") if request.param == "postgres" else ""
    return tmp_path / "jobs.db", database


@pytest.fixture
def bound(place, work):
    """Return the office's jobs, told what to do, with the given waits after failures."""
    opened = []

    def open_bound(*waits: float) -> HueyJobs:
        jobs = HueyJobs(open_queue(*place), waits=waits)
        jobs.bind(work.publish, work.probe, work.resume, work.here)
        opened.append(jobs)
        return jobs

    yield open_bound
    work.may_end.set()
    for jobs in opened:
        jobs.close()


@pytest.fixture
def jobs(bound):
    return bound(0.2, 1.5)


@pytest.fixture
def soon():
    def wait(condition, seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.01)

    return wait


@pytest.fixture
def process(tmp_path, place):
    """Start a worker in a process of its own, over the same queue; `log` has what it did."""
    started = []

    def start(*, build_seconds: float = 0.05) -> subprocess.Popen[bytes]:
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, str(SCRIPT), str(tmp_path), str(build_seconds), place[1]]
        started.append(subprocess.Popen(command, env=environ))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


@pytest.fixture
def log(tmp_path):
    def read() -> list[list[str]]:
        file = tmp_path / "log"
        return [line.split() for line in file.read_text().splitlines()] if file.exists() else []

    return read
