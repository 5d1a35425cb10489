"""Pages on disk: write what changed, remove what no longer belongs, leave what people wrote alone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pulih.publish.literal import MARK
from pulih.publish.sources import Source, digest_of, sources

_MARKED = f"---\n{MARK}\n".encode()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a bringing-up-to-date did. `kept` are pages that people wrote where one of ours would have gone."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def bring_up_to_date(
    root: Path,
    pages: Mapping[str, str],
    folders: Iterable[str],
    *,
    staying: Collection[str] = (),
    found: Mapping[str, Source] | None = None,
) -> Changes:
    """Make `folders` under `root` hold exactly `pages`, besides what stays and what people wrote there.

    Args:
        root: The wiki.
        pages: Address -> text; each begins with the mark of a generated page.
        folders: Where marked pages that are not among `pages` are removed.
        staying: Addresses of pages that are as they should be.
        found: What stands under `root`, where that is known already.

    Raises:
        OSError: The disk is full or not ours to write. Each single page is then still old or new.
    """
    found = sources(root, {}) if found is None else found
    written, kept = [], []
    for address, text in pages.items():
        new = text.encode()
        if address in found and found[address].digest == digest_of(new):
            continue
        if address in found and not _is_ours(root / address):
            kept.append(address)
            continue
        write(root / address, new)
        written.append(address)
    ours = tuple(f"{folder}/" for folder in folders)
    gone = [
        address
        for address in sorted(found.keys() - pages.keys() - set(staying))
        if address.startswith(ours) and address.endswith(".md") and _is_ours(root / address)
    ]
    for address in gone:
        (root / address).unlink(missing_ok=True)
        _drop_empty((root / address).parent, root)
    return Changes(tuple(written), tuple(gone), tuple(kept))


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


def _is_ours(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(_MARKED)) == _MARKED


def _drop_empty(folder: Path, root: Path) -> None:
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
