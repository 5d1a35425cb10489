"""Doors: how a site of others asks the desk and hands in letters. What is signed, and what is not believed."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pulih.domain.scrub import Audience
from pulih.errors import NotAllowed, NotSignedIn

WINDOW = timedelta(minutes=5)  # by which the clocks of a site and of the office may differ
STALE = 2 * WINDOW  # after it a request of the same id is refused for its time alone
LASTING = timedelta(days=30)  # as long as the same form, sent again, is known to be the same
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
ONCE = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"v1=[0-9a-f]{64}")
_WRITER = "pintu:"  # no account is called so: a sign-in name has no colon
_NOBODYS = "no door has this token"


@dataclass(frozen=True, slots=True)
class Door:
    """What the office has agreed with a site.

    Attributes:
        id: What the site calls itself by; lower case letters, digits and hyphens.
        name: What people call the site, also in the history of a ticket.
        sealed: The token that it signs with, sealed by the office's vault.
        audience: Who can read what the site shows.
        by, at: Who opened it, or changed it last, and when.
        agencies: Of which agencies it may tell and send letters; empty for all.
        active: Whether it is open.
        version: Rises with each change, so that two who change it do not do so unseen.
    """

    id: str
    name: str
    sealed: str = field(repr=False)
    audience: Audience
    by: str
    at: datetime
    agencies: tuple[str, ...] = ()
    active: bool = True
    version: int = 1

    def allows(self, agency: str) -> bool:
        """Tell whether it is open to what concerns an agency."""
        return not self.agencies or agency in self.agencies


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard through a door, so that it is done once.

    Attributes:
        id: Its key: see `request_key`, `submission_key` and `use_key`.
        kind: `request`, an id that is used up; `submission`, a form and what became of it; `use`, the last use.
        ticket: The number of the ticket that a form became.
        digest: Of what the form said.
    """

    id: str
    door: str
    kind: str
    at: datetime
    ticket: str = ""
    digest: str = ""


def request_key(door: str, key: str) -> str:
    """Return what a request is noted under."""
    return f"{door}/request/{key}"


def submission_key(door: str, key: str) -> str:
    """Return what a form is noted under."""
    return f"{door}/submission/{key}"


def use_key(door: str) -> str:
    """Return what the last use of a door is noted under."""
    return f"{door}/use"


def over(heard: Heard, now: datetime) -> bool:
    """Tell whether nothing can ask for what was heard any more."""
    lasting = {"request": STALE, "submission": LASTING}.get(heard.kind)
    return lasting is not None and now - heard.at > lasting


def writer(door: str) -> str:
    """Return who entered what came through a door, as a history has it."""
    return _WRITER + door


def door_of(writer: str) -> str:
    """Return the door through which somebody entered something, empty for whoever has an account."""
    return writer.removeprefix(_WRITER) if writer.startswith(_WRITER) else ""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request says of itself. Nothing of it is believed before `hold`.

    Attributes:
        method: In capitals.
        target: Path and query as they went over the wire.
        digest: SHA-256 of the body, hexadecimal; this is our own reckoning.
        door, id, time, signature: Its headers, as they came.
    """

    method: str
    target: str
    digest: str
    door: str
    id: str
    time: str
    signature: str

    @property
    def legible(self) -> bool:
        """Whether the headers are there and in shape, which says nothing of whether they are true."""
        shapes = ((ID, self.door), (ONCE, self.id), (_TIME, self.time))
        return all(shape.fullmatch(said) for shape, said in (*shapes, (_SIGNATURE, self.signature)))


def signature(token: str, said: Signed) -> str:
    """Return what a request must be signed with, by who holds the token."""
    parts = ("v1", said.method, said.target, said.door, said.id, said.time, said.digest)
    message = "\n".join(parts).encode("utf-8", "surrogatepass")
    return "v1=" + hmac.new(token.encode(), message, hashlib.sha256).hexdigest()


def hold(door: Door | None, token: str, said: Signed, now: datetime) -> Door:
    """Return the door that a request came through.

    Who cannot sign learns nothing: neither which doors there are, nor what time it is here.

    Args:
        door: The one that the request names, if there is one.
        token: That door's.
        said: What the request says.
        now: The time here.

    Raises:
        NotSignedIn: It is not signed by that door, or at another time.
        NotAllowed: The door is closed.
    """
    known = door is not None and bool(token)
    expected = signature(token if known else _NOBODYS, said)
    fits = hmac.compare_digest(expected.encode(), said.signature.encode("utf-8", "surrogatepass"))
    if door is None or not (known and fits and said.legible):
        raise unsigned()
    apart = abs(int(said.time) - now.timestamp())
    if apart > WINDOW.total_seconds():
        raise NotSignedIn(
            "Jam situs pengirim dan jam kantor berselisih {minutes} menit, paling banyak {most}. "
            "Samakan jam kedua server, lalu ulangi.",
            minutes=round(apart / 60),
            most=round(WINDOW.total_seconds() / 60),
        )
    if not door.active:
        raise NotAllowed("Pintu {name} sudah ditutup oleh kantor.", name=door.name)
    return door


def unsigned() -> NotSignedIn:
    """Return the one answer to all that is not signed as it should be."""
    return NotSignedIn(
        "Permintaan ini tidak bertanda tangan yang berlaku. "
        "Periksa alamat, kode pintu, dan tokennya di setelan situs pengirim."
    )
