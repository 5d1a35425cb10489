"""How to reach people, and the numbers that the state knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pulih.domain.scrub.kinds import COVER, House, Kind, Span
from pulih.domain.scrub.mailboxes import is_of_a_desk
from pulih.domain.scrub.words import word_set

_DASH = r"\-\u2010-\u2015\u2212"
# It begins after no letter and no hyphen, as a serial number would, but after "hp" or "WA-".
LABELLED = "|".join(
    f"(?<={word}{sign})"
    for word in ("hp", "wa", "tel", "telp", "tlp", "telepon", "whatsapp", "nomor", "hubungi")
    for sign in ("", "[-.:/ ]", "[.:] ")
)
_BEGIN = rf"(?:(?<![\w\-\u2010\u2011\u2212])|(?<=(?-i:[a-z])-)(?<!sn-)|{LABELLED})(?<!\d[.:])"
_END = r"(?!\w|[.:]\d)"  # not within an address, a time or a figure
_SPACE = r"[^\S\n]"
_GAP = rf"(?:\)?{_SPACE}[{_DASH}]{_SPACE}|\)?{_SPACE}|\)?[.{_DASH}]|\))"
_DIGIT = rf"(?:\d|{_GAP}\d(?=\d))"  # a group has two digits or more
_NO_ADDRESS = r"(?!\d{1,3}(?:\.\d{1,3}){3}(?!\d))"
_INLAND = rf"\(?0[2-9]\d{_DIGIT}{{6,10}}"
_ABROAD = (  # without the plus, only where a group of three digits follows
    rf"{_NO_ADDRESS}(?:\+62|62(?={_GAP}?\(?0?\)?{_GAP}?\(?\d{{3}}))"
    rf"{_GAP}?(?:\(?0\)?{_GAP}?)?\(?[2-9]\d{_DIGIT}{{5,10}}"
)
_LETTER_O = rf"\(?O8[1-9]\d{_DIGIT}{{6,9}}"  # for its 0
_MOBILE = (  # without its 0
    rf"(?<!vlan )(?<!port )\(?8[1-9]\d{{1,2}}\)?"
    rf"(?:[{_DASH}]\d{{3,4}}|{_SPACE}\d{{4}})(?:{_SPACE}|[{_DASH}])\d{{3,5}}"
)
ANYBODYS = rf"(?i:(?:{_BEGIN}(?:{_INLAND}|{_ABROAD}|{_LETTER_O}|{_MOBILE})|(?:{LABELLED})8[1-9]\d{{7,10}}){_END})"
_PHONES = (
    re.compile(ANYBODYS),
    re.compile(r"(?i:wa\.me/|whatsapp\.com/send\?phone=|\btel:|\bsms:)\+?(\d{8,15})"),
    re.compile(
        rf"(?i:(?:telp|telepon|tlp|tel|hp|wa|whatsapp|kontak|phone|mobile|nope|no\.?[ ]?(?:hp"
        rf"|wa|telp)|ponsel|handphone)(?:nya)?)"
        rf"[ ]?(?:no\.?|nomor)?[ \t]{{0,4}}[:.]?[ \t]{{0,2}}(\+?\(?\d"
        rf"(?:[ .{_DASH}()]{{0,2}}\d){{5,14}})(?![\w/]|[.:]\d)"
    ),
    re.compile(
        r"(?<![\w.+])(\+(?!62)[1-9]\d{0,2}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4})(?!\w|[.:]\d)"
    ),
)

_WORD = re.compile(r"[^\W\d_]+")
_SEP = rf"[ .{_DASH}]?"
_NOT_WITHIN = r"(?<![\w.])(?<![\d][/:\-])"
_NIK = re.compile(
    rf"{_NOT_WITHIN}(\d{{4}}{_SEP}\d{{2}}{_SEP}\d{{2}}{_SEP}\d{{2}}{_SEP}\d{{2}}{_SEP}\d{{4}}"
    rf"|\d{{4}}{_SEP}\d{{4}}{_SEP}\d{{4}}{_SEP}\d{{4}})(?![\w]|[.:/-]\d|[ ]\d{{4}}\b)"
)
_NIP = re.compile(
    rf"{_NOT_WITHIN}((?:19[3-9]|20[01])\d{{5}}{_SEP}(?:19"
    rf"|20)\d{{4}}{_SEP}[12]{_SEP}\d{{3}})(?![\w]|[.:/-]\d)"
)
_LABELLED_NUMBER = re.compile(
    r"(?<![^\W_])(?:(?P<nip>nip|nik/nip|nip/nik|nipppk|ni[ ]?pppk|nrp|nrk)|(?P<nik>nik|no"
    r"(?:mor|\.)?[ ]?(?:ktp|kk|identitas)|ktp|kk)"
    r"|(?P<identity>npwp|nuptk|nisn|nidn|bpjs(?:[ ](?:kesehatan|ketenagakerjaan))?|no(?:mor"
    r"|\.)?[ ]?(?:bpjs|rekening|rek|paspor|sim)|(?<!kode[ ])(?:rekening|rek\.?(?![a-z]))"
    r"|paspor))"
    rf"(?:[ ]?(?:no\.?|nomor|[a-z]{{2,10}}))?(?:nya)?[ \t]{{0,4}}[.:=]?[ \t]{{0,3}}(?P<s>\d"
    rf"(?:[ .{_DASH}]{{0,2}}\d){{7,19}})(?!\w)",
    re.IGNORECASE,
)
_NPWP = re.compile(r"(?<![\w.])(\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3})(?![\w.])")
_VOUCHER = re.compile(r"(?<!\d)\d{4}(?:[ -]\d{4}){4}(?!\d)")  # as electricity is bought
_CARD = re.compile(
    rf"(?<![\w.])(?<![\d][/:\- ])((?:[3-6]\d|2[2-7])\d{{2}}(?P<gap>[ {_DASH}]?)\d{{4}}(?P=gap)\d{{4}}(?P=gap)\d{{4}})"
    rf"(?!\w|[.:/ {_DASH}]\d)"
)
_OF_CARD = re.compile(r"kartu|card|debit|kredit|credit|visa|master|atm", re.IGNORECASE)
_SERIAL = re.compile(
    r"(?:s/?n|serial|seri|imei|iccid|sn[-:]|id|mac|barcode|part|no\.? inv\w*|inventaris"
    r"|register|registrasi|kode barang)[\s.:#=-]{0,4}$",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?<![\w.+%@-])([\w.+%-]{1,64})@((?:[a-z0-9]"
    r"(?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24})(?![\w-]|\.\w|@)",
    re.IGNORECASE | re.ASCII,
)
_SPELLED_AT = r"(?:[ ]?[\[({<][ ]?(?:at|et|@)[ ]?[\])}>][ ]?)"
_SPELLED_DOT = r"(?:\.|[ ]?[\[({<][ ]?(?:dot|titik|\.)[ ]?[\])}>][ ]?)"
_SPELLED_MAILS = (
    re.compile(
        rf"(?<![\w.+%@-])([\w.+%-]{{1,64}}){_SPELLED_AT}"
        rf"((?:[a-z0-9-]{{1,63}}{_SPELLED_DOT}){{1,5}}[a-z]{{2,24}})(?![\w-])",
        re.IGNORECASE | re.ASCII,
    ),
    re.compile(
        r"(?<![\w.+%@-])([\w.+%-]{1,64})[ ](?:at|et)[ ](?!www\b)"
        r"((?:[a-z0-9-]{1,63}[ ](?:dot|titik)[ ]){1,5}[a-z]{2,24})(?![\w-])",
        re.IGNORECASE | re.ASCII,
    ),
)
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9-]+")
_IN_ADDRESS = re.compile(r"://[^\s@?#]*(?:@[^\s@?#]*)?$")
_ACCOUNT = re.compile(
    r"(?:sent-username|local-user|hostname|identity)[ \t=\"]{1,2}[\w.+%-]{1,64}$|(?<![\w.+%-])\d{4,}$",
    re.IGNORECASE,
)
_INSIDE = ("local", "lan", "internal", "localdomain", "intra", "home", "arpa", "pppoe")
# The Ministry of Home Affairs' codes of provinces.
_PROVINCES = word_set(
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 "
    "94 95 96"
)
_WOMEN = 40  # is added to their day of birth


def seek(text: str, house: House) -> Iterator[Span]:
    """Yield telephone numbers, numbers of persons and their mail addresses."""
    yield from named(text, house)
    if any(c.isdigit() for c in text):
        vouchers = [found.span() for found in _VOUCHER.finditer(text)]
        for span in (*_numbers(text), *_phones(text)):
            if not any(start <= span.start and span.end <= end for start, end in vouchers):
                yield span
    if "@" in text:
        yield from _mails(text, house)
    yield from _spelled_mails(text, house)


def named(text: str, house: House) -> Iterator[Span]:
    """Yield whoever the house knows, however they are written."""
    if house.people and (not house.parts or not house.parts.isdisjoint(words_of(text))):
        for found in house.people.finditer(text):
            yield Span(*found.span(), Kind.CONTACT)


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.casefold())


def _phones(text: str) -> Iterator[Span]:
    for pattern in _PHONES:
        for found in pattern.finditer(text):
            start, end = found.span(1) if pattern.groups else found.span()
            yield Span(start, end, Kind.PHONE)


def _numbers(text: str) -> Iterator[Span]:
    for found in _NIP.finditer(text):
        if _is_nip(_digits(found[1])) and not _is_serial(text, found.start()):
            yield Span(*found.span(1), Kind.NIP)
    for found in _NIK.finditer(text):
        if _is_nik(_digits(found[1])) and not _is_serial(text, found.start()):
            yield Span(*found.span(1), Kind.NIK)
    for found in _LABELLED_NUMBER.finditer(text):
        kind = Kind.NIP if found["nip"] else Kind.NIK if found["nik"] else Kind.IDENTITY
        if len(_digits(found["s"])) >= _LENGTHS[kind]:
            yield Span(*found.span("s"), kind)
    for found in _CARD.finditer(text):
        if _is_card(text, found):
            yield Span(*found.span(1), Kind.IDENTITY)
    for found in _NPWP.finditer(text):
        yield Span(*found.span(1), Kind.IDENTITY)


_LENGTHS = {Kind.NIP: 8, Kind.NIK: 12, Kind.IDENTITY: 8}


def _mails(text: str, house: House) -> Iterator[Span]:
    for found in _MAIL.finditer(text):
        local, domain = found[1], found[2].casefold()
        if _IN_ADDRESS.search(text[max(0, found.start() - 160) : found.start()]):
            continue
        if (
            COVER in found[0]
            or domain.rsplit(".", 1)[-1] in _INSIDE
            or is_of_a_desk(local, domain, house)
        ):
            continue
        if _ACCOUNT.search(text[max(0, found.start(1) - 16) : found.end(1)]):
            continue
        yield Span(found.start(1), found.end(2), Kind.MAIL)


def _spelled_mails(text: str, house: House) -> Iterator[Span]:
    """Yield mail addresses that are written so that no machine finds them."""
    folded = text.casefold()
    if not any(sign in folded for sign in ("at", "et", "@")):
        return
    for pattern in _SPELLED_MAILS:
        for found in pattern.finditer(text):
            parts = _NO_LETTER_OR_DIGIT.split(found[2].casefold())
            domain = ".".join(part for part in parts if part not in {"dot", "titik"})
            if COVER not in found[0] and not is_of_a_desk(found[1], domain, house):
                yield Span(found.start(1), found.end(2), Kind.MAIL)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_serial(text: str, at: int) -> bool:
    return bool(_SERIAL.search(text[max(0, at - 20) : at]))


def _is_card(text: str, found: re.Match[str]) -> bool:
    """Tell whether a number is a bank card's: its last digit is right, and it stands in groups or is called one."""
    called = _OF_CARD.search(text, max(0, found.start() - 24), found.start())
    if not (found["gap"] or called) or _is_serial(text, found.start()):
        return False
    digits = [int(digit) for digit in _digits(found[1])]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_nik(digits: str) -> bool:
    """Tell whether the province, the date of birth and the number of the day can be those of a person."""
    day = int(digits[6:8])
    day -= _WOMEN if day > _WOMEN else 0
    return (
        digits[:2] in _PROVINCES
        and digits[2:4] != "00"
        and digits[4:6] != "00"
        and digits[12:] != "0000"
        and _is_date(2000, int(digits[8:10]), day)
    )


def _is_nip(digits: str) -> bool:
    """Tell whether it begins with a date of birth, and a month of appointment follows.

    Of those employed by contract (PPPK) the year is followed by 21.
    """
    month = int(digits[12:14])
    return (
        _is_date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        and (1 <= month <= 12 or month in {21, 31})  # noqa: PLR2004 - months
        and int(digits[8:12]) >= int(digits[:4]) + 15
    )


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
