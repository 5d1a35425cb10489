"""Visiting devices through periksa: their passwords' vault, their remembered keys. Implements `ports.Visits`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulih.domain.login import SSH, TELNET, Access, Attempt, DeviceLogin, weak_of
from pulih.errors import Unavailable
from pulih.ports import Ready

if TYPE_CHECKING:
    from periksa.findings import Finding
    from periksa.vantage.login import Login
    from periksa.vantage.vault import Vault

_LASTING = 12.0  # seconds that trying a login may take
_LISTENING = 4.0
_REFUSED = (
    "tidak didatangi: kata sandinya ditolak pada kunjungan terakhir, dan percobaan lagi dapat mengunci akun. "
    "Administrator mengisi atau mengujinya di halaman akun perangkat."
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DeviceVisits:
    """Visits from this machine.

    What is remembered of devices' keys is in the records; the folder here is what the terminal library reads, and is
    brought to what the records say before each look.

    Attributes:
        key: The file with the key to the passwords, made on first use.
        data: The folder of the office's records, in which that file must not lie.
        keys: The folder with a file for each device's own key.
    """

    key: Path
    data: Path
    keys: Path
    now: Callable[[], datetime] = _utc_now

    def seal(self, password: str) -> str:
        """Return what may be stored. Raises Unavailable when there is no key and none can be made."""
        from periksa.vantage.vault import Unsealable  # noqa: PLC0415 - most who open an office visit nothing

        try:
            return self._vault().seal(password)
        except (Unsealable, OSError) as error:
            raise Unavailable(
                "Kunci brankas {path} tidak dapat dipakai: {why} Perbaiki berkas atau setelan device_key, lalu ulangi.",
                path=self.key,
                why=error,
            ) from error

    def ready(self, access: Access, nodes: Collection[str]) -> Ready:
        """Return what a look needs; of the logins, those to these nodes."""
        from periksa.vantage.hostkey import put  # noqa: PLC0415 - as above

        vantages, environment, missing = [], {}, []
        for vantage in access.vantages:
            device = str(vantage["node"])
            if device not in nodes:
                continue
            if device in access.refused:
                missing.append(f"{device} {_REFUSED}")
                continue
            try:
                environment[device] = self._unsealed(access.sealed[device])
                put(self._file(device), *_where(vantage), access.keys.get(device, ""))
            except (_LockedError, ValueError, OSError) as why:
                missing.append(f"{device} tidak didatangi: {why}")
            else:
                vantages.append(vantage)
        return Ready(tuple(vantages), environment, self.keys, tuple(missing))

    def learned(self, access: Access) -> dict[str, str]:
        """Return the keys of the devices that were met for the first time since `ready`."""
        from periksa.vantage.hostkey import remembered  # noqa: PLC0415 - as above

        strangers = [device for device, key in access.keys.items() if not key]
        found = {device: remembered(self._file(device)) for device in strangers}
        return {device: key for device, key in found.items() if key}

    def attempt(self, login: DeviceLogin, address: str, port: str = "") -> Attempt:
        """Log in once and leave again; whatever the device does is an ending."""
        from periksa.vantage.hostkey import put, remembered  # noqa: PLC0415 - as above
        from periksa.vantage.look import look  # noqa: PLC0415 - as above
        from periksa.vantage.questions import About, Question  # noqa: PLC0415 - as above
        from periksa.watch import Watch  # noqa: PLC0415 - as above

        try:
            visit = self._login(login, address)
            put(visit.key_file, visit.address, visit.port, login.key)
        except _LockedError:
            return Attempt("sealed")
        except (ValueError, OSError) as error:
            return Attempt("error", said=(str(error),))
        asked = [Question(About.LINK, port)] if port else []
        entry, *answers = look(visit, asked, Watch.lasting(_LASTING, self.now), window=0.0)
        fresh = "" if login.key else remembered(visit.key_file)
        return Attempt(
            str(entry.figures["result"]), weak_of(entry.figures), fresh, tuple(_told(answers))
        )

    def offered(self, address: str, port: int) -> str:
        """Return the key that a device shows now, without logging in; empty when it shows none."""
        from periksa.vantage.failing import Failed  # noqa: PLC0415 - as above
        from periksa.vantage.hostkey import offered  # noqa: PLC0415 - as above

        try:
            return offered(address, port, _LISTENING)
        except Failed:
            return ""

    def fingerprint(self, key: str) -> str:
        """Return a key in short, as people compare it; empty for none."""
        from periksa.vantage.hostkey import fingerprint  # noqa: PLC0415 - as above

        return fingerprint(key)

    def _vault(self) -> Vault:
        from periksa.vantage.vault import Vault  # noqa: PLC0415 - as above

        return Vault.at(self.key, self.data)

    def _unsealed(self, token: str) -> str:
        """Return the password again. Raises _LockedError with a sentence."""
        from periksa.vantage.vault import Unsealable  # noqa: PLC0415 - as above

        try:
            if (
                not self.key.exists()
            ):  # a new one would open nothing, and hide that the old one is lost
                raise _LockedError(f"kunci brankas {self.key} tidak ada.")
            return self._vault().unseal(token)
        except (Unsealable, OSError) as error:
            raise _LockedError(str(error)) from error

    def _login(self, login: DeviceLogin, address: str) -> Login:
        from periksa.vantage.login import Login  # noqa: PLC0415 - as above

        port = TELNET if login.telnet and login.port == SSH else login.port
        return Login(
            login.device,
            address,
            login.platform.value,
            login.user,
            self._unsealed(login.sealed),
            self.keys,
            port,
            login.telnet,
            login.legacy,
        )

    def _file(self, device: str) -> Path:
        """Return what remembers a device's key; identifiers of devices are safe as names."""
        return self.keys / f"{device}.key"


class _LockedError(Exception):
    """A password cannot be unsealed; the message says why."""


def _where(vantage: Mapping[str, Any]) -> tuple[str, int]:
    """Return the address and the port that a visit goes to, as periksa will."""
    port = int(vantage["port"])
    return str(vantage["address"]), TELNET if vantage["telnet"] and port == SSH else port


def _told(findings: Iterable[Finding]) -> Iterator[str]:
    return (finding.detail for finding in findings)
