"""Who may read a page: Plone's states of review, and the ways between them.

Most sites have Plone's simple workflow (private, published). Its workflow for intranets has more states; a site may
have another one altogether, or none, where what stands can be read as its folder can.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from pulih.domain.plone.page import Held, Standing
from pulih.domain.scrub import Audience
from pulih.publish.plone import reading
from pulih.publish.plone.ground import Ground
from pulih.publish.plone.refusing import refused
from pulih.wording import N_, sentence

_HIDDEN = frozenset({"private"})
_SHOWN = {
    Audience.PUBLIC: frozenset({"published", "external"}),
    Audience.INTRANET: frozenset({"published", "internally_published"}),
}
# The first that the workflow offers is taken.
_TO_SHOW = {
    Audience.PUBLIC: ("publish", "publish_externally", "publish_internally", "show_internally"),
    Audience.INTRANET: ("publish", "publish_internally", "show_internally"),
}
_TO_HIDE = ("hide", "retract", "reject")
_STEPS = 3  # the longest way in Plone's own workflows

_NO_WAY = N_(
    "Alur kerja situs tidak memberi jalan untuk menerbitkan {path} dari keadaan “{state}”. Minta pengelola situs "
    "memberi peran Reviewer di folder akar, atau memakai alur kerja biasa untuk halaman."
)
_STAYS = N_(
    "Alur kerja situs tidak memberi jalan untuk menyembunyikan {path} dari keadaan “{state}”. "
    "Minta pengelola situs menghapus halaman itu."
)


def is_shown(ground: Ground, state: str) -> bool:
    """Tell whether those for whom the site is can read what is in a state; without a workflow, there is none."""
    return not state or state in _SHOWN[ground.audience]


def show(ground: Ground, path: str, state: str) -> Held | None:
    """Let readers read a page that is in a state; None when it is done."""
    if is_shown(ground, state):
        return None
    # On almost all sites this one request does it.
    answer = ground.link.post(f"{path}/@workflow/publish", {})
    if answer.good:
        return None
    if answer.status != HTTPStatus.BAD_REQUEST:
        return refused(ground.link, answer, path, "publish")
    left = _walk(ground, path, _TO_SHOW[ground.audience], _SHOWN[ground.audience])
    return None if left is None else Held(Standing.FAILED, sentence(_NO_WAY, path=path, state=left))


def hide(ground: Ground, path: str, state: str) -> Held | None:
    """Hide a page from readers; None when it is done. A page without a state cannot be hidden."""
    if state in _HIDDEN:
        return None
    left = _walk(ground, path, _TO_HIDE, _HIDDEN)
    return None if left is None else Held(Standing.FAILED, sentence(_STAYS, path=path, state=left))


def _walk(ground: Ground, path: str, ways: Sequence[str], goal: frozenset[str]) -> str | None:
    """Go from state to state until one of the goal is reached, and return None; or the state in which it ends."""
    state = ""
    for _ in range(_STEPS + 1):
        answer = ground.link.get(f"{path}/@workflow")
        if not answer.good:
            break
        told = reading.table(answer.body, "@workflow")
        now = told.get("state")
        state = reading.clean(now.get("id")) if isinstance(now, dict) else ""
        if state in goal:
            return None
        offers = reading.rows(told.get("transitions"), "@workflow")
        open_to_us = {reading.clean(one.get("@id")).rpartition("/")[2] for one in offers}
        way = next((one for one in ways if one in open_to_us), "")
        if not way or not ground.link.post(f"{path}/@workflow/{way}", {}).good:
            break
    return state
