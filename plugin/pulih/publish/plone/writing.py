"""One page put on a site: written whole, shown to readers, and read back before it counts as done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pulih.domain.plone.page import (
    Held,
    Kept,
    PageKind,
    PlacedFile,
    Shown,
    Standing,
    Wanted,
    head_of,
)
from pulih.publish.plone import reading
from pulih.publish.plone.attaching import Attachments, attach, drop, folder_of
from pulih.publish.plone.fields import fields
from pulih.publish.plone.ground import Ground
from pulih.publish.plone.link import Answer
from pulih.publish.plone.reading import Found
from pulih.publish.plone.refusing import gone, refused
from pulih.publish.plone.states import is_shown, show
from pulih.wording import N_, sentence

MARK = "Pulih "  # begins the note of each version that is ours; behind it stands the digest

_NOT_AS_WRITTEN = N_(
    "Plone menyimpan {path} tidak seperti yang ditulis: {what} berbeda. Periksa penyaring HTML dan add-on situs itu, "
    "lalu terbitkan ulang."
)
_NOT_SHOWN = N_(
    "Halaman {path} sudah ditulis, tetapi keadaannya “{state}”, bukan terbit. Periksa alur kerja situs itu."
)
_LOST_PLACE = N_("Folder {path} tidak ada di situs. Dibuat lagi pada putaran berikut.")


def kind_of(ground: Ground, page: Wanted) -> str:
    """Return Plone's type for a page."""
    if page.kind.holds:
        return ground.face.folder
    lists = page.kind is PageKind.INDEX and ground.face.collection
    return "Collection" if lists else "Document"


def name_of(page: Wanted) -> str:
    """Return the last part of a page's address; the root's identifier is its whole path."""
    return page.id.rpartition("/")[2]


def within(folder: str, name: str) -> str:
    """Return the path of something in a folder; the site itself has the empty path."""
    return f"{folder}/{name}" if folder else name


def make(ground: Ground, page: Wanted, parent: str) -> Kept | Held | None:
    """Make a page that is not there yet; None where something stands at its address."""
    path = within(parent, name_of(page))
    inside = folder_of(ground, path) == path
    attachments: Attachments | Held = Attachments()
    if page.attached and not inside:
        # Looked at before: files of a page that cannot be made would lie there for nothing.
        if ground.stands(path):
            return None
        attachments = attach(ground, page, parent, ())
    if isinstance(attachments, Held):
        return attachments
    told = {"@type": kind_of(ground, page), "id": name_of(page)}
    sent = _content(ground, page, attachments.shown)
    answer = ground.link.post(parent, {**told, **sent})
    if not answer.good:
        return _unmade(ground, answer, parent, path)
    made = reading.found(answer.body, ground.base)
    if page.attached and inside:
        return write(ground, page, made, ())
    return _finish(ground, made, sent, attachments.files)


def write(ground: Ground, page: Wanted, found: Found, had: Sequence[PlacedFile]) -> Kept | Held:
    """Write over a page that stands somewhere, with its files; its address becomes the wanted one.

    Args:
        had: What is noted of its files.
    """
    put = attach(ground, page, folder_of(ground, found.path), had)
    if isinstance(put, Held):
        return put
    sent = _content(ground, page, put.shown)
    name = {} if page.kind is PageKind.ROOT or found.id == page.id else {"id": name_of(page)}
    answer = ground.link.patch(found.path, {**name, **sent})
    if not answer.good:
        return refused(ground.link, answer, found.path, "edit")
    if dropped := drop(ground, page, had):
        return dropped
    path = within(found.path.rpartition("/")[0], name["id"]) if name else found.path
    return _finish(ground, found, sent, put.files, path=path)


def settle(ground: Ground, found: Found, files: Sequence[PlacedFile]) -> Kept | Held:
    """Let readers read what stands there as it is."""
    if held := show(ground, found.path, found.state):
        return held
    after = found if is_shown(ground, found.state) else ground.at(found.path)
    return gone(found.path) if after is None else kept(after, files)


