"""What somebody typed about a Plone site, read into a target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from pulih.domain.plone.target import Target, parse_root, parse_url
from pulih.domain.scrub import Audience
from pulih.errors import Invalid, Problem
from pulih.ports import Records
from pulih.wording import sentence

T = TypeVar("T")

_MOST_NAME, _MOST_USER, _MOST_SECRET = 80, 100, 4000  # a token has some hundred characters


@dataclass(frozen=True, slots=True)
class TypedTarget:
    """A target as somebody typed it. An empty password leaves the one that is kept."""

    name: str = ""
    url: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    root: str = ""
    audience: str = ""
    agencies: Sequence[str] = ()
    fault_types: Sequence[str] = ()
    printed: bool = False


def read_target(records: Records, typed: TypedTarget, stands: Target | None) -> Target:
    """Return the target that was typed, without an id, with the secret that stands.

    Args:
        stands: The one that it is in place of.

    Raises:
        Invalid: With every problem.
    """
    problems: list[Problem] = []

    def part(parse: Callable[[str], T], text: str, instead: T) -> T:
        try:
            return parse(text)
        except Invalid as error:
            problems.extend(error.problems)
            return instead

    url = part(parse_url, typed.url, "")
    root = part(parse_root, typed.root, "")
    problems += [*_lines(typed), *_password(typed, url, stands), *_chosen(records, typed)]
    if problems:
        raise Invalid(problems)
    return Target(
        id="",
        name=typed.name.strip(),
        url=url,
        user=typed.user.strip(),
        secret=stands.secret if stands else "",
        root=root,
        audience=Audience(typed.audience),
        agencies=tuple(dict.fromkeys(typed.agencies)),
        fault_types=tuple(dict.fromkeys(typed.fault_types)),
        printed=typed.printed,
    )


def _lines(typed: TypedTarget) -> Iterator[Problem]:
    if not typed.name.strip():
        yield Problem("name", sentence("Isian ini wajib."))
    for name, text, most in (
        ("name", typed.name.strip(), _MOST_NAME),
        ("user", typed.user.strip(), _MOST_USER),
        ("password", typed.password, _MOST_SECRET),
    ):
        if not (text.isprintable() and len(text) <= most):
            cure = sentence("Paling banyak {limit} huruf, satu baris.", limit=most)
            yield Problem(name, cure)


def _password(typed: TypedTarget, url: str, stands: Target | None) -> Iterator[Problem]:
    if typed.password:
        return
    if stands is None:
        yield Problem("password", sentence("Isi kata sandi atau token akun di situs itu."))
    elif url and _origin(url) != _origin(stands.url):
        cure = sentence(
            "Alamat servernya berganti. Ketik lagi kata sandinya, supaya tidak terkirim ke server yang salah."
        )
        yield Problem("password", cure)


def _chosen(records: Records, typed: TypedTarget) -> Iterator[Problem]:
    if typed.audience not in {audience.value for audience in Audience}:
        yield Problem("audience", sentence("Pilih siapa yang membaca situs itu."))
    agencies = {agency.id for agency in records.agencies.all(active=None)}
    if unknown := sorted(set(typed.agencies) - agencies):
        yield Problem("agencies", sentence("{name} tidak ada di daftar OPD.", name=unknown))
    faults = {fault.id for fault in records.fault_types.all(active=None)}
    if unknown := sorted(set(typed.fault_types) - faults):
        cure = sentence("{name} tidak ada di daftar jenis gangguan.", name=unknown)
        yield Problem("fault_types", cure)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
