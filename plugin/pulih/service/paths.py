"""The network as the office knows it: the way of each agency, and what is to be reached by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields

from pulih.domain.authority import Deed, require
from pulih.domain.description import Description, describe
from pulih.domain.outside import Outside, Wanted, read
from pulih.domain.people import Person
from pulih.domain.reading import clean
from pulih.domain.records import mark_of
from pulih.domain.tree import grow
from pulih.domain.way import Way, way_of
from pulih.errors import Conflict, Invalid
from pulih.ports import Records, Tools

_KEY = "network"


@dataclass(frozen=True, slots=True)
class PathDesk:
    """Knows what hangs off what.

    Attributes:
        title: What the network is called.
        resolvers, names: DNS servers and names of the settings file, used where nobody wrote others on the desk.
    """

    tools: Tools
    title: str = ""
    resolvers: Sequence[str] = field(default=())
    names: Sequence[str] = field(default=())

    def way(self, by: Person, agency: str) -> tuple[Way, Description]:
        """Return the way of an agency, and the network it is part of. Raises NotAllowed, NotFound."""
        require(by, Deed.SEE_REGISTRY)
        with self.tools.store.reading() as records:
            records.agencies.get(agency)
            found = self.described(records, agency)
        return way_of(found, agency), found

    def description(self, by: Person, agency: str = "") -> Description:
        """Return the whole network; with an agency, it has a workstation. Raises NotAllowed."""
        require(by, Deed.SEE_REGISTRY)
        with self.tools.store.reading() as records:
            return self.described(records, agency)

    def described(self, records: Records, agency: str = "") -> Description:
        """Return the whole network in a transaction that is open."""
        tree = grow(records.devices.all())
        return describe(tree, self.wanted(records), self.title, about=agency)

    def outside(self, by: Person) -> Outside:
        """Return what the office wants to reach, as it was written. Raises NotAllowed."""
        require(by, Deed.SEE_REGISTRY)
        with self.tools.store.reading() as records:
            return self._outside(records)

    def keep_outside(self, by: Person, outside: Outside, *, seen: str | None = None) -> Outside:
        """Keep what the office wants to reach.

        Args:
            seen: The mark (`mark_of`) of what the person was looking at; None where nobody looked.

        Raises:
            NotAllowed: Not an administrator.
            Invalid: A line cannot be read.
            Conflict: It has changed since.
        """
        require(by, Deed.KEEP_REGISTRY)
        tidied = Outside(**{name: _tidy(text) for name, text in asdict(outside).items()})
        if problems := read(tidied).problems:
            raise Invalid(problems)

        def keep(records: Records) -> None:
            if seen is not None and mark_of(self._outside(records)) != seen:
                raise Conflict(
                    "Pengaturan jaringan sudah diubah sejak formulir ini dibuka. "
                    "Lihat isinya sekarang, lalu simpan lagi bila masih perlu.",
                    now=0,
                )
            records.settings.put(_KEY, asdict(tidied))

        self.tools.store.write(keep)
        return tidied

    def _outside(self, records: Records) -> Outside:
        """Return what was written; before anybody did, what the settings file says."""
        kept = records.settings.get(_KEY)
        if kept is None:
            return Outside(resolvers="\n".join(self.resolvers), inside="\n".join(self.names))
        known = {one.name for one in fields(Outside)}
        return Outside(**{name: str(text) for name, text in kept.items() if name in known})

    def wanted(self, records: Records) -> Wanted:
        """Return what the office wants to reach, in a transaction that is open."""
        return read(self._outside(records))


def _tidy(text: str) -> str:
    lines = clean(text, lines=True).replace("\t", " ").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
