"""Files that are still whole after a power cut."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Iterator
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


def force_each(names: Iterable[Path]) -> None:
    """Force files to disk, and the folders that they stand in, or stood in where they are gone: no others.

    Raises:
        OSError: The disk did not take it.
    """
    folders = set()
    for name in names:
        if name.is_file():
            _force(name)
        folder = name.parent
        while not folder.is_dir():
            folder = folder.parent
        folders.add(folder)
    for folder in folders:
        _force(folder)


def force_names(folder: Path) -> None:
    """Force the names that stand in a folder to disk. Raises OSError."""
    _force(folder)


def _force(name: Path) -> None:
    with _opened(name) as handle:
        os.fsync(handle)


@contextmanager
def _opened(name: Path) -> Iterator[int]:
    handle = os.open(name, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
