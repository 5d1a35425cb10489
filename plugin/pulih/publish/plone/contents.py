"""What is in the files of a page: photographs made anew as on the wiki, and the page itself for printing."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import BinaryIO

from pulih.domain.plone.page import Attached, Wanted
from pulih.errors import NotFound

_SIDE, _PRINTED_SIDE = 1600, 1000  # pixels of the longer side
_MOST_BYTES = 64 << 20  # more than any attachment may have


@dataclass(frozen=True, slots=True)
class PageContents:
    """Gives the content of a page's files.

    Attributes:
        opened: Opens an attachment's content by digest. Raises NotFound, Unavailable.
        print: Makes a PDF of a title and clean HTML. Raises Unavailable.
    """

    opened: Callable[[str], BinaryIO]
    print: Callable[[str, str], bytes]

    def __call__(self, page: Wanted, attached: Attached) -> bytes:
        """Return the content of a file.

        Raises:
            NotFound: The attachment is lost.
            Unavailable: It cannot be read or printed now.
        """
        if attached.image:
            return self._picture(attached.source, _SIDE)
        return self.print(page.title, "".join(self._leaf(page)))

    def _picture(self, digest: str, side: int) -> bytes:
        from pulih.publish.photograph import (  # noqa: PLC0415 - Pillow, only where there is one
            nothing_to_see,
            photograph,
        )

        with self.opened(digest) as stream:
            content = stream.read(_MOST_BYTES)
        return photograph(content, side) or nothing_to_see(side)

    def _leaf(self, page: Wanted) -> Iterator[str]:
        """Yield the page as it is printed, with its photographs in it."""
        body = page.made({})
        sources = {one.id: one.source for one in page.attached if one.image}
        if page.description:
            yield f"<p><em>{escape(page.description)}</em></p>"
        yield body.before
        for photo in body.photos:
            try:
                content = self._picture(sources[photo.id], _PRINTED_SIDE)
            except NotFound:
                continue  # its place on the page says that it is lost
            source = base64.b64encode(content).decode()
            yield (
                f'<figure><img alt="" src="data:image/jpeg;base64,{source}">'
                f"<figcaption>{escape(photo.caption)}</figcaption></figure>"
            )
        yield body.after
