"""The pages that people wrote, as text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pulih.publish import addresses
from pulih.publish.foreseen import is_page
from pulih.publish.sources import Source
from pulih.publish.start import START

_LISTS = tuple(f"{folder}/" for folder in addresses.FOLDERS)


class Handwritten:
    """Reads them, and none of them again that has not changed."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, str]] = {}  # digest and text

    def read(self, wiki: Path, found: Mapping[str, Source]) -> dict[str, str]:
        """Return the pages by address; those that stand among the lists and cases are not looked for.

        Args:
            found: What stands under `wiki/`.

        Raises:
            OSError: A page cannot be read.
        """
        last, self._read = self._read, {}
        for address, source in found.items():
            if not is_page(address) or address == START or address.startswith(_LISTS):
                continue
            known = last.get(address)
            if known is None or known[0] != source.digest:
                text = (wiki / address).read_text(encoding="utf-8", errors="replace")
                known = (source.digest, text)
            self._read[address] = known
        return {address: text for address, (_, text) in self._read.items()}
