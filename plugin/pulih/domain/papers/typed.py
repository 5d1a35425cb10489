"""Reads what an administrator typed about papers. Every problem is told at once, beside its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Layout, Margins, Size
from pulih.domain.papers.number import alike, check
from pulih.domain.papers.settings import Head, KindSettings, Official, PaperSettings
from pulih.domain.people import Role
from pulih.domain.reading import clean
from pulih.errors import Invalid, Problem
from pulih.wording import sentence

SIGNING = (
    Role.HEAD_OF_DEPARTMENT,
    Role.HEAD_OF_DIVISION,
    Role.SECTION_HEAD,
)  # who may sign for the office
NOT_OURS = frozenset({PaperKind.LETTER})  # has its agency's own number and signs
_LINE, _LINES = 120, 8
_MARGIN = (5.0, 60.0)
_POINTS = (8.0, 14.0)
_NIP = re.compile(r"[0-9]{18}")
# Without them no paper can be issued; an office that has not said them yet may say other things first.
_NEEDED = (
    ("lines", sentence("Isi baris kop, misalnya PEMERINTAH KABUPATEN SUMBAWA lalu nama dinas.")),
    ("place", sentence("Isi tempat penandatanganan, misalnya Sumbawa Besar.")),
)
_SINCE = re.compile(r"(?:(?P<year>[0-9]{4})\s*:)?\s*(?P<pattern>\S.*)")
E = TypeVar("E", bound=StrEnum)


def raw(settings: PaperSettings) -> dict[str, str]:
    """Return settings as the form shows them: what `read` reads back."""
    typed = {
        "lines": "\n".join(settings.lines),
        "address": "\n".join(settings.address),
        "place": settings.place,
    }
    for role in SIGNING:
        official = settings.officials.get(role, Official())
        for name in ("name", "nip", "rank", "position"):
            typed[f"{role.value}.{name}"] = getattr(official, name)
    for kind, decided in settings.kinds.items():
        layout = decided.layout
        typed |= {f"{kind.value}.{side}": _plain(getattr(layout.margins, side)) for side in _SIDES}
        typed |= {
            f"{kind.value}.size": layout.size.value,
            f"{kind.value}.pages": layout.pages.value,
            f"{kind.value}.points": _plain(layout.points),
            f"{kind.value}.head": decided.head.value,
            f"{kind.value}.signs": decided.signs.value,
            f"{kind.value}.copies": "\n".join(decided.copies),
            f"{kind.value}.patterns": _patterns_out(decided.patterns),
        }
    return typed


def read(typed: Mapping[str, str], before: PaperSettings) -> PaperSettings:
    """Return the settings that were typed; fields that were not are as before. The arms are changed elsewhere.

    Raises:
        Invalid: With a problem for each field that does not fit.
    """
    form = _Form(raw(before) | dict(typed))
    for name, empty in _NEEDED:
        if name in typed and not typed[name].strip():
            form.problems.append(Problem(name, empty))
    settings = PaperSettings(
        lines=form.lines("lines"),
        address=form.lines("address"),
        arms=before.arms,
        place=form.line("place"),
        officials={role: _official(form, role) for role in SIGNING},
        kinds={kind: _kind(form, kind) for kind in PaperKind},
        version=before.version,
    )
    for kind in PaperKind:
        if f"{kind.value}.patterns" in typed and not form.problems:
            _hold_apart(form, settings, kind)
    if form.problems:
        raise Invalid(form.problems)
    return settings


@dataclass(frozen=True, slots=True)
class _Form:
    """What was typed, and what is wrong with it."""

    typed: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def line(self, name: str) -> str:
        text = clean(self.typed[name], lines=False)
        if len(text) > _LINE:
            said = sentence("Terlalu panjang; paling banyak {limit} huruf.", limit=_LINE)
            self.problems.append(Problem(name, said))
        return text

    def lines(self, name: str) -> tuple[str, ...]:
        lines = [
            " ".join(line.split()) for line in clean(self.typed[name], lines=True).splitlines()
        ]
        lines = [line for line in lines if line]
        if len(lines) > _LINES or any(len(line) > _LINE for line in lines):
            said = sentence(
                "Paling banyak {lines} baris, masing-masing {limit} huruf.",
                lines=_LINES,
                limit=_LINE,
            )
            self.problems.append(Problem(name, said))
        return tuple(lines)

    def between(self, name: str, least: float, most: float) -> float:
        text = self.typed[name].strip().replace(",", ".")
        value = float(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text, re.ASCII) else -1.0
        if not least <= value <= most:
            said = sentence(
                "Isi angka dari {least} sampai {most}.", least=f"{least:g}", most=f"{most:g}"
            )
            self.problems.append(Problem(name, said))
        return value

    def one_of(self, name: str, kind: type[E], among: tuple[E, ...]) -> E:
        found = next((one for one in among if one.value == self.typed[name]), None)
        if found is None:
            self.problems.append(Problem(name, sentence("Pilih salah satu dari daftar.")))
        return found or next(iter(kind))


_SIDES = ("top", "right", "bottom", "left")


def _official(form: _Form, role: Role) -> Official:
    nip = re.sub(r"[\s.]", "", form.typed[f"{role.value}.nip"])
    if nip and not _NIP.fullmatch(nip):
        form.problems.append(Problem(f"{role.value}.nip", sentence("NIP terdiri atas 18 angka.")))
    name, rank, position = (
        form.line(f"{role.value}.{part}") for part in ("name", "rank", "position")
    )
    return Official(name, nip, rank, position)


def _kind(form: _Form, kind: PaperKind) -> KindSettings:
    def name(part: str) -> str:
        return f"{kind.value}.{part}"

    margins = Margins(**{side: form.between(name(side), *_MARGIN) for side in _SIDES})
    points = form.between(name("points"), *_POINTS)
    size, pages = (
        form.one_of(name("size"), Size, tuple(Size)),
        form.one_of(name("pages"), Corner, tuple(Corner)),
    )
    return KindSettings(
        layout=Layout(size, margins, pages, points),
        patterns=_patterns(form, name("patterns")),
        signs=form.one_of(name("signs"), Role, tuple(Role)),
        head=form.one_of(name("head"), Head, tuple(Head)),
        copies=form.lines(name("copies")),
    )


def _patterns(form: _Form, name: str) -> dict[int, str]:
    """Return the patterns, a line each: the first for all years, the others begin with the year since when."""
    patterns: dict[int, str] = {}
    for line in form.lines(name):
        found = _SINCE.fullmatch(line)
        year = int(found["year"] or 0) if found else 0
        pattern = found["pattern"] if found else line
        try:
            check(name, pattern)
        except Invalid as error:
            form.problems.extend(error.problems)
        if year in patterns:
            form.problems.append(
                Problem(name, sentence("Ada dua pola untuk tahun yang sama. Hapus salah satunya."))
            )
        patterns[year] = pattern
    if 0 not in patterns:
        said = sentence("Baris pertama adalah pola untuk semua tahun, tanpa tahun di depannya.")
        form.problems.append(Problem(name, said))
    return patterns


def _hold_apart(form: _Form, settings: PaperSettings, kind: PaperKind) -> None:
    """Note a problem where another kind is numbered by the same pattern in any year."""
    own = settings.kinds[kind]
    for other, decided in settings.kinds.items():
        years = {*own.patterns, *decided.patterns}
        if (
            other is not kind
            and NOT_OURS.isdisjoint((other, kind))
            and any(alike(own.pattern(year), decided.pattern(year)) for year in years)
        ):
            said = sentence(
                "Pola ini juga pola {kind}, sehingga dua dokumen bernomor sama. Bedakan kodenya.",
                kind=sentence(other.label),
            )
            form.problems.append(Problem(f"{kind.value}.patterns", said))
            return


def _patterns_out(patterns: Mapping[int, str]) -> str:
    return "\n".join(
        f"{year}: {pattern}" if year else pattern for year, pattern in sorted(patterns.items())
    )


def _plain(value: float) -> str:
    return f"{value:g}"
