"""What people call the places of a network, and the sentences about them with those names in. Pure.

Periksa knows a device by its identifier, which is what its sentences say. People know "Switch lantai 2".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pulih.domain.description import MADE
from pulih.domain.way import Way
from pulih.domain.wiring import PathRole
from pulih.wording import Sentence, Translate, sentence

_LETTER = re.compile(r"[a-z]")
_MARKED = re.compile(r"[-0-9]")
_ASSUMED_PC = r"PC [a-z0-9-]+"
_PLACE = re.compile(r"(?:node/(?P<node>.+)|link/(?P<a>.+?)--(?P<b>.+))", re.DOTALL)


@dataclass(frozen=True)
class Called:
    """What the nodes of a network are called.

    Attributes:
        names: Node -> what the inventory calls it; what is made up by the desk need not be among them.
    """

    names: Mapping[str, str] = field(default_factory=dict)

    def node(self, key: str) -> Sentence:
        """Return what people call a node."""
        if key in MADE:
            return Sentence(MADE[key])
        if key.startswith("PC ") and key not in self.names:
            return Sentence(PathRole.PC.label)
        return Sentence("{name}", {"name": self.names.get(key, key)})  # typed: no template

    def place(self, place: str) -> Sentence:
        """Return what people call a place: a node, or the link between two."""
        ends = self.ends(place)
        return sentence("ruas {a} – {b}", a=ends[0], b=ends[1]) if len(ends) > 1 else ends[0]

    def ends(self, place: str) -> tuple[Sentence, ...]:
        """Return what people call the node, or both ends of the link."""
        found = _PLACE.fullmatch(place)
        if found is None:
            return (Sentence("{name}", {"name": place}),)
        keys = (found["node"],) if found["node"] else (found["a"], found["b"])
        return tuple(map(self.node, keys))

    def told(self, text: str, translate: Translate = str) -> str:
        """Return a sentence of Periksa with the names that people know."""
        named = self._pattern.sub(lambda found: self.node(found[0]).say(translate), text)
        return re.sub(r"(?<=\S)--(?=\S)", " – ", named)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Return what finds the identifiers.

        Only those that no word of a sentence can be: an identifier such as `gateway` stays as it is.
        """
        keys = [key for key in self.names if _LETTER.search(key) and _MARKED.search(key)]
        told = [re.escape(key) for key in sorted(keys, key=len, reverse=True)]
        either = "|".join((*told, _ASSUMED_PC))
        return re.compile(rf"(?:(?<=--)|(?<![\w./@-]))(?:{either})(?:(?=--)|(?![\w-]|\.\w))")


def called_on(way: Way | None) -> Called:
    """Return what the stops of a way are called; two of one name are told apart by their identifiers."""
    spots = [stop.spot for stop in way.stops] if way else []
    often: dict[str, int] = {}
    for spot in spots:
        often[spot.name] = often.get(spot.name, 0) + 1
    return Called(
        {
            spot.key: f"{spot.name} ({spot.key})" if often[spot.name] > 1 else spot.name
            for spot in spots
            if spot.listed or not spot.key.startswith("PC ")
        }
    )
