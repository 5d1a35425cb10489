"""Lines that a device broke for its terminal: RouterOS ends them with a backslash."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from pulih.domain.scrub.kinds import Span

_FOLD = re.compile(r"\\[ \t]*\r?\n[ \t]*")


def unfolded(text: str) -> tuple[str, Callable[[Span], Iterator[Span]]]:
    """Return a text without its folds, and how to get back from a place in it to the places in the text.

    A place that goes over a fold is two places, so that the lines stay as they are.
    """
    folds = list(_FOLD.finditer(text)) if "\\" in text else []
    if not folds:
        return text, lambda span: iter((span,))
    pieces, starts, origins, at, length = [], [], [], 0, 0
    for begin, end in [*(fold.span() for fold in folds), (len(text), len(text))]:
        pieces.append(text[at:begin])
        starts.append(length)
        origins.append(at)
        length += begin - at
        at = end

    def back(span: Span) -> Iterator[Span]:
        n = bisect_right(starts, span.start) - 1
        while n < len(starts) and starts[n] < span.end:
            start = max(span.start, starts[n])
            end = min(span.end, starts[n] + len(pieces[n]))
            if start < end:
                shift = origins[n] - starts[n]
                yield Span(start + shift, end + shift, span.kind)
            n += 1

    return "".join(pieces), back
