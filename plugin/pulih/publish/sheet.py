"""A file of the wiki that is yet to be made: where it stands, what it is made of, and how."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Sheet(NamedTuple):
    """A generated file under `wiki/`: a page, a feed, a part of the search.

    Attributes:
        address: Where it stands under `wiki/`.
        of: A digest of everything that it shows: while that is the same, it need not be made again.
        make: Makes it; pure. Text is kept as UTF-8.
    """

    address: str
    of: str
    make: Callable[[], str | bytes]


class Passing(bytes):
    """A content that may be another next time, as what it is made of was not there: it is made again then."""


def made_of(*parts: str | Iterable[str]) -> str:
    """Return a short digest of parts, in which no two lists of parts are taken for one another."""
    digest = hashlib.sha256()
    for part in parts:
        words = (part,) if isinstance(part, str) else part
        told = "".join(f"{len(word)}:{word}" for word in words)
        digest.update(f"{told};".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]
