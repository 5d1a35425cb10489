"""Where the desk is, and as whom we come to it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Origin = tuple[str, str, int]
_PORTS = {"http": 80, "https": 443}
_DOOR = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NOT_IN_A_URL = re.compile(r"[\s\\\x00-\x1f\x7f]")


def origin(url: str) -> Origin | None:
    """Return scheme, host and port of a web address; None where it is not a plain one."""
    if _NOT_IN_A_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port or _PORTS[parts.scheme]


def is_root(url: str) -> bool:
    """Tell whether this is the address of a host, with nothing behind it: so a desk is served."""
    if origin(url) is None:
        return False
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query and not parts.fragment


def is_door(text: str) -> bool:
    """Tell whether this can be the identifier of a door."""
    return _DOOR.fullmatch(text) is not None


@dataclass(frozen=True)
class Connection:
    """What is needed to ask the desk.

    Args:
        url: The desk's address, http or https, without a path.
        door: The identifier of the door, as the desk's administrator page shows it.
        token: The secret that goes with the door.
        timeout: Seconds that a page of ours may wait for the desk, in all.
        wiki: The wiki's address, where it is another than the desk's; maybe empty.
    """

    url: str
    door: str
    token: str = field(repr=False)
    timeout: float = 3.0
    wiki: str = ""

    @property
    def patience(self) -> float:
        """Seconds that somebody who sends a letter may wait: there may be photographs with it."""
        return 10 * self.timeout

    @property
    def whole(self) -> bool:
        return is_root(self.url) and is_door(self.door) and bool(self.token)

    @property
    def origin(self) -> Origin:
        """Scheme, host and port.

        Raises:
            ValueError: The address is not one of the web.
        """
        found = origin(self.url)
        if found is None:
            raise ValueError(self.url)
        return found

    @property
    def key(self) -> str:
        """What tells one connection from another, without giving the token away."""
        told = "\n".join([self.url, self.door, self.token, self.wiki, str(self.timeout)])
        return hashlib.sha256(told.encode()).hexdigest()

    def link(self, url: str) -> str:
        """Return `url` if it leads to the desk or the wiki, else nothing."""
        found = origin(url)
        known = {origin(self.url), origin(self.wiki)} - {None}
        return url if found in known else ""
