"""Taking out of a ticket's prose its contacts by name and number, and all that `scrub` finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pulih.domain import sop
from pulih.domain.agency import Agency
from pulih.domain.people import Role
from pulih.domain.scrub import NOBODY, House, Kind, findings, masked, scrubbed
from pulih.domain.ticket import Ticket

MASK = Kind.CONTACT.mask


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    "bapak pak bpk ibu bu saudara saudari sdr sdri mas mbak mba h hj haji hajah prof drs dra dr ir"
)
_POSITIONS = _set(
    "kepala kadis kabid kabag kasi kasubag kasubbag kasubbid wakil plt plh sekretaris sekda sekdes camat lurah kades "
    "direktur ketua anggota bendahara staf staff operator admin administrator teknisi petugas pegawai pejabat guru "
    "dokter perawat satpam resepsionis pelapor pemohon kontak"
)
_PLACES = _set(
    "kantor dinas badan bagian bidang seksi subbagian subbag sekretariat opd upt uptd tim unit ruang ruangan loket "
    "lantai gedung desa kelurahan kecamatan kabupaten sumbawa puskesmas rsud sekolah"
)
_OTHERS = _set(
    "umum keuangan perencanaan kepegawaian program data teknologi informasi jaringan komputer internet server "
    "dan atau yang dari untuk lain pihak bersangkutan semua piket jaga"
)
_COMMON = _TITLES | _POSITIONS | _PLACES | _OTHERS
_BETWEEN_PARTS = re.compile(r"[,;:()/&+\d]+|\s[\-\u2010-\u2015\u2212]+\s|\bdan\b", re.IGNORECASE)
_SHORTEST_NAME = 3
_SHORTEST_WORD = 4  # that is taken for a name by its capital alone
_SHORTEST_CALLED = 2  # after "Pak" or "Bu"

_DASH = r"\-\u2010-\u2015\u2212"
_BETWEEN_DIGITS = rf"[\s().{_DASH}/]*"
_NUMBER = re.compile(rf"\d(?:{_BETWEEN_DIGITS}\d){{4,}}")
_SHORTEST_NUMBER = 6


class Mask:
    """Takes out of a ticket's prose what is not for every colleague.

    That is what `scrub` finds, and the ticket's contacts: their names and numbers however they are written.

    Args:
        ticket: Its private facts, and whoever acted for the agency, are the contacts.
        agency: The words of its name are nobody's name.
        house: What the office knows of itself.
    """

    def __init__(self, ticket: Ticket, agency: Agency, house: House = NOBODY) -> None:
        private = set(_private(ticket))
        common = _COMMON | set(_folded(_words(f"{agency.id} {agency.name} {agency.short}")))
        typed = {value: set(_names(value, common)) for value in private}
        parts = set().union(*typed.values())
        names = parts | {value.strip() for value in private if typed[value]}
        numbers = {number for value in private for number in _numbers(value)}
        patterns = [
            *map(_as_name, _longest_first(n for n in names if len(n) >= _SHORTEST_NAME)),
            *_as_words({w for p in parts for w in _words(p) if w.casefold() not in common}),
            *map(_as_number, sorted(numbers)),
        ]
        self.house = replace(house, people=re.compile("|".join(patterns)) if patterns else None)

    def __call__(self, prose: str) -> str:
        """Return the text with a mask for whatever is hidden in it."""
        return scrubbed(prose, house=self.house)

    def row(self, what: str, *cells: str) -> tuple[str, ...]:
        """Return a line of a table, masked; what its first cell asks for ("password wifi") is hidden in the others."""
        return self(what), *(self._under(what, cell) for cell in cells)

    def _under(self, heading: str, cell: str) -> str:
        lead = f"{heading.rstrip(' :=')}: "
        shift = len(lead)
        found = [
            replace(f, start=max(0, f.start - shift), end=f.end - shift)
            for f in findings(lead + cell, house=self.house)
            if f.end > shift
        ]
        return self(masked(cell, found))


def _private(ticket: Ticket) -> Iterator[str]:
    for entry in ticket.history:
        if entry.role is Role.OPD:
            yield entry.name
        for fact in sop.STAGES[entry.stage].facts:
            value = entry.facts.get(fact.name)
            if fact.private and isinstance(value, str):
                yield value


def _names(contact: str, common: frozenset[str]) -> Iterator[str]:
    """Yield the names in a contact, with and without titles and position.

    Nothing for who is only called by a position, as "OPD" or "Kepala Dinas".
    """
    parts = [part.strip() for part in _BETWEEN_PARTS.split(contact)]
    parts = [part for part in parts if not common.issuperset(_folded(_words(part)))]
    people = [part for part in parts if not _is_position(part)] or parts
    for part in people[:1] + [part for part in people[1:] if _is_full_name(part)]:
        yield from (part, _bare(part, _TITLES), _bare(part, _COMMON))


def _is_position(part: str) -> bool:
    return _words(part)[0].casefold() in _POSITIONS | _PLACES


def _is_full_name(part: str) -> bool:
    """Tell whether what follows a name is one more name, and no degree and no remark."""
    words = _words(part)
    return all(word[0].isupper() for word in words) and max(map(len, words)) >= _SHORTEST_WORD


def _bare(part: str, around: frozenset[str]) -> str:
    """Return a name without the words `around` it."""
    words = part.split()
    while words and words[0].strip(".").casefold() in around:
        del words[0]
    while words and words[-1].strip(".").casefold() in around:
        del words[-1]
    return " ".join(words)


def _numbers(contact: str) -> Iterator[str]:
    for text in (contact, *contact.split("/")):
        yield from _NUMBER.findall(text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)


def _folded(words: Iterable[str]) -> Iterator[str]:
    return (word.casefold() for word in words)


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))


def _as_name(name: str) -> str:
    words = r"[\s._\-]+".join(map(re.escape, name.split()))
    return rf"(?<!\w)(?i:{words})(?!\w)"


def _as_words(words: set[str]) -> Iterator[str]:
    """Yield patterns for a part of a name: in any writing after "Pak" or "Bu", else with a capital."""
    called = _any_of(word for word in words if len(word) >= _SHORTEST_CALLED)
    if called:
        yield rf"(?<!\w)(?i:(?:(?:{_any_of(_TITLES)})(?:\.\s*|\s+))+(?:{called})(?:\s+(?:{called}))*)(?!\w)"
    written = _any_of(
        form
        for word in words
        if len(word) >= _SHORTEST_WORD
        for form in {word, word.title(), word.upper()} - {word.lower()}
    )
    if written:
        yield rf"(?<!\w)(?:{written})(?:\s+(?:{written}))*(?!\w)"


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, _longest_first(texts)))


def _as_number(number: str) -> str:
    """Return a pattern for a telephone number however it is grouped, with or without 0 or +62 before it."""
    digits = re.sub(r"\D", "", number)
    inland = re.sub(r"^(?:(?:00)?62)?0?", "", digits)
    if len(inland) < _SHORTEST_NUMBER:
        return rf"(?<!\d){_BETWEEN_DIGITS.join(digits)}(?!\d)"
    prefix = rf"(?:(?:\+|00)?62{_BETWEEN_DIGITS})?(?:0{_BETWEEN_DIGITS})?"
    return rf"(?<!\d){prefix}{_BETWEEN_DIGITS.join(inland)}(?!\d)"
