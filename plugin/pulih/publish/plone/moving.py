"""A page carried to another place on the site, with its files; Plone leads from the old address to the new one."""

from __future__ import annotations

from pulih.domain.plone.page import Held, Kept, PageKind, Placed, Standing, Wanted
from pulih.publish.plone import reading
from pulih.publish.plone.attaching import folder_of
from pulih.publish.plone.ground import Ground
from pulih.publish.plone.reading import Found
from pulih.publish.plone.refusing import gone, refused
from pulih.publish.plone.writing import kept, name_of, within
from pulih.wording import N_, sentence

_TAKEN = N_(
    "Di {path} sudah ada sesuatu yang bukan dari Pulih. Pindahkan atau hapus itu di Plone, lalu terbitkan ulang."
)
_STAYED = N_("Plone tidak memindahkan halaman ke {path}. Dicoba lagi nanti; periksa log Plone.")


def taken(path: str) -> Held:
    """Return that something stands at an address that is not ours."""
    return Held(Standing.TAKEN, sentence(_TAKEN, path=path))


def carry(ground: Ground, page: Wanted, found: Found, placed: Placed, parent: str) -> Kept | Held:
    """Let a page stand in another folder, or under another name."""
    goal = within(parent, name_of(page))
    if found.path == goal or page.kind is PageKind.ROOT:
        return kept(found, placed.files)
    if ground.stands(goal):
        return taken(goal)
    if held := _into(ground, found, placed, parent) or _rename(ground, found, page, parent):
        return held
    after = ground.stands(goal)
    if after is None or after.uid != found.uid:
        return Held(Standing.FAILED, sentence(_STAYED, path=goal))
    return kept(after, placed.files)


def _into(ground: Ground, found: Found, placed: Placed, parent: str) -> Held | None:
    """Move a page, and the files that lie beside it, into a folder."""
    if found.path.rpartition("/")[0] == parent:
        return None
    beside = folder_of(ground, found.path) != found.path
    files = ground.paths({file.uid for file in placed.files}) if beside else []
    # By their paths: by identifiers, Plone passes over what is in no list, without a word.
    answer = ground.link.post(
        f"{parent}/@move", {"source": [f"/{one}" for one in (*files, found.path)]}
    )
    if not answer.good:
        return (
            gone(parent)
            if ground.at(parent) is None
            else refused(ground.link, answer, found.path, "edit")
        )
    moved = {reading.clean(row.get("target")) for row in reading.rows(answer.body, "@move")}
    if f"{ground.base}/{within(parent, found.id)}" not in moved:
        return Held(Standing.FAILED, sentence(_STAYED, path=within(parent, found.id)))
    return None


def _rename(ground: Ground, found: Found, page: Wanted, parent: str) -> Held | None:
    if found.id == name_of(page):
        return None
    path = within(parent, found.id)
    answer = ground.link.patch(path, {"id": name_of(page)})
    return None if answer.good else refused(ground.link, answer, path, "edit")
