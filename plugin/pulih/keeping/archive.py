"""A backup as a file, open for reading: a ZIP archive of which every byte is accounted for."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pulih.errors import Invalid, NotFound, Problem
from pulih.keeping.draft import told
from pulih.keeping.manifest import (
    FILES,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    SEAL,
    STORE,
    Manifest,
    Member,
    fits,
    read_manifest,
)
from pulih.keeping.progress import Watch, unseen
from pulih.keeping.reading import Content, Export
from pulih.wording import N_, Sentence, sentence

_LONGEST_MANIFEST = 256 << 20
_BLOCK = 1 << 20
# What `zipfile` may raise on an archive that is damaged, or was made to be.
_FAULTS = (BadZipFile, NotImplementedError, RuntimeError, EOFError, LookupError, OSError, struct.error,
           ValueError, OverflowError, MemoryError, zlib.error)  # fmt: skip
_DAMAGED = N_("isinya rusak.")
_OTHER = N_("isinya bukan yang disebut namanya.")
_UNLISTED = N_("tidak disebut di daftar isi, atau lebih dari sekali.")
_MISSING = N_("disebut di daftar isi, tetapi tidak ada.")
_NAME = N_("namanya tidak diperbolehkan.")
_KIND = N_("bukan berkas biasa.")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup.

    Raises:
        NotFound: There is no such file.
        Invalid: As `Archive`.
        Unavailable: It cannot be read.
    """
    if not path.is_file():
        raise NotFound("{name} tidak ditemukan. Periksa penulisannya.", name=path.name)
    with told(path):
        file = path.open("rb")
    with file:
        yield Archive(file, path.name)


class Archive:
    """A backup, open for reading. Whoever made it is not trusted."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        """Read the manifest of a file that can seek, which stays the caller's.

        Raises:
            Invalid: It is no backup, a newer Pulih made it, or its manifest does not fit what is in it.
        """
        self._file, self._name = file, name
        self._zip = self._opened()
        self.manifest = self._manifest()
        self._compare()

    def check(self, watch: Watch = unseen) -> None:
        """Read everything. Raises Invalid naming each damaged member, and of the records the line."""
        problems: list[Problem] = []
        with watch(sentence("Memeriksa cadangan")) as tell:
            done = 0
            for name, member in self.manifest.members.items():
                try:
                    for _block in self.blocks(name):
                        pass
                except Invalid as error:
                    problems += error.problems
                done += member.size
                tell(done, self.manifest.size)
        if said := self._check_store():
            problems = [p for p in problems if p.field != STORE] + [Problem(STORE, said)]
        if not problems and not self._sealed():
            problems = [Problem(self._name, sentence("ada bagian yang rusak di luar isinya."))]
        if problems:
            raise self._damaged(problems)

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a member. Raises Invalid, at the latest at its end, where it is not what the manifest says."""
        member = self.manifest.members[name]
        seen, size = hashlib.sha256(), 0
        with self._told(name), self._zip.open(name) as file:
            while block := file.read(_BLOCK):
                seen.update(block)
                size += len(block)
                if size > member.size:
                    break
                yield block
        if (size, seen.hexdigest()) != (member.size, member.sha256):
            raise self._damaged([Problem(name, sentence(_DAMAGED))])

    @property
    def seal(self) -> str:
        """What tells this backup from every other; right only after `check`."""
        return self._zip.comment.decode("ascii", "replace")

    def store(self) -> IO[bytes]:
        """Open the records, to be read after `check`."""
        return self._zip.open(STORE)

    def _opened(self) -> ZipFile:
        try:
            return ZipFile(self._file)
        except _FAULTS as error:
            raise self._damaged(
                [Problem(self._name, sentence("terpotong, atau bukan cadangan Pulih."))]
            ) from error

    def _manifest(self) -> Manifest:
        with self._told(MANIFEST):
            info = self._zip.getinfo(MANIFEST)
            if info.file_size > _LONGEST_MANIFEST:
                raise ValueError
            with self._zip.open(info) as file:
                document = json.loads(file.read(_LONGEST_MANIFEST))
            match document:
                case {"format": str(name), "version": int(version)} if name == FORMAT:
                    pass
                case _:
                    raise ValueError
        if version > FORMAT_VERSION:
            raise Invalid(
                [],
                sentence(
                    "Cadangan ini dibuat oleh Pulih yang lebih baru. Pasang versi terbaru, lalu ulangi."
                ),
            )
        with self._told(MANIFEST):
            return read_manifest(document)

    def _compare(self) -> None:
        """Hold the archive's own list against the manifest's. Raises Invalid."""
        problems = []
        listed = dict(self.manifest.members)
        for info in self._zip.infolist():
            if info == self._zip.getinfo(MANIFEST):
                continue
            member = listed.pop(info.filename, None)
            if said := _wrong(info, member):
                problems.append(Problem(info.filename, sentence(said)))
        problems += [Problem(name, sentence(_MISSING)) for name in listed]
        problems += [
            Problem(name, sentence(_MISSING)) for name in (STORE, "pulih.toml")
            if name not in self.manifest.members
        ]  # fmt: skip
        if problems:
            raise self._damaged(problems)

    def _check_store(self) -> Sentence | None:
        """Return what is wrong with the records, with the line."""
        export = None
        try:
            with self.store() as file:
                export = Export(cast("BinaryIO", file))
                for item in export:
                    if isinstance(item, Content):
                        return sentence(_KIND)
        except Invalid as error:
            return error.sentence
        except _FAULTS:
            line = export.line if export else 0
            return sentence("isinya rusak sesudah baris {line}.", line=line)
        return None

    def _sealed(self) -> bool:
        with self._told(self._name):
            return seal_of(self._file) == self._zip.comment

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except Invalid:
            raise
        except _FAULTS as error:
            raise self._damaged([Problem(name, sentence(_DAMAGED))]) from error

    def _damaged(self, problems: list[Problem]) -> Invalid:
        said: Sentence = sentence(
            "Cadangan {name} rusak; tidak ada yang dipulihkan. Pakai cadangan lain yang utuh.",
            name=self._name,
        )
        return Invalid(problems, said)


def seal_of(file: IO[bytes]) -> bytes:
    """Return what the last `SEAL` bytes of an archive must be."""
    seen = hashlib.sha256()
    left = file.seek(0, 2) - SEAL
    file.seek(0)
    while left > 0 and (block := file.read(min(_BLOCK, left))):
        seen.update(block)
        left -= len(block)
    return seen.hexdigest().encode("ascii")


def _wrong(info: ZipInfo, member: Member | None) -> str:
    """Return what is wrong with a member by what the archive says of it, or nothing."""
    if not fits(info.filename):
        return _NAME
    if member is None:
        return _UNLISTED
    kind = info.external_attr >> 28  # 8 is a regular file; 0 where a system has no kinds
    if kind not in (0, 8) or info.flag_bits & 1 or info.is_dir():
        return _KIND
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.file_size != member.size:
        return _DAMAGED
    if info.filename.startswith(FILES) and info.filename != FILES + member.sha256:
        return _OTHER
    return ""
