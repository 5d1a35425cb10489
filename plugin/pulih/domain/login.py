"""Accounts with which devices are looked at: what the office keeps of them, and what is handed out for a look.

A password is here only as it was sealed. With what key, and how a device is visited, is the adapter's (`ports.Visits`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pulih.domain.agency import Device
from pulih.domain.wiring import host, ports_of
from pulih.wording import N_

SSH, TELNET = 22, 23
WRONG = "wrong-password"  # an ending after which nobody tries again by himself


class Platform(StrEnum):
    """What a device is asked in; the values are periksa's."""

    ROUTEROS = "mikrotik_routeros"
    IOS = "cisco_ios"
    VRP = "huawei_vrp"
    EDGEROUTER = "ubiquiti_edgerouter"
    EDGESWITCH = "ubiquiti_edgeswitch"
    RUIJIE = "ruijie_os"
    TPLINK = "tplink_jetstream"
    LINUX = "linux"
    FRR = "frr"

    @property
    def label(self) -> str:
        """The name on screen."""
        return _PLATFORMS[self]

    @property
    def speaks_telnet(self) -> bool:
        """It can be visited over telnet, where nothing better is there."""
        return self in _BY_TELNET


_PLATFORMS = {
    Platform.ROUTEROS: "MikroTik RouterOS",
    Platform.IOS: "Cisco IOS",
    Platform.VRP: "Huawei VRP",
    Platform.EDGEROUTER: "Ubiquiti EdgeRouter",
    Platform.EDGESWITCH: "Ubiquiti EdgeSwitch",
    Platform.RUIJIE: "Ruijie RGOS",
    Platform.TPLINK: "TP-Link JetStream",
    Platform.LINUX: N_("Linux, termasuk OpenWrt"),
    Platform.FRR: "FRR (vtysh)",
}
_BY_TELNET = frozenset({Platform.IOS, Platform.VRP, Platform.RUIJIE, Platform.TPLINK, Platform.FRR})

# How a visit ended, in periksa's words, and what people read.
ENDINGS: Mapping[str, str] = {
    "ok": N_("Berhasil masuk."),
    "refused": N_(
        "Perangkat menolak sambungan. Periksa port dan apakah SSH atau telnet-nya aktif."
    ),
    "timeout": N_("Perangkat tidak menjawab."),
    "unreachable": N_("Perangkat tidak terjangkau dari server ini."),
    "key-changed": N_(
        "Kuncinya bukan yang dikenal, jadi kata sandi tidak dikirim. Bila perangkatnya diganti atau dipasang ulang, "
        "terima kunci barunya; bila tidak, mungkin ada yang menyamar."
    ),
    WRONG: N_(
        "Nama pengguna atau kata sandi ditolak. Tidak dicoba lagi, supaya akun tidak terkunci."
    ),
    "no-prompt": N_("Tersambung, tetapi perangkat tidak siap menerima perintah. Periksa jenisnya."),
    "asks": N_(
        "Perangkat menanyakan sesuatu yang tidak boleh dijawab pemeriksa. Masuk sekali dengan tangan."
    ),
    "endless": N_("Perangkat mencetak tanpa henti. Periksa jenisnya."),
    "old-algorithms": N_(
        "Perangkat hanya mengenal enkripsi lama yang tidak aman. Centang “Hanya mengenal enkripsi lama” bila perlu."
    ),
    "closed": N_("Perangkat memutus sambungan."),
    "error": N_("Perangkat gagal didatangi."),
    "sealed": N_("Kata sandi tersimpan tidak dapat dibuka dengan kunci brankas ini. Isi lagi."),
}


@dataclass(frozen=True, slots=True)
class DeviceLogin:
    """An account on a device; it should be able to look only.

    Attributes:
        device: The device's identifier.
        sealed: The password as the vault sealed it.
        telnet: The device can do nothing better; everything, the password too, travels in the clear.
        legacy: It may use algorithms that are no longer safe.
        key: The device's own key as it was first shown, `ssh-ed25519 AAAA…`; empty before the first visit.
        by, at: Who wrote this down last, and when.
        tried: How the last visit ended, one of `ENDINGS`; empty before the first.
        weak: What was no longer safe about it.
    """

    device: str
    platform: Platform
    user: str
    sealed: str = field(repr=False)
    by: str
    at: datetime
    port: int = SSH
    telnet: bool = False
    legacy: bool = False
    key: str = ""
    tried: str = ""
    tried_at: datetime | None = None
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a visit ended that was made to try a login.

    Attributes:
        ending: One of `ENDINGS`.
        weak: What was no longer safe about it.
        key: The device's key, where it was met for the first time; else empty.
        said: What the device told, in sentences of periksa.
    """

    ending: str
    weak: tuple[str, ...] = ()
    key: str = ""
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """What a look needs to visit devices.

    Attributes:
        vantages: Where to look from besides, as `periksa --path` has them; none names a password.
        sealed: The sealed passwords, by the device's identifier, which is also what `secret` says.
        keys: The devices' remembered keys, by the same; empty for one that was never visited.
        refused: Devices that refused the password as it is kept: another try could lock the account.
    """

    vantages: tuple[Mapping[str, Any], ...] = ()
    sealed: Mapping[str, str] = field(default_factory=dict, repr=False)
    keys: Mapping[str, str] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


def access_of(logins: Iterable[DeviceLogin], devices: Iterable[Device]) -> Access:
    """Return what these logins give; a device that is out of use is not visited."""
    where = {device.id: address_of(device) for device in devices if device.active}
    used = [login for login in logins if where.get(login.device)]
    return Access(
        tuple(_vantage(login, where[login.device]) for login in used),
        {login.device: login.sealed for login in used},
        {login.device: login.key for login in used},
        frozenset(login.device for login in used if login.tried == WRONG),
    )


def address_of(device: Device) -> str:
    """Return where a device is visited; empty where it has no address."""
    if device.address:
        return host(device.address)
    try:
        return next((port.address for port in ports_of(device.interfaces) if port.address), "")
    except ValueError:
        return ""


def weak_of(figures: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was no longer safe about a visit, from the figures of its finding."""
    weak = figures.get("weak")
    return tuple(map(str, weak)) if isinstance(weak, list | tuple) else ()


def _vantage(login: DeviceLogin, address: str) -> dict[str, Any]:
    """Return a login as a network's description has it: without its password."""
    return {
        "node": login.device,
        "address": address,
        "device": login.platform.value,
        "port": login.port,
        "user": login.user,
        "secret": login.device,
        "telnet": login.telnet,
        "legacy": login.legacy,
    }
