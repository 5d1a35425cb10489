"""What Plone refuses for one page, as why that page is held."""

from __future__ import annotations

from http import HTTPStatus

from pulih.domain.plone.page import Held, Standing
from pulih.publish.plone.link import Answer
from pulih.publish.plone.signed import SignedLink
from pulih.wording import N_, sentence

ROLES = {"add": "Contributor", "edit": "Editor", "publish": "Reviewer"}

_RIGHTS = N_(
    "Pengguna {user} tidak boleh melakukan itu di {path}: peran {role} belum ada atau dicabut. "
    "Minta pengelola situs memberikannya di folder akar lewat tab Berbagi."
)
_LOCKED = N_(
    "Halaman {path} sedang dibuka di formulir sunting seseorang. Dicoba lagi nanti, setelah disimpan atau ditutup."
)
GONE = N_("Halaman {path} tidak ada lagi di situs. Terbitkan lagi bila harus ada.")
_TOO_LARGE = N_(
    "{path} terlalu besar bagi server di depan Plone. Minta pengelolanya menaikkan batas ukuran permintaan."
)
_REFUSED = N_("Plone menolak {path} ({said}). Periksa log Plone, lalu terbitkan ulang.")


def refused(link: SignedLink, answer: Answer, path: str, right: str) -> Held:
    """Return why something was not done.

    Args:
        right: The right that it needs, a key of `ROLES`.
    """
    if answer.status == HTTPStatus.LOCKED or (
        answer.status == HTTPStatus.FORBIDDEN and is_locked(link, path)
    ):
        return Held(Standing.LOCKED, sentence(_LOCKED, path=path))
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        why = sentence(_RIGHTS, user=link.me, path=path, role=ROLES[right])
        return Held(Standing.FAILED, why)
    if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Held(Standing.FAILED, sentence(_TOO_LARGE, path=path))
    if answer.status == HTTPStatus.NOT_FOUND:
        return gone(path)
    return Held(Standing.FAILED, sentence(_REFUSED, path=path, said=answer.said))


def gone(path: str) -> Held:
    """Return that somebody deleted a page."""
    return Held(Standing.GONE, sentence(GONE, path=path))


def is_locked(link: SignedLink, path: str) -> bool:
    """Tell whether a page is open in somebody's form."""
    told = link.get(f"{path}/@lock").body
    return isinstance(told, dict) and told.get("locked") is True
