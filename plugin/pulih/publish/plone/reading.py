"""What Plone answers, read: of the right types, of the right place, or not at all. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from pulih.domain.plone.page import Seen
from pulih.errors import Unavailable
from pulih.publish.plone.plain import plain
from pulih.wording import N_

_LONGEST = 2000  # of a path, an identifier, a moment
_ODD = N_(
    "Situs menjawab dengan sesuatu yang bukan dari Plone ({what}). Periksa alamat target; "
    "untuk situs Volto, pakai alamat yang berakhir dengan /++api++."
)


@dataclass(frozen=True, slots=True)
class Found:
    """An object as it stands in Plone.

    Attributes:
        path: Below the site, no slash in front.
        kind: Plone's name of its type.
        modified: ISO, UTC, with seconds.
        html: Of its rich text, as Plone gives it back; empty where it has none.
        blocks: Volto's; empty where it has none.
    """

    uid: str
    path: str
    id: str
    url: str
    kind: str
    title: str
    description: str
    subjects: tuple[str, ...]
    modified: str
    state: str
    creators: tuple[str, ...] = ()
    html: str = ""
    blocks: Mapping[str, Any] | None = None
    listing: object = None


def odd(what: str) -> Unavailable:
    """Return that an answer cannot be read."""
    return Unavailable(_ODD, what=what)


def table(told: object, what: str) -> Mapping[str, Any]:
    """Return an answer that must be a table of names. Raises Unavailable."""
    if not isinstance(told, dict):
        raise odd(what)
    return told


def rows(told: object, what: str) -> list[Mapping[str, Any]]:
    """Return an answer that must be a list of tables. Raises Unavailable."""
    if not isinstance(told, list):
        raise odd(what)
    return [table(row, what) for row in told]


def text(told: Mapping[str, Any], name: str, most: int = _LONGEST) -> str:
    """Return a text that must be there, and not be endless. Raises Unavailable."""
    value = told.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise odd(name)
    return clean(value)


def clean(value: object) -> str:
    """Return a text without what cannot be written; empty for what is none."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def below(base: str, address: object) -> str:
    """Return an address of Plone's as a path below the site. Raises Unavailable where it is elsewhere."""
    if not isinstance(address, str) or len(address) > _LONGEST:
        raise odd("@id")
    plain = address.partition("?")[0].rstrip("/")
    if not f"{plain}/".startswith(f"{base}/"):
        raise odd("@id")
    path = unquote(plain[len(base) + 1 :])
    if ".." in path.split("/"):
        raise odd("@id")
    return clean(path)


def moment(told: Mapping[str, Any], name: str) -> str:
    """Return a moment in the one form that is compared. Raises Unavailable where it is none."""
    try:
        at = datetime.fromisoformat(text(told, name))
    except ValueError:
        raise odd(name) from None
    if at.tzinfo is None:
        raise odd(name)
    return at.astimezone(UTC).isoformat(timespec="seconds")


def found(told: object, base: str) -> Found:
    """Return an object as Plone tells it. Raises Unavailable."""
    page = table(told, "object")
    rich = page.get("text")
    return Found(
        uid=text(page, "UID"),
        path=below(base, page.get("@id")),
        id=text(page, "id"),
        url=text(page, "@id"),
        kind=text(page, "@type"),
        title=clean(page.get("title")),
        description=clean(page.get("description")),
        subjects=_words(page.get("subjects")),
        modified=moment(page, "modified"),
        state=clean(page.get("review_state")),
        creators=_words(page.get("creators")),
        html=clean(rich.get("data")) if isinstance(rich, dict) else "",
        blocks=_blocks(page),
        listing=page.get("query"),
    )


def _blocks(page: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return Volto's blocks in the order in which they are shown."""
    blocks, layout = page.get("blocks"), page.get("blocks_layout")
    if not isinstance(blocks, dict):
        return None
    items = layout.get("items") if isinstance(layout, dict) else None
    order = [one for one in items if isinstance(one, str)] if isinstance(items, list) else []
    return {name: blocks[name] for name in dict.fromkeys([*order, *blocks]) if name in blocks}


def seen(told: Mapping[str, Any], base: str, root: str) -> Seen | None:
    """Return a line of a search; None for what is not below the root, whatever the search was asked for."""
    path = below(base, told.get("@id"))
    if path != root and not path.startswith(f"{root}/"):
        return None
    state = clean(told.get("review_state"))
    return Seen(text(told, "UID"), path, moment(told, "modified"), state)


def words_of(html: str) -> list[str]:
    """Return the words of a piece of HTML: how it is laid out is no part of them."""
    return plain(html).split()


def block_words(blocks: Mapping[str, Any] | None) -> Iterator[tuple[str, ...]]:
    """Yield the words of each of Volto's blocks of HTML, in whatever order they are kept."""
    for block in (blocks or {}).values():
        if isinstance(block, dict) and block.get("@type") == "html":
            yield tuple(words_of(clean(block.get("html"))))


def _words(told: object) -> tuple[str, ...]:
    return (
        tuple(clean(one) for one in told if isinstance(one, str)) if isinstance(told, list) else ()
    )
