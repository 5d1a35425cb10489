"""Where things are on the network: addresses and host names, which only the office may read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from pulih.domain.scrub.kinds import COVER, House, Kind, Span

_IPV4 = re.compile(
    r"(?<![\w.])(?<!\d[-/])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}(?!\d))?(?![\w]|\.\d|-\d)"
)
_IPV4_RANGE = re.compile(
    r"(?<![\w.])((?:\d{1,3}\.){3}\d{1,3})-((?:\d{1,3}\.){3}\d{1,3}|\d{1,3})(?![\w.])"
)
_IPV6 = re.compile(
    r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:(?:\d{1,3}\.){3}\d{1,3})?"
    r"(?:%[\w.-]{1,32})?(?:/\d{1,3})?(?![\w:])",
    re.IGNORECASE,
)
_MAC = re.compile(
    r"(?<![\w:.-])(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}"
    r"|[0-9a-f]{4}([.-])[0-9a-f]{4}\2[0-9a-f]{4})(?![\w:]|[.-][0-9a-f])",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"(?:v|ver|versi|version|firmware|fw|release|software|os|routeros|build|rev)[.:=]?[ \t]{0,2}$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![\w.@-])(?:[a-z0-9_-]{1,63}\.){1,10}[a-z][a-z0-9-]{1,62}(?![\w-]|\.\w)", re.IGNORECASE
)
_ZONES = (
    "local",
    "lan",
    "internal",
    "intra",
    "intranet",
    "corp",
    "localdomain",
    "home.arpa",
    "in-addr.arpa",
    "ip6.arpa",
)
_CALLED = (
    re.compile(
        r"^[ \t]*(?:hostname|sysname|set system host-name|set hostname|switchname|system name"
        r"|sysname:|system identity set name=)[ \t]+\"?(?P<s>[\w.-]{1,63})",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"/system[ \t]+identity[ \t]+set[ \t]+name=\"?(?P<s>[\w.-]{1,63})"
        r"|/system[ \t]+identity\r?\n[ \t]*set[ \t]+name=\"?(?P<t>[\w.-]{1,63})",
        re.IGNORECASE,
    ),
    re.compile(
        r"/system[ \t]+identity[ \t]+print[ \t]*\r?\n[ \t]*name:[ \t]*(?P<s>[\w.-]{1,63})",
        re.IGNORECASE,
    ),
    re.compile(r"\[[\w.-]{1,32}@(?P<s>[\w.-]{1,63})\][ \t]*(?:/[\w /-]{0,60})?[>#$]"),
    re.compile(r"^[ \t]*[\w.-]{1,32}@(?P<s>[\w.-]{1,63}):[^\s#$]{0,80}[#$]", re.MULTILINE),
    re.compile(
        r"^(?P<s>[A-Za-z][\w.-]{2,40})(?:\([\w./-]{3,30}\))?[#>](?=[ \t]*(?:sh|en|conf|ping"
        r"|trace|wr|exit|end|int|no|dis|ip|clear|deb|term|copy|reload|do)\w*)",
        re.MULTILINE,
    ),
    re.compile(
        r"^(?:<(?P<s>[A-Za-z][\w.-]{2,40})>|\[[~*]?(?P<t>[A-Za-z][\w.-]{2,40})"
        r"(?:-[\w/.-]{3,30})?\])[ \t]*(?=dis|sys|sa|ping|tra|int|quit|undo|reset|ret|un|snmp"
        r"|acl|ospf|vlan|ip\b)",
        re.MULTILINE,
    ),
)
_WORD = re.compile(r"(?<![\w.:-])\w[\w.:-]+")


def seek(text: str, house: House) -> Iterator[Span]:
    """Yield IP and MAC addresses, names in internal zones, and what devices call themselves."""
    yield from _ipv4(text)
    if ":" in text:
        yield from _ipv6(text)
    for found in _MAC.finditer(text):
        yield Span(*found.span(), Kind.MAC)
    yield from _names(text, house)
    yield from _registered(text, house)
    for pattern in _CALLED:
        for found in pattern.finditer(text):
            group = next(g for g in ("s", "t") if g in pattern.groupindex and found[g] is not None)
            if COVER not in found[group]:
                yield Span(*found.span(group), Kind.HOST)


def _ipv4(text: str) -> Iterator[Span]:
    for found in _IPV4_RANGE.finditer(text):
        if _tells(found[1]):
            yield Span(*found.span(), Kind.IP)
    for found in _IPV4.finditer(text):
        version = _VERSION.search(text[max(0, found.start() - 14) : found.start()])
        if not version and _tells(found[0].partition("/")[0]):
            yield Span(*found.span(), Kind.IP)


def _ipv6(text: str) -> Iterator[Span]:
    for found in _IPV6.finditer(text):
        address = re.split(r"[%/]", found[0])[0]
        if _tells(address):
            yield Span(*found.span(), Kind.IP)
        elif address.endswith(":") and _tells(address[:-1]):  # a colon of the sentence
            yield Span(found.start(), found.start() + len(address) - 1, Kind.IP)


def _tells(text: str) -> bool:
    """Tell whether a text is an address of something: no mask, no loopback, no "anywhere"."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text)
    except ValueError:
        return False
    if address.is_unspecified or address.is_loopback:
        return False
    return isinstance(address, IPv6Address) or not (_is_mask(address) or address.packed[0] == 0)


def _is_mask(address: IPv4Address) -> bool:
    bits = f"{int(address):032b}"
    return address.packed[0] in {255, 128, 192, 224, 240, 248, 252, 254} and "01" not in bits


def _names(text: str, house: House) -> Iterator[Span]:
    zones = tuple(f".{zone.casefold().strip('.')}" for zone in (*_ZONES, *house.zones))
    folded = text.casefold()
    if not any(zone in folded for zone in zones):
        return
    for found in _NAME.finditer(text):
        if found[0].casefold().endswith(zones):
            yield Span(*found.span(), Kind.HOST)


def _registered(text: str, house: House) -> Iterator[Span]:
    for found in _WORD.finditer(text) if house.hosts else ():
        word = found[0].rstrip("-.:")
        if word.casefold() in house.hosts:
            kind = Kind.IP if _is_address(word) else Kind.HOST
            yield Span(found.start(), found.start() + len(word), kind)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
