"""Where each page stands under `wiki/`. An address depends on nothing but the identifier, so a link never breaks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from pulih.domain.agency import DeviceKind
from pulih.domain.article import Article

CASES = "kasus/index.md"
RECURRING = "kasus/kambuh.md"
MATRIX = "kasus/matriks.md"
AGENCIES = "opd/index.md"
DEVICES = "perangkat/index.md"
FAULTS = "gangguan/index.md"
FOLDERS = ("kasus", "opd", "perangkat", "gangguan")
NO_DEVICE = "tanpa-perangkat"
FEED = "umpan/kasus.xml"
# Generated files that can carry no mark; whatever else stands beside them is somebody's.
UNMARKED = re.compile(
    r"gambar/[0-9a-f]{16}(?:-kecil)?\.jpg|umpan/(?:kasus|(?:opd|gangguan)/[^/]+)\.xml|assets/cari/[\w/-]+\.js"
)

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_JOINTS = re.compile(r"[\s\-._/]+")
_LONGEST = 60
_RESERVED = frozenset({"index", NO_DEVICE})
_OLDER = re.compile(r"hal-\d+")  # the older pages of a list, and
_UNITS = "unit"  # the folder of single devices


def case(number: str, year: int) -> str:
    """Return the address of a case."""
    return f"kasus/{year}/{_name(number)}.md"


def year_of_cases(year: int) -> str:
    """Return the address of a year's list."""
    return f"kasus/{year}/index.md"


def older(head: str, page: int) -> str:
    """Return the address of an older page of a list; 1 is the oldest."""
    folder = head.removesuffix("index.md").removesuffix(".md").rstrip("/")
    return f"{folder}/hal-{page}.md"


def agency(identifier: str) -> str:
    """Return the address of an agency's list."""
    return f"opd/{_name(identifier)}.md"


def agency_feed(identifier: str) -> str:
    """Return the address of the feed of an agency's new cases."""
    return f"umpan/opd/{_name(identifier)}.xml"


def fault(identifier: str) -> str:
    """Return the address of a fault type's list."""
    return f"gangguan/{_name(identifier)}.md"


def fault_feed(identifier: str) -> str:
    """Return the address of the feed of a fault type's new cases."""
    return f"umpan/gangguan/{_name(identifier)}.xml"


def pair(agency_identifier: str, fault_identifier: str) -> str:
    """Return the address of the list of an agency's cases of one fault type."""
    return f"kasus/matriks/{_name(agency_identifier)}/{_name(fault_identifier)}.md"


def kind_of(article: Article) -> str:
    """Return the kind under which a case is listed; `NO_DEVICE` when it names no device at all."""
    if article.device_kind:
        return article.device_kind
    return DeviceKind.OTHER.value if article.device_make else NO_DEVICE


def kind(identifier: str) -> str:
    """Return the address of a device kind's list."""
    return f"perangkat/{_kind(identifier)}.md"


@lru_cache(maxsize=1 << 12)
def model(kind_identifier: str, make: str) -> str:
    """Return the address of a model's list. Makes that differ in case or hyphens only are one model."""
    said = unicodedata.normalize("NFC", make).casefold().replace("+", " plus ")
    words = _JOINTS.sub("-", said).strip("-")
    return f"perangkat/{_kind(kind_identifier)}/{_name(words)}.md"


def device(identifier: str) -> str:
    """Return the address of a single device's history. Its kind and model may be corrected, so they are not in it."""
    return f"perangkat/{_UNITS}/{_name(identifier)}.md"


def picture(digest: str) -> str:
    """Return the address of a photograph, by the SHA-256 of its attachment."""
    return f"gambar/{digest[:16]}.jpg"


def thumbnail(digest: str) -> str:
    """Return the address of a photograph's small copy."""
    return f"gambar/{digest[:16]}-kecil.jpg"


def relative(page: str, target: str) -> str:
    """Return the link that leads from one page to another."""
    up, down = page.split("/")[:-1], target.split("/")
    common = 0
    while common < min(len(up), len(down) - 1) and up[common] == down[common]:
        common += 1
    return "/".join([".."] * (len(up) - common) + down[common:])


def _kind(identifier: str) -> str:
    if identifier == NO_DEVICE:
        return NO_DEVICE
    return _sealed(identifier) if identifier == _UNITS else _name(identifier)


@lru_cache(maxsize=1 << 15)
def _name(identifier: str) -> str:
    """Return a file name that no other identifier has; plain identifiers are their own name."""
    plain = _PLAIN.fullmatch(identifier) and len(identifier) <= _LONGEST
    free = identifier not in _RESERVED and not _OLDER.fullmatch(identifier)
    return identifier if plain and free else _sealed(identifier)


def _sealed(identifier: str) -> str:
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    letters = unicodedata.normalize("NFKD", identifier.casefold())
    plain = "-".join(re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode()))
    # The underscore keeps these apart from every plain identifier.
    return f"{plain[:_LONGEST].strip('-') or 'x'}_{digest}"
