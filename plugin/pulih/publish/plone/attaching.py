"""Photographs and files of a page: inside it where documents are folders, beside it where they are not.

Plone gives them no state of their own: they can be read as the folder can that they lie in. So one that a page no
longer shows is deleted, and one whose note was lost is found by its name.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from pulih.domain.plone.page import Attached, Held, PlacedFile, Shown, Standing, Wanted
from pulih.errors import NotFound
from pulih.publish.plone import reading
from pulih.publish.plone.ground import Ground
from pulih.publish.plone.refusing import refused
from pulih.wording import N_, sentence

_KINDS = frozenset({"Image", "File"})
# Out of date from the beginning: it can be opened, but is in no list and no search of a visitor's.
_UNLISTED = {"exclude_from_nav": True, "expires": "2000-01-01T00:00:00+00:00"}
_TAKEN = N_(
    "Di {path} sudah ada berkas yang bukan dari Pulih. Pindahkan atau hapus berkas itu, lalu terbitkan ulang."
)
_HALF = N_(
    "Berkas {path} tidak tersimpan utuh di Plone. Dicoba lagi nanti; periksa ruang disk server itu."
)
_LOST = N_(
    "Foto {title} tidak ditemukan lagi di penyimpanan kantor. Pulihkan dari cadangan, lalu terbitkan ulang."
)


@dataclass(frozen=True, slots=True)
class Attachments:
    """The files of a page as they stand: what is noted of them, and where each can be seen."""

    files: tuple[PlacedFile, ...] = ()
    shown: Mapping[str, Shown] | None = None


def folder_of(ground: Ground, page: str) -> str:
    """Return the path at which a page's files lie."""
    return page if ground.face.folder == "Document" else page.rpartition("/")[0]


def attach(
    ground: Ground, page: Wanted, folder: str, had: Sequence[PlacedFile]
) -> Attachments | Held:
    """Let exactly a page's files lie in a folder; those that are there with their content are left alone.

    Args:
        had: What is noted of the files that were put there.
    """
    noted = {file.id: file for file in had}
    standing = set(ground.paths({file.uid for file in had}))
    files: list[PlacedFile] = []
    shown: dict[str, Shown] = {}
    for one in page.attached:
        path = f"{folder}/{one.id}"
        kept = noted.get(one.id)
        if kept is None or kept.digest != one.digest or path not in standing:
            put = _put(ground, page, one, folder, known=kept.uid if kept else "")
            if isinstance(put, Held):
                return put
            kept = put
        files.append(kept)
        shown[one.id] = Shown(kept.uid, f"{ground.base}/{path}")
    return Attachments(tuple(files), shown)


def drop(ground: Ground, page: Wanted, had: Sequence[PlacedFile]) -> Held | None:
    """Delete the files that a page no longer has, once it no longer shows them."""
    wanted = {one.id for one in page.attached}
    return remove(ground, {file.uid for file in had if file.id not in wanted})


def remove(ground: Ground, uids: set[str]) -> Held | None:
    """Delete the files with these identifiers, wherever they were carried; None when all are gone."""
    for path in ground.paths(uids):
        found = ground.at(path)
        if found is None or found.uid not in uids or found.kind not in _KINDS:
            continue
        answer = ground.link.delete(found.path)
        if not answer.good and answer.status != HTTPStatus.NOT_FOUND:
            return refused(ground.link, answer, found.path, "edit")
    return None


def left_behind(ground: Ground, folder: str, page: str) -> set[str]:
    """Return the identifiers of files of ours in a folder that are called after a page, noted or not."""
    query = (
        ("path.depth", "1"),
        ("portal_type", "Image"),
        ("portal_type", "File"),
        ("Creator", ground.link.me),
        ("getId.query", f"{page}-"),
        ("getId.query", f"{page}/"),  # behind all that begins with the name and "-" or "."
        ("getId.range", "min:max"),
    )
    hits = ground.search(folder, query)
    return {
        uid for uid, path in hits if path.startswith((f"{folder}/{page}-", f"{folder}/{page}."))
    }


def _put(ground: Ground, page: Wanted, one: Attached, folder: str, known: str) -> PlacedFile | Held:
    """Make a file, or give the one that is there its content."""
    path = f"{folder}/{one.id}"
    try:
        content = ground.content(page, one)
    except NotFound:
        return Held(Standing.FAILED, sentence(_LOST, title=one.title or one.id))
    name, kind = ("image", "Image") if one.image else ("file", "File")
    told = {
        **_UNLISTED,
        "title": one.title or one.id,
        name: {
            "data": base64.b64encode(content).decode(),
            "encoding": "base64",
            "filename": one.id,
            "content-type": one.media_type,
        },
    }
    answer = ground.link.post(folder, {"@type": kind, "id": one.id, **told})
    if answer.status == HTTPStatus.BAD_REQUEST:
        # There already: put there before, and the answer or the note was lost; or it is somebody's.
        stands = ground.stands(path)
        if stands and (stands.kind != kind or not (stands.uid == known or ground.is_mine(stands))):
            return Held(Standing.TAKEN, sentence(_TAKEN, path=path))
        if stands:
            answer = ground.link.patch(path, told)
    if not answer.good:
        return refused(ground.link, answer, path, "add")
    return _read_back(ground, one, path, name, len(content))


def _read_back(ground: Ground, one: Attached, path: str, name: str, size: int) -> PlacedFile | Held:
    """Return what is to be noted of a file, if all of it is there."""
    answer = ground.link.get(path)
    told = reading.table(answer.body, path) if answer.good else {}
    stored = told.get(name)
    if not isinstance(stored, dict) or stored.get("size") != size:
        return Held(Standing.FAILED, sentence(_HALF, path=path))
    return PlacedFile(one.id, reading.text(told, "UID"), one.digest)
