"""Files that are still whole after a power cut."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def force(folder: Path) -> None:
    """Force all that was written on the folder's disk to it: one question to the system, however many files there are.

    Raises:
        OSError: The disk did not take it.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:  # not Linux
        os.sync()
        return
    with _opened(folder) as handle:
        if syncfs(handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))


def force_names(folder: Path) -> None:
    """Force the names that stand in a folder to disk. Raises OSError."""
    with _opened(folder) as handle:
        os.fsync(handle)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
