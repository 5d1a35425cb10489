"""Accounts on devices: kept and tried by the administrator. `service.visiting` hands them out for a look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pulih.domain.agency import Device
from pulih.domain.authority import Deed, require
from pulih.domain.login import (
    SSH,
    Attempt,
    DeviceLogin,
    Platform,
    address_of,
)
from pulih.domain.people import Person
from pulih.errors import Invalid, NotFound, Problem, Refused
from pulih.ports import Records, Tools, Visits
from pulih.service.visiting import learn, note_ending
from pulih.wording import sentence

_MOST_USER, _MOST_PASSWORD, _MOST_PORT = 60, 200, 65535


@dataclass(frozen=True, slots=True)
class Typed:
    """A login as somebody typed it. An empty password leaves the one that is kept."""

    platform: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    port: str = ""
    telnet: bool = False
    legacy: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the administrator sees of a login.

    Attributes:
        login: None where there is none.
        address: Where the device is visited; empty where it has no address.
        fingerprint: Of the remembered key.
    """

    device: Device
    login: DeviceLogin | None
    address: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class AccessDesk:
    """Keeps the accounts. Nobody ever reads a password here: it can only be replaced."""

    tools: Tools
    visits: Visits

    def show(self, by: Person, device: str) -> Shown:
        """Return a device and its login. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_LOGINS)
        with self.tools.store.reading() as records:
            found, login = records.devices.get(device), records.logins.get(device)
        key = self.visits.fingerprint(login.key) if login else ""
        return Shown(found, login, address_of(found), key)

    def known(self, by: Person) -> dict[str, DeviceLogin]:
        """Return the logins by device. Raises NotAllowed."""
        require(by, Deed.KEEP_LOGINS)
        with self.tools.store.reading() as records:
            return {login.device: login for login in records.logins.find()}

    def keep(self, by: Person, device: str, typed: Typed) -> DeviceLogin:
        """Keep a login, over an older one; the device's key stays known.

        Raises:
            NotAllowed, NotFound: As they say.
            Invalid: A problem a field.
            Unavailable: The password cannot be sealed.
        """
        require(by, Deed.KEEP_LOGINS)
        with self.tools.store.reading() as records:
            records.devices.get(device)
            stands = records.logins.get(device)
        if problems := _problems(typed, stands):
            raise Invalid(problems)
        sealed = self.visits.seal(typed.password) if typed.password else ""
        at = self.tools.now()

        def deed(records: Records) -> DeviceLogin:
            now = records.logins.get(device)
            kept = DeviceLogin(
                device,
                Platform(typed.platform),
                typed.user.strip(),
                sealed or (now.sealed if now else ""),
                by.id,
                at,
                int(typed.port.strip() or SSH),
                typed.telnet,
                typed.legacy,
                now.key if now else "",
            )
            if not kept.sealed:  # it was forgotten in between
                raise Invalid([_no_password()])
            records.logins.put(device, kept)
            return kept

        return self.tools.store.write(deed)

    def forget(self, by: Person, device: str) -> None:
        """Forget a login, with the device's key. Raises NotAllowed, NotFound."""
        require(by, Deed.KEEP_LOGINS)

        def deed(records: Records) -> None:
            records.devices.get(device)
            records.logins.remove(device)

        self.tools.store.write(deed)

    def attempt(self, by: Person, device: str) -> Attempt:
        """Log in once, and keep how that ended. Raises NotAllowed, NotFound; Refused where there is nothing to try."""
        shown = self._some(by, device)
        login = self._login(shown)
        ended = self.visits.attempt(login, shown.address, shown.device.port)
        at = self.tools.now()

        def deed(records: Records) -> None:
            note_ending(records, device, ended.ending, ended.weak, at)
            learn(records, login, ended.key)

        self.tools.store.write(deed)
        return ended

    def offered(self, by: Person, device: str) -> str:
        """Return the key that a device shows now, in short; nobody logs in. Raises as `attempt`."""
        return self.visits.fingerprint(self._offered(self._some(by, device)))

    def accept(self, by: Person, device: str, seen: str) -> str:
        """Let the key that a device shows now be its key; return it in short.

        Args:
            seen: The key, in short, that the person looked at. Another one is not accepted.

        Raises:
            NotAllowed, NotFound: As they say.
            Refused: The device shows no key now, or another one than was seen.
        """
        shown = self._some(by, device)
        key = self._offered(shown)
        short = self.visits.fingerprint(key)
        if not key or short != seen:
            raise Refused(
                "Kunci yang ditunjukkan perangkat sekarang bukan yang tadi dilihat. "
                "Tidak ada yang diubah; lihat kuncinya sekali lagi."
            )

        def deed(records: Records) -> None:
            login = records.logins.get(device)
            if login is None:
                raise NotFound("Akun perangkat ini sudah dihapus.")
            records.logins.put(device, replace(login, key=key, tried="", tried_at=None, weak=()))

        self.tools.store.write(deed)
        return short

    def _some(self, by: Person, device: str) -> Shown:
        shown = self.show(by, device)
        if shown.login is None:
            raise Refused("Perangkat ini belum punya akun. Isi dan simpan dahulu.")
        if not shown.address:
            raise Refused("Perangkat ini belum beralamat. Isi alamat IP-nya dahulu.")
        return shown

    def _login(self, shown: Shown) -> DeviceLogin:
        if shown.login is None:
            raise NotFound("Akun perangkat ini sudah dihapus.")
        return shown.login

    def _offered(self, shown: Shown) -> str:
        login = self._login(shown)
        return "" if login.telnet else self.visits.offered(shown.address, login.port)


def _problems(typed: Typed, stands: DeviceLogin | None) -> list[Problem]:
    problems = []
    platforms = {platform.value for platform in Platform}
    if typed.platform not in platforms:
        problems.append(Problem("platform", sentence("Pilih jenis sistemnya.")))
    elif typed.telnet and not Platform(typed.platform).speaks_telnet:
        cure = sentence("{name} tidak didatangi lewat telnet.", name=Platform(typed.platform).label)
        problems.append(Problem("telnet", cure))
    if not typed.user.strip():
        problems.append(Problem("user", sentence("Isian ini wajib.")))
    elif not typed.user.isprintable() or len(typed.user) > _MOST_USER:
        problems.append(
            Problem("user", sentence("Paling banyak {limit} huruf, satu baris.", limit=_MOST_USER))
        )
    if not typed.password and stands is None:
        problems.append(_no_password())
    elif not typed.password.isprintable() or len(typed.password) > _MOST_PASSWORD:
        cure = sentence("Paling banyak {limit} huruf, satu baris.", limit=_MOST_PASSWORD)
        problems.append(Problem("password", cure))
    number = typed.port.strip() or str(SSH)
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:6]) <= _MOST_PORT):
        problems.append(Problem("port", sentence("Isi angka 1 sampai 65535.")))
    return problems


def _no_password() -> Problem:
    return Problem("password", sentence("Isi kata sandi akun di perangkat itu."))
