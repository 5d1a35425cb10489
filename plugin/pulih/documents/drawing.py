"""Drawing sheets with WeasyPrint, one after another: a program of its own, that reads pages and writes PDFs.

It first says what it is. Every message has its length in front; an answer begins with a letter that says what it is.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from pulih.documents.engine import Sheet
from pulih.documents.weasy import open_weasy
from pulih.domain.papers.layout import Layout
from pulih.errors import Unavailable

NAME, MISSING, DRAWN, FAILED = b"N", b"M", b"D", b"F"
HEAD = (
    8  # bytes of a length; as many tell after `DRAWN` how many megabytes the program took at most
)
_MEMORY = 2 << 30


def send(to: BinaryIO, message: bytes) -> None:
    """Write a message."""
    to.write(len(message).to_bytes(HEAD, "big"))
    to.write(message)
    to.flush()


def received(content: BinaryIO) -> bytes | None:
    """Return the next message; None where no whole one comes any more."""
    head = content.read(HEAD)
    if len(head) < HEAD:
        return None
    length = int.from_bytes(head, "big")
    message = content.read(length)
    return message if len(message) == length else None


def main() -> None:
    """Draw what comes in until nothing comes any more."""
    _limited()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library may print is no answer
    try:
        engine = open_weasy()
    except Unavailable:
        send(answers, MISSING)
        return
    send(answers, NAME + engine.name.encode())
    while (page := received(sys.stdin.buffer)) is not None:
        try:
            pdf = engine.render(Sheet(page.decode(), "", Layout()))
        except Unavailable as error:
            send(answers, FAILED + repr(error.__cause__).encode(errors="replace"))
        else:
            send(answers, DRAWN + _peak().to_bytes(HEAD, "big") + pdf)


def _peak() -> int:
    """Return the megabytes of memory that this program took at most; 0 where nobody tells.

    `ru_maxrss` would also count, on Linux, what the desk had when it started this program.
    """
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    most = re.search(r"^VmHWM:\s+(\d+) kB$", told, re.MULTILINE)
    return int(most[1]) >> 10 if most else 0


def _limited() -> None:
    """Take no more memory than the longest of papers needs, where the system has such limits."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - there is none elsewhere

        with suppress(ValueError, OSError):  # macOS has none; or less is allowed already
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
