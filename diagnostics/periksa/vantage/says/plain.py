"""Small readers that several platforms share."""

import re
from ipaddress import ip_address, ip_network
from statistics import median

from periksa.vantage.rows import Echoes, Neighbour, Route

DOTTED = r"[0-9A-Fa-f]{4}[.-][0-9A-Fa-f]{4}[.-][0-9A-Fa-f]{4}"
COLONED = r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}"
MAC = rf"(?:{DOTTED}|{COLONED})"
HEX_DIGITS = 12


def mac(text: str) -> str:
    """A hardware address as ``00:00:5e:00:53:01``; empty when it is none, or nobody's."""
    digits = re.sub(r"[^0-9a-f]", "", text.lower())
    if len(digits) != HEX_DIGITS or not digits.strip("0"):
        return ""
    return ":".join(digits[at : at + 2] for at in range(0, HEX_DIGITS, 2))


def address(text: str) -> str:
    """An address in canonical spelling; empty when it is none."""
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""


def prefix(text: str, length: str = "") -> str:
    """A prefix in canonical spelling; empty when it is none."""
    text = "0.0.0.0/0" if text == "default" else text
    try:
        return str(ip_network(f"{text}/{length}" if length else text, strict=False))
    except ValueError:
        return ""


def whole(text: str) -> int | None:
    """A number, None where there is none."""
    digits = text.replace(",", "").strip()
    return int(digits) if digits.isdecimal() else None


def neighbours(lines: list[tuple[str, str, str]]) -> list[Neighbour]:
    """Neighbours from (address, hardware address, port); lines without an address are left out."""
    return [
        Neighbour(known, mac(hardware), port)
        for text, hardware, port in lines
        if (known := address(text))
    ]


def routes(lines: list[tuple[str, str, str]]) -> list[Route]:
    """Routes from (prefix, next hop, port); lines without a prefix are left out."""
    return [
        Route(known, address(via), port) for text, via, port in lines if (known := prefix(text))
    ]


def unix_ping(text: str) -> list[Echoes]:
    """The ping of Linux, BusyBox and the BSDs; empty where no summary came."""
    summary = re.search(r"\b(\d{1,9}) packets transmitted, (\d{1,9}) (?:packets )?received", text)
    if not summary:
        return []
    times = [float(found) for found in re.findall(r"\btime[=<](\d{1,9}(?:\.\d{1,9})?) ?ms", text)]
    told = bool(re.search(r"(?i)frag(?:mentation)? needed|message too long|packet too big", text))
    sent, received = map(int, summary.groups())
    return [Echoes(sent, received, median(times) if times else None, told)]
