"""What must fit together in a network that somebody wrote down.

Each check raises ValueError with a sentence for the person who wrote it.
"""

from collections.abc import Iterable, Mapping

from periksa.network import Link, Node


def with_parents(
    nodes: Iterable[Node], links: tuple[Link, ...], known: Mapping[str, Node]
) -> tuple[Link, ...]:
    """The links, and one for each parent that no link joins to its child."""
    for link in links:
        known_node(link.a, known)
        known_node(link.b, known)
    joined = {frozenset((link.a, link.b)) for link in links}
    grounded: set[str] = {""}
    implied = []
    for node in nodes:
        _grounded(node, known, grounded)
        if node.parent and frozenset((node.name, node.parent)) not in joined:
            implied.append(Link(node.parent, node.name))
    return (*links, *implied)


def _grounded(node: Node, known: Mapping[str, Node], grounded: set[str]) -> None:
    """See that the parents above ``node`` come to an end; ``grounded`` are those seen before."""
    above: dict[str, None] = {}
    at = node.name
    while at not in grounded:
        if at in above:
            raise ValueError(f"{at!r} menggantung pada dirinya sendiri.")
        known_node(at, known)
        above[at] = None
        at = known[at].parent
    grounded.update(above)


def known_node(name: str, known: Mapping[str, Node]) -> None:
    if name not in known:
        raise ValueError(f"Tidak ada node bernama {name!r}.")


def once(what: str, names: Iterable[str]) -> None:
    seen = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what} {name!r} ditulis dua kali.")
        seen.add(name)
