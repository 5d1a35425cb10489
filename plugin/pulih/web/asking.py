"""What an address asks of the search of cases, and what to write for the values of its filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from pulih.domain.search import Found, Query
from pulih.service.answers import Names, facet_names
from pulih.web.context import office

# What an address calls a facet -> the attribute of a case; in the order in which they are shown.
FACETS = {
    "gangguan": "fault_type",
    "perangkat": "device_kind",
    "opd": "agency",
    "tahun": "year",
    "golongan": "solution_class",
}
MOST_WORDS = 2000  # characters of a query that are read
LONGEST_VALUE = 80
LAST_PAGE = 200  # whoever has read so many pages is not searching any more
_PARAMETERS = {attribute: name for name, attribute in FACETS.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as an address has it.

    Attributes:
        only: What hides cases that do not fit: attribute -> value.
    """

    words: str = ""
    only: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    size: int = 10

    @property
    def query(self) -> Query:
        """What to ask of the cases."""
        start = (self.page - 1) * self.size
        return Query(words=self.words, only=tuple(self.only.items()), start=start, most=self.size)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The filters as an address has them."""
        return [(_PARAMETERS[attribute], value) for attribute, value in self.only.items()]

    @property
    def address(self) -> str:
        """The address of this search on the desk."""
        page = self.page if self.page > 1 else None
        asked: dict[str, Any] = {"q": self.words or None, **dict(self.parameters), "halaman": page}
        return url_for("cases.index", **asked)

    def at(self, page: int) -> Asked:
        """Return another page of the same search."""
        return replace(self, page=page)

    def instead(self, words: str) -> Asked:
        """Return the search with other words."""
        return replace(self, words=words, page=1)

    def within(self, attribute: str, value: str) -> Asked:
        """Return the search with one filter more."""
        return replace(self, only={**self.only, attribute: value}, page=1)

    def without(self, attribute: str) -> Asked:
        """Return the search without one of its filters."""
        rest = {name: value for name, value in self.only.items() if name != attribute}
        return replace(self, only=rest, page=1)

    def pages(self, found: Found) -> int:
        """Return how many pages an answer has."""
        return min(LAST_PAGE, max(1, -(-found.total // self.size)))


def asked() -> Asked:
    """Return what the present address asks for; whatever is odd in it counts for nothing."""
    arg = request.args
    return Asked(
        words=arg.get("q", "")[:MOST_WORDS],
        only={
            attribute: arg[name][:LONGEST_VALUE]
            for name, attribute in FACETS.items()
            if arg.get(name)
        },
        page=min(max(1, arg.get("halaman", 1, type=int)), LAST_PAGE),
    )


def titles() -> dict[str, str]:
    """Return what each facet is called, by attribute."""
    return {
        "fault_type": _("Jenis gangguan"),
        "device_kind": _("Perangkat"),
        "agency": _("OPD"),
        "year": _("Tahun"),
        "solution_class": _("Golongan penyelesaian"),
    }


def names() -> Names:
    """Return what to write for the values of facets."""
    with office().tools.store.reading() as records:
        return facet_names(records)
