"""A Plone site as the services know it: every deed looks first, and believes nothing that it did not read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulih.domain.plone.page import (
    Contact,
    Held,
    Kept,
    PageKind,
    Placed,
    Seen,
    Standing,
    Theirs,
    Wanted,
)
from pulih.errors import NotFound
from pulih.publish.plone.ground import Ground
from pulih.publish.plone.judging import Whose, whose
from pulih.publish.plone.moving import carry, taken
from pulih.publish.plone.reading import Found
from pulih.publish.plone.refusing import GONE, gone
from pulih.publish.plone.telling import told
from pulih.publish.plone.walking import walk
from pulih.publish.plone.withdrawing import withdraw
from pulih.publish.plone.writing import (
    kept,
    kind_of,
    make,
    name_of,
    same_title,
    settle,
    within,
    write,
)
from pulih.wording import N_, sentence

_EDITED = N_("Halaman ini diubah seseorang di Plone. Bandingkan keduanya, lalu pilih yang berlaku.")


@dataclass(frozen=True, slots=True)
class RestSite:
    """Implements `ports.PloneSite` over plone.restapi."""

    ground: Ground
    contact: Contact

    def walk(self) -> Mapping[str, Seen]:
        """Return everything below the root by its `uid`; see `ports.PloneSite`."""
        return walk(self.ground)

    def create(self, page: Wanted, parent: str, *, over: bool = False) -> Kept | Held:
        """Make a page; see `ports.PloneSite`."""
        if page.kind is PageKind.ROOT and (root := self.ground.at(self.ground.root)):
            return kept(root, ())
        made = make(self.ground, page, parent)
        if made is not None:
            return made
        path = within(parent, name_of(page))
        there = self.ground.stands(path)
        return gone(path) if there is None else self._take_over(page, there, over=over)

    def change(self, page: Wanted, placed: Placed, *, over: bool = False) -> Kept | Held:
        """Bring a page to what is wanted; see `ports.PloneSite`."""
        found = self._find(placed)
        if found is None:
            return gone(placed.path)
        if page.kind is PageKind.ROOT:
            return settle(self.ground, found, ())
        if page.kind.holds and not (over or self.ground.is_mine(found)):
            return settle(self.ground, found, ())  # somebody's folder: used, with its own words
        if not over and (held := self._edited(page, found, placed)):
            return held
        return write(self.ground, page, found, placed.files)

    def move(self, page: Wanted, placed: Placed, parent: str) -> Kept | Held:
        """Let a page stand somewhere else; see `ports.PloneSite`."""
        found = self._find(placed)
        if found is None:
            return gone(placed.path)
        return carry(self.ground, page, found, placed, parent)

    def withdraw(self, placed: Placed) -> Kept | Held:
        """Hide a page and take its files away; see `ports.PloneSite`."""
        return withdraw(self.ground, placed)

    def adopt(self, page: Wanted, placed: Placed, parent: str) -> Kept | Held | None:
        """After a lost answer, finish what arrived of it; see `ports.PloneSite`."""
        path = within(parent, name_of(page))
        found = self.ground.by_uid(placed.uid) if placed.uid else None
        found = found or self.ground.stands(path)
        if found is None:
            return None
        if page.kind.holds and not placed.uid:
            return self._take_over(page, found, over=False)
        mine = whose(self.ground, page, found, placed.wanted)
        if mine not in (Whose.OURS, Whose.OLDER):
            return self._not_ours(found)
        if found.path != path:
            moved = carry(self.ground, page, found, placed, parent)
            after = None if isinstance(moved, Held) else self.ground.at(moved.path)
            if isinstance(moved, Held) or after is None:
                return moved if isinstance(moved, Held) else gone(path)
            found = after
        return write(self.ground, page, found, placed.files)

    def look(self, page: Wanted, placed: Placed) -> Kept | Held:
        """Tell whether somebody edited a page; see `ports.PloneSite`."""
        found = self._find(placed)
        if found is None:
            return gone(placed.path)
        return self._edited(page, found, placed) or kept(found, placed.files)

    def theirs(self, placed: Placed) -> Theirs:
        """Return a page as it stands there. Raises NotFound where it is gone."""
        found = self._find(placed)
        if found is None:
            raise NotFound(GONE, path=placed.path)
        return Theirs(
            title=found.title,
            description=found.description,
            subjects=found.subjects,
            text=told(found),
            modified=found.modified,
            url=found.url,
        )

    def _find(self, placed: Placed) -> Found | None:
        """Return the page that a note is of, wherever it was carried; None where it is not on the site."""
        found = self.ground.at(placed.path)
        if found is not None and (not placed.uid or found.uid == placed.uid):
            return found
        return self.ground.by_uid(placed.uid) if placed.uid else None

    def _edited(self, page: Wanted, found: Found, placed: Placed) -> Held | None:
        """Return that somebody edited a page since it was noted, or None."""
        if page.kind.holds:
            touched = bool(placed.head) and kept(found, ()).head != placed.head
            return Held(Standing.EDITED, sentence(_EDITED)) if touched else None
        # Asked even where `modified` is as noted: it has whole seconds, and somebody may have been quick.
        mine = whose(self.ground, page, found, placed.digest, placed.modified)
        return None if mine is Whose.OURS else Held(Standing.EDITED, sentence(_EDITED))

    def _take_over(self, page: Wanted, there: Found, *, over: bool) -> Kept | Held:
        """Make ours what stands at our address, if it is, or if a person said so."""
        right = there.kind == kind_of(self.ground, page)
        mine = self.ground.is_mine(there)
        # One of ours under another title is another OPD's: names were being swapped when an answer was lost.
        other = mine and page.kind.holds and not same_title(page, there)
        if not right or (other and not over):
            return taken(there.path)
        if page.kind.holds and not other:
            return settle(self.ground, there, ())
        if over or whose(self.ground, page, there, page.digest) in (Whose.OURS, Whose.OLDER):
            return write(self.ground, page, there, ())
        return self._not_ours(there)

    def _not_ours(self, there: Found) -> Held:
        """Return why a page is not written over: somebody edited ours, or it never was ours."""
        if self.ground.is_mine(there):
            return Held(Standing.EDITED, sentence(_EDITED))
        return taken(there.path)
