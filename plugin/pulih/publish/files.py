"""Pages on disk: write what changed, remove what no longer belongs, leave what people wrote alone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pulih.publish.literal import MARK

_MARKED = f"---\n{MARK}\n".encode()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a bringing-up-to-date did. `kept` are pages that people wrote where one of ours would have gone."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def bring_up_to_date(root: Path, pages: Mapping[str, str], folders: Iterable[str]) -> Changes:
    """Make `folders` under `root` hold exactly `pages`, besides what people wrote there.

    Args:
        root: The wiki.
        pages: Address -> text; each begins with the mark of a generated page.
        folders: Where marked pages that are not among `pages` are removed.

    Raises:
        OSError: The disk is full or not ours to write. Each single page is then still old or new.
    """
    written, kept = [], []
    for address, text in pages.items():
        file, new = root / address, text.encode()
        old = _content(file)
        if old == new:
            continue
        if old is not None and not old.startswith(_MARKED):
            kept.append(address)
            continue
        write(file, new)
        written.append(address)
    gone = [file for file in _ours(root, folders) if file.relative_to(root).as_posix() not in pages]
    for file in gone:
        file.unlink()
        _drop_empty(file.parent, root)
    return Changes(
        tuple(written), tuple(file.relative_to(root).as_posix() for file in gone), tuple(kept)
    )


def write(file: Path, content: bytes) -> None:
    """Put a file in place at once: a reader meets the old content or the new one. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            os.fchmod(
                stream.fileno(), 0o644
            )  # mkstemp's files are its owner's only; a web server reads these
        os.replace(draft, file)  # noqa: PTH105 - the draft is a name, not a Path
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)  # noqa: PTH108 - as above
        raise


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _ours(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        for file in sorted((root / folder).rglob("*.md")):
            with file.open("rb") as stream:
                if stream.read(len(_MARKED)) == _MARKED:
                    yield file


def _drop_empty(folder: Path, root: Path) -> None:
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
