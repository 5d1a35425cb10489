"""Documents as jsonb, and their fields as columns: PostgreSQL's text can hold less than a string in JSON can."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from pulih.ports import Document
from pulih.store.refusals import damaged
from pulih.store.schema import WORDS, Table

Scalar = str | int | bool | None

# Signs of what jsonb refuses or would give back as something else: character 0, a float over 1e16, negative zero.
_UNFIT = ("\\u0000", "e+", "-0.0", "NaN", "Infinity")
_MOST = 2**62
_LONGEST = 120  # characters of a value in an index; three of four bytes each must fit into a third of a page
_ODD = re.compile("[\0\1\ud800-\udfff\ue000]")


def kept(key: str, document: Document) -> str:
    """Return the JSON text of a document.

    The rare one that jsonb would not give back as it was becomes a JSON string, with the text of key and document.
    """
    text = json.dumps(document, ensure_ascii=False)
    if any(sign in text for sign in _UNFIT) or _ODD.search(text) or column(key) != key:
        return json.dumps(json.dumps([key, document]))
    return text


def found(kept_as: str, value: object) -> tuple[str, Document]:
    """Return the key and the document that were kept. Raises Damaged for what `kept` cannot have made."""
    if isinstance(value, dict):
        return kept_as, value
    try:
        key, document = json.loads(value) if isinstance(value, str) else (None, None)
    except (TypeError, ValueError) as error:
        raise damaged(kept_as) from error
    if not isinstance(key, str) or not isinstance(document, dict):
        raise damaged(kept_as)
    return key, document


def fields(table: Table, key: str, document: Document) -> dict[str, Any]:
    """Return what stands in the columns beside a document, by name; lists too."""
    values: dict[str, Any] = {"key": column(key), "version": scalar(int, document.get("version"))}
    for field in table.columns:
        values[field] = scalar(table.types.get(field, str), document.get(field))
    for field in table.lists:
        values[field] = members(document.get(field))
    if table.worded:
        values[WORDS] = worded(document.get(WORDS))
    return values


def scalar(kind: type, value: object) -> Scalar:
    """Return a value as a column of this type holds it: None for nothing, and for what is of another type."""
    if kind is str:
        return column(value) if isinstance(value, str) else None
    if not isinstance(value, int | float) or value != value // 1 or abs(value) >= _MOST:
        return None
    if kind is bool:
        return bool(value) if value in (0, 1) else None
    return int(value)


def members(value: object) -> list[str]:
    """Return the members of a list, each once, in an order of their own."""
    listed = value if isinstance(value, list | tuple) else ()
    return sorted({column(one) for one in listed if isinstance(one, str)})


def worded(text: object) -> str:
    """Return the text that words are looked for in, or a word of it."""
    return _escaped(text) if isinstance(text, str) else ""


def column(text: str) -> str:
    """Return a text that may stand in an index: no two become the same, and their order stays nearly as it was."""
    text = _escaped(text)
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}\1{hashlib.sha256(text.encode()).hexdigest()}"


def _escaped(text: str) -> str:
    """Return a text without what PostgreSQL refuses; no two become the same, and their order stays."""
    return _ODD.sub(lambda odd: _ESCAPES[odd.group()], text)


_ESCAPES = {"\0": "\1\1", "\1": "\1\2", "\ue000": "\ue000\ue000"} | {
    chr(half): f"\ue000{chr(half - 0xD800 + 1)}" for half in range(0xD800, 0xE000)
}
