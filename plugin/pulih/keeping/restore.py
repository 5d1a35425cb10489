"""Bringing an office back from a backup, onto an empty machine: whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pulih.config import FILE, Settings, read_settings, write_settings
from pulih.config.edit import stand_on, standing_on
from pulih.errors import Invalid, PulihError, Refused
from pulih.keeping.archive import Archive, opened
from pulih.keeping.beside import folder_beside
from pulih.keeping.draft import told
from pulih.keeping.loading import begun, fill, finish, keep
from pulih.keeping.manifest import FILES, STORE, WIKI, Manifest
from pulih.keeping.marks import Closed, Why
from pulih.keeping.progress import Watch, unseen
from pulih.keeping.reading import Export
from pulih.ports import Files
from pulih.store.files import sync
from pulih.store.office import DocumentStore
from pulih.wording import sentence

Opening = Callable[[Settings], AbstractContextManager[tuple[DocumentStore, Files]]]
BROKEN_FILE = f"{FILE}.rusak"
_MARK = "data/restoring"  # where the database is not open yet: which restoring, of which backup


@dataclass(frozen=True, slots=True)
class Aim:
    """Where an office is restored to.

    Attributes:
        folder: The office's folder; missing or empty.
        database: Its store, as the setting has it; empty for the embedded one.
        environ: Variables that count before `pulih.toml`, but for the store.
        opening: Opens store and contents as settings have them.
    """

    folder: Path
    database: str
    environ: Mapping[str, str]
    opening: Opening


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    Attributes:
        settings: Why the office's own settings could not be used, and lie beside new ones as `BROKEN_FILE`.
    """

    manifest: Manifest
    settings: PulihError | None = None


def restore(path: Path, aim: Aim, watch: Watch = unseen) -> Restored:
    """Restore a backup after reading all of it; return what it had in it.

    The folder is made beside its place and gets its name at the end. What the backup's settings say of the store does
    not count, since that store may still be somebody's: `aim` says where the records go. A database stays closed until
    the folder has its name; broken off before, the same command begins anew, and broken off after, it opens it.

    Raises:
        NotFound: There is no such file.
        Invalid: The backup is damaged; each damaged member is named, and of the records the line.
        Refused: The folder or the store is not empty, or another process restores there too.
        Unavailable: Something cannot be written or reached.
    """
    with opened(path) as archive:
        if _vacant(aim.folder):
            archive.check(watch)
            return Restored(archive.manifest, _restore(archive, aim, watch))
        if aim.database and _opened_late(archive, aim):
            return Restored(archive.manifest)
    raise _occupied(aim.folder)


def _restore(archive: Archive, aim: Aim, watch: Watch) -> PulihError | None:
    with told(aim.folder):
        draft = folder_beside(aim.folder, archive.manifest.size)
    try:
        with told(aim.folder):
            _unpack(archive, draft, watch)
            settings, broken = _settings(draft, aim)
            with aim.opening(settings) as place:
                _fill(archive, place, draft, aim, watch)
            if not aim.database:
                _place(draft, aim.folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return broken


def _vacant(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _occupied(folder: Path) -> Refused:
    if (folder / _MARK).exists():
        return Refused(
            "Folder {folder} berisi pemulihan yang terhenti. Ulangi dengan cadangan dan --database yang sama, "
            "atau pilih folder baru.",
            folder=folder,
        )
    return Refused("Folder {folder} tidak kosong. Pilih folder baru.", folder=folder)


def _unpack(archive: Archive, draft: Path, watch: Watch) -> None:
    names = [name for name in archive.manifest.members if not name.startswith((STORE, FILES))]
    with watch(sentence("Memulihkan wiki dan setelan")) as tell:
        for done, name in enumerate(names, start=1):
            place = draft / name
            place.parent.mkdir(parents=True, exist_ok=True)
            mode = 0o644 if name.startswith(WIKI) else 0o600  # settings may have a password in them
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(place, flags, mode), "wb") as file:
                for block in archive.blocks(name):
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            tell(done, len(names))


def _settings(draft: Path, aim: Aim) -> tuple[Settings, PulihError | None]:
    """Make the restored settings stand on the new store; return them, and why not they but usual ones, if so."""
    standing_on(Settings(draft), aim.database)  # an address that is none is not the file's fault
    broken: PulihError | None = None
    try:
        read_settings(draft, {})
        stand_on(draft, aim.database)
    except (Invalid, Refused) as error:
        broken = error
        # Mended later, it might lead back to the old store: so it does not stay in its place.
        (draft / FILE).replace(draft / BROKEN_FILE)
        write_settings(draft, database=aim.database)
        (draft / FILE).chmod(0o600)
    return standing_on(read_settings(draft, aim.environ), aim.database), broken


def _fill(
    archive: Archive, place: tuple[DocumentStore, Files], draft: Path, aim: Aim, watch: Watch
) -> None:
    """Put records and contents where the restored office will look for them."""
    store, files = place
    with begun(store, Why.RESTORING) as mark:
        digests = [name for name in archive.manifest.members if name.startswith(FILES)]
        with watch(sentence("Memulihkan berkas")) as tell:
            for done, name in enumerate(digests, start=1):
                with tempfile.SpooledTemporaryFile(1 << 20) as content:
                    for block in archive.blocks(name):
                        content.write(block)
                    content.seek(0)
                    keep(files, cast("BinaryIO", content), name.removeprefix(FILES))
                tell(done, len(digests))
        with watch(sentence("Memulihkan catatan")) as tell, archive.store() as source:
            fill(store, mark, Export(cast("BinaryIO", source)), tell=tell)
        if aim.database:
            (draft / _MARK).parent.mkdir(parents=True, exist_ok=True)
            (draft / _MARK).write_text(_name_of(mark, archive), encoding="ascii")
            _place(draft, aim.folder)
    try:
        finish(store, mark)
    except Refused:
        if aim.database:
            aim.folder.rename(draft)
        raise
    if aim.database:
        (aim.folder / _MARK).unlink()


def _place(draft: Path, folder: Path) -> None:
    """Give the folder its name. Raises Refused where somebody else took it meanwhile."""
    if not _vacant(folder):
        raise _occupied(folder)
    draft.chmod(0o755)
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)
    sync(folder.absolute().parent)


def _name_of(mark: Closed, archive: Archive) -> str:
    return f"{mark.move} {archive.seal}"


def _opened_late(archive: Archive, aim: Aim) -> bool:
    """Open a database that holds all of this backup and whose folder has its name; tell whether it was that."""
    path = aim.folder / _MARK
    if not path.is_file():
        return False
    with told(aim.folder):
        said = path.read_text(encoding="ascii", errors="replace")
    mark = Closed(Why.RESTORING, move=said.partition(" ")[0])
    if said != _name_of(mark, archive):
        return False
    settings = standing_on(read_settings(aim.folder, aim.environ), aim.database)
    with aim.opening(settings) as (store, _files):
        try:
            finish(store, mark)
        except Refused:
            return False
    path.unlink()
    return True
