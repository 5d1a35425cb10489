"""What comes after a value in a sentence, and what a phrase is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pulih.domain.scrub import values
from pulih.domain.scrub.kinds import COVER
from pulih.domain.scrub.reading import Value, value_at
from pulih.domain.scrub.words import ABOUT, THINGS, word_set

_GOES_ON = word_set(
    "tolong mohon jangan ya yaa pak bu bos gan mas mba mbak min kak bang om utk untuk yang yg lalu terus trus "
    "sudah sdh udah biar kalau kalo klo bisa dan user usernya username ssid nanti segera di dicatat catat bro "
    "sis semua buat and for please on at supaya agar tapi tp karena sesuai seperti sejak mulai per belum "
    "masih tidak gak nggak bukan jadi dari sampai saja aja juga ke menjadi"
)
_END = re.compile(r"[ \t\r]*(?:$|[,;.)|/(\]}\"'`*_-])")
_NEXT = re.compile(r"[ \t]*([\w-]+)")
_LINK = re.compile(
    r"[ \t]*(?:->|=>|→|(?:(?:,|;|/|&)|\b(?:ke|jadi|menjadi|dan|atau|to|and)\b)(?=[ \t]))[ \t]*"
    r"(?:(?P<whose>[\w.-]{1,24})(?:[ \t][\w.-]{1,24})?[ \t]?[:=][ \t]*)?"
)
_MOST_OTHERS = 10
_NO_OWNERS = word_set(
    "user username login id ip host port mac sn ssid email e-mail akun versi version serial server gateway dns url "
    "link alamat tiket nama name"
)
_PHRASE = re.compile(r"(?:[ \t]+[\w@#$!%^&*-]{1,24}){1,4}(?=[ \t\r]*(?:$|[.,;)]))")


def ends(after: str) -> bool:
    """Tell whether nothing of the sentence comes after a value."""
    return _END.match(after) is not None


def ends_clause(after: str) -> bool:
    """Tell whether nothing that is said of the value itself comes after it."""
    following = _NEXT.match(after)
    return ends(after) or bool(following and following[1].casefold() in _GOES_ON)


def phrase(after: str) -> int:
    """Return how many characters of a phrase follow its first word: "password: kopi hitam pahit"."""
    found = _PHRASE.match(after)
    if not found:
        return 0
    *between, last = found[0].split()
    told = values.strength(last) > 0 and not any(word.casefold() in _NO_OWNERS for word in between)
    if not (
        told and not any(stops(word) and word.casefold() not in THINGS for word in between)
    ) and any(_breaks(word) for word in (*between, last)):
        return 0
    return found.end()


def others(text: str, value: Value, end: int) -> Iterator[Value]:
    """Yield the values told with one: "dari … ke …", "budi: … dan siti: …"."""
    for _ in range(_MOST_OTHERS):
        link = _LINK.match(text, value.past, end)
        if not link or not _leads_on(link):
            return
        following = value_at(text, link.end(), end)
        if not following or not _is_other(following, link, text[following.past : end]):
            return
        yield following
        value = following


def _is_other(value: Value, link: re.Match[str], after: str) -> bool:
    if values.typed(value.text):
        return made_up(value.text)
    changed = link[0].split()[0].casefold() in {"ke", "jadi", "menjadi", "->", "=>", "→"}
    return changed and not stops(value.text) and not values.ordinary(value.text) and ends(after)


def _leads_on(link: re.Match[str]) -> bool:
    """Tell whether a link leads to one more value: a word that says so, or whose it is."""
    whose = link["whose"]
    if whose:
        return whose.casefold() not in _NO_OWNERS
    return link[0].strip()[0] not in ",;/&"


def stops(word: str) -> bool:
    """Tell whether a word begins or goes on with a sentence, so that no value comes."""
    folded = word.casefold()
    return folded in ABOUT or COVER in word or values.verb(folded)


def remark(text: str) -> bool:
    """Tell whether several words are a remark and no phrase: "(tidak ditulis)"."""
    return " " in text and any(stops(word) for word in text.split())


def made_up(text: str) -> bool:
    """Tell whether a value has letters and something else: digits, signs, a capital inside."""
    return any(c.isalpha() for c in text) and (
        any(not c.isalpha() for c in text) or values.strength(text) > 0
    )


def _breaks(word: str) -> bool:
    folded = word.casefold()
    return folded in ABOUT or folded in THINGS or values.verb(folded)
