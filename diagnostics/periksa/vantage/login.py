"""Whom to visit, and as whom."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from periksa.addresses import parse
from periksa.findings import PORTS
from periksa.network import Network, Vantage
from periksa.vantage.platforms import PLATFORMS, Platform

SSH, TELNET = 22, 23


@dataclass(frozen=True, slots=True)
class Login:
    """A device and the account to look with; the account should be able to look only.

    Attributes:
        node: The device's name in the network.
        address: Where it is.
        kind: Which platform, one of PLATFORMS.
        user: As whom.
        password: In the clear, hence not in the representation.
        port: Where it listens.
        telnet: It can do nothing better; everything, the password too, travels in the clear.
        legacy: It may use algorithms that are no longer safe.
        keys: The folder that remembers the devices' keys, a file for each.

    Raises:
        ValueError: The platform is unknown, or cannot be reached this way, or no single host is
            meant. The message is a sentence.
    """

    node: str
    address: str
    kind: str
    user: str
    password: str = field(repr=False)
    keys: Path
    port: int = SSH
    telnet: bool = False
    legacy: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", str(parse(self.address)))
        if self.kind not in PLATFORMS:
            raise ValueError(f"Jenis perangkat {self.kind!r} tidak dikenal.")
        if self.telnet and not self.platform.telnet:
            raise ValueError(f"{self.kind} tidak didatangi lewat telnet.")
        if self.port not in PORTS:
            raise ValueError(f"Port {self.port} di luar 1-65535.")
        if any(not letter.isprintable() for letter in self.user + self.password):
            raise ValueError("Nama pengguna dan kata sandi tidak boleh berisi tanda kendali.")

    @property
    def platform(self) -> Platform:
        """What it is."""
        return PLATFORMS[self.kind]

    @classmethod
    def of(
        cls,
        vantage: Vantage,
        network: Network,
        keys: Path,
        environment: Mapping[str, str] = os.environ,
    ) -> Self:
        """From a network's description, with the password out of the environment.

        Raises:
            ValueError: As above, or the device has no address, or there is no such password.
        """
        addresses = network.by_name[vantage.node].addresses
        address = vantage.address or next(iter(addresses), "")
        if not address:
            raise ValueError(f"{vantage.node} tidak punya alamat untuk didatangi.")
        if vantage.secret not in environment:
            raise ValueError(f"Kata sandi {vantage.node} tidak ada di {vantage.secret!r}.")
        port = TELNET if vantage.telnet and vantage.port == SSH else vantage.port
        return cls(
            vantage.node,
            address,
            vantage.device,
            vantage.user,
            environment[vantage.secret],
            keys,
            port,
            vantage.telnet,
            vantage.legacy,
        )

    @property
    def key_file(self) -> Path:
        """What remembers this device's key: by its name, as an address may be given on."""
        name = "".join(
            one if one.isalnum() or one in "-_" else f"%{ord(one):x}" for one in self.node
        )
        return self.keys / f"{name or '%'}.key"
