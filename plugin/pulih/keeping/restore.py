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

from pulih.config import Settings, read_settings
from pulih.config.edit import stand_on, standing_on
from pulih.errors import Refused, Unavailable
from pulih.keeping.archive import Archive, opened
from pulih.keeping.draft import sync, told
from pulih.keeping.loading import keep, load, may_load
from pulih.keeping.manifest import FILES, STORE, WIKI, Manifest
from pulih.keeping.progress import Watch, unseen
from pulih.ports import Files
from pulih.store.office import DocumentStore
from pulih.wording import sentence

Opening = Callable[[Settings], AbstractContextManager[tuple[DocumentStore, Files]]]
_SPARE = 1.1  # a store takes a little more room than its lines


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


def restore(path: Path, aim: Aim, watch: Watch = unseen) -> Manifest:
    """Restore a backup after reading all of it; return what it had in it.

    The folder is made beside its place and gets its name at the end. What the backup's settings say of the store does
    not count, since that store may still be somebody's: `aim` says where the records go.

    Raises:
        NotFound: There is no such file.
        Invalid: The backup is damaged; each damaged member is named, and of the records the line.
        Refused: The folder or the store is not empty.
        Unavailable: Something cannot be written or reached. No folder is left behind.
    """
    if aim.folder.exists() and (not aim.folder.is_dir() or any(aim.folder.iterdir())):
        raise Refused("Folder {folder} tidak kosong. Pilih folder baru.", folder=aim.folder)
    with opened(path) as archive:
        archive.check(watch)
        with told(aim.folder):
            parent = aim.folder.absolute().parent
            parent.mkdir(parents=True, exist_ok=True)
            _room(parent, archive.manifest)
            draft = Path(tempfile.mkdtemp(prefix=f".{aim.folder.name}-", dir=parent))
        try:
            with told(aim.folder):
                _unpack(archive, draft, watch)
                _fill(archive, draft, aim, watch)
                draft.chmod(0o755)
                if aim.folder.exists():
                    aim.folder.rmdir()
                draft.rename(aim.folder)
                sync(parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return archive.manifest


def _room(parent: Path, manifest: Manifest) -> None:
    if manifest.size * _SPARE > shutil.disk_usage(parent).free:
        raise Unavailable(
            "Ruang disk tidak cukup: cadangan ini perlu {size} MB. Kosongkan ruang, lalu ulangi.",
            size=int(manifest.size * _SPARE) >> 20,
        )


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


def _fill(archive: Archive, draft: Path, aim: Aim, watch: Watch) -> None:
    """Put records and contents where the restored office will look for them."""
    stand_on(draft, aim.database)
    settings = standing_on(read_settings(draft, aim.environ), aim.database)
    with aim.opening(settings) as (store, files):
        may_load(store)
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
            load(store, cast("BinaryIO", source), tell=tell)
