"""A folder as a place: a share, a web server's folder, a stick. The disk decides how the site comes to stand there.

Where it knows symbolic links, each site has a folder of its own, and `wiki` is a link that is renamed: a reader meets
the old site or the new one. Else (FAT, exFAT) `wiki` is a folder in which file after file is replaced: new ones
first, then changed ones, the start page last, and only then what is gone is removed. So no link leads nowhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from pulih.errors import Unavailable
from pulih.publish.places import mark
from pulih.publish.places.mark import Files, Put
from pulih.publish.places.place import (
    FULL,
    MARK,
    SITE,
    Ended,
    Look,
    Stopped,
    content,
    digest,
    foreign,
    looks,
    unmounted,
)
from pulih.publish.places.writing import Writer

_SITES, _DRAFT = ".pulih-situs", "baru"
_OURS = re.compile(rf"{re.escape(_SITES)}/(\d{{6}})")
_UNKNOWN = Look(0, 0, 0)
_SYNC_PATIENCE = 600  # seconds; a slow stick takes minutes for what it was given


class FolderPlace:
    """Implements `Place` in a folder that exists."""

    def __init__(self, name: str) -> None:
        """Take an absolute path."""
        self.name, self._root = name, Path(name)
        self._target = self._root / SITE

    @property
    def opens(self) -> str:
        """Where the start page is."""
        return str(self._target / "index.html")

    def bring(self, site: Path, *, known: bool, check: bool, stopped: Stopped) -> None:
        """Let the folder hold the site; see `Place.bring`."""
        if not self._root.is_dir():
            raise Unavailable(
                "Folder {folder} tidak ada. Pasang disk atau share-nya, atau buat folder itu dahulu; "
                "Pulih tidak membuatnya.",
                folder=self.name,
            )
        listed = mark.read(self._root / MARK)
        version = self._version()
        if listed is None and known:
            raise unmounted(self.name)
        if not (version or listed) and self._has_something():
            raise foreign(self.name)
        wanted = looks(site)
        if version or (not listed and self._links()):
            if listed is None:
                mark.write(self._root / MARK, {})
            self._next(site, wanted, version, check=check, stopped=stopped)
        else:
            self._change(site, wanted, listed or {}, check=check, stopped=stopped)
        self._force_out()

    # ---- With links ----

    def _next(
        self, site: Path, wanted: dict[str, Look], version: str, *, check: bool, stopped: Stopped
    ) -> None:
        sites = self._root / _SITES
        now = sites / version if version else None
        had = (mark.read(sites / f"{version}.json") or {}) if version else {}
        same, files = _compared(site, wanted, had)
        if now and check:
            same -= {a for a in same if not _is_as_put(now / a, had[a])}
        if now and len(same) == len(had) == len(wanted):
            if files != had:  # the same files, made anew
                mark.write(sites / f"{version}.json", files)
            return
        draft = sites / _DRAFT
        writer = Writer(draft)
        try:
            for address in _told(sorted(wanted), stopped):
                if writer.stands(address, wanted[address]):  # since before a stop
                    continue
                if not (now and address in same and writer.link(address, now / address)):
                    writer.put(address, content(site, address), wanted[address])
            writer.drop(looks(draft).keys() - wanted.keys())
            self._show(draft, files, version)
        except OSError as error:
            if error.errno in FULL:
                shutil.rmtree(draft, ignore_errors=True)  # a part of a site is no use to anybody
            raise

    def _show(self, draft: Path, files: Files, before: str) -> None:
        """Let the link lead to a finished site. The one before stays, for whoever is reading it."""
        sites, name = draft.parent, f"{int(before or 0) + 1:06d}"
        mark.write(sites / f"{name}.json", files)
        shutil.rmtree(sites / name, ignore_errors=True)
        draft.rename(sites / name)
        link = self._root / f"{SITE}.pulih-baru"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{_SITES}/{name}", target_is_directory=True)
        if not before and self._target.is_dir():
            self._target.rmdir()  # an empty folder, made for us
        link.replace(self._target)
        for other in sites.iterdir():
            if other.stem in {name, before}:
                continue
            if other.is_dir():
                shutil.rmtree(other, ignore_errors=True)
            else:
                other.unlink()

    def _version(self) -> str:
        """Return the number of the site that the link leads to; empty where there is no link of ours."""
        if not self._target.is_symlink():
            return ""
        found = _OURS.fullmatch(self._target.readlink().as_posix())
        if found is None:
            raise foreign(self.name)
        return found[1]

    def _links(self) -> bool:
        """Tell whether the disk knows symbolic links, and nothing stands where one would go."""
        if self._has_something():
            return False
        trial = self._root / f"{SITE}.pulih-coba"
        trial.unlink(missing_ok=True)
        try:
            trial.symlink_to(".")
        except (OSError, NotImplementedError):
            return False
        trial.unlink()
        return True

    # ---- Without ----

    def _change(
        self, site: Path, wanted: dict[str, Look], had: Files, *, check: bool, stopped: Stopped
    ) -> None:
        same, files = _compared(site, wanted, had)
        if check:
            same -= {a for a in same if not _is_as_put(self._target / a, had[a])}
        changed, gone = wanted.keys() - same, had.keys() - wanted.keys()
        if not (changed or gone):
            if files != had:  # the same files, made anew
                mark.write(self._root / MARK, files)
            return
        for address in changed - had.keys():
            if os.path.lexists(self._target / address):
                raise foreign(self.name)
        writer = Writer(self._target)
        writer.room([wanted[address].size for address in changed])
        uncertain = dict.fromkeys(changed | gone, Put("", _UNKNOWN))
        mark.write(self._root / MARK, {**had, **uncertain})
        order = sorted(changed, key=lambda address: _turn(address, new=address not in had))
        for address in _told(order, stopped):
            writer.put(address, content(site, address), wanted[address])
        writer.drop(gone)
        mark.write(self._root / MARK, files)

    def _has_something(self) -> bool:
        if not os.path.lexists(self._target):
            return False
        return not self._target.is_dir() or any(self._target.iterdir())

    def _force_out(self) -> None:
        """See that it is on the disk: a stick may be pulled out as soon as it is said to be up to date."""
        command = ["sync", "--file-system", self.name]
        subprocess.run(  # noqa: S603 - a path from the settings
            command, check=False, capture_output=True, timeout=_SYNC_PATIENCE
        )


def _compared(site: Path, wanted: dict[str, Look], had: Files) -> tuple[set[str], Files]:
    """Return the addresses whose content is as it was put, and the list of a place that holds the whole site."""
    same: set[str] = set()
    files: Files = {}
    for address, look in wanted.items():
        before = had.get(address)
        if before and before.digest and before.look == look:
            files[address] = before
        else:
            files[address] = Put(digest(content(site, address)), look)
        if before and files[address].digest == before.digest:
            same.add(address)
    return same, files


def _is_as_put(file: Path, put: Put) -> bool:
    try:
        return digest(file.read_bytes()) == put.digest
    except OSError:
        return False


def _turn(address: str, *, new: bool) -> tuple[bool, bool, bool, str]:
    """Return the key that sorts files so that what a page links to is there before it."""
    page = address.endswith(".html")
    return not new, address == "index.html", page, address


def _told(addresses: Iterable[str], stopped: Stopped) -> Iterable[str]:
    for address in addresses:
        if stopped():
            raise Ended
        yield address
