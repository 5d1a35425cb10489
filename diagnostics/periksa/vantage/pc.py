"""What an OPD's own computer sees: the script it runs, and the code that its user reads out.

The script is one file with nothing to install, for Windows (PowerShell) or Linux (sh). It ends in
21 digits, in seven threes: digits survive a bad line and any keyboard, and the last two are a
check (ISO 7064, modulus 97) that notices every single wrong digit and every exchanged pair.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from ipaddress import IPv4Address
from typing import Self

from periksa.addresses import parse

VERSION = 1
PLACES = 21
FIRST, SECOND = 11, 8  # digits of the two numbers that the code is made of
CHECK = 97
SLASH_24 = 256
REST = 1 << 24
BASES = (0x00000000, 0x0A000000, 0xAC100000, 0xC0A80000)  # what ``rest`` is added to, by kind
RESTS = (1, 1 << 24, 1 << 20, 1 << 16)
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*")
URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
RESOLVERS = 6  # that a code can tell apart


class Kind(StrEnum):
    """For which computers; its value is the file's name."""

    WINDOWS = "periksa.ps1"
    LINUX = "periksa.sh"


# The second number: each field's radix, in the order in which the scripts put them in.
RADICES = {
    "gateway": 7,
    "received": 11,
    "dhcp": 4,
    "twice": 3,
    "resolver": 8,
    "inside": 8,
    "outside": 8,
    "web": 8,
    "reach": 4,
    "big": 4,
}


@dataclass(frozen=True, slots=True)
class Check:
    """What the script tries; whatever is empty is left out.

    Attributes:
        internal: A name that the office's resolvers know by themselves.
        external: A name that they must ask others for.
        server: The address of a server of the office that answers pings.
        portal: An http address that answers 204 where nobody stands in between.
        resolvers: The office's resolvers, so that a code can say which one a computer uses.

    Raises:
        ValueError: One of them is not what it should be; the message is a sentence.
    """

    internal: str = ""
    external: str = ""
    server: str = ""
    portal: str = ""
    resolvers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in filter(None, (self.internal, self.external)):
            if not NAME.fullmatch(name):
                raise ValueError(f"{name!r} bukan nama DNS.")
        for address in filter(None, (self.server, *self.resolvers)):
            parse(address)
        if self.portal and not URL.fullmatch(self.portal):
            raise ValueError(f"{self.portal!r} bukan alamat web yang sederhana.")
        if len(self.resolvers) > RESOLVERS:
            raise ValueError(f"Paling banyak {RESOLVERS} server DNS.")


def written(kind: Kind, check: Check) -> str:
    """The script for download. What is filled in cannot end a quoted text: ``Check`` saw to it."""
    text = (files("periksa.vantage") / "scripts" / kind.value).read_text("utf-8")
    values = {
        "internal_name": check.internal,
        "external_name": check.external,
        "server": check.server,
        "portal": check.portal,
        "resolvers": " ".join(check.resolvers),
    }
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    # Windows PowerShell 5 reads a file without the mark as if it were in an old code page.
    return "\ufeff" + text.replace("\n", "\r\n") if kind is Kind.WINDOWS else text


@dataclass(frozen=True, slots=True)
class Seen:
    """What a code says; the numbers' meanings are in ``pc_findings``.

    Attributes:
        address: The computer's own, empty where it has none of a private network.
        gateway_octet: The last part of the gateway's address, 0 without one.
    """

    address: str
    gateway_octet: int
    gateway: int
    received: int
    dhcp: int
    twice: int
    resolver: int
    inside: int
    outside: int
    web: int
    reach: int
    big: int

    @classmethod
    def from_code(cls, text: str) -> Self:
        """From what a user read out: blanks, dots and dashes between the digits do not matter.

        Raises:
            ValueError: It is no such code; the message is a sentence for who typed it.
        """
        digits = re.sub(r"[\s.,–-]", "", text)
        if len(digits) != PLACES or not (digits.isascii() and digits.isdecimal()):
            raise ValueError(f"Kodenya {PLACES} angka; ini {len(digits)}.")
        if int(digits) % CHECK != 1:
            raise ValueError("Ada angka yang salah dengar; minta dibacakan sekali lagi.")
        first, second = int(digits[:FIRST]), int(digits[FIRST : FIRST + SECOND])
        first, octet = divmod(first, SLASH_24)
        first, rest = divmod(first, REST)
        version, kind = divmod(first, len(BASES))
        fields: dict[str, int] = {}
        for name, radix in reversed(RADICES.items()):
            second, fields[name] = divmod(second, radix)
        if version != VERSION or second or rest >= RESTS[kind]:
            raise ValueError("Kode ini bukan dari berkas pemeriksaan yang sekarang.")
        address = str(IPv4Address(BASES[kind] + rest)) if kind else ""
        return cls(address, octet, **fields)

    @property
    def gateway_address(self) -> str:
        """The gateway's address, taken to lie in the computer's own /24; empty without one."""
        if not (self.address and self.gateway_octet):
            return ""
        return f"{self.address.rpartition('.')[0]}.{self.gateway_octet}"

    def resolver_address(self, resolvers: Sequence[str]) -> str:
        """The resolver's address, by the same ``Check.resolvers``; empty where it is another."""
        if self.resolver == 1:
            return self.gateway_address
        place = self.resolver - 2
        return resolvers[place] if 0 <= place < len(resolvers) else ""
