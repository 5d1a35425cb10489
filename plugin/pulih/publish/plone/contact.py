"""What is learned of a site on signing in: what its pages are made of, where the root is, and what we may do there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pulih.domain.plone.page import Contact, Face
from pulih.errors import Refused
from pulih.publish.plone import reading
from pulih.publish.plone.refusing import ROLES
from pulih.publish.plone.signed import SignedLink
from pulih.wording import N_

_ALL = (("expand", "actions,types,workflow"), ("include_items", "false"))
_SITE = "Plone Site"
# In Plone's workflows a reviewer is who may publish what is not, and send back what is: state -> way that tells.
_REVIEWING = {
    "private": frozenset({"publish", "show_internally"}),
    "published": frozenset({"reject"}),
    "internal": frozenset({"publish_internally"}),
    "internally_published": frozenset({"reject"}),
}

_NOT_PLONE = N_(
    "Di {url} ada “{kind}”, bukan situs Plone. Periksa alamat target sampai nama situsnya."
)
_PRIVATE = N_(
    "Pengguna {user} tidak boleh membaca {path} di {url}. Minta pengelola situs memberinya peran Reader di folder "
    "akar lewat tab Berbagi."
)
_NO_PARENT = N_(
    "Di {url} belum ada folder {parent}, tempat folder akar {root} akan dibuat. Minta pengelola situs membuatnya "
    "dahulu, atau ubah folder akar target ini."
)
_MOVED = N_(
    "Folder akar {root} di {url} sudah berpindah ke {path}. Ubah folder akar target ini menjadi {path}."
)
_LACKING = N_(
    "Pengguna {user} belum punya peran {roles} di {path} ({url}). Minta pengelola situs memberikannya lewat tab "
    "Berbagi; peran di folder itu saja sudah cukup."
)
_NO_PAGES = N_(
    "Di {path} ({url}) tidak boleh dibuat halaman. Minta pengelola situs mengizinkan jenis Halaman (Document) di sana."
)


def learn(link: SignedLink, root: str) -> tuple[Contact, str]:
    """Return what there is to know, and the address with which Plone's own addresses begin.

    Raises:
        Unavailable: It does not answer as Plone does.
        Refused: There is nowhere to put pages, or we may not; the sentence says who can mend that.
    """
    base = _base(link)
    found = _place(link, root)
    if found is not None and (path := reading.below(base, found.get("@id"))) != root:
        raise Refused(_MOVED, url=link.url, root=root, path=path)
    parent = root.rpartition("/")[0]
    place = found if found is not None else _place(link, parent)
    if place is None:
        raise Refused(_NO_PARENT, url=link.url, parent=parent, root=root)
    where = root if found is not None else parent
    addable = _addable(place)
    missing = _missing(place, addable, whole=found is not None)
    if missing:
        roles = [ROLES[right] for right in missing]
        raise Refused(_LACKING, url=link.url, user=link.me, roles=roles, path=f"/{where}")
    fields = _fields(link, where)
    face = Face(
        text="text" in fields,
        blocks="blocks" in fields,
        folder="Folder" if "Folder" in addable else "Document",
        collection="Collection" in addable,
    )
    contact = Contact(
        url=link.url,
        user=link.me,
        name=link.name,
        version=_version(link),
        face=face,
        root=root,
        root_found=found is not None,
        ticket_number="ticket_number" in fields,
    )
    return contact, base


def _base(link: SignedLink) -> str:
    """Return the site's address as Plone has it. Raises Unavailable, Refused."""
    answer = link.get("", _ALL[1:])
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise Refused(_PRIVATE, url=link.url, user=link.me, path="/")
    if not answer.good:
        raise reading.odd(answer.said)
    site = reading.table(answer.body, "site")
    kind = reading.text(site, "@type")
    if kind != _SITE:
        raise Refused(_NOT_PLONE, url=link.url, kind=kind)
    return reading.text(site, "@id").rstrip("/")


def _place(link: SignedLink, path: str) -> Mapping[str, Any] | None:
    """Return a folder with what may be done there; None where there is none. Raises Unavailable, Refused."""
    answer = link.get(path, _ALL)
    if answer.status == HTTPStatus.NOT_FOUND:
        return None
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise Refused(_PRIVATE, url=link.url, user=link.me, path=f"/{path}")
    if not answer.good:
        raise reading.odd(answer.said)
    return reading.table(answer.body, path)


def _component(place: Mapping[str, Any], name: str) -> object:
    components = place.get("@components")
    return components.get(name) if isinstance(components, dict) else None


def _addable(place: Mapping[str, Any]) -> frozenset[str]:
    """Return the types that we may add there."""
    types = reading.rows(_component(place, "types"), "@types")
    named = (
        (reading.clean(one.get("@id")).rpartition("/")[2], one.get("addable")) for one in types
    )
    return frozenset(name for name, addable in named if addable is True)


def _missing(place: Mapping[str, Any], addable: frozenset[str], *, whole: bool) -> Sequence[str]:
    """Return the rights that are lacking as far as that can be told before anything is done.

    Args:
        whole: Whether it is the root; above it, only adding is needed: who makes the root may edit it.
    """
    missing = [] if "Document" in addable else ["add"]
    if not whole:
        return missing
    actions = _component(place, "actions")
    of_object = actions.get("object") if isinstance(actions, dict) else None
    if "edit" not in {reading.clean(one.get("id")) for one in reading.rows(of_object, "@actions")}:
        missing.append("edit")
    workflow = reading.table(_component(place, "workflow"), "@workflow")
    ways = reading.rows(workflow.get("transitions"), "@workflow")
    ids = {reading.clean(one.get("@id")).rpartition("/")[2] for one in ways}
    state = reading.clean(place.get("review_state"))
    told_by = _REVIEWING.get(state)
    # Without any way nothing can be told: a workflow of one state has none for anybody. But who lacks another right
    # is told of all at once.
    if told_by is not None and not told_by & ids and (ids or missing):
        missing.append("publish")
    return missing


def _fields(link: SignedLink, path: str) -> Mapping[str, Any]:
    """Return the fields that a page has there. Raises Unavailable, Refused."""
    answer = link.get(f"{path}/@types/Document".lstrip("/"))
    if not answer.good:
        raise Refused(_NO_PAGES, url=link.url, path=f"/{path}")
    told = reading.table(answer.body, "@types")
    return reading.table(told.get("properties"), "@types")


def _version(link: SignedLink) -> str:
    """Return Plone's version; empty where only a Manager is told."""
    answer = link.get("@system")
    told = answer.body if answer.good and isinstance(answer.body, dict) else {}
    version = told.get("plone_version")
    return reading.clean(version)[:40]
