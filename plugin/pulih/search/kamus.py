"""The office's dictionary as its page of the wiki has it now."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pulih.domain.words.dictionary import Dictionary, parse

_LARGEST = 1 << 20  # bytes; a page that is larger is no dictionary

_Looks = tuple[int, int, int]


@dataclass(slots=True)
class Kamus:
    """Gives the dictionary; read again only when a page is another one.

    Args:
        page: The office's page. Where it cannot be read, or holds no entry, `spare`, which comes with Pulih, is taken.
    """

    page: Path
    spare: Path
    _seen: list[_Looks | None] = field(default_factory=list, init=False)
    _known: Dictionary = field(default_factory=Dictionary, init=False)

    def __call__(self) -> Dictionary:
        """Return the dictionary. Never raises: without a page that can be read it is empty."""
        pages = self.page, self.spare
        seen = [_looks(path) for path in pages]
        if seen != self._seen:
            read = (known for path in pages if (known := _read(path)))
            self._known, self._seen = next(read, Dictionary()), seen
        return self._known


def _looks(path: Path) -> _Looks | None:
    """Return what is another with another content, or other rights; None where there is nothing."""
    try:
        looks = path.stat()
    except OSError:
        return None
    return looks.st_mtime_ns, looks.st_ctime_ns, looks.st_size


def _read(path: Path) -> Dictionary | None:
    """Return the dictionary of a page; None where it is none: too large, or no entry in it."""
    try:
        with path.open("rb") as file:
            page = file.read(_LARGEST + 1)
        known = parse(page.decode("utf-8", "replace")) if len(page) <= _LARGEST else Dictionary()
    except OSError:
        return None
    return known if known.said else None
