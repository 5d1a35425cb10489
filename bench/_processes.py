"""How much memory a command and all the processes that it starts take together, at the worst moment."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.1  # seconds
_KILO = 1024


class Taken(NamedTuple):
    """What a command took. Memory that processes share is counted once."""

    seconds: float
    peak_mb: float


def run(command: Sequence[str], cwd: Path, env: dict[str, str]) -> Taken:
    """Run a command to its end. Raises CalledProcessError."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL) as process:
        watch = _Watch(process.pid)
        watch.start()
        process.wait()
        seconds = time.perf_counter() - began
        watch.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Taken(seconds, watch.peak / _KILO)


class _Watch(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak, self._pid, self._end = 0, pid, threading.Event()

    def run(self) -> None:
        while not self._end.wait(_EVERY):
            self.peak = max(self.peak, sum(map(_memory, _family(self._pid))))

    def stop(self) -> None:
        self._end.set()
        self.join()


def _family(pid: int) -> list[int]:
    """Return a process and those under it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(int(entry.name))):
            children.setdefault(parent, []).append(int(entry.name))
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _memory(pid: int) -> int:
    """Return a process's share of memory in kB: what it shares with others is divided among them."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)
