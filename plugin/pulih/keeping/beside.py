"""A folder that is made beside its place, and the room for it."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from pulih.errors import Unavailable

_FORGOTTEN = 24 * 3600.0  # seconds after which a draft is one that a crash left behind
_SPARE = 1.1  # a store takes a little more room than its lines


def folder_beside(folder: Path, size: int) -> Path:
    """Make a folder beside another, for so many bytes. What a crash left there long ago goes.

    Raises:
        Unavailable: There is no room; the sentence names what else a crash may have left.
        OSError: As it comes.
    """
    parent, prefix = folder.absolute().parent, f".{folder.name}-pulih-"
    parent.mkdir(parents=True, exist_ok=True)
    _room(parent, int(size * _SPARE), _left(parent, prefix))
    return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))


def _left(parent: Path, prefix: str) -> list[str]:
    """Remove old drafts; return the names of the others."""
    left = []
    for path in parent.iterdir():
        if path.name.startswith(prefix) and path.is_dir() and not path.is_symlink():
            if path.stat().st_mtime < time.time() - _FORGOTTEN:
                shutil.rmtree(path, ignore_errors=True)
            else:
                left.append(path.name)
    return sorted(left)


def _room(parent: Path, size: int, left: list[str]) -> None:
    if size <= shutil.disk_usage(parent).free:
        return
    if left:
        raise Unavailable(
            "Ruang disk tidak cukup: cadangan ini perlu {size} MB. Di {parent} ada sisa pemulihan yang terhenti, "
            "kecuali masih ada yang berjalan: {left}. Hapus sisa itu, lalu ulangi.",
            size=size >> 20,
            parent=parent,
            left=left,
        )
    raise Unavailable(
        "Ruang disk tidak cukup: cadangan ini perlu {size} MB. Kosongkan ruang, lalu ulangi.",
        size=size >> 20,
    )
