"""What every deed on a site stands on: who asks, where the pages lie, and how something is looked up there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from pulih.domain.plone.page import Attached, Face, Wanted
from pulih.domain.scrub import Audience
from pulih.publish.plone import reading
from pulih.publish.plone.link import Answer
from pulih.publish.plone.reading import Found
from pulih.publish.plone.signed import SignedLink

Content = Callable[[Wanted, Attached], bytes]
_BARE = (("include_items", "false"),)  # a folder is not asked for what is in it
# Or what has expired, or is dated ahead, would look as if it were not there.
EVER = ("show_inactive", "1")


@dataclass(frozen=True, slots=True)
class Ground:
    """A site that one is signed in to.

    Attributes:
        base: The address with which Plone's own addresses begin.
        content: Gives the content of a file of a page. Raises NotFound, Unavailable.
        numbered: Whether pages know the number of their ticket (the add-on is there).
    """

    link: SignedLink
    base: str
    root: str
    face: Face
    audience: Audience
    content: Content
    numbered: bool = False

    def at(self, path: str) -> Found | None:
        """Return what stands at a path, wherever an old address leads; None for nothing, or nothing we may see."""
        answer = self.link.get(path, _BARE)
        return reading.found(answer.body, self.base) if _is_there(answer) else None

    def stands(self, path: str) -> Found | None:
        """Return what stands at exactly this path; an old address that leads elsewhere is free."""
        found = self.at(path)
        return found if found is not None and found.path == path else None

    def is_mine(self, found: Found | None) -> bool:
        """Tell whether something was made by the user that we are."""
        return found is not None and found.creators[:1] == (self.link.me,)

    def by_uid(self, uid: str) -> Found | None:
        """Return the object with this identifier, wherever in the site; None where we see none."""
        for path in self.paths({uid}):
            found = self.at(path)
            if found is not None and found.uid == uid:
                return found
        return None

    def paths(self, uids: set[str]) -> list[str]:
        """Return where the objects with these identifiers stand, as the catalogue has it."""
        if not uids:
            return []
        told = self.search("", [("UID", uid) for uid in sorted(uids)])
        return [path for uid, path in told if uid in uids]

    def search(self, path: str, query: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return identifier and path of what a search at a path finds.

        An index that Plone does not know is no condition to it: who uses a hit verifies it.
        """
        asked = (*query, EVER, ("metadata_fields", "UID"), ("b_size", "1000"))
        answer = self.link.get(f"{path}/@search".lstrip("/"), asked)
        if not _is_there(answer):
            return []
        told = reading.table(answer.body, "@search")
        hits = reading.rows(told.get("items"), "@search")
        return [
            (reading.text(hit, "UID"), reading.below(self.base, hit.get("@id"))) for hit in hits
        ]


def _is_there(answer: Answer) -> bool:
    """Tell whether something is there, and for us. Raises Unavailable for what says neither."""
    if not answer.good and answer.status not in _ABSENT:
        raise reading.odd(answer.said)
    return answer.good


_ABSENT = frozenset(
    {HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.GONE}
)
