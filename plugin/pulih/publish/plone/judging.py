"""Whose a page is as it stands: ours as we wrote it, only touched since, or edited by somebody.

Plone changes `modified` of everything in a folder that is renamed, and of a page into which a file is put. What was
edited is told by its newest version: ours have our mark as their note. Where a site keeps no versions, the words are
compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pulih.domain.plone.page import Wanted
from pulih.publish.plone import reading
from pulih.publish.plone.ground import Ground
from pulih.publish.plone.reading import Found
from pulih.publish.plone.writing import MARK, content_of, differing


class Whose(Enum):
    """Who wrote what stands there."""

    OURS = 1  # the version that is asked about
    OLDER = 2  # another version of ours, untouched
    EDITED = 3  # ours once, changed by somebody since
    THEIRS = 4


def whose(ground: Ground, page: Wanted, found: Found, digest: str, modified: str = "") -> Whose:
    """Tell who wrote what stands there.

    Args:
        page: What we would write.
        digest: Of the version that is asked about.
        modified: As noted of that version, empty where nothing is.
    """
    started = ground.is_mine(found)
    newest = _newest(ground, found.path)
    if newest is None:
        # No versions are kept there: what says the same as ours may be written over by ours.
        if modified and found.modified == modified:
            return Whose.OURS
        if started and not differing(content_of(ground, page), found):
            return Whose.OURS if page.digest == digest else Whose.OLDER
    elif newest.who == ground.link.me and newest.note.startswith(MARK):
        return Whose.OURS if newest.note == f"{MARK}{digest}" else Whose.OLDER
    return Whose.EDITED if started else Whose.THEIRS


@dataclass(frozen=True, slots=True)
class _Version:
    number: int
    who: str
    note: str


def _newest(ground: Ground, path: str) -> _Version | None:
    """Return the newest version of a page that somebody meant; None where no versions are kept.

    When a photograph is deleted, Plone makes a version of the page that shows it, in our name and without a note. Such
    ones are passed over as long as they say what the one before them said.
    """
    versions = _versions(ground, path)
    while len(versions) > 1:
        newest, before = versions[:2]
        unmeant = newest.who == ground.link.me and not newest.note
        if not unmeant or _told(ground, path, newest) != _told(ground, path, before):
            break
        versions.pop(0)
    return versions[0] if versions else None


def _versions(ground: Ground, path: str) -> list[_Version]:
    """Return the versions of a page, newest first: by their numbers, as two may be of one second."""
    answer = ground.link.get(f"{path}/@history")
    if not answer.good:
        return []
    found = []
    for one in reading.rows(answer.body, "@history"):
        actor, number = one.get("actor"), one.get("version")
        if one.get("type") == "versioning" and isinstance(number, int):
            who = reading.clean(actor.get("id")) if isinstance(actor, dict) else ""
            found.append(_Version(number, who, reading.clean(one.get("comments"))))
    return sorted(found, key=lambda one: -one.number)


def _told(ground: Ground, path: str, version: _Version) -> object:
    """Return what people read in a version; what is like no other where it cannot be had."""
    answer = ground.link.get(f"{path}/@history/{version.number}")
    if not answer.good:
        return object()
    told = reading.table(answer.body, "@history")
    return [told.get(name) for name in ("title", "description", "subjects", "text", "blocks")]
