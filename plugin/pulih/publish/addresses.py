"""Where each page stands under `wiki/`. An address depends on nothing but the identifier, so a link never breaks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from pulih.domain.agency import DeviceKind
from pulih.domain.article import Article

CASES = "kasus/index.md"
AGENCIES = "opd/index.md"
DEVICES = "perangkat/index.md"
FAULTS = "gangguan/index.md"
FOLDERS = ("kasus", "opd", "perangkat", "gangguan")
NO_DEVICE = "tanpa-perangkat"

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_JOINTS = re.compile(r"[\s\-._/]+")
_LONGEST = 60
_RESERVED = frozenset({"index", NO_DEVICE})


def case(number: str, year: int) -> str:
    """Return the address of a case."""
    return f"kasus/{year}/{_name(number)}.md"


def year_of_cases(year: int) -> str:
    """Return the address of a year's list."""
    return f"kasus/{year}/index.md"


def agency(identifier: str) -> str:
    """Return the address of an agency's list."""
    return f"opd/{_name(identifier)}.md"


def fault(identifier: str) -> str:
    """Return the address of a fault type's list."""
    return f"gangguan/{_name(identifier)}.md"


def kind_of(article: Article) -> str:
    """Return the kind under which a case is listed; `NO_DEVICE` when it names no device at all."""
    if article.device_kind:
        return article.device_kind
    return DeviceKind.OTHER.value if article.device_make else NO_DEVICE


def kind(identifier: str) -> str:
    """Return the address of a device kind's list."""
    return f"perangkat/{NO_DEVICE if identifier == NO_DEVICE else _name(identifier)}.md"


def model(kind_identifier: str, make: str) -> str:
    """Return the address of a model's list. Makes that differ in case or hyphens only are one model."""
    said = unicodedata.normalize("NFC", make).casefold().replace("+", " plus ")
    words = _JOINTS.sub("-", said).strip("-")
    return f"perangkat/{_name(kind_identifier)}/{_name(words)}.md"


def relative(page: str, target: str) -> str:
    """Return the link that leads from one page to another."""
    up, down = page.split("/")[:-1], target.split("/")
    common = 0
    while common < min(len(up), len(down) - 1) and up[common] == down[common]:
        common += 1
    return "/".join([".."] * (len(up) - common) + down[common:])


@lru_cache(maxsize=1 << 15)
def _name(identifier: str) -> str:
    """Return a file name that no other identifier has; plain identifiers are their own name."""
    if _PLAIN.fullmatch(identifier) and len(identifier) <= _LONGEST and identifier not in _RESERVED:
        return identifier
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    letters = unicodedata.normalize("NFKD", identifier.casefold())
    plain = "-".join(re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode()))
    # The underscore keeps these apart from every plain identifier.
    return f"{plain[:_LONGEST].strip('-') or 'x'}_{digest}"
