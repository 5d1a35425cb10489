"""A Plone site that the office publishes to, and what of the office is shown there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pulih.domain.article import Article
from pulih.domain.scrub import Audience
from pulih.errors import Invalid, Problem
from pulih.wording import N_, Sentence, sentence

MOST_URL = 300
MOST_ROOT = 120
_ROOT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?|[0-9a-f:.]+")
_PATH = re.compile(r"(?:/[A-Za-z0-9_~.+\-]+)*")
_DOTS = frozenset({".", ".."})


@dataclass(frozen=True, slots=True)
class Target:
    """A Plone site and the part of it that is the office's.

    Attributes:
        id: 32 hexadecimal digits.
        name: What people call it.
        url: As `parse_url` gives it.
        user: Empty where `secret` is a token.
        secret: The password or the token, sealed; never in the clear.
        root: The folder below the site under which all pages stand, as `parse_root` gives it.
        agencies, fault_types: Identifiers of those whose cases are shown; empty for all.
        printed: Whether a PDF of each case stands beside its page.
        active: Whether it is kept true by itself.
        version: How often it was saved; who saves an older one is told.
    """

    id: str
    name: str
    url: str
    user: str
    secret: str = field(repr=False)
    root: str
    audience: Audience
    agencies: tuple[str, ...] = ()
    fault_types: tuple[str, ...] = ()
    printed: bool = False
    active: bool = True
    version: int = 1

    def shows(self, article: Article) -> bool:
        """Tell whether a case is one of those that are shown there."""
        return (not self.agencies or article.agency in self.agencies) and (
            not self.fault_types or article.fault_type in self.fault_types
        )


def parse_url(typed: str) -> str:
    """Return the address of a Plone site in the one form that is kept: no slash at its end.

    Raises:
        Invalid: It is none, or an account, a query or a fragment is in it; the field is `url`.
    """
    line = typed.strip()
    if not line or len(line) > MOST_URL:
        raise _wrong("url", sentence(_URL_CURE))
    try:
        parts = urlsplit(line)
        port = parts.port
    except ValueError:
        raise _wrong("url", sentence(_URL_CURE)) from None
    if "@" in parts.netloc:
        said = sentence(
            "Tulis alamatnya tanpa nama akun dan kata sandi; keduanya punya isian sendiri."
        )
        raise _wrong("url", said)
    host, path = parts.hostname or "", parts.path.rstrip("/")
    plain = _HOST.fullmatch(host) and _PATH.fullmatch(path) and port != 0
    if (
        parts.scheme not in ("http", "https")
        or not plain
        or _DOTS & set(path.split("/"))
        or "?" in line
        or "#" in line
    ):
        raise _wrong("url", sentence(_URL_CURE))
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{'' if port is None else f':{port}'}{path}"


def parse_root(typed: str) -> str:
    """Return the path of the folder below the site, without slashes at its ends.

    Raises:
        Invalid: It is empty or has other signs than Plone's addresses are made of here; the field is `root`.
    """
    line = typed.strip().strip("/").lower()
    if len(line) > MOST_ROOT or not _ROOT.fullmatch(line):
        said = sentence(
            "Isi alamat folder di dalam situs: huruf kecil, angka, dan tanda hubung, misalnya layanan/kasus-jaringan."
        )
        raise _wrong("root", said)
    return line


_URL_CURE = N_(
    "Isi alamat situs Plone seperti diketik di peramban, misalnya https://portal.sumbawakab.go.id; "
    "tanpa tanda tanya dan tanda pagar di dalamnya."
)


def _wrong(name: str, said: Sentence) -> Invalid:
    return Invalid([Problem(name, said)])
