"""Processes that are forks of the tests' own."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def forked(work: Callable[[], object]) -> int:
    """Run `work` in a forked process; return its number."""
    process = os.fork()
    if process == 0:
        signal.alarm(30)  # what waits for a lock that nobody lets go of
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must not run the rest of the tests
            os._exit(1)
        os._exit(0)
    return process


def ended(process: int) -> int:
    """Wait for a forked process; return its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
