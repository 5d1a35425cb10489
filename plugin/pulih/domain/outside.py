"""What the office as a whole wants to reach: its DNS servers, names to ask them, and services to try.

People write it a thing a line; here the lines are read. Nothing is resolved and nobody is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import TypeVar
from urllib.parse import urlsplit

from pulih.domain.wiring import host
from pulih.errors import Problem
from pulih.wording import sentence

MOST_LINES = 20
MOST_LETTERS = 4000
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE | re.ASCII)
_PORTS = {"http": 80, "https": 443}
_LARGE = frozenset({"besar", "large"})
_STATUS = re.compile(r"[1-5][0-9]{2}")
_MOST_PORT = 65535
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A DNS server, and those that it asks in turn."""

    address: str
    forwards_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A DNS name, and the addresses that it should have; none where any will do."""

    name: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """Something to try over TCP.

    Attributes:
        url: Empty where a connection is all there is to try.
        host: The name in the URL; empty where it has an address.
        address: Empty where only the name is known.
        large: Its answer fills many packets.
        status: The HTTP status that is right.
    """

    url: str
    host: str
    address: str
    port: int
    large: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True)
class Outside:
    """What somebody wrote, a thing a line; `read` says what is wrong with it.

    Attributes:
        resolvers: `10.0.0.53`, or `10.0.0.53 > 203.0.113.53` for one that asks another.
        inside: Names of the office's own: `portal.contoh.go.id = 10.0.0.80`, the addresses may be missing.
        world: Names of the world, written in the same way.
        services: `https://portal.contoh.go.id/`, `10.0.0.80:3306`; behind it, in any order, the address to connect
            to, the status that is right, and `besar`.
    """

    resolvers: str = ""
    inside: str = ""
    world: str = ""
    services: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The same, read."""

    resolvers: tuple[Asked, ...] = ()
    inside: tuple[Known, ...] = ()
    world: tuple[Known, ...] = ()
    services: tuple[Tried, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read(outside: Outside) -> Wanted:
    """Return what the lines say; a line that says nothing is left out and has a problem."""
    problems: list[Problem] = []
    for one in fields(outside):
        text = getattr(outside, one.name)
        if len(text) > MOST_LETTERS or len(_lines(text)) > MOST_LINES:
            cure = sentence("Terlalu banyak; paling banyak {most} baris.", most=MOST_LINES)
            problems.append(Problem(one.name, cure))

    def each(name: str, make: Callable[[str], T | None]) -> tuple[T, ...]:
        return tuple(_each(name, getattr(outside, name), make, problems))

    return Wanted(
        resolvers=each("resolvers", _asked),
        inside=each("inside", _known),
        world=each("world", _known),
        services=each("services", _tried),
        problems=tuple(problems),
    )


def _each(
    name: str, text: str, make: Callable[[str], T | None], problems: list[Problem]
) -> Iterator[T]:
    for line in _lines(text[:MOST_LETTERS])[:MOST_LINES]:
        made = make(line)
        if made is None:
            cure = sentence("Baris ini tidak terbaca: {line}", line=line[:80])
            problems.append(Problem(name, cure))
        else:
            yield made


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(line: str) -> list[str]:
    """Return the words of a line, however people wrote what stands between them."""
    return [word for word in re.split(r"[\s,=>→]+", line) if word not in ("", "-")]


def _asked(line: str) -> Asked | None:
    addresses = [host(word) for word in _words(line)]
    if not addresses or not all(addresses):
        return None
    return Asked(addresses[0], tuple(dict.fromkeys(addresses[1:])))


def _known(line: str) -> Known | None:
    words = _words(line)
    addresses = [host(word) for word in words[1:]]
    if not words or not all(addresses) or host(words[0]) or not _NAME.fullmatch(words[0]):
        return None
    return Known(words[0].casefold().rstrip("."), tuple(dict.fromkeys(addresses)))


def _tried(line: str) -> Tried | None:
    words = line.split()  # a URL may have all the rest in it
    address, status, large = "", 0, False
    for word in words[1:]:
        if word.casefold() in _LARGE:
            large = True
        elif _STATUS.fullmatch(word) and not status:
            status = int(word)
        elif host(word) and not address:
            address = host(word)
        else:
            return None
    where = _where(words[0]) if words else None
    if where is None:
        return None
    url, name, port = where
    return Tried(url, "" if host(name) else name, address or host(name), port, large, status or 200)


def _where(word: str) -> tuple[str, str, int] | None:
    """Return the URL, the host and the port that a word names; None where it names none."""
    try:
        parts = urlsplit(word if "://" in word else f"//{word}")
        port, name = parts.port, parts.hostname or ""
    except ValueError:
        return None
    fits = bool(host(name) or _NAME.fullmatch(name))
    # What cannot be sent as it stands is no page, and would cost every look its verdict.
    sendable = word.isascii() and word.isprintable() and port != 0
    if not fits or parts.username is not None or not sendable:
        return None
    if parts.scheme in _PORTS:
        return word, name, port or _PORTS[parts.scheme]
    bare = not parts.scheme and not parts.path and not parts.query and not parts.fragment
    return ("", name, port) if bare and port and host(name) else None
