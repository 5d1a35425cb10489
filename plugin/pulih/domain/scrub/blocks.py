"""Private keys that stand between two lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pulih.domain.scrub.kinds import COVER, Kind, Span

_BEGIN = re.compile(
    r"-----BEGIN (?:[A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----"
    r"|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
)
_NEXT = re.compile(r"-{4,5} ?(?:BEGIN|END) ")
_LONGEST = 40_000
# What a key that was cut off may still have: headers, then lines without a space.
_BODY = re.compile(
    r"(?:[ \t]*(?:(?:Proc-Type|DEK-Info|Comment|Version)\s*:[^\n]*|[\w+/=\\>|-]{8,}[ \t]*|#[^\n]*)?(?:\r?\n|$))*",
    re.MULTILINE,
)


def seek(text: str) -> Iterator[Span]:
    """Yield what stands between the lines of private keys; the lines themselves say what was there, and stay."""
    at = 0
    while begin := _BEGIN.search(text, at):
        following = _NEXT.search(text, begin.end(), begin.end() + _LONGEST)
        if following and "END" in following[0]:
            end = following.start()
        else:
            body = _BODY.match(text, begin.end(), following.start() if following else len(text))
            end = body.end() if body else begin.end()
        inside = text[begin.end() : end]
        start = begin.end() + len(inside) - len(inside.lstrip())
        end = start + len(inside.strip())
        if start < end and text[start] != COVER:
            yield Span(start, end, Kind.KEY)
        at = max(end, begin.end())
