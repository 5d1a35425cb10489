"""Making a backup while the office works."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pulih.errors import Refused
from pulih.keeping.archive import Archive, seal_of
from pulih.keeping.draft import draft, told
from pulih.keeping.export import Exported, blocks, contents, export, size_of
from pulih.keeping.manifest import (
    FILES,
    MANIFEST,
    SEAL,
    SINGLE,
    STORE,
    WIKI,
    Manifest,
    Member,
    fits,
)
from pulih.keeping.progress import Tell, Watch, unseen
from pulih.ports import Documents, Files
from pulih.store.office import DocumentStore
from pulih.wording import sentence

SUFFIX = ".pulih.zip"
_BLOCK = 1 << 20
_MODE = (stat.S_IFREG | 0o600) << 16


@dataclass(frozen=True, slots=True)
class Working:
    """An office at work.

    Attributes:
        folder: With `pulih.toml`, `wiki/` and the rest.
        turn: While it is held, nobody else writes pages.
    """

    folder: Path
    store: DocumentStore
    files: Files
    turn: AbstractContextManager[None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made, read back and found whole."""

    path: Path
    size: int
    manifest: Manifest


def backup(office: Working, target: Path, at: datetime, watch: Watch = unseen) -> Kept:
    """Make a backup, read it back, and only then give it its name.

    The records are those of one moment. A content is kept before a record refers to it and never changes, so what
    the records of that moment refer to is there; pages are read while nobody writes any.

    Args:
        target: The file, or a folder in which it gets a name from `at`.
        at: The moment on the office's clock, for the name and the manifest.

    Raises:
        Refused: There is a file of that name, or the target lies among what is to be backed up.
        Unavailable: The office or the target cannot be read or written; nothing is left of the backup.
    """
    path = target / f"pulih-{at:%Y%m%d-%H%M%S}{SUFFIX}" if target.is_dir() else target
    if path.resolve().is_relative_to((office.folder / WIKI).resolve()):
        raise Refused(
            "Cadangan tidak disimpan di dalam {wiki}, karena isi folder itu ikut dicadangkan. Pilih tempat lain, "
            "sebaiknya di luar server ini.",
            wiki=office.folder / WIKI,
        )
    with draft(path) as file:
        manifest = _write(office, file, at, watch)
        file.flush()
        os.fsync(file.fileno())
        Archive(file, path.name).check(watch)
        size = file.seek(0, os.SEEK_END)
    return Kept(path, size, manifest)


def _write(office: Working, file: IO[bytes], at: datetime, watch: Watch) -> Manifest:
    with ZipFile(file, "w", allowZip64=True) as archive:
        archive.comment = b"0" * SEAL
        parts = _Parts(archive, at)
        with office.store.reading() as view:
            with watch(sentence("Mencadangkan catatan")) as tell:
                exported = parts.put_store(view, tell)
            digests = contents(view)
        with watch(sentence("Mencadangkan berkas")) as tell:
            lost = parts.put_contents(office.files, digests, tell)
        with watch(sentence("Mencadangkan wiki dan setelan")) as tell, office.turn:
            parts.put_pages(office.folder, tell)
        tickets = exported.tables["tickets"]
        manifest = Manifest(at.isoformat(timespec="seconds"), tickets, lost, dict(parts.members))
        parts.put(MANIFEST, [manifest.dump()])
    seal = seal_of(file)
    file.seek(-SEAL, os.SEEK_END)
    file.write(seal)
    return manifest


class _Parts:
    """Writes members and notes what the manifest says of them."""

    def __init__(self, archive: ZipFile, at: datetime) -> None:
        self.members: dict[str, Member] = {}
        self._archive, self._at = archive, at

    def put(self, name: str, content: Iterable[bytes], how: int = ZIP_DEFLATED) -> None:
        with self._member(name, how) as member:
            for block in content:
                member.write(block)

    def put_store(self, view: Documents, tell: Tell) -> Exported:
        with self._member(STORE, ZIP_DEFLATED) as member:
            return export(view, member, tell=tell)

    def put_contents(self, files: Files, digests: list[str], tell: Tell) -> tuple[str, ...]:
        """Put the contents that are there and as they were; return the digests of the others."""
        lost = []
        for done, digest in enumerate(digests, start=1):
            if size_of(files, digest) is None:
                lost.append(digest)
            else:  # pictures and PDF are packed already
                self.put(FILES + digest, blocks(files, digest), ZIP_STORED)
            tell(done, len(digests))
        return tuple(lost)

    def put_pages(self, folder: Path, tell: Tell) -> None:
        names = [name for name in SINGLE if (folder / name).is_file()]
        names += sorted(_under(folder, folder / WIKI))
        for done, name in enumerate(names, start=1):
            if not fits(name):
                raise Refused(
                    "Berkas {name} tidak dapat dicadangkan: namanya memuat tanda yang di sebagian "
                    "sistem tidak dikenal. "
                    "Ganti namanya, lalu ulangi.",
                    name=name.encode("utf-8", "replace").decode(),
                )
            with told(folder / name), (folder / name).open("rb") as file:
                self.put(name, iter(lambda file=file: file.read(_BLOCK), b""))  # type: ignore[misc] # of this round
            tell(done, len(names))

    @contextmanager
    def _member(self, name: str, how: int) -> Iterator[_Member]:
        info = ZipInfo(name, self._at.timetuple()[:6])
        info.external_attr, info.compress_type = _MODE, how
        with self._archive.open(info, "w", force_zip64=True) as file:
            member = _Member(file)
            yield member
        self.members[name] = Member(member.size, member.seen.hexdigest())


class _Member:
    """A member that is being written: counts and hashes what goes through."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seen, self.size = hashlib.sha256(), 0

    def write(self, data: bytes, /) -> None:
        self._file.write(data)
        self.seen.update(data)
        self.size += len(data)


def _under(root: Path, folder: Path) -> Iterator[str]:
    """Yield the names of all files below a folder, as members are called, but those of backups and their drafts."""
    for place, _folders, names in os.walk(folder):
        for name in names:
            if SUFFIX in name or not (path := Path(place, name)).is_file():
                continue  # a backup, a socket, or a link to nowhere
            yield path.relative_to(root).as_posix()
