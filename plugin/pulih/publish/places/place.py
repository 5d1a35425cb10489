"""What a place is to those who keep it up to date, and the site that goes into it."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from pulih.errors import Unavailable

SITE = "wiki"  # the folder within a place
MARK = ".pulih-wiki"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CONSENT = f"touch {{folder}}/{MARK}"

Stopped = Callable[[], bool]


class Moved(Exception):
    """The site is no longer where it was: a newer one is served."""


class Ended(Exception):
    """Whoever does the work was told to stop."""


class Place(Protocol):
    """Where the site is put. Putting the same site twice is the same as once; a stop in between loses nothing."""

    name: str

    @property
    def opens(self) -> str:
        """Where the start page is."""

    def bring(self, site: Path, *, known: bool, check: bool, stopped: Stopped) -> None:
        """Let the place hold exactly this site.

        Args:
            known: Whether it was brought up to date before; one that then holds nothing of ours is not mounted.
            check: Also look whether what was put there is still as it was put.
            stopped: Asked now and then.

        Raises:
            Unavailable: It cannot be done; the sentence says what to do.
            OSError: As it comes.
            Moved, Ended: See there.
        """


class Look(NamedTuple):
    """What a file of a site looks like. The site's files are replaced, never written into."""

    size: int
    mtime: int
    inode: int


def looks(site: Path) -> dict[str, Look]:
    """Return the files of a site. Raises Moved."""
    try:
        return dict(_looks(str(site), ""))
    except FileNotFoundError as error:
        raise Moved from error


def _looks(folder: str, above: str) -> Iterator[tuple[str, Look]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _looks(entry.path, f"{above}{entry.name}/")
            else:
                state = entry.stat(follow_symlinks=False)
                look = Look(state.st_size, state.st_mtime_ns, state.st_ino)
                yield above + entry.name, look


def content(site: Path, address: str) -> bytes:
    """Return a file of a site. Raises Moved."""
    try:
        return (site / address).read_bytes()
    except FileNotFoundError as error:
        raise Moved from error


def digest(told: bytes) -> str:
    """Return a short digest of a file's content."""
    return hashlib.sha256(told).hexdigest()[:32]


def foreign(folder: str) -> Unavailable:
    """Return the refusal of a place where somebody else's `wiki` stands."""
    return Unavailable(
        "Di {folder} sudah ada “wiki” yang bukan buatan Pulih; tidak ada yang diubah di sana. "
        "Pindahkan atau ganti namanya, atau pilih folder lain.",
        folder=folder,
    )


def unmounted(folder: str) -> Unavailable:
    """Return the refusal of a place that has lost its mark."""
    return Unavailable(
        "Di {folder} tidak ada lagi wiki yang pernah diterbitkan ke sana: mungkin disknya belum terpasang. "
        "Pasang disk itu. Bila memang folder ini yang dimaksud, jalankan sekali: {command}",
        folder=folder,
        command=_CONSENT.format(folder=folder),
    )
