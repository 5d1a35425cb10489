"""What stands under `wiki/`, by content, without reading again what cannot have changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_FRESH = (
    1_000_000_000  # nanoseconds: a second change within a tick of the disk's clock leaves no trace
)


class Source(NamedTuple):
    """A file's content, and the look that it had when it was read: empty where a later change might not show."""

    digest: str
    look: tuple[int, ...] = ()


def sources(wiki: Path, known: Mapping[str, Source]) -> dict[str, Source]:
    """Return the files of a wiki by address, those left out that MkDocs leaves out.

    Args:
        known: What was found before; what still looks as it did then is not read again.

    Raises:
        OSError: A folder or a file cannot be read.
    """
    found: dict[str, Source] = {}
    if not wiki.exists():
        return found
    for uri, path, state in _files(str(wiki), ""):
        look = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
        before = known.get(uri)
        if before is not None and before.look == look:
            found[uri] = before
            continue
        settled = state.st_ctime_ns < time.time_ns() - _FRESH
        digest = digest_of(Path(path).read_bytes())
        found[uri] = Source(digest, look if settled else ())
    return found


def digest_of(content: bytes) -> str:
    """Return a short digest of a file's content."""
    return hashlib.sha256(content).hexdigest()[:32]


def _files(folder: str, above: str) -> Iterator[tuple[str, str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            uri = above + entry.name
            if entry.name.startswith(".") or uri == "templates":
                continue
            if entry.is_dir():
                yield from _files(entry.path, f"{uri}/")
            else:
                yield uri, entry.path, entry.stat()
