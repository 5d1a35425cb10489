"""The front matter of the pages that are ours, read without a reader of YAML: each value in it is JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pulih.publish.literal import MARK

# What JSON and YAML take for the same: one line a value, and no sign that either would read in a way of its own.
_HEAD = re.compile(
    rf"---\n{MARK}\n((?:[a-z]+: [\x20-\x5b\x5d-\x7e\xa1-\u2027\u2030-\ud7ff]+\n)+)---\n"
)
_ROW = re.compile(r"^([a-z]+): ", re.MULTILINE)
_NAME, _, _VALUE = MARK.partition(": ")
# What the theme looks at is but the title, and what it is to hide.
_KEYS = {
    _NAME, "title", "number", "agency", "device", "fault", "reported", "resolved", "solution", "version", "search",
    "hide",
}  # fmt: skip


def read(source: str) -> tuple[str, dict[str, Any]] | None:
    """Return the Markdown and the front matter of a page, as `mkdocs.utils.meta.get_data` does.

    None for a page that is not ours, or not as we write them.
    """
    found = _HEAD.match(source)
    if found is None:
        return None
    rows = _ROW.sub(r'"\1": ', found[1].rstrip("\n")).replace("\n", ",\n")
    try:
        values = json.loads(f"{{{rows}}}", parse_float=_refused, parse_constant=_refused)
    except ValueError:
        return None
    if len(values) != rows.count("\n") + 1:
        return None
    return source[found.end() :].lstrip("\n"), {_NAME: _VALUE, **values}


def is_ours(head: Mapping[str, Any]) -> bool:
    """Tell whether a front matter is one of ours, and nothing in it that a theme may look at but title and `hide`."""
    return (
        head.get(_NAME) == _VALUE
        and head.keys() <= _KEYS
        and isinstance(title := head.get("title"), str)
        and bool(title)
    )


def _refused(number: str) -> float:
    raise ValueError(number)  # YAML has other rules for these
