"""Photographs as the wiki shows them: made anew from what was attached, at two sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from pulih.domain.edition import Edition
from pulih.errors import NotFound
from pulih.publish import addresses
from pulih.publish.sheet import Passing, Sheet, made_of

_LARGE, _SMALL = 1600, 320  # pixels of the longer side
_MOST_BYTES = 64 << 20  # more than any attachment may have


def picture_sheets(edition: Edition, opened: Callable[[str], BinaryIO]) -> Iterator[Sheet]:
    """Yield the files of all pictures, each picture once however many cases show it.

    What is not to be read as a picture, or is lost, becomes a grey tile: a page says nothing of what its pictures hold,
    and so never names a file that is not there.

    Args:
        opened: Opens an attachment's content by digest. Its NotFound makes a tile; its Unavailable is raised by
            `make`.
    """
    wanted = dict.fromkeys(picture.digest for case in edition.cases for picture in case.pictures)
    for digest in wanted:
        for address, side in (
            (addresses.picture(digest), _LARGE),
            (addresses.thumbnail(digest), _SMALL),
        ):
            of = made_of("picture", digest, str(side))
            yield Sheet(address, of, partial(_made, digest, side, opened))


def _made(digest: str, side: int, opened: Callable[[str], BinaryIO]) -> bytes:
    from pulih.publish.photograph import (  # noqa: PLC0415 - Pillow, only where there is one
        nothing_to_see,
        photograph,
    )

    try:
        with opened(digest) as stream:
            content = stream.read(_MOST_BYTES)
    except NotFound:
        # Whoever restores the attachment gets the picture back.
        return Passing(nothing_to_see(side))
    return photograph(content, side) or nothing_to_see(side)
