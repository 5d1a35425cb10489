"""WeasyPrint as an engine that can be stopped: it draws in a process of its own, kept for the next sheet.

A page of nothing but line ends, each within its limits, takes it twenty seconds and 400 MB. In the desk's own process
nobody could end that, and all others would wait for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from typing import BinaryIO, cast

from pulih.documents import drawing
from pulih.documents.engine import Sheet
from pulih.documents.weasy import MISSING, failed
from pulih.errors import Unavailable

SECONDS = 60.0
_START = 60.0  # seconds until the program says what it is; one, where nothing else goes on
_PROGRAM = "pulih.documents.drawing"
_MOST_KEPT = 300  # megabytes: a program that grew beyond is ended after the sheet that it grew for


class Stopped(Unavailable):
    """The program ended, or had to be, before it answered. Begun anew it may do better."""


class Apart:
    """Renders with WeasyPrint in another process. Several threads take turns."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Take how long one sheet may take, and how long its turn may be waited for; start nothing yet."""
        self.seconds = seconds
        self._turn = threading.Lock()
        self._drawer: _Drawer | None = None
        self._name = ""

    @property
    def name(self) -> str:
        """The engine and its version. Raises Unavailable where it does not start."""
        if not self._name:  # it stays the same, and whoever asks need not wait for others' sheets
            with self._turn:
                self._running()
        return self._name

    def render(self, sheet: Sheet) -> bytes:
        """Return the sheet as a tagged PDF/A-2a. The same sheet gives the same bytes.

        Raises:
            Unavailable: It takes too long, or cannot be laid out; or others are in front for too long.
        """
        if not self._turn.acquire(timeout=self.seconds):
            raise Unavailable(
                "Dokumen lain masih dicetak dan belum selesai. Tunggu sebentar, lalu ulangi."
            )
        try:
            return self._drawn(sheet.html.encode())
        finally:
            self._turn.release()

    def _drawn(self, page: bytes) -> bytes:
        drawer = self._running()
        answer = drawer.ask(page, self.seconds)
        if answer is None:
            self._drawer = None
            raise drawer.ended(self.seconds)
        kind, said = answer[:1], answer[1:]
        if kind != drawing.DRAWN:
            raise failed() from RuntimeError(said.decode(errors="replace"))
        if int.from_bytes(said[: drawing.HEAD], "big") > _MOST_KEPT:
            self._drawer = None
            drawer.end()
        return said[drawing.HEAD :]

    def _running(self) -> _Drawer:
        """Return the program, begun anew where it is not there any more: ended, or another process's."""
        if self._drawer is None or not self._drawer.alive:
            self._drawer = _Drawer()
            self._name = self._drawer.name
        return self._drawer


class _Drawer:
    """The program and its two pipes."""

    def __init__(self) -> None:
        """Start it, and wait for what it says it is."""
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, and a module of ours
            [sys.executable, "-m", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # what interrupts the desk at a terminal leaves it to finish
        )
        self._home, self._late = os.getpid(), False
        self.end = weakref.finalize(self, _end, self._process, self._home)
        said = self._answer(_START)
        if said is None:
            raise self.ended(_START)
        if said[:1] == drawing.MISSING:
            self.end()
            raise Unavailable(MISSING)
        self.name = said[1:].decode()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._home == os.getpid() and self.end.alive and self._process.poll() is None

    def ask(self, page: bytes, seconds: float) -> bytes | None:
        """Return what it answers to a page; None where it ended instead, or had to be."""
        return self._answer(seconds, page)

    def ended(self, seconds: float) -> Stopped:
        """Return what is said of a sheet that did not come; nothing of the program is left."""
        self.end()
        if not self._late:
            return Stopped(failed().sentence)
        return Stopped(
            "Dokumen ini tidak selesai dicetak dalam {seconds} detik. Kurangi foto atau isinya, lalu ulangi.",
            seconds=round(seconds),
        )

    def _answer(self, seconds: float, page: bytes | None = None) -> bytes | None:
        watch = threading.Timer(seconds, self._stop)
        watch.start()
        try:
            if page is not None:
                drawing.send(cast("BinaryIO", self._process.stdin), page)
            return drawing.received(cast("BinaryIO", self._process.stdout))
        except OSError:  # it ended while it was told
            return None
        finally:
            watch.cancel()
            watch.join()

    def _stop(self) -> None:
        self._late = True
        self._process.kill()


def open_apart(seconds: float = SECONDS) -> Apart:
    """Return the engine, its program begun.

    Raises:
        Unavailable: A library of the system is missing; the sentence says how to install it.
    """
    engine = Apart(seconds)
    with suppress(Stopped):  # a machine that is too busy now has its libraries, and prints later
        engine.name  # noqa: B018 - it is known then whether it works here
    return engine


def _end(process: subprocess.Popen[bytes], home: int) -> None:
    """End the program, if it is of this process: a fork has its pipes, too, and leaves it alone."""
    if os.getpid() == home:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was not sent any more
                continue
