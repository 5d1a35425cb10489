"""Writing a file that is whole, durable and readable by this account only, or not there at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pulih.errors import PulihError, Refused, Unavailable
from pulih.store.files import sync
from pulih.wording import N_

_FULL = N_("Ruang disk untuk {name} habis; tidak ada yang dibuat. Kosongkan ruang, lalu ulangi.")
_FORBIDDEN = N_(
    "{name} tidak boleh ditulis; tidak ada yang dibuat. Periksa izin foldernya, lalu ulangi."
)
_ELSE = N_("{name} tidak dapat ditulis: {reason}. Periksa tempat itu, lalu ulangi.")
_SENTENCES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
}


@contextmanager
def draft(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that takes its place, beside which it was written, at the end of the block.

    Raises:
        Refused: There is something in its place.
        Unavailable: It cannot be written, or the disk is full; nothing is left of it.
    """
    free(path)
    with told(path):
        number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(number, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _put(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        sync(path.parent)


def free(path: Path) -> None:
    """Do nothing where a file may be made. Raises Refused where there is something."""
    if path.exists():
        raise _taken(path)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the file system says of a file into `Unavailable`; the cause is kept."""
    try:
        yield
    except PulihError:
        raise
    except OSError as error:
        text = _SENTENCES.get(error.errno or 0, _ELSE)
        reason = error.strerror or str(error)
        raise Unavailable(text, name=path.name, reason=reason) from error


def _put(beside: Path, path: Path) -> None:
    """Give a file its name, unless somebody else took it meanwhile. A disk without links has to do as well."""
    try:
        path.open("xb").close()
    except FileExistsError as error:
        raise _taken(path) from error
    beside.replace(path)


def _taken(path: Path) -> Refused:
    return Refused("{name} sudah ada dan tidak ditimpa. Pilih nama lain.", name=path.name)
