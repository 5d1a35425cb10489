"""The copy of the records that is kept before a newer Pulih changes how they are written."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from pulih.keeping.draft import draft, told
from pulih.keeping.export import export
from pulih.ports import Documents
from pulih.store.migrate import Spare
from pulih.store.schema import VERSION


def spare(folder: Path) -> Spare:
    """Return what keeps such a copy in a folder, as an export without contents, before a migration begins.

    It raises Unavailable when it cannot be kept; nothing is then migrated.
    """

    def keep(view: Documents, found: int) -> None:
        with told(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with draft(_free(folder)) as file:
            export(view, file, schema=found)

    return keep


def _free(folder: Path) -> Path:
    """Return a name that is not taken: an earlier attempt may have ended between the copy and the change."""
    name = f"before-schema-{VERSION}"
    tries = (folder / f"{name}{f'-{n}' if n else ''}.jsonl" for n in count())
    return next(path for path in tries if not path.exists())
