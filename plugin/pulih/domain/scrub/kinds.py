"""What a scrubber hides, what it writes instead, and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who can open the wiki. `PUBLIC` also hides where things are on the network."""

    INTRANET = "intranet"
    PUBLIC = "public"


class Kind(StrEnum):
    """What was found. Where two are found at one place, the one that stands first here names it."""

    HASH = "hash"
    COMMUNITY = "community"
    TOKEN = "token"  # noqa: S105 - a kind of secret, not one
    PASSWORD = "password"  # noqa: S105 - as above
    KEY = "key"
    NIP = "nip"
    NIK = "nik"
    IDENTITY = "identity"
    CONTACT = "contact"
    PHONE = "phone"
    MAIL = "mail"
    IP = "ip"
    MAC = "mac"
    HOST = "host"
    CHOSEN = "chosen"

    @property
    def secret(self) -> bool:
        """Whether it opens something. That goes out for no reason whatever."""
        return self in _SECRETS

    @property
    def mask(self) -> str:
        """What stands on the page instead."""
        return _MASKS[self]


_SECRETS = frozenset({Kind.KEY, Kind.HASH, Kind.COMMUNITY, Kind.TOKEN, Kind.PASSWORD})
_MASKS = {
    Kind.KEY: "[kunci disamarkan]",
    Kind.HASH: "[hash kata sandi disamarkan]",
    Kind.COMMUNITY: "[community disamarkan]",
    Kind.TOKEN: "[token disamarkan]",
    Kind.PASSWORD: "[kata sandi disamarkan]",
    Kind.NIP: "[NIP disamarkan]",
    Kind.NIK: "[NIK disamarkan]",
    Kind.IDENTITY: "[nomor identitas disamarkan]",
    Kind.CONTACT: "[kontak disamarkan]",
    Kind.PHONE: "[kontak disamarkan]",
    Kind.MAIL: "[surel disamarkan]",
    Kind.IP: "[alamat IP disamarkan]",
    Kind.MAC: "[alamat MAC disamarkan]",
    Kind.HOST: "[nama host disamarkan]",
    Kind.CHOSEN: "[disamarkan]",
}

MASKED = re.compile("|".join(map(re.escape, sorted(set(_MASKS.values())))))
COVER = (
    "\ue000"  # stands for each character that is hidden already: no letter, no space, in no pattern
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something to hide is: `text[start:end]`."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class House:
    """What only the office knows of itself.

    Attributes:
        zones: Internal zones; a host name below one is hidden from the public, the zone itself is not.
        hosts: Names and addresses of its own devices, in lower case; hidden from the public wherever they stand.
        people: Whoever is known to be behind a text, however they are written; hidden from everybody.
        parts: Words, in lower case, of which each of `people` has one; looked for first. Empty where that is not known.
        mailboxes: Addresses, or the parts before the @, that belong to a desk and not to a person; shown.
    """

    zones: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()
    people: re.Pattern[str] | None = None
    parts: frozenset[str] = frozenset()


NOBODY = House()


def covered(text: str) -> str:
    """Return the text, as long as before, with every mask of ours made opaque to the rules."""
    return MASKED.sub(lambda m: COVER * len(m[0]), text)
