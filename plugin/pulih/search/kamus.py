"""The office's dictionary as its page of the wiki has it now."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pulih.domain.words.dictionary import Dictionary, parse

_LARGEST = 1 << 20  # bytes; a page that is larger is no dictionary


@dataclass(slots=True)
class Kamus:
    """Gives the dictionary; read again only when the page is another one.

    Args:
        page: The office's page. Where it cannot be read, `spare`, which comes with Pulih, is taken.
    """

    page: Path
    spare: Path
    _seen: tuple[Path, int, int] | None = field(default=None, init=False)
    _known: Dictionary = field(default_factory=Dictionary, init=False)

    def __call__(self) -> Dictionary:
        """Return the dictionary. Never raises: without a page that can be read it is empty."""
        for path in (self.page, self.spare):
            try:
                looks = path.stat()
                seen = (path, looks.st_mtime_ns, looks.st_size)
                if seen != self._seen:
                    with path.open("rb") as file:
                        text = file.read(_LARGEST).decode("utf-8", "replace")
                    self._known, self._seen = parse(text), seen
            except OSError:
                continue
            return self._known
        return Dictionary()
