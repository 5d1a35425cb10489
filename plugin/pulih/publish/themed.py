"""The files that a theme brings along, found without looking at its ten thousand icons."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from jinja2 import BaseLoader, Environment


class _Shown(BaseLoader):
    """Lists what lies in some folders, but nothing below a folder whose name begins with a dot."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders

    def list_templates(self) -> list[str]:
        """Return the names, in order."""
        found = set[str]()
        for root in self._folders:
            for folder, below, names in os.walk(root):
                below[:] = [name for name in below if not name.startswith(".")]
                above = PurePath(folder).relative_to(root)
                found.update((above / name).as_posix() for name in names)
        return sorted(found)


def listing(folders: Sequence[str]) -> Environment:
    """Return what `Files.add_files_from_theme` asks for a theme's files; what it leaves out is not even listed."""
    return Environment(loader=_Shown(folders), autoescape=True)
