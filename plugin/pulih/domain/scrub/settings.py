"""Settings with a sign between name and value: RouterOS, airOS, environment files, JSON, YAML, XML, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pulih.domain.scrub import pairs, values
from pulih.domain.scrub.kinds import Kind, Span
from pulih.domain.scrub.reading import trimmed

_OF_PASSWORDS = (
    r"pass(?:word|wd|phrase|_?phrase|wort)|pwd|kata[_-]?sandi|sandi|passcode|(?<![a-z])(?:pass"
    r"|pw|pin|psw)"
    r"|(?:user|db|admin|my|login|smtp|ftp|bind|root)pass|wpapsk|userpw|rootpw|bindpw"
)
_OF_KEYS = (
    r"psk(?:[_-]?secret|[_-]?key)?|pre[_-]?shared[_-]?(?:key|secret)|private[_-]?key|priv[_-]?"
    r"(?:key|pass|passwd)"
    r"|(?:shared|ipsec|l2tp|radius|client|app|auth|server|wep|wpa|wifi|security|network"
    r"|encryption|encr|secret|hmac|ospf"
    r"|authentication|supplicant|tls[_-]?auth|signing|access|master|session|crypto|md5|bgp"
    r"|tcp-?md5)[_-]?key"
    r"|(?<![a-z])secret|(?:ipsec|shared|radius|client|app|ppp|auth|acct|chap|pap|jwt"
    r"|consumer)[_-]?secret|keymaterial"
    r"|wep[_.-]?key[_.-]?\d|wep\.key\.\d|static-(?:sta-private-)?key(?:-\d)?|password_hash"
    r"|key_?passphrase"
    r"|(?<![\w.-])(?<!<add[ ])key(?:_?mgmt_?secret)?(?=[\"']?=)|key-string|keystring|key\d(?=[\"']?=)"
)
_OF_TOKENS = (
    r"(?<![a-z])token|(?:access|auth|api|bot|refresh|id|session|csrf|secret|webhook|device"
    r"|app)[_-]?token|api[_-]?key"
    r"|apikey|x-api-key|x-auth-token|sessionid|session[_-]?id|phpsessid|jsessionid|otp"
    r"|sid(?==[0-9a-f]{16})"
)
_OF_COMMUNITIES = (
    r"(?<![a-z])(?:ro|rw|trap|snmp|read|write|get|set)?[_-]?community(?:[ _-]?(?:string|name))?"
)
_SUFFIX = (
    r"(?:[_.-]?(?:\d{1,2}|new|old|baru|lama|hash|plain|text|value|clear|string|wifi|admin|root|user|enc(?:rypted)?"
    r"|base64|raw|confirm|again|2g|5g))?"
)
_NAME = re.compile(
    rf"(?:(?P<community>{_OF_COMMUNITIES})|(?P<token>{_OF_TOKENS})|(?P<key>{_OF_KEYS})"
    rf"|(?P<password>{_OF_PASSWORDS}))"
    rf"{_SUFFIX}(?:\[\w*\])?(?P<quote>[\"'])?"
    rf"(?P<sign>[ \t]{{0,40}}(?::?=|=>|:(?!:)|\+=)[ \t]*|>(?!\s))",
    re.IGNORECASE,
)
_LONG = 512  # longer is no remark and no switch; and none is read twice
_NEAR = (
    "pass",
    "pw",
    "sandi",
    "ps",
    "pin",
    "key",
    "secret",
    "token",
    "otp",
    "sid",
    "session",
    "community",
    "sessid",
)
_KINDS = {
    "community": Kind.COMMUNITY, "token": Kind.TOKEN, "key": Kind.KEY, "password": Kind.PASSWORD,
}  # fmt: skip
_QUOTED = re.compile(
    r"\\?\"(?P<d>(?:[^\"\\\n]|\\[^\n])*+)(?:\"|$)|'(?P<s>[^'\n]*+)(?:'|$)", re.MULTILINE
)
_BARE = re.compile(r"[^\s\"'<>`]\S*+")
_NEXT = re.compile(r"[,;|][ \t]?(?=[\"']?[A-Za-z][\w.-]{0,40}[\"']?[ \t]?[:=])|[,;]$")
_NEXT_IN_ADDRESS = re.compile(r"[&;#]")
_XML = re.compile(r"[^<>\n]{1,400}")
_TYPES = re.compile(r"(?:(?:ENC|[0579]|plain|cipher|hex|ascii|s)(?:[ \t]+|(?<=s):))(?=\S)")


def seek(text: str) -> Iterator[Span]:
    """Yield the values of settings whose name says that they are secret."""
    folded = text.lower()
    if not any(word in folded for word in _NEAR):
        return
    at = 0
    while found := _NAME.search(text, at):
        at = found.end()
        start, end = _value(text, found) or (at, at)
        kind = next(kind for name, kind in _KINDS.items() if found[name] is not None)
        both = pairs.BOTH.search(text, max(0, found.start() - 24), found.start())
        if start < end and not both and (end - start > _LONG or _judged(text, found, start, end)):
            yield Span(start, end, kind)
            at = end


def _value(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    at = found.end()
    if found["sign"] == ">":
        xml = _XML.match(text, at)
        return (
            (at, at + len(xml[0].rstrip()))
            if xml and text[xml.end() : xml.end() + 2] == "</"
            else None
        )
    if quoted := _QUOTED.match(text, at):
        return quoted.span("d") if quoted["d"] is not None else quoted.span("s")
    if typed := _TYPES.match(text, at):
        at = typed.end()
    bare = _BARE.match(text, at)
    if not bare:
        return None
    return at, at + len(_cut(text, found.start(), bare[0]))


def _cut(text: str, name_at: int, value: str) -> str:
    """Return a value without the setting after it, in a list or in the address of a page."""
    in_address = name_at > 0 and text[name_at - 1] in "?&"
    following = (_NEXT_IN_ADDRESS if in_address else _NEXT).search(value)
    return trimmed(value[: following.start()] if following else value)


def _judged(text: str, found: re.Match[str], start: int, end: int) -> bool:
    value = text[start:end]
    if not values.set_to(value):
        return False
    if "=" in found["sign"] or found["quote"] or found["sign"] == ">":
        return True
    # After a colon it may be a sentence; the rules for prose judge that, except where the line is a setting.
    return not values.ordinary(value) and _is_setting(text, found, end) and not values.verb(value)


def _is_setting(text: str, found: re.Match[str], end: int) -> bool:
    """Tell whether a line has a name, a colon and one value, and no more."""
    line = text.rfind("\n", max(0, found.start() - 60), found.start()) + 1
    before = text[max(line, found.start() - 60) : found.start()]
    after = text[end : end + 4]
    named = found["key"] is None or found["key"].casefold() not in {"key", "secret"}
    plain = re.fullmatch(r"[ \t\w.\"'{\[,-]*", before) is not None and len(before.split()) <= 3  # noqa: PLR2004 - a heading
    return named and plain and re.match(r"[\"',;}\]]*[ \t]*\r?(?:\n|$)", after) is not None
