"""Places beside the desk's own `/wiki/` where the built site is put: folders, and targets of rsync.

Under a place stands `wiki/`, the whole site, and `.pulih-wiki`, which says that it is ours and what of it we put
there. Nothing else in the place is touched. A place is never made: a disk that is not mounted has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pulih.ports import Clock
from pulih.publish.places.folder import FolderPlace
from pulih.publish.places.many import SitePlaces
from pulih.publish.places.remote import RsyncPlace

__all__ = ["open_places"]


def open_places(names: Sequence[str], folder: Path, now: Clock, ssh: Path) -> SitePlaces:
    """Return the places of an office.

    Args:
        names: As the setting has them: an absolute folder, `user@host:/path` or `rsync://host/module/path`.
        folder: Where to write down how each of them stands.
        ssh: The configuration for ssh; its own where there is no such file.
    """
    places = [
        FolderPlace(name) if name.startswith("/") else RsyncPlace(name, folder, ssh)
        for name in names
    ]
    return SitePlaces(places, folder, now)
