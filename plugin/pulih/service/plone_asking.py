"""What the administrator sees of Plone sites, and decides about single pages there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.plone.page import Placed, Standing
from pulih.domain.plone.passing import PassState
from pulih.domain.plone.plan import steps
from pulih.domain.plone.saying import told
from pulih.errors import NotFound, Refused
from pulih.ports import PloneSites, Records, Tools
from pulih.service.plone_pages import PloneBook
from pulih.service.plone_passing import ALL
from pulih.service.plone_targets import change_state, state_in, target_in
from pulih.service.plone_view import Both, Foreseen, Looked, Overview, ours_of
from pulih.wording import N_, sentence

_AGAIN = (Standing.PUBLISHED, Standing.FAILED, Standing.LOCKED, Standing.WRITING)
_THEIRS = N_("{name} memutuskan yang di Plone berlaku.")


@dataclass(frozen=True, slots=True)
class PloneDesk:
    """Tells how sites stand, and keeps what is decided about single pages. Only `both` asks a site."""

    tools: Tools
    sites: PloneSites
    book: PloneBook

    def overview(self, by: Person) -> tuple[Overview, ...]:
        """Return how each site stands, by name. Raises NotAllowed."""
        require(by, Deed.KEEP_PLONE)
        return self.known()

    def known(self) -> tuple[Overview, ...]:
        """Return the same to whoever sits at the server's terminal."""
        with self.tools.store.reading() as records:
            targets = sorted(records.plone_targets.find(), key=lambda t: (t.name, t.id))
        now = self.tools.now()
        return tuple(self._look(target.id).overview(now) for target in targets)

    def show(self, by: Person, key: str) -> Overview:
        """Return how a site stands. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        return self._look(key).overview(self.tools.now())

    def passes(self, by: Person, key: str) -> PassState:
        """Return how far the pass over a site is; it costs little, so it may be asked often. Raises as `show`."""
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            target_in(records, key)
            return state_in(records, key)

    def foresee(self, by: Person, key: str) -> tuple[Foreseen, ...]:
        """Return what the next pass would do, as far as the records know. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        return self.foreseen(key)

    def foreseen(self, key: str, *, look: bool = False) -> tuple[Foreseen, ...]:
        """Return the same to whoever sits at the server's terminal.

        Args:
            look: Look the site through before, so that what was done there is foreseen too; nothing is written.

        Raises:
            NotFound: There is no such target.
            Unavailable, Refused: As `ports.PloneSites.open`, where it is looked through.
        """
        looked, now = self._look(key), self.tools.now()
        if look:
            with self.sites.open(looked.target) as site:
                seen = site.walk()
            plan = steps(looked.pages, looked.placed, seen, now, looked.state.again)
        else:
            plan = steps(looked.pages, looked.placed, looked.seen(), now, looked.state.again)
            plan = [step for step in plan if not looked.undecided(step)]
        return tuple(map(looked.foreseen, plan))

    def again(self, by: Person, key: str, pages: Collection[str] = ()) -> None:
        """Ask for a pass that writes these pages again, or all; what somebody did to one there still stands.

        Raises:
            NotAllowed, NotFound: As they say.
        """
        require(by, Deed.KEEP_PLONE)

        def deed(records: Records) -> None:
            target_in(records, key)
            for placed in records.plone_pages.find(target=key):
                if placed.standing in _AGAIN and (not pages or placed.key in pages):
                    records.plone_pages.put(f"{key}/{placed.key}", replace(placed, digest=""))

        self.tools.store.write(deed)
        self._ask(by, key)

    def look(self, by: Person, key: str) -> None:
        """Ask for a pass now, whatever went wrong before. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        self._ask(by, key)

    def overwrite(self, by: Person, key: str, page: str, seen: str) -> None:
        """Let ours stand in place of what somebody did; their version stays in Plone's history.

        Args:
            seen: `Theirs.modified` of the version that was looked at. Another one is not written over.

        Raises:
            NotAllowed, NotFound: As they say.
            Refused: There is nothing to decide about the page any more.
        """
        self._decide(by, key, page, (Standing.EDITED, Standing.TAKEN, Standing.KEPT))
        self._ask(by, key, {page: seen})

    def make_again(self, by: Person, key: str, page: str = "") -> None:
        """Let a page that was deleted there be made again, or all of them. Raises as `overwrite`."""
        if page:
            self._decide(by, key, page, (Standing.GONE, Standing.KEPT))
        require(by, Deed.KEEP_PLONE)
        self._ask(by, key, {page or ALL: ""})

    def keep_theirs(self, by: Person, key: str, page: str) -> None:
        """Let stand what somebody did, until our page changes again. Raises as `overwrite`."""
        self._decide(by, key, page, (Standing.EDITED, Standing.GONE))
        wanted, now = self._look(key).wanted.get(page), self.tools.now()

        def deed(records: Records) -> None:
            noted = _noted(records, key, page)
            kept = replace(
                noted,
                standing=Standing.KEPT,
                digest=wanted.digest if wanted else "",
                why=told(sentence(_THEIRS, name=by.name)),
                at=now,
                tries=0,
            )
            records.plone_pages.put(f"{key}/{page}", kept)

        self.tools.store.write(deed)

    def both(self, by: Person, key: str, page: str) -> Both:
        """Return a page as we would write it, and as it stands there now.

        Raises:
            NotAllowed, NotFound: As they say.
            Unavailable, Refused: As `ports.PloneSites.open`.
        """
        require(by, Deed.KEEP_PLONE)
        looked = self._look(key)
        placed, wanted = looked.placed.get(page), looked.wanted.get(page)
        if placed is None:
            raise NotFound("Halaman ini belum pernah diterbitkan ke situs itu.")
        theirs = None
        if placed.uid or placed.path:
            with self.sites.open(looked.target) as site, suppress(NotFound):
                theirs = site.theirs(placed)
        return Both(looked.line(page), ours_of(wanted) if wanted else None, theirs)

    def _ask(self, by: Person, key: str, again: Mapping[str, str] | None = None) -> None:
        now = self.tools.now()
        change_state(
            self.tools,
            key,
            lambda state: replace(
                state.asked(by.name, now), again={**state.again, **(again or {})}
            ),
        )
        self.tools.jobs.plone(key)

    def _decide(self, by: Person, key: str, page: str, standings: Collection[Standing]) -> None:
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            noted = _noted(records, key, page)
        if noted.standing not in standings:
            raise Refused(
                "Halaman ini sudah tidak menunggu keputusan. Muat ulang halamannya untuk melihat keadaannya sekarang."
            )

    def _look(self, key: str) -> Looked:
        with self.tools.store.reading() as records:
            target, state = target_in(records, key), state_in(records, key)
            placed = {one.key: one for one in records.plone_pages.find(target=key)}
        wanted = {page.key: page for page in self.book.wanted(target)}
        return Looked(target, state, wanted, placed)


def _noted(records: Records, key: str, page: str) -> Placed:
    target_in(records, key)
    noted = records.plone_pages.get(f"{key}/{page}")
    if noted is None:
        raise NotFound("Halaman ini belum pernah diterbitkan ke situs itu.")
    return noted
