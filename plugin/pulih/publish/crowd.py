"""Sheets made by as many processes as there are processors, where they are many."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from pulih.publish.sheet import Sheet

_FEW = 500  # sheets, for which other processes are not worth starting
_AT_ONCE = 100
_MOST = 4
_TOGETHER = "assets/cari/"  # of what stands in one folder here each is made of the same counts
_work: tuple[Sequence[Sheet], Callable[[Sheet], str]] | None = None


def each(sheets: Sequence[Sheet], make: Callable[[Sheet], str]) -> Iterator[str]:
    """Yield what `make` returns for each sheet, in the same order. Whatever it raises is raised.

    In a process with other threads, as a server is, all of it is done here: what another thread holds at the moment of
    a fork nobody would ever let go of there.
    """
    global _work  # noqa: PLW0603 - the other processes are forks, and take it from here: sheets cannot be sent
    workers = min(len(os.sched_getaffinity(0)), _MOST)
    if len(sheets) < _FEW or workers < 2 or threading.active_count() > 1:  # noqa: PLR2004 - one is this
        yield from map(make, sheets)
        return
    _work = sheets, make
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as others:
            for done in others.map(_some, *zip(*_pieces(sheets), strict=True)):
                yield from done
    finally:
        _work = None


def _pieces(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    """Yield where pieces of the work begin and end."""
    began = 0
    for at in range(1, len(sheets)):
        before, after = sheets[at - 1].address, sheets[at].address
        if at - began >= _AT_ONCE and not (
            after.startswith(_TOGETHER) and before.rpartition("/")[0] == after.rpartition("/")[0]
        ):
            yield began, at
            began = at
    yield began, len(sheets)


def _some(began: int, ended: int) -> list[str]:
    if _work is None:
        raise RuntimeError("no work")
    sheets, make = _work
    return [make(sheet) for sheet in sheets[began:ended]]
