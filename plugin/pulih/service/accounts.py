"""People and their passwords."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person, Role
from pulih.domain.reading import clean
from pulih.domain.records import Page, RegistryFilter
from pulih.errors import Duplicate, Invalid, NotAllowed, NotFound, NotSignedIn, Problem
from pulih.ports import Records, Tools
from pulih.service.registry import hold_seen
from pulih.wording import sentence

_ID = re.compile(r"^[a-z0-9](?:[a-z0-9.\-]{1,38})[a-z0-9]$")
_NIP = re.compile(r"^[0-9]{18}$")
_SHORTEST, _LONGEST = 10, 200
_FEWEST_LETTERS = 4
_NAME = range(2, 101)
_LONGEST_POSITION = 120


@dataclass(frozen=True, slots=True)
class AccountDesk:
    """Lets people in, and keeps the list of who they are."""

    tools: Tools

    def sign_in(self, key: str, password: str) -> Person:
        """Return who signed in. Raises NotSignedIn with one sentence for every reason."""
        key = key.strip().casefold()
        with self.tools.store.reading() as records:
            person = _find(records, key)
            sealed = (records.secrets.get(key) if person and person.active else None) or ""
        if not self.tools.passwords.fits(sealed, password[:_LONGEST]) or person is None:
            raise NotSignedIn(
                "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
            )
        return person

    def known(self, key: str) -> Person | None:
        """Return an active person, or None: who a session belongs to."""
        with self.tools.store.reading() as records:
            person = _find(records, key)
        return person if person and person.active else None

    def stamp(self, key: str) -> str:
        """Return what changes when a person's password does; a session that carries an older one has ended."""
        with self.tools.store.reading() as records:
            return hashlib.sha256((records.secrets.get(key) or "").encode()).hexdigest()[:16]

    def first_admin(self, person: Person, password: str) -> None:
        """Make an administrator's account from the server's own terminal. Raises Invalid, Duplicate."""
        self._add(replace(person, role=Role.ADMIN, agency=""), password)

    def add(self, by: Person, person: Person, password: str) -> None:
        """Make an account. Raises NotAllowed, Invalid, Duplicate."""
        require(by, Deed.KEEP_PEOPLE)
        self._add(person, password)

    def _add(self, person: Person, password: str) -> None:
        person = tidy(person)
        weak = _password_problems(person, password)
        sealed = "" if weak else self.tools.passwords.seal(password)  # slow: nobody waits for it

        def keep(records: Records) -> None:
            if problems := [*_problems(records, person), *weak]:
                raise Invalid(problems)
            try:
                records.people.add(person)
            except Duplicate:
                raise Duplicate(
                    "Nama pengguna {id} sudah dipakai. Pilih yang lain.", field="id", id=person.id
                ) from None
            records.secrets.put(person.id, sealed)

        self.tools.store.write(keep)

    def save(
        self, by: Person, person: Person, password: str = "", *, seen: str | None = None
    ) -> None:
        """Change an account; the password only where one is given.

        Args:
            seen: The mark (`mark_of`) of the account that the administrator was looking at; None where nobody looked.

        Raises:
            NotAllowed: Not an administrator, also not any more; or it would lock all administrators out.
            Conflict: The account has changed since.
            NotFound, Invalid: As they say.
        """
        require(by, Deed.KEEP_PEOPLE)
        person = tidy(person)
        if person.id == by.id and (not person.active or person.role is not Role.ADMIN):
            raise NotAllowed("Anda tidak dapat menonaktifkan atau mengubah peran akun sendiri.")
        weak = _password_problems(person, password) if password else []
        sealed = self.tools.passwords.seal(password) if password and not weak else ""

        def keep(records: Records) -> None:
            hold_seen(records.people.get(person.id), seen)
            # Of two administrators who end each other's accounts at once, the second is one no longer.
            require(records.people.get(by.id), Deed.KEEP_PEOPLE)
            if problems := [*_problems(records, person), *weak]:
                raise Invalid(problems)
            records.people.save(person)
            if sealed:
                records.secrets.put(person.id, sealed)

        self.tools.store.write(keep)

    def change_password(self, by: Person, old: str, new: str) -> None:
        """Change one's own password. Raises Invalid."""
        problems = _password_problems(by, new)
        with self.tools.store.reading() as records:
            sealed = records.secrets.get(by.id) or ""
        if not self.tools.passwords.fits(sealed, old[:_LONGEST]):
            problems.append(Problem("old", sentence("Kata sandi lama tidak cocok.")))
        if problems:
            raise Invalid(problems)
        fresh = self.tools.passwords.seal(new)
        self.tools.store.write(lambda records: records.secrets.put(by.id, fresh))

    def get(self, by: Person, key: str) -> Person:
        """Return an account. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_PEOPLE)
        with self.tools.store.reading() as records:
            return records.people.get(key)

    def page(
        self, by: Person, wanted: RegistryFilter, *, page: int = 1, size: int = 25
    ) -> Page[Person]:
        """Return a page of the accounts. Raises NotAllowed."""
        require(by, Deed.KEEP_PEOPLE)
        with self.tools.store.reading() as records:
            return records.people.list(wanted, page=page, size=size)

    def of_role(self, role: Role) -> list[Person]:
        """Return the active people of a role, by name: what a form offers."""
        with self.tools.store.reading() as records:
            return [person for person in records.people.all() if person.role is role]


def tidy(person: Person) -> Person:
    """Return the account with its texts cleaned, and an agency only where the role has one."""
    return replace(
        person,
        id=person.id.strip().casefold(),
        name=clean(person.name, lines=False),
        nip=re.sub(r"[\s.]", "", person.nip),
        position=clean(person.position, lines=False),
        rank=clean(person.rank, lines=False),
        agency=person.agency if person.role is Role.OPD else "",
    )


def _find(records: Records, key: str) -> Person | None:
    try:
        return records.people.get(key)
    except NotFound:
        return None


def _problems(records: Records, person: Person) -> list[Problem]:
    problems = []
    if not _ID.match(person.id):
        problems.append(
            Problem("id", sentence("Pakai 3–40 huruf kecil, angka, titik, atau tanda hubung."))
        )
    if len(person.name) not in _NAME:
        problems.append(Problem("name", sentence("Isi nama lengkap, paling banyak 100 huruf.")))
    if person.nip and not _NIP.match(person.nip):
        problems.append(Problem("nip", sentence("NIP terdiri atas 18 angka.")))
    for field in ("position", "rank"):
        if len(getattr(person, field)) > _LONGEST_POSITION:
            said = sentence(
                "Terlalu panjang; paling banyak {limit} huruf.", limit=_LONGEST_POSITION
            )
            problems.append(Problem(field, said))
    if person.role is Role.OPD and person.agency not in {
        a.id for a in records.agencies.all(active=None)
    }:
        problems.append(Problem("agency", sentence("Pilih OPD untuk kontak OPD.")))
    return problems


def _password_problems(person: Person, password: str) -> list[Problem]:
    if len(password) < _SHORTEST:
        return [
            Problem(
                "password",
                sentence(
                    "Kata sandi paling sedikit {least} huruf. Kalimat pendek mudah diingat.",
                    least=_SHORTEST,
                ),
            )
        ]
    if len(password) > _LONGEST:
        return [
            Problem(
                "password",
                sentence("Terlalu panjang; paling banyak {limit} huruf.", limit=_LONGEST),
            )
        ]
    names_itself = bool(person.id) and person.id in password.casefold()
    if names_itself or len(set(password)) < _FEWEST_LETTERS:
        return [Problem("password", sentence("Kata sandi ini mudah ditebak. Pilih yang lain."))]
    return []