def kept(found: Found, files: Sequence[PlacedFile]) -> Kept:
    """Return what is to be noted of a page as it stands."""
    return Kept(
        uid=found.uid,
        path=found.path,
        modified=found.modified,
        files=tuple(files),
        state=found.state,
        head=head_of(found.title, found.description),
    )


def differing(sent: Mapping[str, Any], found: Found) -> str:
    """Return what of a page is not as it was written; empty for nothing."""
    rich, blocks = sent.get("text"), sent.get("blocks")
    for what, ours, theirs in (
        (N_("judul"), sent["title"], found.title),
        (N_("ringkasan"), sent["description"], found.description),
        (N_("kata kunci"), sent["subjects"], sorted(found.subjects)),
    ):
        if ours != theirs:
            return what
    if rich and reading.words_of(rich["data"]) != reading.words_of(found.html):
        return N_("isi")
    if blocks and not _same_blocks(blocks, found.blocks):
        return N_("blok isi")
    if sent.get("query") and not found.listing:
        return N_("daftar")
    return ""


def same_title(page: Wanted, found: Found) -> bool:
    """Tell whether a page stands there under the title that is wanted."""
    return _line(page.title) == found.title


def content_of(
    ground: Ground, page: Wanted, shown: Mapping[str, Shown] | None = None
) -> dict[str, Any]:
    """Return the fields of a page that people read."""
    told = fields(page, ground.face, shown or {})
    if "text" in told:
        told["text"] = {"data": told["text"], "content-type": "text/html", "encoding": "utf-8"}
    if page.effective is not None:
        # Midnight in the west of the country is the same day in all of it, and never lies ahead of it.
        told["effective"] = f"{page.effective.isoformat()}T00:00:00+07:00"
    return {
        **told,
        "title": _line(page.title),
        "description": page.description.strip(),
        "subjects": sorted({one.strip() for one in page.subjects}),
        **_facts(page),
    }


def _content(ground: Ground, page: Wanted, shown: Mapping[str, Shown] | None) -> dict[str, Any]:
    return {**content_of(ground, page, shown), "changeNote": f"{MARK}{page.digest}"}


def _line(text: str) -> str:
    return " ".join(text.split())


def _facts(page: Wanted) -> dict[str, str]:
    """Return what our add-on keeps beside a page; a site without it takes no notice."""
    if page.kind is PageKind.AGENCY:
        return {"pulih_agency": page.agency}
    if page.case is None:
        return {}
    article = page.case.article
    return {
        "pulih_agency": page.agency,
        "ticket_number": article.number,
        "pulih_device": article.device_kind,
        "pulih_fault": article.fault_type,
    }


def _unmade(ground: Ground, answer: Answer, parent: str, path: str) -> Held | None:
    """Return why a page could not be made; None where something stands at its address."""
    if ground.stands(path):
        return None
    if ground.at(parent) is None:
        return Held(Standing.FAILED, sentence(_LOST_PLACE, path=parent))
    return refused(ground.link, answer, path, "add")


def _finish(
    ground: Ground,
    before: Found,
    sent: Mapping[str, Any],
    files: Sequence[PlacedFile],
    *,
    path: str = "",
) -> Kept | Held:
    """Show a page that was written, and read it back."""
    path = path or before.path
    if held := show(ground, path, before.state):
        return held
    found = ground.at(path)
    if found is None or found.uid != before.uid or found.path != path:
        return gone(path)
    if what := differing(sent, found):
        return Held(Standing.FAILED, sentence(_NOT_AS_WRITTEN, path=path, what=sentence(what)))
    if not is_shown(ground, found.state):
        return Held(Standing.FAILED, sentence(_NOT_SHOWN, path=path, state=found.state))
    return kept(found, files)


def _same_blocks(ours: Mapping[str, Any], theirs: Mapping[str, Any] | None) -> bool:
    told = theirs or {}
    if {name: one.get("@type") for name, one in ours.items()} != {
        name: one.get("@type") if isinstance(one, dict) else None for name, one in told.items()
    }:
        return False
    return Counter(reading.block_words(ours)) == Counter(reading.block_words(told))
