"""What a built site was made from: kept beside it, so that the next one need not be made from the start."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path

from pulih.publish.sources import Source

Asks = tuple[tuple[str, str, str], ...]  # page, anchor, the link as it is written


@dataclass(frozen=True, slots=True)
class Contents:
    """How a site came to be.

    Attributes:
        frame: Digest of all that shapes every page: configuration, theme, builder.
        newest: The moment that the build was given, in seconds since 1970.
        sources: Each file under `wiki/` that went in.
        asks: The anchors on other pages that a page links to; pages without such links are left out.
        faces: What every page shows of those in the navigation; empty where MkDocs built the site.
        base: The name of the site that this one was made from by changing `touched`, or empty.
        touched: The files of the site that are not as they were in `base`.
    """

    frame: str
    newest: int
    sources: dict[str, Source]
    asks: dict[str, Asks]
    faces: dict[str, str]
    base: str = ""
    touched: tuple[str, ...] = field(default=())


def dump(contents: Contents) -> bytes:
    """Return the contents as they are kept."""
    kept = {each.name: getattr(contents, each.name) for each in fields(contents)}
    return json.dumps(kept, separators=(",", ":")).encode()


def load(file: Path) -> Contents | None:
    """Return contents that were kept; None where there are none that can be read."""
    try:
        kept = json.loads(file.read_bytes())
        return Contents(
            frame=kept["frame"],
            newest=kept["newest"],
            sources={uri: Source(d, tuple(look)) for uri, (d, look) in kept["sources"].items()},
            asks={
                uri: tuple((page, anchor, link) for page, anchor, link in asks)
                for uri, asks in kept["asks"].items()
            },
            faces=kept["faces"],
            base=kept["base"],
            touched=tuple(kept["touched"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
