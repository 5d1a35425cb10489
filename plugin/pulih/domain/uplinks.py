"""Second ways: a device that hangs off another besides, and providers that are asked where the first is out.

The tree knows one way from each device to the core; what is here joins it to the rest a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pulih.domain.tree import INTERNET, Spot, Tree
from pulih.domain.wiring import PathRole
from pulih.wording import Sentence, sentence


def checked(tree: Tree) -> Tree:
    """Return the tree without the second ways that lead nowhere, and a remark for each of them."""
    remarks: dict[str, Sentence] = dict(tree.remarks)
    spots = dict(tree.spots)
    for key, spot in tree.spots.items():
        if not spot.spare:
            continue
        other = spots.get(spot.spare)
        if other is None or not other.place.carries:
            remarks[key] = sentence(
                "Jalur cadangannya lewat {id}, yang tidak dipakai.", id=spot.spare[:60]
            )
        if other is None or not other.place.carries or _joined(spot, other):
            spots[key] = replace(spot, spare="")
    return Tree(spots, remarks)


def second_links(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the pairs that are joined a second time: upper end, lower end. Each pair once.

    A provider beside the first leads to the same internet.
    """
    known = {frozenset((spot.up, key)) for key, spot in tree.spots.items() if spot.up}
    for key, spot in tree.spots.items():
        pairs = [(spot.spare, key)] if spot.spare else []
        if spot.place is PathRole.ISP and INTERNET in tree.spots:
            pairs.append((key, INTERNET))
        for pair in pairs:
            if frozenset(pair) not in known:
                known.add(frozenset(pair))
                yield pair


def is_backup(tree: Tree, spot: Spot) -> bool:
    """Tell whether the link of a spot is used only where there is no other way.

    So it is where somebody said so; and of providers of whom nobody said anything, for all but the first.
    """
    if spot.backup:
        return True
    return spot.place is PathRole.ISP and tree.spots[INTERNET].up != spot.key


def _joined(spot: Spot, other: Spot) -> bool:
    return other.key in (spot.key, spot.up) or other.up == spot.key
