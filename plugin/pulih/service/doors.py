"""Doors for sites of others: opened, changed, renewed and closed by administrators."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pulih.domain.authority import Deed, require
from pulih.domain.door import ID, Door, use_key
from pulih.domain.people import Person
from pulih.domain.reading import clean
from pulih.domain.scrub import Audience
from pulih.errors import Conflict, Invalid, NotFound, Problem, Refused
from pulih.ports import Records, Tools, Vault
from pulih.service.registry import slug
from pulih.wording import sentence

MOST_NAME = 80
_TOKEN_BYTES = 32
_LONGEST_ID = 36
_MOST_ALIKE = 1000  # doors of one name


@dataclass(frozen=True, slots=True)
class Opening:
    """What an administrator types of a door."""

    name: str = ""
    audience: str = Audience.PUBLIC.value
    agencies: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A door, and its token: the only time that it can be read."""

    door: Door
    token: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A door as its keepers see it.

    Attributes:
        used_at: When it was last used; None where it never was.
        letters: How many letters came through it in the last thirty days.
    """

    door: Door
    used_at: datetime | None
    letters: int


@dataclass(frozen=True, slots=True)
class DoorDesk:
    """Keeps the doors."""

    tools: Tools
    vault: Vault

    def all(self, by: Person) -> tuple[Seen, ...]:
        """Return the doors, open ones first, each by name. Raises NotAllowed for all but administrators."""
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            seen = [_seen(records, door) for door in records.doors.find()]
        return tuple(sorted(seen, key=lambda s: (not s.door.active, s.door.name.casefold())))

    def get(self, by: Person, key: str) -> Seen:
        """Return a door. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PLONE)
        with self.tools.store.reading() as records:
            return _seen(records, kept_door(records, key))

    def open(self, by: Person, typed: Opening) -> Opened:
        """Open a new door.

        Raises:
            NotAllowed: For all but administrators.
            Invalid: A problem a field.
            Unavailable: The token cannot be sealed.
        """
        require(by, Deed.KEEP_PLONE)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        sealed, now = self.vault.seal(token), self.tools.now()

        def keep(records: Records) -> Door:
            name, audience, agencies = _read(records, typed)
            key = _free(records, name)
            door = Door(key, name, sealed, audience, by.name, now, agencies)
            records.doors.put(key, door)
            return door

        return Opened(self.tools.store.write(keep), token)

    def change(self, by: Person, key: str, typed: Opening, *, seen: int) -> Door:
        """Change what a door is open to. Raises as `open`, NotFound, Conflict where another changed it meanwhile."""

        def changed(records: Records, door: Door) -> Door:
            name, audience, agencies = _read(records, typed)
            return replace(door, name=name, audience=audience, agencies=agencies)

        return self._change(by, key, seen, changed)

    def renew(self, by: Person, key: str, *, seen: int) -> Opened:
        """Give a door another token; the old one is worth nothing from now on. Raises as `change`."""
        require(by, Deed.KEEP_PLONE)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        sealed = self.vault.seal(token)

        def renewed(_records: Records, door: Door) -> Door:
            return replace(door, sealed=sealed, active=True)

        return Opened(self._change(by, key, seen, renewed), token)

    def close(self, by: Person, key: str, *, seen: int) -> Door:
        """Close a door; what came through it stays. It is opened again by renewing it. Raises as `change`."""

        def closed(_records: Records, door: Door) -> Door:
            return replace(door, active=False)

        return self._change(by, key, seen, closed)

    def _change(
        self, by: Person, key: str, seen: int, changed: Callable[[Records, Door], Door]
    ) -> Door:
        require(by, Deed.KEEP_PLONE)
        now = self.tools.now()

        def keep(records: Records) -> Door:
            before = kept_door(records, key)
            if before.version != seen:
                raise Conflict(
                    "Pintu ini sudah diubah {name} sejak Anda membukanya. "
                    "Periksa isinya, lalu ulangi bila masih perlu.",
                    now=before.version,
                    name=before.by,
                )
            after = replace(changed(records, before), version=seen + 1, by=by.name, at=now)
            records.doors.put(key, after)
            return after

        return self.tools.store.write(keep)


def kept_door(records: Records, key: str) -> Door:
    """Return a door. Raises NotFound."""
    door = records.doors.get(key) if ID.fullmatch(key) else None
    if door is None:
        raise NotFound("Pintu ini tidak ada.")
    return door


def _seen(records: Records, door: Door) -> Seen:
    used = records.door_requests.get(use_key(door.id))
    letters = records.door_requests.find(door=door.id, kind="submission")
    return Seen(door, used.at if used else None, len(letters))


def _read(records: Records, typed: Opening) -> tuple[str, Audience, tuple[str, ...]]:
    """Return name, audience and agencies as they are kept. Raises Invalid."""
    name, problems = clean(typed.name, lines=False), list[Problem]()
    if not name:
        problems.append(Problem("name", sentence("Isian ini wajib.")))
    elif len(name) > MOST_NAME:
        cure = sentence("Terlalu panjang; paling banyak {limit} huruf.", limit=MOST_NAME)
        problems.append(Problem("name", cure))
    if typed.audience not in {audience.value for audience in Audience}:
        problems.append(Problem("audience", sentence("Pilih salah satu jawaban yang tersedia.")))
    known = {agency.id for agency in records.agencies.all(active=None)}
    if not set(typed.agencies) <= known:
        problems.append(Problem("agencies", sentence("Pilih dari jawaban yang tersedia.")))
    if problems:
        raise Invalid(problems)
    return name, Audience(typed.audience), tuple(dict.fromkeys(typed.agencies))


def _free(records: Records, name: str) -> str:
    """Return an identifier for a new door, made of its name."""
    base = slug(name)[:_LONGEST_ID].strip("-") or "situs"
    names = (base, *(f"{base}-{number}" for number in range(2, _MOST_ALIKE)))
    found = next((key for key in names if records.doors.get(key) is None), "")
    if not found:
        raise Refused("Nama ini sudah dipakai terlalu banyak pintu. Pilih nama lain.")
    return found
