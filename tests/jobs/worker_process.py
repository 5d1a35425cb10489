"""A worker on its own, as `pulih worker` runs it: `worker_process.py FOLDER SECONDS_A_JOB DATABASE`.

It writes down in FOLDER what it does. A diagnostic run whose name begins with "long" takes as long as a build.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from pulih.jobs.background import open_jobs

folder, seconds, database = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]


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
    time.sleep(seconds if run.startswith("long") else 0.02)
    write("end", run, os.getpid())


jobs = open_jobs(folder / "jobs.db", database)
jobs.bind(publish, probe, lambda: write("resume", "-", os.getpid()))
jobs.run_worker()
jobs.close()
write("bye", "-", os.getpid())
