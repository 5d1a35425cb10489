"""An office as it is seen from a build: through a window, without touching anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pulih.bootstrap import Office, look_into
from pulih.config import read_settings
from pulih.domain.edition import Edition
from pulih.publish import book
from pulih.publish.book import Around
from pulih.publish.finding import Analyses
from pulih.publish.handwritten import Handwritten
from pulih.publish.sources import sources
from pulih.service.publishing import world_of

Shown = dict[str, "str | bytes"]


class _Made(NamedTuple):
    of: str
    content: str | bytes


class Window:
    """Shows what the publisher would write. What has not changed since the last look is not made again."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        """Open the office in a folder. Raises PulihError."""
        self._office: Office = look_into(read_settings(folder, environ))
        self._made: dict[str, _Made] = {}
        self._guides, self._analyses = Handwritten(), Analyses()
        self._seen = ""

    def shown(self, base: str, wiki: Path) -> Shown:
        """Return the generated files by address. Raises PulihError, OSError.

        Args:
            base: The address of the wiki, as people open it.
            wiki: The folder with the pages that people wrote.
        """
        edition = self._office.cases.edition()
        digests = self._digests(edition)
        self._seen = _name(edition, digests)
        made, self._made = self._made, {}
        guides = self._guides.read(wiki, sources(wiki, {}))
        around = Around(base, self._office.tools.files.open, guides, self._analyses)
        for sheet in book.sheets(edition, digests, around):
            before = made.get(sheet.address)
            again = before is not None and before.of == sheet.of
            self._made[sheet.address] = (
                before if before and again else _Made(sheet.of, sheet.make())
            )
        return {address: one.content for address, one in self._made.items()}

    def changed(self) -> bool:
        """Tell whether there is something else to show than at the last look. Raises PulihError."""
        edition = self._office.cases.edition()
        return _name(edition, self._digests(edition)) != self._seen

    def close(self) -> None:
        """Let go of the office."""
        self._office.close()

    def _digests(self, edition: Edition) -> dict[str, str]:
        digest = self._office.tools.publisher.digest
        return {case.number: digest(case) for case in edition.cases}


def _name(edition: Edition, digests: Mapping[str, str]) -> str:
    return repr((sorted(digests.items()), world_of(edition)))
