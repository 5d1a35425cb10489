"""Files on disk: put in place at once, removed with the folders that hold nothing then; what people wrote stays."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from pulih.publish.literal import MARK

_MARKED = f"---\n{MARK}\n".encode()


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


def is_marked(file: Path) -> bool:
    """Tell whether a page is a generated one, that may be written over and removed. Raises OSError."""
    with file.open("rb") as stream:
        return stream.read(len(_MARKED)) == _MARKED


def remove(file: Path, root: Path) -> None:
    """Remove a file, and the folders above it up to `root` that hold nothing then. Raises OSError."""
    file.unlink(missing_ok=True)
    folder = file.parent
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
