"""What a built site was made from: kept beside it, so that the next one need not be made from the start."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

from pulih.publish.sources import Source


class Part(NamedTuple):
    """What a page gave to the whole: the length of its part of the search's index, and the anchors it links to."""

    found: int
    asks: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """How a site came to be.

    Attributes:
        frame: Digest of all that shapes every page: configuration, theme, builder.
        newest: The moment that the build was given, in seconds since 1970.
        sources: Each file under `wiki/` that went in.
        parts: Each page among them.
        faces: What every page shows of those in the navigation.
        base: The name of the site that this one was made from by changing `touched`, or empty.
        touched: The files of the site that are not as they were in `base`.
    """

    frame: str
    newest: int
    sources: dict[str, Source]
    parts: dict[str, Part]
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
            parts={
                uri: Part(found, tuple((a, b, c) for a, b, c in asks))
                for uri, (found, asks) in kept["parts"].items()
            },
            faces=kept["faces"],
            base=kept["base"],
            touched=tuple(kept["touched"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
