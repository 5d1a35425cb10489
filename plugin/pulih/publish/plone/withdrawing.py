"""A page taken away from readers: hidden, its files deleted, and looked at as a visitor would."""

from __future__ import annotations

from http import HTTPStatus

from pulih.domain.plone.page import Held, Kept, Placed, Standing
from pulih.publish.plone.attaching import folder_of, left_behind, remove
from pulih.publish.plone.ground import Ground
from pulih.publish.plone.reading import Found
from pulih.publish.plone.refusing import refused
from pulih.publish.plone.states import hide
from pulih.publish.plone.writing import kept
from pulih.wording import N_, sentence

_STILL = N_(
    "{path} masih dapat dibuka pengunjung setelah ditarik. Minta pengelola situs menghapusnya, dan mengosongkan "
    "cache di depan situs itu."
)
_ROOT = "root"
_OF_CASES = "kasus/"
_OF_AGENCIES = "opd/"


def withdraw(ground: Ground, placed: Placed) -> Kept | Held:
    """Hide a page and delete its files; what is gone already is fine.

    Folders that somebody made before us stay as they are, and so does the root.
    """
    found = ground.by_uid(placed.uid) if placed.uid else ground.stands(placed.path)
    # What was noted by its identifier is ours, whoever made it first; of what was only named, our own alone.
    ours = ground.is_mine(found) or (bool(placed.uid) and not _holds(placed.key))
    if found is not None and (placed.key == _ROOT or not ours):
        return kept(found, ()) if placed.uid else _nothing(placed)
    if found is not None and (held := _hide(ground, found)):
        return held
    path = found.path if found else placed.path
    files = {file.uid for file in placed.files}
    if placed.key.startswith(_OF_CASES):
        files |= left_behind(ground, folder_of(ground, path), path.rpartition("/")[2])
    hidden = [path] if found else []
    hidden += ground.paths(files)
    if held := remove(ground, files):
        return held
    for one in hidden:
        if ground.link.anonymous(one).good:
            return Held(Standing.FAILED, sentence(_STILL, path=one))
    after = ground.stands(path) if found else None
    return _nothing(placed) if after is None else kept(after, ())


def _hide(ground: Ground, found: Found) -> Held | None:
    """Hide a page; where no workflow can do that, it is deleted: what was withdrawn must not be read."""
    if found.state:
        return hide(ground, found.path, found.state)
    answer = ground.link.delete(found.path)
    if answer.good or answer.status == HTTPStatus.NOT_FOUND:
        return None
    return refused(ground.link, answer, found.path, "edit")


def _holds(key: str) -> bool:
    """Tell by its key whether a page holds others; see `Wanted.key`."""
    return "/" not in key or key.startswith(_OF_AGENCIES)


def _nothing(placed: Placed) -> Kept:
    return Kept(uid="", path=placed.path, modified="")
