"""The text of a page as the fields of Plone's content: Classic's `text`, Volto's `blocks`, or both. Pure."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from pulih.domain.plone.page import Body, Face, PageKind, Shown, Wanted
from pulih.publish.plone.blocks import blocks_of, listed
from pulih.publish.plone.cleaning import cleaned
from pulih.publish.plone.typed import attribute, words

_MOST = 30  # pages that a list shows at once


def fields(page: Wanted, face: Face, shown: Mapping[str, Shown]) -> dict[str, Any]:
    """Return what is to be sent of a page's text, by the names of Plone's fields.

    Args:
        shown: Where the files of the page stand, by their ids; those that are missing are left out of the text.
    """
    sent: dict[str, Any] = {}
    collection = page.kind is PageKind.INDEX and face.collection
    folder = page.kind.holds and face.folder == "Folder"
    if (face.text or collection) and not folder:
        inside = {key: Shown(one.uid, f"resolveuid/{one.uid}") for key, one in shown.items()}
        sent["text"] = classic(page.made(inside), inside)
    if collection:
        sent |= {
            "query": listed(page),
            "sort_on": "effective",
            "sort_reversed": True,
            "item_count": _MOST,
        }
    if face.blocks and not (collection or folder):
        sent |= blocks_of(page, page.made(shown), shown)
    return sent


def classic(body: Body, shown: Mapping[str, Shown]) -> str:
    """Return a text as one piece of HTML, with its photographs in it."""
    photos = (
        f'<p><img class="img-fluid" src="{html.escape(shown[one.id].url)}/@@images/image/large" '
        f'alt="{attribute(one.caption)}"><br><em>{words(one.caption)}</em></p>'
        for one in body.photos
        if one.id in shown
    )
    return cleaned("\n".join(filter(None, (body.before, *photos, body.after))))
