"""A page as it stands in Plone, as plain text for a person who compares it with ours. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pulih.publish.plone.plain import plain
from pulih.publish.plone.reading import Found, clean

_MOST = 200_000  # characters; more is no page of a case
_DEEP = 20  # blocks within blocks


def told(found: Found) -> str:
    """Return the text of a page: lines, as `plain` makes them of ours."""
    text = plain(found.html) if found.html.strip() else "\n".join(_blocks(found.blocks, 0))
    return text[:_MOST]


def _blocks(blocks: object, depth: int) -> Iterator[str]:
    """Yield the text of Volto's blocks in the order in which they are kept, also of those within others."""
    if not isinstance(blocks, Mapping) or depth > _DEEP:
        return
    for block in blocks.values():
        if not isinstance(block, Mapping):
            continue
        html = clean(block.get("html")) if block.get("@type") == "html" else ""
        said = plain(html) or clean(block.get("plaintext")) or clean(block.get("searchableText"))
        if said:
            yield said
        yield from _blocks(block.get("blocks"), depth + 1)
