"""`.pulih-wiki`: the mark by which a place is known as ours, and lists of what we put there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from pulih.errors import Unavailable
from pulih.publish.places.place import Look

_MOST = 64 * 1024 * 1024


class Put(NamedTuple):
    """A file that was put into a place: its digest, empty while that is not certain, and its look in the site."""

    digest: str
    look: Look


Files = dict[str, Put]


def read(path: Path) -> Files | None:
    """Return the files that are listed in a mark, by address; None where there is no mark.

    An empty mark is somebody's word that the place is ours; it lists nothing.

    Raises:
        Unavailable: It is not as it was written.
        OSError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            told = file.read(_MOST)
    except FileNotFoundError:
        return None
    if not told.strip():
        return {}
    files = _listed(told)
    if files is None:
        raise Unavailable(
            "Berkas {path} rusak, jadi tidak diketahui lagi apa yang ditulis Pulih di sana. "
            "Hapus folder “wiki” di sebelahnya dan kosongkan berkas itu; wikinya lalu disalin dari awal.",
            path=path,
        )
    return files


def write(path: Path, files: Files) -> None:
    """Put a mark in the place of an older one, at once. Raises OSError."""
    draft = path.with_name(f"{path.name}-baru")
    with draft.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"pulih": 1, "files": files}, separators=(",", ":")))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _is_within(address: str) -> bool:
    """Tell whether an address, which anybody may have written on a stick, leads nowhere else."""
    return all(part not in {"", ".", ".."} and "\0" not in part for part in address.split("/"))


def _listed(told: bytes) -> Files | None:
    try:
        kept = json.loads(told)["files"]
        files = {str(a): Put(str(d), Look(*map(int, look))) for a, (d, look) in kept.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return files if all(map(_is_within, files)) else None
