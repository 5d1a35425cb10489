"""People by their names and numbers: what of them is a name, and how either may be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pulih.domain.scrub import House
from pulih.domain.scrub.persons import words_of


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


def knowing(house: House, people: Iterable[str]) -> House:
    """Return a house that knows people by these names; what is no name ("Operator") is left out.

    They are found by their whole name, and by a part of it after "Pak", "Bu" and the like. Whoever has one name only
    is found by it alone where it has a capital.
    """
    names = [name for person in people for name in _names(person, _COMMON)]
    parts = {w for name in names for w in _words(name) if w.casefold() not in _COMMON}
    lone = {name for name in names if len(name.split()) == 1}
    whole = {n for n in names if n not in lone and len(n) >= _SHORTEST_NAME}
    patterns = [
        *map(_as_name, _longest_first(whole)),
        *_as_called(parts),
        *_as_written(lone),
    ]
    if not patterns:
        return house
    known = frozenset(word for name in names for word in words_of(name))
    return replace(house, people=re.compile("|".join(patterns)), parts=known)


def known_by(contacts: Iterable[str], common: Iterable[str]) -> Iterator[str]:
    """Yield patterns for the contacts of a ticket: their names and numbers, however they are written.

    Args:
        contacts: As they were typed, with titles and positions.
        common: Texts whose words are nobody's name.
    """
    contacts = set(contacts)
    words = _COMMON | set(_folded(_words(" ".join(common))))
    typed = {value: set(_names(value, words)) for value in contacts}
    parts = set().union(*typed.values())
    names = parts | {value.strip() for value in contacts if typed[value]}
    numbers = {number for value in contacts for number in _numbers(value)}
    yield from map(_as_name, _longest_first(n for n in names if len(n) >= _SHORTEST_NAME))
    yield from _as_words({w for p in parts for w in _words(p) if w.casefold() not in words})
    yield from map(_as_number, sorted(numbers))


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
    yield from _as_called(words)
    yield from _as_written(words)


def _as_called(words: set[str]) -> Iterator[str]:
    called = _any_of(word for word in words if len(word) >= _SHORTEST_CALLED)
    if called:
        yield rf"(?<!\w)(?i:(?:(?:{_any_of(_TITLES)})(?:\.\s*|\s+))+(?:{called})(?:\s+(?:{called}))*)(?!\w)"


def _as_written(words: set[str]) -> Iterator[str]:
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
