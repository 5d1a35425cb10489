"""Making a setting of a value of the file. Each raises ValueError when the value does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from ipaddress import ip_address, ip_network
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pulih.config.address import fits as is_address

Kind = TypeVar("Kind")

_LONGEST, _LONGEST_WORD = 120, 255
_WIDEST = {4: 8, 6: 32}  # a wider range than this is a slip of the finger
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.IGNORECASE)
_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_][A-Za-z0-9_.-]*)*/?")
_FOLDER = re.compile(r"(?!.*(?:^|/)\.\.?(?:/|$))/[^/].*")
_PLAIN_PATH = r"/(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[A-Za-z0-9_./-]+"  # a shell over there must not find more in it
_SERVER = r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*"
_TARGET = re.compile(rf"{_SERVER}:{_PLAIN_PATH}|rsync://{_SERVER}(?::\d{{1,5}})?{_PLAIN_PATH}")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{32,}=*")  # RFC 6750
_TRUE, _FALSE = ("1", "true", "ya"), ("0", "false", "tidak")


def text(value: object) -> str:
    """One line that can be printed."""
    line = _is(value, str).strip()
    _must(line.isprintable() and 0 < len(line) <= _LONGEST)
    return line


def host(value: object) -> str:
    """An IP address or a host name."""
    line = text(value)
    _must(_HOST.fullmatch(line) or ip_address(line))
    return line


def one_of(*words: str) -> Callable[[object], str]:
    """One of these words."""

    def fit(value: object) -> str:
        word = _is(value, str).strip()
        _must(word in words)
        return word

    return fit


def flag(value: object) -> bool:
    """True or false."""
    return _is(value, bool)


def number(least: int, most: int) -> Callable[[object], int]:
    """A whole number from `least` to `most`."""

    def fit(value: object) -> int:
        whole = _is(value, int)
        _must(least <= whole <= most)
        return whole

    return fit


def zone(value: object) -> str:
    """The name of a time zone."""
    line = text(value)
    _must(line in available_timezones())
    return line


def clock(value: object) -> str:
    """A time of day, TOML's own or text, as HH:MM."""
    moment = value if isinstance(value, time) else time.fromisoformat(text(value))
    _must(moment.tzinfo is None)
    return moment.isoformat("minutes")


def listed(fit: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """A list, each item once."""

    def fit_all(value: object) -> tuple[str, ...]:
        items = value if isinstance(value, tuple) else _is(value, list)
        return tuple(dict.fromkeys(map(fit, items)))

    return fit_all


def network(value: object) -> str:
    """A range of addresses in CIDR notation, no bit set on the hosts' side."""
    nets = ip_network(text(value))
    _must(nets.prefixlen >= _WIDEST[nets.version] and not nets.is_multicast)
    return str(nets)


def address(value: object) -> str:
    """An IP address, in its canonical spelling."""
    return str(ip_address(text(value)))


def database(value: object) -> str:
    """The URL of a PostgreSQL database, or nothing."""
    line = word(value)
    _must(not line or is_address(line))
    return line


def files(value: object) -> str:
    """Where attachments lie: nothing, `folder`, `database`, or a bucket and a prefix in it."""
    line = word(value)
    _must(line in ("", "folder", "database") or _BUCKET.fullmatch(line))
    return line.rstrip("/")


def endpoint(value: object) -> str:
    """The URL of a server, with no account in it; or nothing."""
    line = word(value)
    parts = urlsplit(line)
    named = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    _must(not line or (named and not parts.query and not parts.fragment and parts.port != 0))
    return line.rstrip("/")


def place(value: object) -> str:
    """A folder, from the root; or a target of rsync, over ssh or at a server of its own."""
    line = _is(value, str).strip()
    _must(line.isprintable() and len(line) <= _LONGEST_WORD)
    _must(_FOLDER.fullmatch(line) or _TARGET.fullmatch(line))
    return line.rstrip("/") or "/"


def path(value: object) -> str:
    """A file, from the root; or nothing."""
    line = _is(value, str).strip()
    _must(line.isprintable() and len(line) <= _LONGEST_WORD)
    _must(not line or (_FOLDER.fullmatch(line) and not line.endswith("/")))
    return line


def word(value: object) -> str:
    """Letters, digits and signs without a space among them, or nothing."""
    line = _is(value, str).strip()
    _must(line.isascii() and line.isprintable() and " " not in line and len(line) <= _LONGEST_WORD)
    return line


def token(value: object) -> str:
    """A word that nobody guesses, as a header can carry it; or nothing."""
    line = word(value)
    _must(not line or _TOKEN.fullmatch(line))
    return line


def days(value: object) -> dict[date, str]:
    """A table of days and their names; an empty name is one."""
    return dict(_day(day, name) for day, name in _is(value, dict).items())


def read_flag(line: str) -> object:
    """Read the text of a variable, or return it as it is; the next two likewise."""
    word = line.strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else line


def read_number(line: str) -> object:
    """Read digits."""
    return int(line) if line.strip().isdecimal() else line


def read_list(line: str) -> object:
    """Read items with commas between them."""
    return [part.strip() for part in line.split(",") if part.strip()]


def _day(day: object, name: object) -> tuple[date, str]:
    when = day if isinstance(day, date) else date.fromisoformat(_is(day, str))
    return when, text(name) if name != "" else ""


def _must(fits: object) -> None:
    if not fits:
        raise ValueError


def _is(value: object, kind: type[Kind]) -> Kind:
    if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        raise ValueError(kind)
    return value
