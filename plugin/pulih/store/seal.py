"""The seal of a document that is written once and then only read: a digest of all it says, kept within it.

Tickets have a chain instead, as they grow.
"""

from __future__ import annotations

import hashlib
import json

from pulih.ports import Document

SEAL = "seal"


def sealed(document: Document) -> Document:
    """Return the document with its seal, in the place of an older one."""
    return {**document, SEAL: seal_of(document)}


def seal_of(document: Document) -> str:
    """Return the SHA-256 of a document without its seal, hexadecimal: of JSON with sorted keys, in ASCII.

    It is made of the document as it is kept: a record may gain a field, and older documents still fit their seals.
    """
    said = {name: value for name, value in document.items() if name != SEAL}
    return hashlib.sha256(_JSON.encode(said).encode()).hexdigest()


_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
