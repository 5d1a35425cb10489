"""The generated files of the wiki, of which only those are made and written that are not yet as they should be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pulih.domain import sop
from pulih.publish import addresses
from pulih.publish.crowd import each
from pulih.publish.files import is_marked, remove, write
from pulih.publish.sheet import Passing, Sheet
from pulih.publish.sources import Source, digest_of
from pulih.publish.start import START

_PASSING = "~"
_MAY_BE_OURS = tuple(f"{folder}/" for folder in addresses.FOLDERS)


# The start pages that offices got before Pulih made them, where nobody has changed them.
_SHIPPED = {
    "1eac985b57193525415473605e116e52",
    "288634cc8daf341735b4f73b448aaa55",
    "65692f2b6b252466d3db26065c4043c6",
}
_BUILDERS = ("mkdocs", "mkdocs-material", "markdown")
_MAKERS = (
    Path(__file__).parent,
    Path(sop.__file__).parent,
)  # pages name what the domain has labels for


class Made(NamedTuple):
    """A file as it was made: `Sheet.of`, and the digest of its bytes."""

    of: str
    content: str


@dataclass(slots=True)
class Making:
    """Keeps `wiki/` true to its sheets, and remembers what each file was made of: here, and in a file.

    Attributes:
        note: The file.
        version: What files are made with; those of another version are made anew.
    """

    note: Path
    version: str
    _made: dict[str, Made] | None = None

    def bring_up_to_date(
        self, wiki: Path, sheets: Iterable[Sheet], found: Mapping[str, Source]
    ) -> dict[str, Source]:
        """Write what is not as it should be, remove what no sheet stands for; return what stands there then.

        A page that people wrote where one of ours would go, or changed so that it lost the mark, stays theirs.

        Args:
            found: What stands under `wiki/` now.

        Raises:
            OSError: The disk is full or not ours to write. Each single file is then still old or new.
        """
        made = self._made = self._load() if self._made is None else self._made
        now, kept, standing, due = dict(found), dict[str, Made](), set[str](), list[Sheet]()
        for sheet in sheets:
            address = sheet.address
            standing.add(address)
            before, stands = made.get(address), found.get(address)
            if before and stands and before == (sheet.of, stands.digest):
                kept[address] = before
            else:
                due.append(sheet)
        for sheet, told in zip(due, each(due, partial(_make, wiki, found)), strict=True):
            if digest := told.removeprefix(_PASSING):
                if digest == told:
                    kept[sheet.address] = Made(sheet.of, digest)
                if sheet.address not in found or found[sheet.address].digest != digest:
                    now[sheet.address] = Source(digest)
        for address in found.keys() - standing:
            if may_go(wiki, address):
                remove(wiki / address, wiki)
                del now[address]
        if kept != made:
            self._made = kept
            write(self.note, json.dumps({"version": self.version, "made": kept}).encode())
        return now

    def _load(self) -> dict[str, Made]:
        try:
            kept = json.loads(self.note.read_bytes())
            if kept["version"] != self.version:
                return {}
            return {address: Made(*made) for address, made in kept["made"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _make(wiki: Path, found: Mapping[str, Source], sheet: Sheet) -> str:
    """Make a file, and write it where it is not there; return its digest, marked where it is `Passing`.

    Empty where it is not ours to write.
    """
    told, stands = sheet.make(), found.get(sheet.address)
    content = told.encode() if isinstance(told, str) else told
    digest = digest_of(content)
    if stands is None or stands.digest != digest:
        if stands and not is_ours(wiki, sheet.address):
            return ""
        write(wiki / sheet.address, content)
    return f"{_PASSING}{digest}" if isinstance(content, Passing) else digest


def may_go(wiki: Path, address: str) -> bool:
    """Tell whether a file that no sheet stands for is to be removed. Raises OSError."""
    listed = address.startswith(_MAY_BE_OURS) or addresses.UNMARKED.fullmatch(address) is not None
    return listed and is_ours(wiki, address)


def is_ours(wiki: Path, address: str) -> bool:
    """Tell whether a file may be written over. Raises OSError."""
    if addresses.UNMARKED.fullmatch(address):
        return True
    file = wiki / address
    if address == START and digest_of(file.read_bytes()) in _SHIPPED:
        return True
    return address.endswith(".md") and is_marked(file)


def made_with() -> str:
    """Return what pages and site are made with: a short digest of the sources and of the builders' versions."""
    digest = hashlib.sha256(" ".join(version(name) for name in _BUILDERS).encode())
    for folder in _MAKERS:
        for file in sorted(folder.rglob("*.py")):
            name = file.relative_to(folder).as_posix()
            digest.update(f"\0{name}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
