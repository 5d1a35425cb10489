"""A content's media type, by its beginning."""

from __future__ import annotations

import re
from io import SEEK_SET
from typing import BinaryIO

import puremagic

_ENOUGH = 64

# puremagic knows by four letters; it also calls JPEG 2000 a JPEG, and a PDF what begins with a line break. A browser
# looks further than four letters, so a content must begin as the format's own definition says.
_BEGINNINGS = {
    "application/pdf": re.compile(rb"%PDF-[12]\.\d[\s%]"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff[\xc0-\xfe]..", re.DOTALL),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", re.DOTALL),
}


def sniff(content: BinaryIO) -> str:
    """Return the media type of a PDF, JPEG or PNG, and an empty string for anything else.

    The content is left at its beginning. That it begins well does not say that it is whole.
    """
    content.seek(0, SEEK_SET)
    beginning = content.read(_ENOUGH)
    content.seek(0, SEEK_SET)
    try:
        known = {match.mime_type for match in puremagic.magic_string(beginning)}
    except (ValueError, puremagic.PureError):  # empty; nothing that it knows
        return ""
    return next(
        (t for t, begins in _BEGINNINGS.items() if t in known and begins.match(beginning)), ""
    )
