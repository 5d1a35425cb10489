"""A worker on its own, as `pulih worker` runs it: `worker_process.py FOLDER SECONDS_A_JOB`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from pulih.jobs import open_jobs

folder, seconds = Path(sys.argv[1]), float(sys.argv[2])


def write(*words: object) -> None:
    line = " ".join(map(str, words)) + "\n"
    with (folder / "log").open("ab", buffering=0) as file:
        file.write(line.encode())


def publish() -> None:
    write("begin", "publish", os.getpid())
    time.sleep(seconds)
    write("end", "publish", os.getpid())


def probe(run: str) -> None:
    write("begin", run, os.getpid())
    time.sleep(0.02)
    write("end", run, os.getpid())


jobs = open_jobs(folder / "jobs.db")
jobs.bind(publish, probe, lambda: write("resume", "-", os.getpid()))
jobs.run_worker()
jobs.close()
write("bye", "-", os.getpid())
