"""Plone sites that cases are published to: added, changed, tried, paused and removed by the administrator."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.plone.page import Contact, Placed, Standing
from pulih.domain.plone.passing import PassState
from pulih.domain.plone.target import Target
from pulih.errors import Conflict, Invalid, NotFound, Problem
from pulih.ports import PloneSites, Records, Tools, Vault
from pulih.service.plone_typed import TypedTarget, read_target
from pulih.wording import sentence


@dataclass(frozen=True, slots=True)
class PloneTargetDesk:
    """Keeps the targets. Nobody ever reads a password here: it can only be replaced."""

    tools: Tools
    sites: PloneSites
    vault: Vault

    def all(self, by: Person) -> tuple[Target, ...]:
        """Return the targets by name. Raises NotAllowed."""
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            return tuple(sorted(records.plone_targets.find(), key=lambda t: (t.name, t.id)))

    def get(self, by: Person, key: str) -> Target:
        """Return a target. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            return target_in(records, key)

    def keep(self, by: Person, typed: TypedTarget, key: str = "", seen: int = 0) -> Target:
        """Keep a new target, or change one; the next pass is asked for.

        Args:
            key: The target to change, empty for a new one.
            seen: Its version as the form showed it.

        Raises:
            NotAllowed, NotFound: As they say.
            Invalid: A problem a field.
            Conflict: Somebody else changed it meanwhile.
            Unavailable: The password cannot be sealed.
        """
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            stands = target_in(records, key) if key else None
            read = read_target(records, typed, stands)
            _hold_root(records, stands, read.root)
        sealed = self.vault.seal(typed.password) if typed.password else ""
        fresh = replace(read, secret=sealed or read.secret, id=key or uuid.uuid4().hex)

        def deed(records: Records) -> Target:
            now = records.plone_targets.get(fresh.id)
            if key and now is None:
                raise _forgotten()
            if now is not None and now.version != seen:
                raise Conflict(
                    "Setelan situs ini baru saja diubah orang lain. Muat ulang halamannya, lalu ulangi perubahan Anda.",
                    now=now.version,
                )
            kept = fresh
            if now is not None:
                _hold_root(records, now, fresh.root)
                kept = replace(
                    fresh,
                    secret=sealed or now.secret,
                    active=now.active,
                    version=now.version + 1,
                )
            records.plone_targets.put(kept.id, kept)
            return kept

        kept = self.tools.store.write(deed)
        self.tools.jobs.plone(kept.id)
        return kept

    def probe(self, by: Person, typed: TypedTarget, key: str = "") -> Contact:
        """Sign in once with what was typed, look who one is there and what may be done, and keep nothing.

        Args:
            key: The target that it would be in place of, empty for a new one.

        Raises:
            NotAllowed, NotFound, Invalid: As `keep`.
            Unavailable, Refused: As `ports.PloneSites.open`.
        """
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            read = read_target(records, typed, target_in(records, key) if key else None)
        secret = self.vault.seal(typed.password) if typed.password else read.secret
        with self.sites.open(replace(read, id=key, secret=secret)) as site:
            return site.contact

    def attempt(self, by: Person, key: str) -> Contact:
        """Sign in once, look who one is there and what may be done, and keep what was learned.

        Raises:
            NotAllowed, NotFound: As they say.
            Unavailable, Refused: As `ports.PloneSites.open`.
        """
        require(by, Deed.KEEP_PLONE)
        return self.met(key)

    def met(self, key: str) -> Contact:
        """Do the same for whoever sits at the server's terminal."""
        with self.tools.store.reading() as records:
            target = target_in(records, key)
        with self.sites.open(target) as site:
            contact = site.contact
        change_state(
            self.tools,
            key,
            lambda state: replace(state, contact=asdict(contact), contact_at=self.tools.now()),
        )
        return contact

    def pause(self, by: Person, key: str) -> Target:
        """Leave a site as it is from now on, until `resume`. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        return self._switch(key, active=False)

    def resume(self, by: Person, key: str) -> Target:
        """Keep a site true again, whatever was to be withdrawn from it. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        return self._switch(key, active=True)

    def empty(self, by: Person, key: str) -> None:
        """Withdraw everything from a site, in the background, and pause it. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        self.emptied(by.name, key)

    def emptied(self, name: str, key: str, *, leaving: bool = False) -> None:
        """Let the same be done for whoever sits at the server's terminal, in a name.

        Args:
            leaving: Then forget the target.

        Raises:
            NotFound: There is no such target.
        """
        self._switch(key, active=False)
        now = self.tools.now()
        change_state(
            self.tools,
            key,
            lambda state: replace(state.asked(name, now), emptying=True, leaving=leaving),
        )
        self.tools.jobs.plone(key)

    def remove(self, by: Person, key: str, *, withdraw: bool) -> None:
        """Forget a target.

        Args:
            withdraw: Only once all its pages are withdrawn, in the background; else they stay as they are, and
                nobody here knows of them any more.

        Raises:
            NotAllowed, NotFound: As they say.
        """
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            target_in(records, key)
            placed = records.plone_pages.find(target=key)
        if withdraw and any(map(stands_there, placed)):
            self.emptied(by.name, key, leaving=True)
        else:
            self.tools.store.write(lambda records: forget(records, key))

    def _switch(self, key: str, *, active: bool) -> Target:
        def deed(records: Records) -> Target:
            target = target_in(records, key)
            if target.active is not active:
                target = replace(target, active=active, version=target.version + 1)
                records.plone_targets.put(key, target)
            state = state_in(records, key)
            if active and (state.emptying or state.leaving):
                records.plone_passes.put(key, replace(state, emptying=False, leaving=False))
            return target

        target = self.tools.store.write(deed)
        if active:
            self.tools.jobs.plone(key)
        return target


def change_state(tools: Tools, key: str, change: Callable[[PassState], PassState]) -> PassState:
    """Change how the passes over a target stand, as they do at that moment. Raises NotFound."""

    def deed(records: Records) -> PassState:
        target_in(records, key)
        state = change(state_in(records, key))
        records.plone_passes.put(key, state)
        return state

    return tools.store.write(deed)


def target_in(records: Records, key: str) -> Target:
    """Return a target. Raises NotFound."""
    target = records.plone_targets.get(key)
    if target is None:
        raise _forgotten()
    return target


def state_in(records: Records, key: str) -> PassState:
    """Return how the passes over a target stand."""
    return records.plone_passes.get(key) or PassState(key)


def stands_there(placed: Placed) -> bool:
    """Tell whether readers of a site may meet a page."""
    return bool(placed.uid or placed.standing is Standing.WRITING) and (
        placed.standing not in (Standing.WITHDRAWN, Standing.TAKEN)
    )


def forget(records: Records, key: str) -> None:
    """Forget a target, and all that is noted of it."""
    for placed in records.plone_pages.find(target=key):
        records.plone_pages.remove(f"{key}/{placed.key}")
    records.plone_passes.remove(key)
    records.plone_targets.remove(key)


def _forgotten() -> NotFound:
    return NotFound("Situs Plone ini tidak ada di daftar, atau sudah dihapus dari sana.")


def _hold_root(records: Records, stands: Target | None, root: str) -> None:
    """Do nothing where pages may stand in this folder from now on. Raises Invalid, field `root`."""
    if stands is None or stands.root == root:
        return
    count = sum(map(stands_there, records.plone_pages.find(target=stands.id)))
    if count:
        said = sentence(
            "Masih ada {count} halaman di folder {root}. Tarik semuanya dahulu, baru ganti foldernya.",
            count=count,
            root=stands.root,
        )
        raise Invalid([Problem("root", said)])
