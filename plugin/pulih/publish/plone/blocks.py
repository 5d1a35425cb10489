"""A page as blocks of Volto: its title, its text as HTML that the search reads, photographs, and lists. Pure.

Links that people typed are never links of a block: Volto does not look into those.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from pulih.domain.plone.page import Body, PageKind, Shown, Wanted
from pulih.publish.plone.plain import plain

_OURS = uuid.UUID("6f9d1c52-5a0e-4f7e-9c39-0b6c6c2f5e18")  # any one, and always this one
_OPERATION = "plone.app.querystring.operation"
_MOST = 30  # pages that a list shows at once


def blocks_of(page: Wanted, body: Body, shown: Mapping[str, Shown]) -> dict[str, Any]:
    """Return the fields `blocks` and `blocks_layout`. The same page has the same identifiers of blocks each time."""
    found: dict[str, dict[str, Any]] = {"title": {"@type": "title"}}
    if page.kind is not PageKind.CASE and page.description:
        found["description"] = {"@type": "description"}
    if body.before:
        found["before"] = _text(body.before)
    for photo in body.photos:
        if photo.id in shown:
            found[photo.id] = _photo(photo.caption, shown[photo.id])
    if body.after:
        found["after"] = _text(body.after)
    if page.kind is not PageKind.CASE:
        found["list"] = _list(page)
    keys = {name: str(uuid.uuid5(_OURS, f"{page.key}/{name}")) for name in found}
    return {
        "blocks": {keys[name]: block for name, block in found.items()},
        "blocks_layout": {"items": list(keys.values())},
    }


def listed(page: Wanted) -> list[dict[str, Any]]:
    """Return what a page lists, as collections and listings ask for it; its address is not in it."""
    if page.kind is not PageKind.INDEX:
        return [_criterion("path", "string.relativePath", ".::1"), *_PAGES]
    return [
        _criterion("Subject", "selection.any", [page.subject]),
        _criterion("path", "string.relativePath", "../..::-1"),
        *_PAGES,
    ]


def _criterion(index: str, operation: str, value: object) -> dict[str, Any]:
    return {"i": index, "o": f"{_OPERATION}.{operation}", "v": value}


_PAGES = (
    _criterion(
        "portal_type", "selection.any", ["Document", "Folder", "Collection"]
    ),  # no files, no photographs
)


def _text(html: str) -> dict[str, Any]:
    return {"@type": "html", "html": html, "searchableText": plain(html)}


def _photo(caption: str, shown: Shown) -> dict[str, Any]:
    return {
        "@type": "image",
        "url": f"resolveuid/{shown.uid}",
        "alt": caption,
        "searchableText": caption,
        "align": "center",
        "size": "l",
    }


def _list(page: Wanted) -> dict[str, Any]:
    newest = page.kind in (PageKind.INDEX, PageKind.AGENCY)
    asked = {
        "query": listed(page),
        "sort_on": "effective" if newest else "sortable_title",
        "sort_order": "descending" if newest else "ascending",
        "sort_order_boolean": newest,
        "b_size": str(_MOST),
    }
    return {"@type": "listing", "variation": "summary", "querystring": asked}
